"""What is remembered about a person comes back, and never stops the program."""

import json
from pathlib import Path

from PySide6.QtWidgets import QApplication

from annotator.ui.session.settings import FOLDER_VARIABLE, Place, Settings, settings_path


def test_everything_comes_back(tmp_path):
    settings = Settings.load(tmp_path / "deep" / "settings.json")
    settings.name, settings.zoom, settings.scheme, settings.columns = "Ana", 125, "dark", (200, 600, 240)
    settings.places["p"] = Place("article", 120, "ana")
    settings.keys["undo"] = ("Ctrl+U",)
    settings.remember_project(Path("/one.annotator"))
    settings.save()
    assert Settings.load(settings.path) == settings
    assert [path.name for path in settings.path.parent.iterdir()] == ["settings.json"]


def test_a_file_that_makes_no_sense_is_set_aside(tmp_path):
    for number, content in enumerate(("{", "[]", '{"zoom": "large"}', '{"places": {"p": {"where": 1}}}', "null")):
        path = tmp_path / str(number) / "settings.json"
        path.parent.mkdir()
        path.write_text(content, encoding="utf-8")
        settings = Settings.load(path)
        assert settings.zoom == 100
        assert "kept as" in settings.problem
        assert path.with_suffix(".broken.json").read_text(encoding="utf-8") == content
        settings.save()
        assert Settings.load(path).problem == ""


def test_what_a_later_version_wrote_is_left_out_and_bounds_hold(tmp_path):
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"zoom": 900, "telepathy": True}), encoding="utf-8")
    assert Settings.load(path).zoom == 200


def test_a_folder_that_cannot_be_written_is_told_not_raised(tmp_path):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    settings = Settings(path=tmp_path / "file" / "settings.json")
    settings.save()
    assert "could not be saved" in settings.problem


def test_recent_projects_are_few_and_the_last_one_is_first():
    settings = Settings()
    for number in (*range(15), 3):
        settings.remember_project(Path(f"{number}.annotator"))
    assert settings.recent[:2] == ("3.annotator", "14.annotator")
    assert len(settings.recent) == len(set(settings.recent)) == 10
    settings.forget_project(Path("3.annotator"))
    assert settings.recent[0] == "14.annotator"


def test_the_folder_can_be_named(monkeypatch, tmp_path):
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    assert settings_path() == tmp_path / "settings.json"


def test_settings_that_cannot_be_kept_are_told_once_beside_the_open_project(make_window, study, tmp_path, qtbot):
    (tmp_path / "settings").write_text("in the way", "utf-8")
    window = make_window()
    assert window.open_path(study)
    qtbot.waitUntil(lambda: "could not be saved" in window.banner.words)
    assert window.session is not None
    window.banner.hide()
    window.settings.save()
    window.projects.close()
    assert window.open_path(study)
    QApplication.processEvents()
    assert not window.banner.words
