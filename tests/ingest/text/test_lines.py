"""Lines: tables and rules told apart, in linear time."""

from __future__ import annotations

import time

import pytest

from ingest.text.lines import scan


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("| a | b |", "table"),
        ("||", "table"),
        ("|---|:--:|", "table"),
        (":--- | ---:", "table"),
        ("+----+----+", "table"),
        ("--- a | b", "text"),
        ("| ---", "text"),
        ("-----", "underline"),
        ("|", "text"),
    ],
)
def test_lines_know_tables(line: str, kind: str) -> None:
    assert [found.kind for found in scan(line)] == [kind]


@pytest.mark.parametrize("line", ["-" * 4_900, "- " * 2_400 + "x", "+-" * 2_000 + "x", "|" + "-" * 4_000 + " x"])
def test_lines_of_many_dashes_take_no_time(line: str) -> None:
    began = time.process_time()
    scan("\n".join([line] * 20))
    assert time.process_time() - began < 1
