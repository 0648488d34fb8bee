"""Papers in JATS (NISO Z39.96, Journal Article Tag Suite), as publishers and PubMed Central give them."""

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
# Blocks that may stand inside a paragraph and are written after it.
_FLOATS = frozenset(
    {
        "list",
        "def-list",
        "table-wrap",
        "fig",
        "fig-group",
        "disp-quote",
        "boxed-text",
        "disp-formula",
        "code",
        "verse-group",
    }
)
_SIMPLE: Mapping[str, TextBlockKind] = {
    "p": "paragraph",
    "title": "heading",
    "disp-formula": "code",
    "code": "code",
    "preformat": "code",
    "attrib": "meta",
    "speaker": "paragraph",
    "verse-line": "paragraph",
}
_CONTAINERS = frozenset(
    {
        "disp-quote",
        "boxed-text",
        "verse-group",
        "fig-group",
        "def-list",
        "speech",
        "statement",
        "app-group",
        "bio",
        "floats-group",
    }
)
_BACK_TITLES = {"ack": "Acknowledgements", "ref-list": "References", "app": "Appendix", "glossary": "Glossary"}


def write(root: etree._Element, writer: TextWriter) -> dict[str, str]:
    """Write a paper, and tell what its front matter says of it."""
    article = _Article(writer)
    front = first(root, "front")
    meta = first(front, "article-meta")
    writer.add("heading", text_of(first(meta, "title-group", "article-title")), 1)
    writer.add("meta", "; ".join(_authors(meta)))
    for abstract in below(meta, "abstract"):
        article.section(abstract, 2, "Abstract")
    writer.add("meta", _keywords(meta))
    for body in below(root, "body"):
        article.children(body, 1)
    for back in below(root, "back"):
        article.children(back, 1)
    for floats in below(root, "floats-group"):
        article.children(floats, 1)
    return _facts(root, front, meta)


class _Article:
    """Writes the parts of a paper; levels of headings count from 2 for the outermost sections."""

    def __init__(self, writer: TextWriter) -> None:
        self._writer = writer

    def section(self, element: etree._Element, level: int, title: str = "") -> None:
        """A section with its own title, else with ``title``."""
        own = text_of(first(element, "title"))
        label = text_of(first(element, "label"))
        self._writer.add("heading", f"{label} {own}" if own else title, min(level, _DEEPEST))
        self.children(element, level)

    def children(self, element: etree._Element, level: int) -> None:
        """The blocks of an element, whose headings are below ``level``."""
        for child in element:
            name = local_name(child)
            if name == "sec":
                self.section(child, level + 1)
            elif name in _BACK_TITLES:
                self._back(child, level + 1, _BACK_TITLES[name])
            elif name in {"fn-group", "notes", "sec-meta"} or name in _CONTAINERS:
                self.children(child, level)
            elif name == "title" and local_name(element) not in {"sec", "abstract", *_BACK_TITLES}:
                self._writer.add("caption", text_of(child))
            elif name not in {"title", "label", "object-id"}:
                self._block(child, name)

    def _back(self, element: etree._Element, level: int, title: str) -> None:
        self.section(element, level, title)
        for reference in below(element, "ref"):
            label = text_of(first(reference, "label"))
            for citation in reference:
                if local_name(citation) in {"mixed-citation", "element-citation", "citation", "citation-alternatives"}:
                    self._writer.add("reference", _citation(citation), mark=label)
                    label = ""

    def _block(self, element: etree._Element, name: str) -> None:
        if name == "list":
            self._list(element)
        elif name in {"table-wrap", "fig"}:
            self._figure(element)
        elif name == "fn":
            self._note(element)
        elif name == "def-item":
            self._writer.add("item", f"{text_of(first(element, 'term'))}: {text_of(first(element, 'def'))}")
        elif name == "p":
            self._paragraph(element)
        elif kind := _SIMPLE.get(name):
            self._writer.add(kind, text_of(element))

    def _paragraph(self, element: etree._Element) -> None:
        """A paragraph, then the blocks that stand inside it."""
        self._writer.add("paragraph", text_of(element, _FLOATS))
        for child in element:
            if local_name(child) in _FLOATS:
                self.children_of_one(child)
        for note in within(element, "fn"):
            self._note(note)

    def children_of_one(self, element: etree._Element) -> None:
        """One block that stood inside another."""
        if (name := local_name(element)) in _CONTAINERS:
            self.children(element, 1)
        else:
            self._block(element, name)

    def _list(self, element: etree._Element) -> None:
        kind = element.get("list-type", "")
        for count, item in enumerate(below(element, "list-item"), 1):
            mark = text_of(first(item, "label")) or (f"{count}." if kind in {"order", "alpha-lower"} else "•")
            for child in item:
                if local_name(child) == "p":
                    self._writer.add("item", text_of(child, _FLOATS), mark=mark)
                    mark = ""
                    for inner in child:
                        if local_name(inner) in _FLOATS:
                            self.children_of_one(inner)
                elif local_name(child) == "list":
                    self._list(child)

    def _figure(self, element: etree._Element) -> None:
        label = text_of(first(element, "label"))
        caption = " ".join(
            text_of(part) for found in below(element, "caption") for part in found if local_name(part) in {"title", "p"}
        )
        self._writer.add("caption", f"{label}. {caption}" if label and caption else label or caption)
        for row in within(element, "tr"):
            self._writer.row([text_of(cell) for cell in row if local_name(cell) in {"td", "th"}])
        for note in within(first(element, "table-wrap-foot"), "p"):
            self._writer.add("meta", text_of(note))

    def _note(self, element: etree._Element) -> None:
        mark = text_of(first(element, "label")) or element.get("symbol", "")
        text = " ".join(text_of(part) for part in element if local_name(part) == "p")
        self._writer.note(mark.strip("[]()"), text)


def _citation(element: etree._Element) -> str:
    """A reference as it is printed; one of bare parts is put together with commas."""
    if local_name(element) != "element-citation":
        return text_of(element)
    people = [_person(one) for one in within(element, "name")]
    parts = [
        text_of(part) for part in element if local_name(part) not in {"person-group", "name", "pub-id", "ext-link"}
    ]
    identifiers = [text_of(part) for part in element if local_name(part) in {"pub-id", "ext-link"}]
    return ", ".join(part for part in (", ".join(people), *parts, *identifiers) if part)


def _person(name: etree._Element) -> str:
    given, family = text_of(first(name, "given-names")), text_of(first(name, "surname"))
    return f"{given} {family}".strip()


def _authors(meta: etree._Element | None) -> Iterator[str]:
    """The authors in order, groups among them."""
    for contributor in below(meta, "contrib-group", "contrib"):
        if contributor.get("contrib-type", "author") == "author":
            names = (
                first(contributor, "name")
                if first(contributor, "name-alternatives") is None
                else first(contributor, "name-alternatives", "name")
            )
            group = text_of(first(contributor, "collab")) or text_of(first(contributor, "string-name"))
            if named := _person(names) if names is not None else group:
                yield named


def _keywords(meta: etree._Element | None) -> str:
    words = [text_of(word) for group in below(meta, "kwd-group") for word in within(group, "kwd")]
    return f"Keywords: {'; '.join(words)}" if words else ""


def _facts(root: etree._Element, front: etree._Element | None, meta: etree._Element | None) -> dict[str, str]:
    years = [
        (date.get("pub-type") or date.get("date-type") or "", text_of(first(date, "year")))
        for date in below(meta, "pub-date")
    ]
    licence = first(meta, "permissions", "license")
    return {
        "title": text_of(first(meta, "title-group", "article-title")),
        "authors": "; ".join(_authors(meta)),
        "year": min((year for _, year in years if re.fullmatch(r"\d{4}", year)), default=""),
        "doi": next((text_of(one) for one in below(meta, "article-id") if one.get("pub-id-type") == "doi"), ""),
        "venue": text_of(first(front, "journal-meta", "journal-title-group", "journal-title"))
        or text_of(first(front, "journal-meta", "journal-title")),
        "licence": "" if licence is None else attribute(licence, "href") or text_of(licence),
        "language": attribute(root, "lang") or "",
    }
