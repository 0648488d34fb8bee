"""What a pipeline component may know about a sentence beyond its own words: where it stands in the paper.

Attached to each spaCy Doc as ``doc._.context`` before the components run.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spacy.tokens import Doc

from kg.records import Section, SectionKind, SentenceKind

if TYPE_CHECKING:
    from ingest.text.layout import Layout


@dataclass(frozen=True, slots=True)
class SentenceContext:
    """Place of one sentence. ``headings`` runs from the outermost section title to the innermost, numbers left out.

    ``position`` is the sentence's index among those of its section, ``previous`` and ``following`` the texts of its
    neighbours in the same section ("" at the ends), ``title`` the document's title.
    """

    kind: SentenceKind
    section_kind: SectionKind
    headings: tuple[str, ...]
    position: int
    previous: str
    following: str
    title: str


NOWHERE = SentenceContext("prose", "body", (), 0, "", "", "")


_TEXT = "policyweave_text"


def register() -> None:
    """Make ``doc._.context`` known to spaCy; calling it again changes nothing."""
    if not Doc.has_extension("context"):
        Doc.set_extension("context", default=NOWHERE)


def text_of(doc: Doc) -> str:
    """``doc.text``, joined from its tokens once and then remembered: components ask for it many times."""
    known: str | None = doc.user_data.get(_TEXT)
    if known is None:
        known = doc.user_data[_TEXT] = doc.text
    return known


def places(layout: Layout) -> Iterator[SentenceContext]:
    """The context of each sentence of a document, in order."""
    sections = {section.id: section for section in layout.sections}
    position = 0
    for index, sentence in enumerate(layout.sentences):
        before = layout.sentences[index - 1] if index else None
        after = layout.sentences[index + 1] if index + 1 < len(layout.sentences) else None
        position = position + 1 if before and before.section == sentence.section else 0
        section = sections[sentence.section]
        yield SentenceContext(
            kind=sentence.kind,
            section_kind=section.kind,
            headings=_headings(section, sections),
            position=position,
            previous=before.text if before and before.section == sentence.section else "",
            following=after.text if after and after.section == sentence.section else "",
            title=layout.document.title,
        )


def _headings(section: Section, sections: dict[str, Section]) -> tuple[str, ...]:
    titles: list[str] = []
    current: Section | None = section
    while current is not None:
        titles.append(current.title)
        current = sections[current.parent] if current.parent else None
    return tuple(reversed(titles))
