"""What the parts of a page of EUR-Lex are, told by its classes: titles, divisions, articles, notes, signatures.

The names are those of the Official Journal's pages ("oj-ti-art", formerly "ti-art") and of consolidated texts
("title-article-norm"), as EUR-Lex has served them since 2014.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from ingest.text.headings import numbered
from kg.records import TextBlockKind

# The identifiers of parts by the European Legislation Identifier: part, title, chapter, section, article, annex …
_DIVISION = re.compile(r"(?:prt|tis|cpt|sct|sbs|art|anx|enc)_")
_META = "hd-date hd-lg hd-ti hd-oj doc-end signatory hd-modifiers disclaimer arrow modref reference"


@dataclass(frozen=True, slots=True)
class Role:
    """Kind of a part; ``rank`` orders headings (0: none). What ``follows`` a heading is the rest of it: its title."""

    kind: TextBlockKind
    rank: int = 0
    completes: bool = False

    def follows(self, heading: Role, text: str) -> bool:
        """Whether it goes on with a heading; a table's title does so where the table is all of an annex."""
        if self is _TITLE:
            return heading is _TITLE and numbered(text) is None
        return self.completes and (heading.rank == self.rank or (self.kind == "caption" and heading is _TITLE))


_TITLE = Role("heading", 1)
_DIVIDED = Role("heading", 2)
_ARTICLE = Role("heading", 3)
_ROLES: dict[str, Role] = {
    **dict.fromkeys(("doc-ti", "title-doc-first", "title-doc-last", "title-annex-1", "title-annex-2"), _TITLE),
    **dict.fromkeys(("ti-section-1", "title-division-1"), _DIVIDED),
    **dict.fromkeys(("ti-section-2", "title-division-2"), Role("heading", 2, completes=True)),
    **dict.fromkeys(("ti-art", "title-article-norm"), _ARTICLE),
    **dict.fromkeys(("sti-art", "stitle-article-norm"), Role("heading", 3, completes=True)),
    **dict.fromkeys(("ti-grseq-1", "title-gr-seq-level-1"), Role("heading", 4)),
    **dict.fromkeys(("title-gr-seq-level-2", "title-gr-seq-level-3"), Role("heading", 5)),
    **dict.fromkeys(("note", "footnote"), Role("footnote")),
    **dict.fromkeys(("ti-tbl", "title-table"), Role("caption", completes=True)),
    **dict.fromkeys(_META.split(), Role("meta")),
}


def role_of(element: etree._Element) -> Role | None:
    """The role of an element of an EUR-Lex page, None for one without and for other pages."""
    names = element.get("class", "").split()
    return next((role for name in names if (role := _ROLES.get(name.removeprefix("oj-")))), None)


def is_legal_page(root: etree._Element) -> bool:
    """Whether the page is one of EUR-Lex, by what stands in it."""
    return root.find(".//*[@class='eli-container']") is not None or any(
        role_of(element) == _ARTICLE for element in root.iter("p")
    )


def facts_of_law(root: etree._Element) -> dict[str, str]:
    """The title of a legal page, and the year of the Official Journal that it was published in."""
    titles = [element for element in root.iter("p") if role_of(element) is _TITLE]
    parts: list[str] = []
    for element in titles:
        text = " ".join("".join(map(str, element.itertext())).split())
        if parts and (element.getparent() is not titles[0].getparent() or numbered(text) is not None):
            break
        parts.append(text)
    dates = ["".join(map(str, one.itertext())) for one in root.iter("p") if "hd-date" in one.get("class", "")]
    year = re.search(r"(?:19|20)\d\d", dates[0]) if dates else None
    return {"title": " ".join(parts), "year": year.group() if year else ""}


def level_of(element: etree._Element, role: Role, text: str) -> int:
    """The level of a heading: the divisions around it where the page names them, else the usual order of such texts."""
    if role is _TITLE:
        return 2 if numbered(text) is not None else 1
    around = sum(_DIVISION.match(above.get("id", "")) is not None for above in element.iterancestors("div"))
    enclosed = next((True for above in element.iterancestors("div") if above.get("id", "").startswith("enc_")), False)
    return max(2, 1 + around - enclosed) if around and role.rank <= _ARTICLE.rank else role.rank
