"""Tables keep what they are given, cannot run in a spreadsheet, and hold any number of rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.exports.tables import LONGEST_CELL, Row, form_of, harmless, write_csv, write_xlsx

openpyxl = pytest.importorskip("openpyxl")
DANGEROUS = ("=1+1", "+1", "-1", "@sum", "\t=1", "\r=1", "\n=1", "\uff1d1+1")


def _workbook(rows: Sequence[Row], columns: Sequence[str] = ("a", "b"), most: int = 100) -> openpyxl.Workbook:
    stream = io.BytesIO()
    write_xlsx(stream, "Rows", columns, rows, most)
    return openpyxl.load_workbook(io.BytesIO(stream.getvalue()))


def _csv(rows: Sequence[Row], columns: Sequence[str] = ("a", "b")) -> list[list[str]]:
    stream = io.StringIO(newline="")
    write_csv(stream, columns, rows)
    return list(csv.reader(io.StringIO(stream.getvalue(), newline="")))


@pytest.mark.parametrize("text", DANGEROUS)
def test_what_looks_like_a_formula_is_text(text: str) -> None:
    assert _csv([{"a": text, "b": -2.5}])[1] == [f"'{text}", "-2.5"]
    cell = _workbook([{"a": text}]).active["A2"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert cell.value.replace("_x000D_", "\r") == text


def test_numbers_and_empty_cells_keep_their_kind() -> None:
    sheet = _workbook([{"a": 2021, "b": None}, {"a": "plain", "b": -0.5}]).active
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [["a", "b"], [2021, None], ["plain", -0.5]]
    assert not sheet["A3"].quotePrefix


def test_a_cell_holds_what_excel_can_hold_and_says_what_is_missing() -> None:
    exact, long, wide = "x" * LONGEST_CELL, "y" * 40_000, "\U0001f33e" * 20_000
    sheet = _workbook([{"a": exact, "b": long}, {"a": wide, "b": "\ud800"}]).active
    assert sheet["A2"].value == exact
    assert len(sheet["B2"].value) == LONGEST_CELL
    assert sheet["B2"].value.endswith("[cut: 40000 characters]")
    assert len(sheet["A3"].value.encode("utf-16-le")) <= 2 * LONGEST_CELL
    assert sheet["B3"].value == "\ufffd"
    assert _csv([{"a": long}])[1][0] == long


def test_more_rows_than_a_sheet_holds_go_on_in_the_next() -> None:
    book = _workbook([{"a": number} for number in range(5)], most=2)
    assert book.sheetnames == ["Rows", "Rows 2", "Rows 3"]
    assert [sheet.max_row for sheet in book] == [3, 3, 2]
    assert [sheet["A1"].value for sheet in book] == ["a", "a", "a"]


def test_a_table_without_rows_has_its_header() -> None:
    assert [cell.value for cell in _workbook([]).active[1]] == ["a", "b"]
    assert _csv([]) == [["a", "b"]]


def test_the_same_rows_give_the_same_bytes() -> None:
    rows: list[Row] = [{"a": "one", "b": 1}, {"a": "=two"}]
    first, second = io.BytesIO(), io.BytesIO()
    write_xlsx(first, "Rows", ("a", "b"), rows)
    write_xlsx(second, "Rows", ("a", "b"), rows)
    assert first.getvalue() == second.getvalue()


def test_the_ending_names_the_format() -> None:
    assert [form_of(Path(name)) for name in ("a.xlsx", "a.XLSX", "a.csv", "a")] == ["xlsx", "xlsx", "csv", "csv"]
    assert form_of(None) == "csv"


@given(st.text())
def test_no_text_of_a_table_is_a_formula(text: str) -> None:
    assert not str(harmless(text)).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert str(harmless(text)).removeprefix("'") == text.removeprefix("'")


@given(st.lists(st.tuples(st.text(min_size=1), st.floats(allow_nan=False, allow_infinity=False)), min_size=1))
def test_tables_can_be_read_back(lines: list[tuple[str, float]]) -> None:
    table = _csv([{"name": name, "n": n} for name, n in lines], ("name", "n"))
    assert table == [["name", "n"], *([str(harmless(name)), str(n)] for name, n in lines)]
