"""From the elements of a page to blocks of text, in the order of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from ingest.readers.html import tables
from ingest.readers.html.boilerplate import Boilerplate
from ingest.readers.html.inline import line, note_mark, words
from ingest.readers.html.legal import Role, level_of, role_of
from ingest.readers.writing import TextWriter, readable
from kg.records import TextBlockKind

_BLOCK_NAMES = (
    "p div section article main header footer aside address blockquote center details summary dd dl dt fieldset "
    "figcaption figure h1 h2 h3 h4 h5 h6 hr li menu ol ul pre table caption tbody thead tfoot tr td th body"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_GAP = re.compile(r"\n\s*\n")
_FOOTNOTE = re.compile(r"\[(?P<mark>[^\]]{1,3})\]\s*")


class PageFlow:
    """Writes a page. Elements that hold a block anywhere are walked through, others are words of a paragraph."""

    def __init__(self, writer: TextWriter, boilerplate: Boilerplate) -> None:
        self._writer = writer
        self._boilerplate = boilerplate
        self._mark = ""
        self._held: tuple[Role, int, str] | None = None

    def walk(self, element: etree._Element, kind: TextBlockKind = "paragraph") -> None:
        """Write what is in an element: its blocks, and as blocks of ``kind`` the words between them."""
        inline: list[str] = [line(element.text)]
        for child in element:
            if child.tag == "br":
                inline.append("\n")
            elif not self._boilerplate.drops(child):
                if _holds_block(child) and note_mark(child) is None:
                    self._flush(inline, kind)
                    self._block(child, kind)
                else:
                    inline += words(child)
            inline.append(line(child.tail))
        self._flush(inline, kind)

    def heading(self, text: str, level: int) -> None:
        """Write a heading that stands somewhere else on the page."""
        self._add("heading", text, level)

    def finish(self) -> None:
        """Write what was held back."""
        self._release()

    def _block(self, element: etree._Element, kind: TextBlockKind) -> None:
        tag = str(element.tag)
        role = role_of(element)
        if role is not None:
            self._part(element, role)
        elif re.fullmatch("h[1-6]", tag):
            self._add("heading", "".join(words(element)), int(tag[1]))
        elif tag in {"ul", "ol", "menu"}:
            self._list(element)
        elif tag == "table":
            self._table(element)
        elif tag == "pre":
            self._preformatted(element)
        elif tag in {"figcaption", "caption"}:
            self.walk(element, "caption")
        else:
            self.walk(element, kind)

    def _part(self, element: etree._Element, role: Role) -> None:
        """A part of a legal text. A heading's number and its title are one heading."""
        text = readable("".join(words(element)))
        if role.kind == "footnote":
            found = _FOOTNOTE.match(text)
            self._writer.note(found["mark"] if found else "", text[found.end() :] if found else text)
        elif self._held is not None and text and role.follows(self._held[0], text):
            held, level, before = self._held
            self._held = held, level, f"{before}\n{text}"
        elif role.kind != "heading":
            self._add(role.kind, text)
        elif text:
            self._release()
            self._held = role, level_of(element, role, text), text

    def _list(self, element: etree._Element) -> None:
        ordered = element.tag == "ol"
        count = _number(element.get("start"), 1)
        for child in element:
            if child.tag != "li":
                if isinstance(child.tag, str) and not self._boilerplate.drops(child):
                    self._block(child, "item")
                continue
            if not self._boilerplate.drops(child):
                count = _number(child.get("value"), count)
                self._mark = f"{_counted(count, element.get('type', '1'))}." if ordered else "•"
                self.walk(child, "item")
                self._mark = ""
            count += 1

    def _table(self, table: etree._Element) -> None:
        use = tables.use_of(table)
        for caption in table.findall("./caption"):
            self.walk(caption, "caption")
        for cells in tables.rows(table):
            if use == "data":
                self._release()
                self._writer.row([tables.text_of(cell) for cell in cells])
                continue
            for cell in cells:
                text = tables.text_of(cell) if use == "list" and cell is not cells[-1] else ""
                if text:
                    self._mark = text
                elif not self._boilerplate.drops(cell):
                    self.walk(cell, "paragraph")
            self._mark = ""

    def _preformatted(self, element: etree._Element) -> None:
        """Program text where it says so, else plain text that was put on the page as it was."""
        text = "".join(map(str, element.itertext()))
        if element.find("code") is not None or element.get("class", "").startswith(("lang", "highlight", "brush")):
            self._add("code", text)
            return
        for part in _GAP.split(text):
            self._add("paragraph", " ".join(part.split()))

    def _flush(self, inline: list[str], kind: TextBlockKind) -> None:
        """Write the words gathered so far; an empty line between them parts paragraphs."""
        for part in _GAP.split("".join(inline)):
            self._add(kind, part)
        inline.clear()

    def _add(self, kind: TextBlockKind, text: str, level: int = 0) -> None:
        if not readable(text):
            return
        self._release()
        marked = kind in {"paragraph", "item"} and bool(self._mark)
        # Only the first paragraph of a list item has its mark; the others go on with it.
        written: TextBlockKind = ("item" if marked else "paragraph") if kind in {"paragraph", "item"} else kind
        self._writer.add(written, text, level, self._mark if marked else "")
        self._mark = ""

    def _release(self) -> None:
        if self._held is not None:
            _, level, text = self._held
            self._held = None
            self._writer.add("heading", text, level)


def _holds_block(element: etree._Element) -> bool:
    return element.tag in _BLOCKS or next(element.iter(*_BLOCKS), None) is not None


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and re.fullmatch(r"\d{1,6}", text) else otherwise


def _counted(count: int, kind: str) -> str:
    """The number of a list item as a page shows it."""
    if kind in {"a", "A"} and 0 < count <= 26:
        return chr(ord(kind) + count - 1)
    return str(count)


def first_heading(root: etree._Element, inside: etree._Element) -> Iterator[str]:
    """The page's first main heading where it stands outside the element that is taken for the text."""
    if next(inside.iter("h1"), None) is None:
        for found in root.iter("h1"):
            yield readable("".join(words(found)))
            return
