"""The words inside an element of a paper in XML: one line, links to notes as ``[1]``, formulas as they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from ingest.readers.parsing import attribute, local_name

_SPACE = re.compile(r"\s+")
_MARK = re.compile(r"[\[(]?\s*(?P<mark>[\dA-Za-z*\u2020\u2021]{1,4})\s*[\])]?")
_BREAKS = frozenset({"break", "lb"})
_NOTES = frozenset({"fn", "note"})
# What stands beside the words: other forms of a formula, indexing terms, pictures.
_DROPPED = frozenset({"graphic", "inline-graphic", "index", "tex-math", "index-term", "object-id", "media", "figDesc"})
_NOTE_KINDS = frozenset({"fn", "table-fn", "foot", "note"})


def words(element: etree._Element, dropped: frozenset[str] = frozenset()) -> Iterator[str]:
    """The stretches of text in an element; elements named in ``dropped`` are left out."""
    yield line(element.text)
    for child in element:
        name = local_name(child)
        if name in _BREAKS:
            yield "\n"
        elif name in _NOTES:
            yield f"[{child.get('n')}]" if child.get("n") else ""
        elif (mark := _note_mark(child, name)) is not None:
            yield f"[{mark}]"
        elif name == "alternatives":
            yield from _first_form(child)
        elif name == "hi" and attribute(child, "rend") == "superscript" and _MARK.fullmatch(text_of(child)):
            yield text_of(child)
        elif name and name not in _DROPPED and name not in dropped:
            yield from words(child, dropped)
        yield line(child.tail)


def text_of(element: etree._Element | None, dropped: frozenset[str] = frozenset()) -> str:
    """The words of an element as one line, "" for None."""
    return "" if element is None else " ".join("".join(words(element, dropped)).split())


def line(text: str | None) -> str:
    """Text with its white space as single blanks."""
    return _SPACE.sub(" ", text or "")


def _note_mark(element: etree._Element, name: str) -> str | None:
    """The mark of a reference to a footnote, or to a work by a bare number; other references are words as printed."""
    kind = element.get("ref-type") or element.get("type") or ""
    if name not in {"xref", "ref"} or kind not in _NOTE_KINDS | {"bibr"}:
        return None
    text = "".join(map(str, element.itertext())).strip()
    if kind == "bibr":
        raised = any(local_name(near) == "sup" for near in (*element.iterancestors(), *element))
        return text if text.isdecimal() and (raised or name == "ref") else None
    found = _MARK.fullmatch(text)
    return found["mark"] if found else None


def _first_form(element: etree._Element) -> Iterator[str]:
    """One of the forms of a formula or table, the one with words in it."""
    for child in element:
        if local_name(child) not in _DROPPED and (text := text_of(child)):
            yield text
            return
