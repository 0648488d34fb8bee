"""Papers in TEI (Text Encoding Initiative, P5), as libraries, parliaments and GROBID give them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from ingest.readers.parsing import attribute, local_name
from ingest.readers.writing import TextWriter
from ingest.readers.xml.finding import below, first, within
from ingest.readers.xml.inline import text_of
from kg.records import TextBlockKind

_DEEPEST = 6
_DIVISION = re.compile(r"div[1-7]?")
_SIMPLE: Mapping[str, TextBlockKind] = {
    "p": "paragraph",
    "ab": "paragraph",
    "l": "paragraph",
    "quote": "paragraph",
    "formula": "code",
    "fw": "meta",
    "byline": "meta",
    "dateline": "meta",
    "docAuthor": "meta",
    "docDate": "meta",
    "signed": "meta",
    "trailer": "meta",
    "label": "paragraph",
}
_PARTS = {"references": "References", "acknowledgement": "Acknowledgements", "bibliography": "References"}
_FLOATS = frozenset({"list", "table", "figure", "formula", "quote"})


def write(root: etree._Element, writer: TextWriter) -> dict[str, str]:
    """Write a paper, and tell what its header says of it."""
    header = first(root, "teiHeader")
    text = first(root, "text")
    facts = _facts(root, header)
    paper = _Paper(writer)
    if not any(True for _ in within(first(text, "front"), "docTitle")):
        writer.add("heading", facts["title"], 1)
    for abstract in below(header, "profileDesc", "abstract"):
        writer.add("heading", "Abstract", 2)
        paper.children(abstract, 2)
    for name in ("front", "body", "back"):
        for part in below(text, name):
            paper.children(part, 1)
    return facts


class _Paper:
    """Writes the parts of a paper; headings count from 2 for the outermost divisions."""

    def __init__(self, writer: TextWriter) -> None:
        self._writer = writer

    def children(self, element: etree._Element, level: int) -> None:
        """The blocks of an element, whose headings are below ``level``."""
        for child in element:
            name = local_name(child)
            if _DIVISION.fullmatch(name):
                self._division(child, level + 1)
            elif name == "head":
                number = child.get("n", "")
                self._writer.add("heading", f"{number} {text_of(child)}", min(max(level, 2), _DEEPEST))
            elif name in {"docTitle", "titlePart"}:
                self._writer.add("heading", text_of(child), 1)
            elif name in {"lg", "sp", "floatingText", "group", "titlePage", "opener", "closer", "argument", "epigraph"}:
                self.children(child, level)
            else:
                self._block(child, name)

    def _division(self, element: etree._Element, level: int) -> None:
        title = _PARTS.get(element.get("type", ""), "")
        if title and first(element, "head") is None and first(element, "div") is None:
            self._writer.add("heading", title, min(level, _DEEPEST))
        self.children(element, level)

    def _block(self, element: etree._Element, name: str) -> None:
        if name == "list":
            self._list(element)
        elif name == "table":
            self._table(element)
        elif name == "figure":
            self._figure(element)
        elif name == "listBibl":
            for reference in element:
                if local_name(reference) in {"bibl", "biblStruct", "biblFull"}:
                    self._writer.add("reference", _reference(reference))
        elif name == "note":
            self._writer.note(element.get("n", ""), text_of(element))
        elif kind := _SIMPLE.get(name):
            self._writer.add(
                kind, text_of(element, _FLOATS if kind == "paragraph" and name != "quote" else frozenset())
            )
            self._inner(element)

    def _inner(self, element: etree._Element) -> None:
        """The blocks that stand inside a paragraph, and its notes."""
        for child in element:
            if local_name(child) in _FLOATS:
                self._block(child, local_name(child))
        for note in within(element, "note"):
            self._writer.note(note.get("n", ""), text_of(note))

    def _list(self, element: etree._Element) -> None:
        numbered = element.get("rend") == "numbered" or element.get("type") in {"ordered", "numbered"}
        for count, item in enumerate(below(element, "item"), 1):
            self._writer.add("item", text_of(item, _FLOATS), mark=item.get("n") or (f"{count}." if numbered else "•"))
            self._inner(item)

    def _figure(self, element: etree._Element) -> None:
        caption = " ".join(filter(None, (text_of(first(element, "head")), text_of(first(element, "figDesc")))))
        self._writer.add("caption", caption)
        for table in below(element, "table"):
            self._table(table)

    def _table(self, table: etree._Element) -> None:
        self._writer.add("caption", text_of(first(table, "head")))
        for row in below(table, "row"):
            self._writer.row([text_of(cell) for cell in below(row, "cell")])


def _reference(element: etree._Element) -> str:
    """A reference as it is printed, or its parts with commas between."""
    if raw := next((text_of(note) for note in below(element, "note") if note.get("type") == "raw_reference"), ""):
        return raw
    if local_name(element) == "bibl":
        return text_of(element)
    people = [_person(one) for one in within(element, "persName")]
    titles = [text_of(one) for one in within(element, "title")]
    dates = [one.get("when", "") or text_of(one) for one in within(element, "date")]
    identifiers = [text_of(one) for one in within(element, "idno")]
    return ", ".join(dict.fromkeys(part for part in (*people, *titles, *dates, *identifiers) if part))


def _person(name: etree._Element) -> str:
    parts = [text_of(part) for part in name if local_name(part) in {"forename", "surname", "nameLink"}]
    return " ".join(parts) if parts else text_of(name)


def _authors(header: etree._Element | None) -> Iterator[str]:
    """The authors of the source where the header describes one, else those of the file."""
    source = first(header, "fileDesc", "sourceDesc")
    found = list(below(source, "biblStruct", "analytic", "author")) or list(
        below(header, "fileDesc", "titleStmt", "author")
    )
    for author in found:
        named = next(within(author, "persName"), None)
        if name := _person(named) if named is not None else text_of(first(author, "orgName")) or text_of(author):
            yield name


def _facts(root: etree._Element, header: etree._Element | None) -> dict[str, str]:
    file = first(header, "fileDesc")
    publication = first(file, "publicationStmt")
    structure = first(file, "sourceDesc", "biblStruct")
    dates = [one.get("when") or text_of(one) for part in (structure, publication) for one in within(part, "date")]
    years = [found.group() for date in dates if (found := re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", date))]
    identifiers = [text_of(one) for part in (structure, publication) for one in within(part, "idno")]
    venue = first(structure, "monogr", "title") if first(structure, "analytic") is not None else None
    licence = next(within(publication, "licence"), None)
    language = next(within(first(header, "profileDesc", "langUsage"), "language"), None)
    return {
        "title": text_of(first(structure, "analytic", "title")) or text_of(first(file, "titleStmt", "title")),
        "authors": "; ".join(_authors(header)),
        "year": next(iter(years), ""),
        "doi": next((one for one in identifiers if re.match(r"(?:https?://(?:dx\.)?doi\.org/)?10\.\d{4,9}/", one)), ""),
        "venue": text_of(venue),
        "licence": "" if licence is None else licence.get("target") or text_of(licence),
        "language": (language.get("ident") if language is not None else None)
        or attribute(root, "lang")
        or next((named for text in below(root, "text") if (named := attribute(text, "lang"))), ""),
    }
