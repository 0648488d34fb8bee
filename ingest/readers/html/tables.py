"""Tables of a page: which hold data, and which merely set list items or paragraphs beside or below each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from lxml import etree

from ingest.readers.html.inline import words
from ingest.readers.html.legal import role_of

_MARK = re.compile(
    r"\(?(?:\d{1,3}|[A-Za-z]{1,3}|[ivxlIVXL]{1,6})(?:\.\d{1,2}){0,3}[).]{1,2}|\d{1,3}(?:\.\d{1,3}){0,3}"
    r"|[\u2022\u2013\u2014\u25aa\u00b7-]|"
)
_INNER = ("p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "dd", "dt")
Use = Literal["data", "list", "layout"]


def rows(table: etree._Element) -> Iterator[list[etree._Element]]:
    """The cells of each row of a table, those of tables inside it left out."""
    for part in table:
        if part.tag == "tr":
            yield [cell for cell in part if cell.tag in {"td", "th"}]
        elif part.tag in {"thead", "tbody", "tfoot"}:
            yield from rows(part)


def use_of(table: etree._Element) -> Use:
    """What a table is there for."""
    found = [cells for cells in rows(table) if cells]
    if not found or all(len(cells) == 1 for cells in found):
        return "layout"
    if any((role := role_of(inner)) and role.kind == "meta" for inner in table.iter("p")):
        return "layout"
    if table.find(".//th") is not None or table.find("./caption") is not None:
        return "data"
    if all(len(cells) <= 3 and all(_MARK.fullmatch(text_of(cell)) for cell in cells[:-1]) for cells in found):
        return "list"
    if table.get("role") == "presentation" or table.find(".//table") is not None:
        return "layout"
    cells = [cell for row in found for cell in row]
    long = sum(len(list(cell)) > 1 and len(text_of(cell)) > 400 for cell in cells)
    headed = any(inner.tag in {"h1", "h2", "h3"} for cell in cells for inner in cell.iter())
    return "layout" if headed or (long and len(found) <= 2) else "data"


def text_of(cell: etree._Element) -> str:
    """The words of a cell as one line, with a blank where a paragraph of it ends."""
    blocks = [inner for inner in cell.iter(*_INNER) if not any(below.tag in _INNER for below in inner)]
    parts = ["".join(words(block)) for block in blocks] if blocks else ["".join(words(cell))]
    return " ".join(" ".join(parts).split())
