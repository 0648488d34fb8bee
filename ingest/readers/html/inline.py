"""The words inside a paragraph of a page: one line, but for breaks; notes marked as ``[1]``, which sentences drop."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from ingest.readers.html.boilerplate import NEVER

_SPACE = re.compile(r"\s+")
_NOTE = re.compile(r"[\[(]?\s*(?P<mark>\d{1,3}|[a-zA-Z*\u2020\u2021])\s*[\])]?")


def words(element: etree._Element) -> Iterator[str]:
    """The stretches of text in an element, its tail left out."""
    mark = note_mark(element)
    if mark is not None:
        yield f"[{mark}]"
        return
    yield line(element.text)
    for child in element:
        if child.tag == "br":
            yield "\n"
        elif child.tag == "math":
            yield child.get("alttext") or line("".join(map(str, child.itertext())))
        elif isinstance(child.tag, str) and child.tag not in NEVER:
            yield from words(child)
        yield line(child.tail)


def line(text: str | None) -> str:
    """Text with its white space as single blanks, as a page shows it."""
    return _SPACE.sub(" ", text or "")


def note_mark(element: etree._Element) -> str | None:
    """The number or sign of the note that a link within the page leads to, None for anything else."""
    if element.tag != "a" or not element.get("href", "").startswith("#"):
        return None
    text = "".join(map(str, element.itertext()))
    found = _NOTE.fullmatch(text.strip()) if len(text) < 40 else None
    raised = next(element.iter("sup"), None) is not None or next(element.iterancestors("sup"), None) is not None
    bracketed = found is not None and found.group() != found["mark"]
    named = "note" in f"{element.get('href')} {element.get('class', '')}".casefold()
    return found["mark"] if found and (raised or bracketed or named) else None
