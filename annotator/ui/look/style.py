"""The little style sheet over Qt's Fusion style: spacing on a grid of 8, few borders, one accent."""

from annotator.model.colour import mix
from annotator.resources import folder
from annotator.ui.look.theme import Theme

_SHEET = """
* {{ outline: none; }}
/* Qt would take words from a file for HTML, and an address in them for a picture to fetch. */
QLabel, QToolTip {{ qproperty-textFormat: PlainText; }}
QLabel#rich, QLabel#richBadge {{ qproperty-textFormat: RichText; }}
QToolTip {{ background: {raised}; color: {text}; border: 1px solid {line}; padding: 6px 8px; }}
QMainWindow, #window {{ background: {window}; }}
QMenuBar {{ background: {window}; color: {text}; padding: 2px 8px; border: none; }}
QMenuBar::item {{ padding: 5px 10px; border-radius: 6px; background: transparent; }}
QMenuBar::item:selected {{ background: {hover}; }}
QMenu {{ background: {raised}; color: {text}; border: 1px solid {line}; padding: 6px 0; }}
QMenu::item {{ padding: 6px 28px 6px 28px; }}
QMenu::item:selected {{ background: {accent_soft}; color: {text}; }}
QMenu::item:disabled {{ color: {faint}; }}
QMenu::separator {{ height: 1px; background: {line}; margin: 6px 0; }}
QMenu::indicator {{ left: 8px; }}

#rail {{ background: {window}; border: none; border-right: 1px solid {line}; }}
#rail QToolButton {{ border: 2px solid transparent; border-radius: 8px; background: transparent; color: {muted};
  padding: 4px 0; font-size: {small}pt; }}
#rail QToolButton:hover {{ background: {hover}; color: {text}; }}
#rail QToolButton:checked {{ background: {accent_soft}; color: {text}; }}
#rail QToolButton:focus {{ border-color: {accent}; }}

#side {{ background: {panel}; }}
#columns {{ background: {raised}; }}
#page {{ background: {page}; }}
QSplitter::handle {{ background: {line}; }}
QSplitter::handle:hover {{ background: {accent}; }}
QSplitter#bare::handle {{ background: transparent; }}
QListView, QTableView {{ background: {panel}; border: none; color: {text}; }}
QTableView {{ background: {raised}; border: 1px solid {line}; border-radius: 6px; gridline-color: {line};
  selection-background-color: {accent_soft}; selection-color: {text}; }}
QAbstractScrollArea::corner {{ background: transparent; border: none; }}
QTableView::item {{ padding: 0 8px; }}
QTableView:focus {{ border-color: {accent}; }}
QHeaderView::section {{ background: {panel}; color: {muted}; border: none; border-bottom: 1px solid {line};
  padding: 6px 11px; }}
QTableView QHeaderView {{ background: transparent; border: none; }}
QTableView QHeaderView#across {{ background: {panel}; border-bottom: 1px solid {line}; }}
QHeaderView#across::section {{ border: none; }}
QHeaderView::section:vertical {{ background: {raised}; color: {text}; border: none; padding: 0 8px 0 11px; }}
QTableCornerButton::section {{ background: {panel}; border: none; border-bottom: 1px solid {line}; }}
Rows {{ background: {panel}; border: none; border-radius: 0; selection-background-color: transparent; }}
Rows::item {{ padding: 0; }}

#heading {{ font-weight: 600; color: {text}; }}
#strong {{ font-weight: 600; }}
#dim, #emptyText {{ color: {muted}; }}
#bad {{ color: {bad}; }}
#warning {{ color: {warning}; }}
#caption {{ color: {muted}; font-weight: 600; }}
#formTitle {{ font-size: {large}pt; font-weight: 600; color: {text}; }}
#badge, #richBadge {{ color: {muted}; font-size: {small}pt; }}
#card {{ background: {panel}; border: 1px solid {line}; border-radius: 8px; }}
#card:focus {{ border-color: {accent}; }}
#lead {{ font-size: {lead}pt; color: {text}; }}
#figure {{ font-size: {huge}pt; font-weight: 600; color: {text}; }}
#told {{ background: transparent; border: none; color: {text}; }}
QTextBrowser#told {{ border: 1px solid transparent; border-radius: 6px; }}
QTextBrowser#told:focus {{ border-color: {accent}; }}
#page QLineEdit[readOnly="true"], #page QPlainTextEdit[readOnly="true"] {{ background: transparent; }}
*[faulty="true"] {{ border-color: {bad}; }}
#emptyTitle {{ font-size: {large}pt; font-weight: 600; color: {text}; }}
#emptyText {{ line-height: 150%; }}
#divider {{ background: {line}; }}

QLineEdit {{ background: {raised}; color: {text}; border: 1px solid {line}; border-radius: 6px; padding: 5px 6px;
  selection-background-color: {selection}; selection-color: {text}; }}
QLineEdit:focus {{ border: 2px solid {accent}; padding: 4px 5px; }}
/* Else Qt halves the text's colour, which is too faint to read. */
QLineEdit, QPlainTextEdit {{ placeholder-text-color: {muted}; }}
QLineEdit:disabled {{ color: {faint}; }}
QPlainTextEdit {{ background: {raised}; color: {text}; border: 1px solid {line}; border-radius: 6px; padding: 4px; }}
QPlainTextEdit:focus {{ border-color: {accent}; }}

QPushButton {{ background: {raised}; color: {text}; border: 1px solid {line}; border-radius: 6px; padding: 6px 14px; }}
QPushButton:hover {{ background: {hover}; }}
QPushButton#drops {{ padding: 6px 30px 6px 10px; text-align: left; }}
QPushButton::menu-indicator {{ image: none; }}
QPushButton:pressed {{ background: {line}; }}
QPushButton:checked {{ background: {accent_soft}; }}
QPushButton:focus {{ border: 2px solid {accent}; padding: 5px 13px; }}
QPushButton:disabled {{ color: {faint}; background: {panel}; }}
QPushButton#primary {{ background: {accent}; color: {on_accent}; border: 1px solid {accent}; font-weight: 600; }}
QPushButton#primary:hover {{ background: {accent_hover}; }}
QPushButton#primary:focus {{ border: 2px solid {text}; padding: 5px 13px; }}
QPushButton#primary:disabled {{ background: {line}; color: {muted}; border-color: {line}; }}
QPushButton#flat {{ background: transparent; border: 2px solid transparent; padding: 3px 8px; color: {muted}; }}
QPushButton#flat:hover {{ background: {hover}; color: {text}; }}
QPushButton#flat:focus {{ border-color: {accent}; }}

QRadioButton {{ border: 2px solid transparent; border-radius: 6px; padding: 3px 4px; }}
QRadioButton:focus {{ border-color: {accent}; }}
QRadioButton::indicator {{ width: 14px; height: 14px; background: {raised}; border: 1px solid {muted}; border-radius: 8px; }}
QRadioButton::indicator:hover {{ border-color: {text}; }}
QRadioButton::indicator:checked {{ width: 6px; height: 6px; background: {on_accent}; border: 5px solid {accent}; }}
QRadioButton::indicator:disabled {{ background: {panel}; border-color: {faint}; }}

QPushButton#value {{ background: {raised}; border: 1px solid {line}; border-radius: 6px; padding: 2px 8px;
  font-size: {little}pt; }}
QPushButton#value:hover {{ background: {hover}; }}
QPushButton#value[offered="true"] {{ border: 1px dashed {accent}; }}
/* No bold: a button is as wide as its size hint, which knows nothing of it, and long names would be cut. */
QPushButton#value:checked {{ background: {accent_soft}; border: 1px solid {accent}; border-bottom: 3px solid {accent};
  padding-bottom: 0; }}
QPushButton#value:focus {{ border: 2px solid {accent}; padding: 1px 7px; }}
QPushButton#choice, QPushButton#tab {{ background: transparent; border: 2px solid transparent;
  padding: 4px 10px 4px 8px; text-align: left; }}
QPushButton#tab {{ padding: 4px 8px; text-align: center; }}
QPushButton#choice:hover, QPushButton#tab:hover {{ background: {hover}; }}
QPushButton#choice:checked, QPushButton#tab:checked {{ background: {accent_soft}; font-weight: 600; }}
QPushButton#choice:focus, QPushButton#tab:focus {{ border-color: {accent}; }}
QPushButton#opens {{ background: transparent; border: 2px solid transparent; padding: 3px 8px 3px 6px; text-align: left;
  font-weight: 600; }}
QPushButton#opens:hover {{ background: {hover}; }}
QPushButton#opens:focus {{ border-color: {accent}; }}
QPushButton#words {{ background: transparent; border: 2px solid transparent; padding: 2px 4px; text-align: left; }}
QPushButton#words:hover {{ background: {hover}; }}
QPushButton#words:focus {{ border-color: {accent}; }}
QToolButton#choice {{ color: {muted}; font-size: {little}pt; padding: 2px 6px; }}
QToolButton#choice:hover {{ color: {text}; }}
QToolButton#small {{ padding: 0; border-width: 2px; }}
#inspector {{ border: none; background: {panel}; }}
#values {{ border-radius: 6px; margin: 0 8px; }}
#values[active="true"] {{ background: {accent_soft}; }}
QPushButton#link {{ background: transparent; border: 2px solid transparent; padding: 3px 6px 3px 0; color: {accent}; }}
QPushButton#link:hover {{ text-decoration: underline; }}
QPushButton#link:focus {{ border-color: {accent}; padding: 3px 4px; }}
QPushButton#link:disabled {{ color: {faint}; }}

QSpinBox {{ background: {raised}; color: {text}; border: 1px solid {line}; border-radius: 6px; padding: 5px 6px;
  selection-background-color: {selection}; selection-color: {text}; }}
QSpinBox:focus {{ border: 2px solid {accent}; padding: 4px 5px; }}
QSpinBox:disabled {{ color: {faint}; }}
QSpinBox QLineEdit {{ border: none; padding: 0 4px; background: transparent; }}
QSpinBox::up-button, QSpinBox::down-button {{ width: 0; border: none; }}
QComboBox {{ background: {raised}; color: {text}; border: 1px solid {line}; border-radius: 6px; padding: 5px 8px;
  selection-background-color: {selection}; selection-color: {text}; }}
QComboBox:hover {{ border-color: {muted}; }}
QComboBox:focus {{ border: 2px solid {accent}; padding: 4px 7px; }}
QComboBox:disabled {{ color: {muted}; background: {panel}; }}
QComboBox::drop-down {{ border: none; width: 28px; }}
QComboBox::down-arrow {{ image: none; }}
QComboBox QAbstractItemView {{ background: {raised}; color: {text}; border: 1px solid {line}; padding: 4px;
  selection-background-color: {accent_soft}; selection-color: {text}; }}
QCheckBox {{ spacing: 8px; }}
/* Fusion's own edge is darker than what lies around it, in the dark too, where nobody sees it. */
QCheckBox::indicator, QAbstractItemView::indicator {{ width: 14px; height: 14px; background: {raised};
  border: 1px solid {muted}; border-radius: 3px; }}
QCheckBox::indicator:hover {{ border-color: {text}; }}
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {{ background: {accent}; border-color: {accent};
  image: url("{ticked}"); }}
QCheckBox::indicator:disabled, QAbstractItemView::indicator:disabled {{ background: {panel}; border-color: {faint}; }}
QCheckBox::indicator:checked:disabled {{ background: {faint}; }}
QCheckBox::indicator:focus {{ border: 2px solid {accent}; width: 12px; height: 12px; }}
QCheckBox::indicator:checked:focus {{ border-color: {text}; }}

QToolButton {{ background: transparent; color: {text}; border: 2px solid transparent; border-radius: 6px; padding: 4px; }}
QToolButton:hover {{ background: {hover}; }}
QToolButton:checked {{ background: {accent_soft}; }}
QToolButton:focus {{ border-color: {accent}; }}
QToolButton::menu-indicator {{ image: none; }}

#banner {{ background: {raised}; border: none; border-bottom: 1px solid {line}; }}
#banner[tone="problem"] {{ background: {bad_soft}; }}
#strip {{ background: {raised}; border: none; border-bottom: 1px solid {line}; }}
#tray {{ background: {raised}; border: none; border-top: 1px solid {line}; }}
#status {{ background: {window}; border: none; border-top: 1px solid {line}; }}
#palette, #box {{ background: {raised}; border: 1px solid {line}; }}
#palette QListView {{ background: {raised}; selection-background-color: transparent; }}
QDialog {{ background: {window}; }}

QTabWidget::pane {{ border: none; border-top: 1px solid {line}; }}
QTabBar {{ background: transparent; }}
QTabBar::tab {{ background: transparent; color: {muted}; border: none; border-bottom: 2px solid transparent;
  padding: 6px 8px; margin-right: 4px; }}
QTabBar::tab:hover {{ color: {text}; }}
QTabBar::tab:selected {{ color: {text}; border-bottom: 2px solid {accent}; }}
QTabBar::tab:focus {{ background: {accent_soft}; }}

QSlider:horizontal {{ min-height: 20px; }}
QSlider::groove:horizontal {{ background: {line}; height: 4px; border-radius: 2px; }}
QSlider::sub-page:horizontal {{ background: {accent}; border-radius: 2px; }}
QSlider::handle:horizontal {{ background: {raised}; border: 2px solid {accent}; width: 12px; margin: -6px 0; border-radius: 8px; }}
QSlider::handle:horizontal:focus {{ background: {accent}; }}

QProgressBar {{ background: {line}; border: none; border-radius: 2px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 2px; }}

QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {handle}; border-radius: 4px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::handle:hover {{ background: {muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""


def sheet(theme: Theme, points: float) -> str:
    """Return the style sheet of a theme, for a program font of so many points."""
    names = (
        "raised",
        "text",
        "line",
        "window",
        "hover",
        "accent",
        "accent_soft",
        "on_accent",
        "muted",
        "panel",
        "page",
    )
    return _SHEET.format(
        **{name: getattr(theme, name) for name in names},
        ticked=(folder() / "icons" / f"ticked-{theme.name}.svg").as_posix(),
        bad=theme.bad,
        warning=theme.warning,
        selection=theme.selection,
        faint=mix(theme.muted, theme.window, 0.7),
        bad_soft=mix(theme.bad, theme.raised, 0.12),
        accent_hover=mix(theme.accent, theme.text, 0.85),
        handle=mix(theme.muted, theme.window, 0.45),
        small=round(points * 0.85, 1),
        little=round(points * 0.92, 1),
        large=round(points * 1.35, 1),
        lead=round(points * 1.06, 1),
        huge=round(points * 2.1, 1),
    )
