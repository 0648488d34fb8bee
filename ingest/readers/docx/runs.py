"""The text inside a paragraph: what Word shows once all changes are accepted, without comments and hidden words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lxml import etree

from ingest.readers.docx.styles import value
from ingest.readers.parsing import attribute, local_name

_DROPPED_NAMES = (
    "del moveFrom delText instrText pPr rPr sdtPr sdtEndPr rt Fallback commentReference annotationRef fldData "
    "customXmlPr smartTagPr bookmarkStart bookmarkEnd proofErr"
)
_DROPPED = frozenset(_DROPPED_NAMES.split())
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad", "ptab": "\t"}
# Fields whose result lists what stands elsewhere.
_LISTING = re.compile(r"\s*(?:TOC|TOA|INDEX|TABLE OF)\b", re.IGNORECASE)


class Fields:
    """Which fields are open, from paragraph to paragraph; a table of contents is one field over many of them."""

    def __init__(self) -> None:
        self._open: list[str] = []
        self._shown: list[bool] = []

    def take(self, element: etree._Element) -> None:
        """Follow one mark (``fldChar``) or piece of a field's code (``instrText``)."""
        if local_name(element) == "instrText":
            if self._open and not self._shown[-1]:
                self._open[-1] += element.text or ""
            return
        kind = attribute(element, "fldCharType")
        if kind == "begin":
            self._open.append("")
            self._shown.append(False)
        elif kind == "separate" and self._shown:
            self._shown[-1] = True
        elif kind == "end" and self._open:
            self._open.pop()
            self._shown.pop()

    @property
    def listing(self) -> bool:
        """Whether what follows is a table of contents or an index."""
        return any(shown and _LISTING.match(code) for code, shown in zip(self._open, self._shown, strict=True))

    @property
    def hiding(self) -> bool:
        """Whether what follows is a field's code, which is not shown."""
        return bool(self._shown) and not self._shown[-1]


class Paragraph:
    """The words of a paragraph, the text boxes anchored in it, and whether it belongs to a table of contents.

    ``refer`` gives the mark of a note by its kind and id ("footnote 3").
    """

    def __init__(self, element: etree._Element, fields: Fields, refer: Callable[[str], str]) -> None:
        self._refer = refer
        self.boxes: list[etree._Element] = []
        self.listing = fields.listing
        self.text = "".join(self._pieces(element, fields))
        self.listing = self.listing or fields.listing

    def _pieces(self, element: etree._Element, fields: Fields) -> Iterator[str]:
        for child in element:
            name = local_name(child)
            if name in {"fldChar", "instrText"}:
                fields.take(child)
                self.listing = self.listing or fields.listing
            elif name == "txbxContent":
                self.boxes.append(child)
            elif name in _DROPPED or (name == "r" and is_hidden(child)):
                continue
            elif name in {"footnoteReference", "endnoteReference"}:
                yield self._refer(f"{name.removesuffix('Reference')} {attribute(child, 'id')}")
            elif name == "t":
                yield "" if fields.hiding else child.text or ""
            elif name in _SIGNS:
                yield "" if fields.hiding or attribute(child, "type") in {"page", "column"} else _SIGNS[name]
            else:
                yield from self._pieces(child, fields)


def is_hidden(run: etree._Element) -> bool:
    """Whether a run is formatted as hidden text."""
    properties = next((child for child in run if local_name(child) == "rPr"), None)
    if properties is None:
        return False
    vanish = next((child for child in properties if local_name(child) == "vanish"), None)
    return vanish is not None and attribute(vanish, "val") not in {"0", "false", "off"}


def mark_deleted(paragraph: etree._Element) -> bool:
    """Whether the end of the paragraph is deleted, so that the next one goes on with it."""
    return any(
        local_name(change) in {"del", "moveFrom"}
        for properties in paragraph
        if local_name(properties) == "pPr"
        for run in properties
        if local_name(run) == "rPr"
        for change in run
    )


def style_of(paragraph: etree._Element) -> str | None:
    """The id of the paragraph's style."""
    return value(paragraph, "pPr", "pStyle")
