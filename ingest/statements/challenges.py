"""Finds challenges in a sentence: each separate problem, shortage, obstacle or risk, with its label and theme.

spaCy component ``policyweave_challenges``: puts the spans in ``doc.spans["challenges"]`` and their attributes, in the
same order, in ``doc._.challenges``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from ingest.context import SentenceContext, register, text_of
from ingest.statements import clauses, findings, troubles
from ingest.statements.cues import words
from ingest.statements.cues.discourse import metadiscourse
from ingest.statements.cues.headings import Setting
from ingest.statements.cues.problems import PROBLEM_ADJECTIVES, PROBLEM_NOUNS
from ingest.statements.findings import Finding
from ingest.statements.labels import bare_label, challenge_label, finish
from ingest.statements.seed import Seed
from ingest.statements.setting import setting_above, setting_of
from ingest.statements.themes import theme_of

#: Findings below this are not told.
FLOOR = 0.5

#: Headings that announce problems without naming one: "Main problems", "Challenges facing the sector".
_ANNOUNCED = (
    r"(?:challenge|problem|issue|difficulty|difficultie|constraint|obstacle|barrier|risk|weaknesse|shortcoming|threat"
    r"|bottleneck|dilemma)s?"
)
_ANNOUNCING = re.compile(
    rf"(?:(?:the|its|our|some|several|main|major|key|principal|existing|current|present|common|general|practical|specific"
    rf"|emerging|critical|important|remaining|new|other|policy|realistic|real|actual|serious)\s+)*{_ANNOUNCED}"
    rf"(?:(?:,|\s+and|,\s*and|\s*/|\s*&)\s+"
    rf"(?:\w+\s+)?(?:{_ANNOUNCED}|opportunities|needs|gaps|causes|prospects|limitations))*"
    r"(?:\s+(?:(?:currently\s+)?(?:faced|facing|confronting|encountered|existing|in|of|for|with|to be)\b.*))?",
    re.IGNORECASE,
)
_NAMING = re.compile(
    r"(?:difficult|risk|barrier|obstacle|constraint|weakness|threat|bottleneck)\w*\s+(?:in|of|to|for)\b", re.IGNORECASE
)

_HAVING = words("suffer face have exist persist remain occur encounter experience see")
_SHIFT: dict[Setting, float] = {
    "problem": 0.16,
    "solution": -0.04,
    "review": -0.3,
    "practice": -0.05,
    "theory": -0.16,
    "introduction": 0.0,
    "summary": 0.0,
    "unknown": 0.0,
}


def make_challenges(nlp: Language, name: str) -> Challenges:  # noqa: ARG001
    """Component for ``nlp.add_pipe("policyweave_challenges")``; needs tagger, parser and lemmatizer before it."""
    return Challenges()


class Challenges:
    """The component that spaCy calls for each sentence; it keeps no state."""

    def __init__(self) -> None:
        register()
        findings.register()

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc._.challenges`` and ``doc.spans["challenges"]``."""
        doc._.challenges = find(doc)
        doc.spans["challenges"] = [doc[found.start : found.end] for found in doc._.challenges]
        return doc


def find(doc: Doc) -> tuple[Finding, ...]:
    """The challenges that one sentence states, in order of place; none for captions, references and meta lines."""
    context: SentenceContext = doc._.context
    if context.kind not in {"prose", "heading"} or len(doc) < 2 or metadiscourse(doc):
        return ()
    if context.kind == "heading" and _only_announces(doc):
        return ()
    setting = setting_of(context)
    weighed = [(seed, _confidence(seed, setting)) for seed in troubles.seeds(doc)]
    kept = _resolve([(seed, sure) for seed, sure in weighed if sure >= FLOOR])
    named = [seed for seed, _ in weighed if seed.kind == "phrase" and seed.head.lemma_.lower() in PROBLEM_NOUNS]
    found = tuple(_finding(doc, seed, sure, context, named) for seed, sure in kept)
    return found or _from_heading(doc, context)


def _only_announces(doc: Doc) -> bool:
    """Whether a heading says that problems follow without saying which ("Difficulties in hiring" says which)."""
    text = text_of(doc).strip(" .:")
    return _ANNOUNCING.fullmatch(text) is not None and _NAMING.match(text) is None


def _from_heading(doc: Doc, context: SentenceContext) -> tuple[Finding, ...]:
    """A heading that opens with a problem word, or that stands below a heading of problems, names one as a whole."""
    start, end = clauses.trim(doc, clauses.opening(doc), len(doc))
    if context.kind != "heading" or end - start < 2:
        return ()
    named = {doc[start].lower_, doc[start].lemma_.lower()} & (PROBLEM_ADJECTIVES | PROBLEM_NOUNS)
    if not named and (setting_above(context) != "problem" or setting_of(context) != "problem"):
        return ()
    text = doc[start:end].text
    return (Finding(start, end, finish(text), theme_of(text, "", context.headings), None, 0.75 if named else 0.6),)


def _confidence(seed: Seed, setting: Setting) -> float:
    sure = seed.strength + _SHIFT[setting]
    relief = troubles.relief(seed)
    if relief is not None and setting in {"theory", "unknown", "introduction", "review"}:
        sure -= 0.25 if troubles.by_itself(relief) else 0.15
    if _correlative(seed.head.doc):
        sure -= 0.25
    if any(child.lower_ in {"if", "unless", "whether"} for child in seed.head.children):
        sure -= 0.2
    return round(min(sure, 0.95), 2)


def _correlative(doc: Doc) -> bool:
    """ "The steeper the slope, the faster the runoff": how things hang together, not what is wrong."""
    return len(doc) > 1 and doc[0].lower_ == "the" and doc[1].tag_ in {"JJR", "RBR"}


def _resolve(weighed: list[tuple[Seed, float]]) -> list[tuple[Seed, float]]:
    """One of overlapping seeds: a clause swallows the phrases in it, but a clause of harm yields to them.

    "The problem of a shortage" is as sure as the shortage in it.
    """
    phrases = _separate([(seed, sure) for seed, sure in weighed if seed.kind == "phrase"])
    told = [
        (seed, sure)
        for seed, sure in weighed
        if seed.kind == "clause" or (seed.kind == "harm" and not any(_overlap(seed, other) for other, _ in phrases))
    ]
    kept: list[tuple[Seed, float]] = []
    for seed, sure in sorted(told, key=lambda pair: (pair[0].end - pair[0].start, pair[0].start)):
        if not any(_overlap(seed, other) for other, _ in kept) and _worth(seed, phrases):
            kept.append((seed, sure))
    for seed, _ in sorted(phrases, key=lambda pair: (pair[0].start - pair[0].end, pair[0].start)):
        if not any(_overlap(seed, other) for other, _ in kept):
            inside = [how for other, how in phrases if seed.start <= other.start and other.end <= seed.end]
            kept.append((seed, max(inside)))
    return sorted(kept, key=lambda pair: pair[0].start)


def _separate(phrases: list[tuple[Seed, float]]) -> list[tuple[Seed, float]]:
    """A phrase ends where a list goes on with the next problem, though the parse hangs that one below it."""
    return [(replace(seed, end=_end_of_item(seed, phrases)), sure) for seed, sure in phrases]


def _end_of_item(seed: Seed, phrases: Sequence[tuple[Seed, float]]) -> int:
    doc = seed.head.doc
    for other, _ in sorted(phrases, key=lambda pair: pair[0].start):
        if seed.head.i < other.start < seed.end and doc[other.start - 1].text in {",", ";"}:
            return clauses.trim(doc, seed.start, other.start)[1]
    return seed.end


def _worth(clause: Seed, phrases: list[tuple[Seed, float]]) -> bool:
    """A clause that holds several named problems is told as those problems."""
    inside = [seed for seed, _ in phrases if _overlap(clause, seed)]
    return len({seed.head.i for seed in inside}) < 3


def _overlap(one: Seed, other: Seed) -> bool:
    return one.start < other.end and other.start < one.end


def _finding(doc: Doc, seed: Seed, sure: float, context: SentenceContext, named: Sequence[Seed]) -> Finding:
    """The finding of one seed; a clause that says somebody has a problem is labelled by its name."""
    told = _name_in(seed, named) or seed
    label = challenge_label(doc, told.start, told.end, told.head)
    label = bare_label(label, told.head) if told.kind == "phrase" else label
    theme = theme_of(doc[seed.start : seed.end].text, text_of(doc), context.headings)
    return Finding(seed.start, seed.end, label, theme, None, sure)


def _name_in(clause: Seed, named: Sequence[Seed]) -> Seed | None:
    if clause.kind != "clause" or clause.head.lemma_.lower() not in _HAVING:
        return None
    inside = [seed for seed in named if clause.start <= seed.start and seed.end <= clause.end]
    return inside[0] if len(inside) == 1 and inside[0].end - inside[0].start > 1 else None


Language.factory("policyweave_challenges", func=make_challenges)
