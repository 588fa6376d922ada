"""Tables of labels, links, articles and states: a folder of CSV files, or a workbook with a sheet each."""

from functools import partial

from annotator.formats.format import Reader, Writer
from annotator.formats.tables.csv_files import write_csv
from annotator.formats.tables.read import is_folder, is_workbook, read_folder, read_workbook
from annotator.formats.tables.rows import HOLDS
from annotator.formats.tables.workbook import fit, write_workbook

CSV_WRITER = Writer(
    "CSV tables",
    "",
    HOLDS,
    write_csv,
    units=True,
    purpose="For R, Python and spreadsheets, a row a label",
    excel=True,
    describes=True,
)
CSV_READER = Reader("CSV tables", read_folder, is_folder)
XLSX_WRITER = Writer(
    "Excel workbook",
    ".xlsx",
    HOLDS,
    write_workbook,
    partial(fit, HOLDS),
    units=True,
    purpose="The tables as sheets of one workbook",
    looks_at=frozenset(),
)
XLSX_READER = Reader("Excel workbook", read_workbook, is_workbook)
