"""What a figure is a figure of, read from grammar: the noun it counts or the subject of its verb."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Span, Token

from ingest.context import text_of
from ingest.figures.units import UnitKind

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_MODIFIER = frozenset({"nummod", "compound", "nmod", "amod", "quantmod", "npadvmod", "poss", "dep"})
_SUBJECT = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_PASSES_SUBJECT = frozenset({"conj", "xcomp", "advcl", "ccomp", "pcomp", "prep", "aux", "auxpass"})
_RISE = frozenset(
    {"grow", "increase", "rise", "expand", "climb", "surge", "gain", "soar", "jump", "improve", "accelerate"}
)
_FALL = frozenset(
    {"fall", "decrease", "decline", "drop", "shrink", "reduce", "cut", "lower", "contract", "slump", "plunge", "narrow"}
)
_SHARE = frozenset({"account", "represent", "constitute", "comprise", "contribute", "make"})
_REACH = frozenset(
    ["reach", "exceed", "total", "average", "hit", "equal", "surpass", "top", "approach", "be", "remain", "stand"]
)
_TOTALS = frozenset(
    [
        "number",
        "total",
        "population",
        "count",
        "amount",
        "size",
        "volume",
        "capacity",
        "output",
        "sum",
        "enrolment",
        "enrollment",
        "employment",
        "figure",
        "stock",
    ]
)
_PERSONS = frozenset(["people", "person", "inhabitant", "resident", "unit", "case", "household"])
# "Grew 12 per cent year on year" is no figure of the year.
_LAPSES = frozenset({"year", "quarter", "month", "annum"})
_LONGEST = 90


@dataclass(frozen=True, slots=True)
class Indicator:
    """Name of what is measured and the characters of the sentence that name it (``start`` < 0 where they are
    elsewhere).
    """

    name: str
    start: int
    end: int


def counted_noun(figure: Span) -> Token | None:
    """The noun that a bare number counts: "five new production lines" gives "lines"; None where no noun follows."""
    root, head = figure.root, figure.root.head
    if root.dep_ in _MODIFIER and head.i >= figure.end and head.pos_ in _NOMINAL and _adjoining(figure, head):
        return head
    for token in figure.doc[figure.end : figure.end + 6]:
        if token.pos_ in {"NOUN", "PROPN"}:
            return token if token.dep_ not in {"compound", "nmod"} or token.head.i - token.i > 3 else token.head
        if token.pos_ not in {"ADJ", "ADV", "NUM"} and token.tag_ not in {"VBN", "VBG", "HYPH"}:
            return None
    return None


def of_total(figure: Span, noun: Token, taken: frozenset[int]) -> Indicator | None:
    """Where a count is the value of a named total ("the population reached 3 million people"), that total."""
    node = noun
    for _ in range(3):
        if node.head.pos_ in {"VERB", "AUX"}:
            subject = _subject(node.head)
            named = subject is not None and subject.i < figure.start and subject.i not in taken
            if subject is not None and named and subject.lemma_.lower() in _TOTALS:
                return _named(subject, taken)
            return None
        if node.head.pos_ != "ADP" and noun.lemma_.lower() not in _PERSONS:
            return None
        node = node.head
    return None


def indicator_of(figure: Span, kind: UnitKind, taken: frozenset[int]) -> Indicator:
    """Indicator of a figure that has a unit of its own, or of a bare index value; ``taken``: the tokens of all
    figures.
    """
    if found := _complement(figure, kind, taken):
        return found
    node = figure.root
    for _ in range(8):
        head = node.head
        if head.i == node.i:
            break
        if head.i not in taken and (found := _at(figure, node, head, kind, taken)):
            return found
        node = head
    return _nearest(figure, taken)


def _complement(figure: Span, kind: UnitKind, taken: frozenset[int]) -> Indicator | None:
    """The words behind a figure that say what it is of: "40% of pupils stay", "500 GW of wind", "2 billion to
    schools".
    """
    root = figure.root
    behind = figure.doc[figure.end : figure.end + 1]
    if not behind or behind[0].lower_ not in {"of", "for", "to", "on", "towards", "into", "in"}:
        return None
    chunk = next(
        (t for t in behind[0].subtree if t.dep_ == "pobj" and t.head.i == behind[0].i and t.i not in taken), None
    )
    if chunk is None:
        return None
    if kind == "percent":
        whole = behind[0].lower_ == "of" and root.dep_ in {"nsubj", "nsubjpass", "dobj", "ROOT"}
        return _share_of(chunk, taken) if whole and root.head.lemma_.lower() not in _SHARE else None
    given = root.dep_ == "dobj" and root.head.lemma_.lower() not in _REACH
    return _named(chunk, taken) if kind in {"money", "measure"} and (behind[0].lower_ == "of" or given) else None


def _share_of(whole: Token, taken: frozenset[int]) -> Indicator:
    named = _named(whole, taken)
    return Indicator(f"share of {named.name}", named.start, named.end)


def _adjoining(figure: Span, noun: Token) -> bool:
    between = figure.doc[figure.end : noun.i].text
    return len(between) < 60 and not re.search(r"[,;:()]", between)


def _at(figure: Span, node: Token, head: Token, kind: UnitKind, taken: frozenset[int]) -> Indicator | None:
    if head.lower_ in _LAPSES:
        return None
    if node.dep_ in _MODIFIER and head.pos_ in {"NOUN", "PROPN"}:
        return _named(head, taken)
    if node.dep_ in {"prep", "appos"} and head.pos_ in {"NOUN", "PROPN"} and head.i < figure.start:
        return _named(head, taken)
    if head.pos_ not in {"VERB", "AUX"}:
        return None
    changed = [
        child for child in head.children if child.dep_ == "dobj" and child.i < figure.start and child.i not in taken
    ]
    if changed and node.dep_ == "prep":
        return _of_verb(figure, changed[0], head, kind, taken)
    subject = _subject(head)
    return _of_verb(figure, subject, head, kind, taken) if subject is not None and subject.i not in taken else None


def _subject(verb: Token) -> Token | None:
    for _ in range(4):
        for child in verb.children:
            if child.dep_ in _SUBJECT and child.lower_ not in {"it", "which", "that", "there", "this", "we", "they"}:
                return child
        if verb.dep_ in {"acl", "relcl"} and verb.head.pos_ in {"NOUN", "PROPN"}:
            return verb.head
        if verb.dep_ not in _PASSES_SUBJECT or verb.head.i == verb.i:
            return None
        verb = verb.head
    return None


def _of_verb(figure: Span, subject: Token, verb: Token, kind: UnitKind, taken: frozenset[int]) -> Indicator:
    named = _named(subject, taken)
    if kind in {"percent", "times"}:
        rest = re.match(r"\s(?:of|in)\s(?:the\s)?([\w'’ -]{3,60})", text_of(figure.doc)[figure.end_char :])
        if verb.lemma_.lower() in _SHARE and rest:
            return Indicator(f"{named.name}, share of {rest[1].strip()}", named.start, named.end)
        change = _change(figure, verb)
        return Indicator(f"{change} {named.name}" if change else named.name, named.start, named.end)
    return named


def _change(figure: Span, verb: Token) -> str:
    towards = figure.doc[max(0, figure.start - 3) : figure.start].text.lower()
    if re.search(r"\b(?:to|from|at)\b", towards) and "by" not in towards:
        return ""
    lemma = verb.lemma_.lower()
    return "growth of" if lemma in _RISE else "fall in" if lemma in _FALL else ""


def _named(noun: Token, taken: frozenset[int]) -> Indicator:
    """The noun with what stands before it and its "of" or "in" phrase; determiners, figures and clauses are left
    out.
    """
    right = noun.i
    for child in noun.children:
        if child.i > noun.i and child.dep_ == "prep" and child.lower_ in {"of", "in", "per", "for", "on", "at"}:
            phrase = list(child.subtree)
            cut = next(
                (n for n, t in enumerate(phrase) if t.i in taken or t.like_num or t.is_punct or t.dep_ == "relcl"),
                len(phrase),
            )
            while cut and phrase[cut - 1].pos_ not in _NOMINAL:
                cut -= 1
            if 1 < cut <= 9:
                right = max(right, phrase[cut - 1].i)
    left = noun.left_edge.i
    while left < noun.i and (
        left in taken
        or noun.doc[left].dep_ == "det"
        or noun.doc[left].pos_ in {"DET", "PUNCT", "NUM", "SYM", "ADV", "CCONJ"}
    ):
        left += 1
    span = noun.doc[left : right + 1]
    return Indicator(_short(span.text), span.start_char, span.end_char)


def _nearest(figure: Span, taken: frozenset[int]) -> Indicator:
    chunks = [
        c
        for c in figure.doc.noun_chunks
        if c.root.pos_ in {"NOUN", "PROPN"} and c.root.i not in taken and not c.root.like_num
    ]
    before = [chunk for chunk in chunks if chunk.end <= figure.start]
    after = [chunk for chunk in chunks if chunk.start >= figure.end]
    if not before and not after:
        return Indicator("", -1, -1)
    return Indicator(_named((before or after[:1])[-1].root, taken).name, -1, -1)


def _short(name: str) -> str:
    plain = " ".join(name.split())
    if len(plain) > _LONGEST:
        plain = plain[:_LONGEST].rsplit(" ", 1)[0]
    return plain.strip(" ,;:'’\"“”()")
