"""Sentences: prose split by rules and, where a full stop is ambiguous, by the judgement of the spaCy model."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.language import Language

from ingest.text.blocks import Block
from ingest.text.cleaning import Vocabulary
from ingest.text.headings import numbered
from ingest.text.view import View, view_of
from ingest.text.wording import ABSTRACT
from kg.records import SentenceKind

_STOP = re.compile(
    r"(?:(?P<wide>[\u3002\uff01\uff1f\uff1b])|(?P<stop>[.!?\u2026]+))(?P<close>[\"'\u201d\u2019)\]\u300d\u300f\u00bb]*"
    r"(?:(?<=[a-z]{3}[.!?])\d{1,2}(?=\s+[A-Z]))?)"
    r"(?P<gap>\s+|(?<=[^\W\d_][^\W\d_][^\W\d_]\.)(?=[A-Z][a-z]+\s))?"
)
# Never the end of a sentence: something belonging to them follows.
_BOUND_WORDS = (
    "mr mrs ms dr prof sr st rev hon gen col capt lt gov sen rep pres dept fig figs eq eqs sec secs art arts vol vols "
    "ch chap ed eds cf vs viz approx ca e.g i.e eg ie incl esp para paras cl reg regs no nos nr pp p op cit ibid tab rs"
)
_BOUND = frozenset(_BOUND_WORDS.split())
# Sometimes the end: the model decides.
_DOUBTFUL_WORDS = "etc inc ltd co corp plc jr bros al a.m p.m ph.d u.s u.k u.n e.u d.c b.c a.d no nos p ed ch"
_DOUBTFUL = frozenset(_DOUBTFUL_WORDS.split())
_LAST_WORD = re.compile(r"[^\s(\[\"\u201c\u2018'/]*$")
# Characters that the model looks at in one go, and how much it sees beyond them on either side.
_STRETCH = 2000
_MARGIN = 240
_KINDS: dict[str, SentenceKind] = {
    "heading": "heading",
    "paragraph": "prose",
    "item": "prose",
    "caption": "caption",
    "footnote": "note",
    "table": "table",
    "reference": "reference",
    "meta": "meta",
    "yaml": "meta",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence before it has an id: its kind, its view and the number of its block."""

    kind: SentenceKind
    view: View
    block: int

    @property
    def span(self) -> tuple[int, int]:
        """Source offsets, half open."""
        return self.view.source_span(0, len(self.view.text))


def pieces(text: str, blocks: list[Block], words: Vocabulary, nlp: Language) -> list[Piece]:
    """All sentences of all blocks in order of their start; rules and code hold none, a row of a table is one."""
    found = []
    for index, block in enumerate(blocks):
        if kind := _KINDS.get(block.kind):
            view = _readable(block, view_of(text, block.pieces, words))
            parts = split(view, nlp) if kind == "prose" else [view]
            found += [Piece(kind, part, index) for part in parts if _says_something(kind, part.text)]
    return sorted(found, key=lambda piece: piece.span)


def _says_something(kind: SentenceKind, text: str) -> bool:
    """Whether there is anything to read: the rule under the head of a table is drawn, not said."""
    return bool(text) if kind != "table" else any(char.isalnum() for char in text)


def _readable(block: Block, view: View) -> View:
    """The view without a section's number or an abstract's label."""
    begin = 0
    if block.kind == "heading":
        mark = numbered(view.text) if block.number else None
        begin = mark.title if mark and mark.title < len(view.text) else 0
    elif block.kind == "paragraph" and (label := ABSTRACT.match(view.text)):
        begin = label.end() if label.end() < len(view.text) else 0
    return view.cut(begin, len(view.text))


def split(view: View, nlp: Language) -> list[View]:
    """The sentences of a stretch of prose, in order, together all of its characters but white space."""
    parts = []
    start = 0
    for end in _boundaries(view.text, nlp):
        parts.append(view.cut(start, end))
        start = end
    return [part for part in [*parts, view.cut(start, len(view.text))] if part.text]


def _boundaries(text: str, nlp: Language) -> Iterator[int]:
    """Offsets where a sentence ends, closing quotes included."""
    judge = _Judge(text, nlp)
    for match in _STOP.finditer(text):
        end = match.end("close")
        if match["wide"]:
            yield end
        elif match["gap"] is not None and match.end() < len(text):
            verdict = _verdict(text, match)
            if verdict or (verdict is None and judge.begins(match.end())):
                yield end


def _verdict(text: str, match: re.Match[str]) -> bool | None:
    """Whether a stop ends a sentence; None where only the context can tell."""
    after = text[match.end() : match.end() + 2]
    if after[0].islower() or after[0] in ",;:)]}\u2013\u2014-":
        return False
    if match["stop"] != "." or match["close"]:
        return True
    word = _word_before(text, match.start())
    bare = word.casefold().strip(".")
    if re.fullmatch(r"\d{1,3}|[A-Za-z]|[ivx]+", bare) and _is_enumerator(text, match.start() - len(word)):
        return False
    return _after_abbreviation(word, bare, after[0].isdigit())


def _after_abbreviation(word: str, bare: str, figure: bool) -> bool | None:
    """The same for a plain full stop after ``word``; ``figure``: a number follows."""
    if figure and (bare in _BOUND or re.fullmatch(r"\d{1,3}", bare)):
        return False
    if bare in _DOUBTFUL or re.fullmatch(r"[A-Z]|(?:[A-Z]\.)+[A-Z]", word):
        return None
    return bare not in _BOUND


def _word_before(text: str, place: int) -> str:
    found = _LAST_WORD.search(text, max(0, place - 40), place)
    return found.group() if found else ""


def _is_enumerator(text: str, place: int) -> bool:
    """Whether a number or letter at ``place`` begins a list entry: the text begins there or a clause ended before."""
    before = text[max(0, place - 40) : place].rstrip()
    if not before:
        return True
    abbreviated = before[-1] == "." and _word_before(before, len(before) - 1).casefold() in _BOUND
    return before[-1] in ".:;!?" and not abbreviated


class _Judge:
    """Asks the pipeline's sentence recogniser (or parser) where sentences begin, one stretch of text at a time."""

    def __init__(self, text: str, nlp: Language) -> None:
        self._text = text
        self._nlp = nlp
        self._known: dict[int, frozenset[int] | None] = {}

    def begins(self, place: int) -> bool:
        """Whether a sentence begins at this offset; yes where the pipeline cannot say."""
        stretch = place // _STRETCH
        if stretch not in self._known:
            self._known[stretch] = self._starts(stretch)
        starts = self._known[stretch]
        return starts is None or place in starts

    def _starts(self, stretch: int) -> frozenset[int] | None:
        first = max(0, stretch * _STRETCH - _MARGIN)
        doc = self._nlp.make_doc(self._text[first : (stretch + 1) * _STRETCH + _MARGIN])
        present = self._nlp.component_names
        sole = [name for name in ("senter", "sentencizer") if name in present][:1]
        for name in sole or [name for name in ("tok2vec", "transformer", "parser") if name in present]:
            doc = self._nlp.get_pipe(name)(doc)
        if not doc.has_annotation("SENT_START"):
            return None
        return frozenset(first + token.idx for token in doc if token.is_sent_start)
