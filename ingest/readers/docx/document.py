"""The body of a Word document, streamed: paragraphs, headings, lists, tables, text boxes, notes and properties."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from ingest.readers.contents import Contents
from ingest.readers.docx.cover import Cover
from ingest.readers.docx.numbers import ListNumbers
from ingest.readers.docx.package import Package
from ingest.readers.docx.runs import Fields, Paragraph, mark_deleted, style_of
from ingest.readers.docx.styles import Styles, numbering_of, value
from ingest.readers.parsing import attribute, local_name, stream_xml
from ingest.readers.port import Limits
from ingest.readers.writing import TextWriter, readable
from kg.errors import UnreadableSourceError
from kg.records import Source

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_LONGEST_HEADING = 300
# What a program writes for a title or author that nobody entered.
_NO_TITLE = re.compile(r"untitled|microsoft word|document\d*$|.*\.(?:docx?|pdf|tmp|rtf)$", re.IGNORECASE)
_NO_AUTHOR = re.compile(r"(?:windows |microsoft(?: office)? |default )?(?:user|admin\w*)|author|owner|unknown", re.I)


def read(data: bytes, name: str, limits: Limits) -> Source:
    """The text of a Word document. UnreadableSourceError where it is protected, damaged, too large or no such thing."""
    try:
        package = Package(data, name, limits)
        body = _Body(package, TextWriter(name, limits))
        for element in stream_xml(package.open_main(), name, "body"):
            body.take(element)
        body.finish()
        facts = _properties(package.part("core-properties"))
        facts |= {name: fact for name, fact in body.facts.items() if fact}
        return body.writer.source(data, MEDIA_TYPE, facts)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        # zipfile raises NotImplementedError for ways of packing that it does not know.
        raise UnreadableSourceError(
            f"{name} is damaged ({error}). Save it anew from the program that made it."
        ) from error


class _Body:
    """Writes one element of the body after the other."""

    def __init__(self, package: Package, writer: TextWriter) -> None:
        self.writer = writer
        self.facts: dict[str, str] = {}
        self._styles = Styles(package.part("styles"))
        self._numbers = ListNumbers(package.part("numbering"))
        self._fields = Fields()
        self._notes = {**_notes(package.part("footnotes")), **_notes(package.part("endnotes"))}
        self._noted = 0
        self._carried = ""
        self._contents = Contents()
        self._cover = Cover()

    def take(self, element: etree._Element) -> None:
        """Write an element: a paragraph, a table, or what wraps some of them; anything else is passed over."""
        name = local_name(element)
        if name == "p":
            self._paragraph(element)
        elif name == "tbl":
            self._table(element)
        elif name in {"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "AlternateContent", "Choice"}:
            for child in element:
                self.take(child)

    def finish(self) -> None:
        """Write what still waits for a next paragraph."""
        self.writer.add("paragraph", self._carried)
        self.facts.setdefault("title", self._cover.title)
        self._carried = ""

    def _paragraph(self, element: etree._Element) -> None:
        paragraph = Paragraph(element, self._fields, self._refer)
        text, self._carried = self._carried + paragraph.text, ""
        if mark_deleted(element):
            self._carried = text
        elif readable(text):
            self._write(element, text, paragraph.listing)
        for box in paragraph.boxes:
            for child in box:
                self.take(child)

    def _write(self, element: etree._Element, text: str, listing: bool) -> None:
        style = self._styles.of(style_of(element))
        numbering = numbering_of([element])
        place = numbering or (style.numbering if value(element, "pPr", "numPr", "numId") is None else None)
        number = self._numbers.next(place) if place is not None else ""
        level = style.level
        if (outline := value(element, "pPr", "outlineLvl")) is not None and outline.isdigit():
            level = int(outline) + 1 if int(outline) < 9 else 0
        listed = self._contents.holds(readable(text), bool(level)) or listing or style.kind == "meta"
        if listed or level:
            self._cover.close()
        self._cover.take(element, readable(text), style.size)
        if listed:
            self.writer.add("meta", text)
        elif level and len(readable(text)) <= _LONGEST_HEADING:
            if style.title:
                self.facts["title"] = f"{self.facts.get('title', '')} {readable(text)}"
            self.writer.add("heading", f"{number} {text}", level)
        elif style.kind in {"heading", "paragraph"}:
            self.writer.add("item" if number else "paragraph", text, mark=number)
        else:
            self.writer.add(style.kind, text)

    def _table(self, table: etree._Element) -> None:
        """Rows of cells; a table of one column merely frames its paragraphs."""
        rows = [list(_cells(row)) for row in _below(table, "tr")]
        if all(len(cells) == 1 for cells in rows):
            for cells in rows:
                for child in cells[0]:
                    self.take(child)
            return
        for cells in rows:
            self.writer.row([" ".join(self._words(cell)) for cell in cells])

    def _words(self, cell: etree._Element) -> Iterator[str]:
        """The paragraphs of a cell as plain text, those of tables inside it too."""
        for paragraph in cell.iter("{*}p"):
            if text := readable(Paragraph(paragraph, self._fields, self._refer).text):
                yield text.replace("\n", " ")

    def _refer(self, note: str) -> str:
        """The mark of the next note, which is written at the end; "" for a note without text."""
        text = self._notes.get(note, "")
        if not text:
            return ""
        self._noted += 1
        self.writer.note(str(self._noted), text)
        return f"[{self._noted}]"


def _below(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Children of this name, those that a content control or change wraps included."""
    for child in element:
        if local_name(child) == name:
            yield child
        elif local_name(child) in {"sdt", "sdtContent", "ins", "customXml"}:
            yield from _below(child, name)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    """The cells of a row but those that go on with the one above, or nothing for a row that was deleted."""
    if any(local_name(one) == "del" for part in row if local_name(part) == "trPr" for one in part):
        return
    for cell in _below(row, "tc"):
        merged = [one for part in cell if local_name(part) == "tcPr" for one in part if local_name(one) == "vMerge"]
        if not merged or attribute(merged[0], "val") == "restart":
            yield cell


def _notes(root: etree._Element | None) -> dict[str, str]:
    """The text of each footnote or endnote by "kind id"."""
    found = {}
    for note in root if root is not None else ():
        kind = local_name(note)
        if kind in {"footnote", "endnote"} and attribute(note, "type") in {None, "normal"}:
            texts = [Paragraph(one, Fields(), lambda _: "").text for one in note.iter("{*}p")]
            found[f"{kind} {attribute(note, 'id')}"] = readable(" ".join(texts)).replace("\n", " ")
    return found


def _properties(root: etree._Element | None) -> dict[str, str]:
    """What the author entered in the document's properties, or a program on the author's behalf."""
    held = {local_name(one): (one.text or "").strip() for one in root} if root is not None else {}
    title, author = held.get("title", ""), held.get("creator", "")
    dated = re.match(r"(?:19|20)\d\d", held.get("created", ""))
    return {
        "title": "" if _NO_TITLE.match(title) else title,
        "authors": "" if _NO_AUTHOR.fullmatch(author) else author,
        "year": dated.group() if dated else "",
        "language": held.get("language", ""),
        "keywords": held.get("keywords", ""),
    }
