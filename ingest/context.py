"""What a pipeline component may know about a sentence beyond its own words: where it stands in the paper.

Attached to each spaCy Doc as ``doc._.context`` before the components run.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

from kg.records import SectionKind, SentenceKind


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


def register() -> None:
    """Make ``doc._.context`` known to spaCy; calling it again changes nothing."""
    if not Doc.has_extension("context"):
        Doc.set_extension("context", default=NOWHERE)
