"""Rows as CSV (RFC 4180) or as an Excel workbook, in a form that spreadsheets open safely."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, Final, TextIO

from kg.exports.files import check_binary, output, text_output

Cell = str | int | float | None
Row = Mapping[str, Cell]
MEDIA_TYPES: Final[Mapping[str, str]] = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# What a spreadsheet would take for a formula, or strip to find one; the wide forms count where input is East Asian.
_ACTIVE: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
# Limits of Excel: UTF-16 units a cell, rows a sheet (one of them the header).
LONGEST_CELL: Final = 32_767
MOST_ROWS: Final = 1_048_575
_CUT: Final = " … [cut: {} characters]"
# Characters that XML cannot hold in any form.
_FORBIDDEN: Final = re.compile("[\ud800-\udfff\ufffe\uffff]")
# Workbooks carry the time when they were made; the same input must give the same bytes.
_MADE: Final = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def harmless(cell: Cell) -> Cell:
    """A text that a spreadsheet will not run: what begins like a formula gets an apostrophe before it.

    >>> harmless("=1+1"), harmless(-2.5)
    ("'=1+1", -2.5)
    """
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_ACTIVE) else cell


def form_of(path: Path | None) -> str:
    """The format that a file's ending names; CSV where it names none."""
    return "xlsx" if path is not None and path.suffix.casefold() == ".xlsx" else "csv"


def write_table(path: Path | None, form: str, name: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Rows to a file or stdout (see ``kg.exports.files.output``); ``name`` is that of a workbook's sheet."""
    if form == "csv":
        with text_output(path) as stream:
            write_csv(stream, columns, rows)
        return
    check_binary(path)
    with output(path) as stream_of_bytes:
        write_xlsx(stream_of_bytes, name, columns, rows)


def table_bytes(form: str, name: str, columns: Sequence[str], rows: Iterable[Row]) -> bytes:
    """The same in memory, for tables that are short; ``form`` is a key of MEDIA_TYPES."""
    if form == "xlsx":
        stream = io.BytesIO()
        write_xlsx(stream, name, columns, rows)
        return stream.getvalue()
    text = io.StringIO(newline="")
    write_csv(text, columns, rows)
    return text.getvalue().encode("utf-8", "backslashreplace")


def write_csv(stream: TextIO, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """A header, then a line a row as the rows come."""
    writer = csv.writer(stream)
    writer.writerow([harmless(name) for name in columns])
    writer.writerows([harmless(row.get(name)) for name in columns] for row in rows)


def write_xlsx(stream: BinaryIO, name: str, columns: Sequence[str], rows: Iterable[Row], most: int = MOST_ROWS) -> None:
    """A workbook in memory that does not grow with the rows; after ``most`` of them another sheet begins.

    Texts stay texts: what begins like a formula is marked as text (as Excel does for a typed apostrophe), so that its
    characters are those of the source. What a cell cannot hold is cut, and says so. Raises OSError for a full disk.
    """
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    with TemporaryDirectory() as folder:
        options = {"constant_memory": True, "tmpdir": folder, "strings_to_formulas": False, "strings_to_urls": False}
        book = Workbook(stream, options)
        book.use_zip64()
        book.set_properties({"created": _MADE})
        _fill(book, name, columns, rows, most)
        try:
            book.close()
        except FileCreateError as error:
            raise OSError(*error.args[0].args) from error


def _fill(book: Any, name: str, columns: Sequence[str], rows: Iterable[Row], most: int) -> None:
    marked = book.add_format({"quote_prefix": True})
    sheet = _sheet(book, name, columns)
    line, sheets = 1, 1
    for row in rows:
        if line > most:
            sheets += 1
            sheet, line = _sheet(book, f"{name} {sheets}", columns), 1
        for place, column in enumerate(columns):
            _write(sheet, line, place, row.get(column), marked)
        line += 1


def fitting(text: str) -> str:
    """A text that an Excel cell can hold.

    >>> len(fitting("x" * 40_000)), fitting("x" * 40_000)[-24:]
    (32767, ' [cut: 40000 characters]')
    """
    text = _FORBIDDEN.sub("\ufffd", text)
    if _units(text) <= LONGEST_CELL:
        return text
    note = _CUT.format(len(text))
    room = LONGEST_CELL - len(note)
    kept = text.encode("utf-16-le")[: 2 * room].decode("utf-16-le", "ignore")
    return kept + note


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _sheet(book: Any, name: str, columns: Sequence[str]) -> Any:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column)
    return sheet


def _write(sheet: Any, line: int, place: int, cell: Cell, marked: object) -> None:
    if isinstance(cell, str) and cell:
        text = fitting(cell)
        sheet.write_string(line, place, text, marked if text.startswith(_ACTIVE) else None)
    elif isinstance(cell, int | float):
        sheet.write_number(line, place, cell)
