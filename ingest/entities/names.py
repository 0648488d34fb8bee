"""What regions, industries and actors found in one sentence look like, and proper names that are none of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Span

from ingest.context import register as register_context
from ingest.entities.setting import register as register_setting
from kg.lexicon import Lexicon
from kg.records import EntityRef, SentenceKind
from kg.resources import ontology_folder

_WORD = r"(?:[A-Z][\w'’\-]*|&)"
_LINK = r"(?:\s+(?:of|for|and|the|on|in)){0,2}"
_HEADS = (
    "University|College|School|Co(?=[.,])|Institute|Institution|Academy|Hospital|Bank|Company|Corporation|Ltd|Inc|Press|Journal|"
    "Foundation|Fund|Laboratory|Museum|Times|Daily|Association|Society|Ministry|Authority|Board|Committee|Session|Plenum|Federation|Secretariat|Directorate|Tribunal|Trust|Bureau|Agreement|Protocol|Convention|"
    "Treaty|Declaration|Prize|Yearbook|Review|Conference|Department|Faculty|Commission|Council|Agency|Organization|"
    "Organisation|Party|Airlines|Airport|Group|Centre|Center|Office|Act|Stock Exchange|Consensus|Summit|Forum|Congress"
)
_PART = rf"(?:\s+(?:{_WORD}|\d+(?:st|nd|rd|th)))"
_ORGANISATION = re.compile(
    rf"(?<!\w)(?:{_WORD}\s+){{0,6}}(?:{_HEADS})(?!\w)"
    rf"(?:\s+(?:of|for|on)(?:\s+the)?{_PART}{{1,5}}(?:(?:,{_PART}{{1,3}}){{0,3}},?\s+and{_PART}{{1,4}})?){{0,3}}"
)


READ: frozenset[SentenceKind] = frozenset({"prose", "heading", "caption"})
"""What is read for industries and actors; front matter names places at most, references nothing."""


@dataclass(frozen=True, slots=True)
class Found:
    """A named thing in a sentence: characters ``start:end`` of its text, what it is and how sure that is.

    ``adjective``: a demonym names the place ("Kenyan").
    """

    start: int
    end: int
    entity: EntityRef
    kind: str
    score: float
    adjective: bool = False


def register() -> None:
    """Make ``doc._.regions``, ``.industries``, ``.actors`` and ``.setting`` known to spaCy, once or more often."""
    register_context()
    register_setting()
    for name in ("regions", "industries", "actors"):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=())


@cache
def shared_lexicon() -> Lexicon:
    """The lexicon of the installed vocabularies, loaded once for all components of a process."""
    return Lexicon.load(ontology_folder())


def in_heading(doc: Doc) -> bool:
    """Whether the Doc is a heading, in which capital letters say nothing."""
    return kind_of(doc) == "heading"


def kind_of(doc: Doc) -> SentenceKind:
    """What the sentence is in its document; prose where nothing is known of one."""
    return doc._.context.kind if Doc.has_extension("context") else "prose"


def overlaps(start: int, end: int, others: Iterable[tuple[int, int]]) -> bool:
    """Whether the stretch shares a character with one of the others."""
    return any(start < other_end and other_start < end for other_start, other_end in others)


def organisations(text: str) -> Iterator[tuple[int, int]]:
    """Names of universities, ministries, banks, treaties and the like, in which place names do not speak of the place.

    >>> text = "It works with Lagos State University of Science in Ogun."
    >>> [text[start:end] for start, end in organisations(text)]
    ['Lagos State University of Science']
    """
    for match in _ORGANISATION.finditer(text):
        if " " in match.group():
            yield match.span()


def annotate(doc: Doc, name: str, found: Sequence[Found]) -> None:
    """Put what was found into ``doc._.<name>`` and, as spaCy spans (label the kind, ``kb_id_`` the IRI), into
    ``doc.spans[name]``.
    """
    doc._.set(name, tuple(found))
    doc.spans[name] = _spans(doc, found)


def _spans(doc: Doc, found: Iterable[Found]) -> list[Span]:
    made = []
    for item in found:
        span = doc.char_span(item.start, item.end, label=item.kind, kb_id=item.entity.iri, alignment_mode="expand")
        if span is not None:
            made.append(span)
    return made
