"""A second look at each sentence: what the trained head is sure of and the rules had no construction for.

The rules find where a statement begins and ends; the head only says that a sentence makes one. Where they have nothing,
the statement is the clause around the sentence's main action or, for a challenge, its main clause.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Token

from ingest.context import SentenceContext, text_of
from ingest.statements import clauses
from ingest.statements.cues import words
from ingest.statements.cues.discourse import metadiscourse, vague_object
from ingest.statements.findings import Finding
from ingest.statements.labels import challenge_label, measure_label
from ingest.statements.measures import bounds
from ingest.statements.role_head import RoleHead, heading_of
from ingest.statements.themes import theme_of
from kg.lexicon.folding import is_mainly_chinese
from kg.records import MeasureStatus, Role, Theme

Thresholds = Mapping[Role, float]
CHOSEN: Thresholds = {"measure": 0.8, "challenge": 0.55, "outcome": 0.65, "mechanism": 0.65}
"""Probability from which the head is believed about a role. Those of measures and challenges were chosen by
``benchmarks/leave_one_out.py``, which also tells what the choice is worth on a paper that took no part in it; rules
miss few measures, so that a high one is best for them."""

_REGARD = words("attention emphasis focus priority consideration preference importance value weight")

Embed = Callable[[Sequence[str]], NDArray[np.float32]]


def look(docs: Sequence[Doc], head: RoleHead, embed: Embed, thresholds: Thresholds = CHOSEN) -> None:
    """Add to the roles, measures and challenges of each prose sentence what the head is sure of."""
    for doc, judged in judge(docs, head, embed):
        apply(doc, judged, thresholds)


def judge(docs: Sequence[Doc], head: RoleHead, embed: Embed) -> list[tuple[Doc, dict[Role, float]]]:
    """Each prose sentence that speaks of more than the text itself, with the probability of each role."""
    asked = [
        doc
        for doc in docs
        if doc._.context.kind == "prose" and not is_mainly_chinese(text_of(doc)) and not metadiscourse(doc)
    ]
    if not asked:
        return []
    headings = sorted({heading_of(doc._.context.headings) for doc in asked})
    known = dict(zip(headings, embed(headings), strict=True))
    vectors = embed([text_of(doc) for doc in asked])
    return [
        (doc, head.judge(doc, vector, known[heading_of(doc._.context.headings)]))
        for doc, vector in zip(asked, vectors, strict=True)
    ]


def apply(doc: Doc, judged: Mapping[Role, float], thresholds: Thresholds) -> None:
    """Add the roles, measures and challenges that the head is sure of in one sentence."""
    sure = {role: round(p, 2) for role, p in judged.items() if p >= thresholds[role] and role not in doc._.roles}
    if _vague(doc):
        sure.pop("measure", None)
    if "measure" in sure:
        doc._.measures = _measure(doc, sure["measure"])
        doc.spans["measures"] = [doc[found.start : found.end] for found in doc._.measures]
    if "challenge" in sure:
        doc._.challenges = _challenge(doc, sure["challenge"])
        doc.spans["challenges"] = [doc[found.start : found.end] for found in doc._.challenges]
    kept = {role: p for role, p in doc._.roles.items() if role != "background" or not sure}
    doc._.roles = {**kept, **sure}


def _measure(doc: Doc, confidence: float) -> tuple[Finding, ...]:
    verb = _main_action(doc)
    if verb is None:
        return ()
    start, end = clauses.trim(doc, *bounds(verb, verb, frozenset()))
    if end - start < 2:
        return ()
    label = measure_label(doc, start, end, verb, verb)
    return (Finding(start, end, label, _theme(doc, start, end), _status(verb), confidence),)


def _vague(doc: Doc) -> bool:
    """Whether the main act is upon nothing but what was said before: "study these problems"."""
    verb = _main_action(doc)
    if verb is None or clauses.passive(verb):
        return False
    _, end = clauses.trim(doc, *bounds(verb, verb, frozenset()))
    return vague_object(doc, verb.i + 1, end, doc._.context.title)


def _main_action(doc: Doc) -> Token | None:
    """The highest verb that acts on something, the first of those equally high; one that only "gives priority" last.

    "According to a survey" is none.
    """
    acting = [
        token
        for token in doc
        if token.pos_ == "VERB"
        and (clauses.objects(token) or clauses.passive(token))
        and token.dep_ != "prep"
        and not _subject_by_form(token)
    ]
    return min(acting, key=lambda verb: (_only_values(verb), sum(1 for _ in verb.ancestors), verb.i), default=None)


def _subject_by_form(verb: Token) -> bool:
    """ "Reading plans a tramway", "financing remains hard": an -ing form before a finite verb is its subject."""
    return verb.tag_ == "VBG" and verb.i + 1 < len(verb.doc) and verb.nbor().tag_ in {"VBZ", "VBD", "MD"}


def _only_values(verb: Token) -> bool:
    """ "The council places great emphasis on safety": no act yet."""
    return any(thing.lemma_.lower() in _REGARD for thing in clauses.objects(verb))


def _status(verb: Token) -> MeasureStatus:
    helpers = clauses.auxiliaries(verb)
    if helpers & {"shall", "should", "must", "may", "can", "could"}:
        return "proposed"
    if "will" in helpers:
        return "planned"
    done = verb.tag_ in {"VBD", "VBN"} and (verb.tag_ == "VBD" or helpers & {"has", "have", "had", "was", "were"})
    return "implemented" if done else "proposed"


def _challenge(doc: Doc, confidence: float) -> tuple[Finding, ...]:
    start, end = clauses.trim(doc, clauses.opening(doc), len(doc))
    if end - start < 2:
        return ()
    root = next((token for token in doc if token.head.i == token.i and start <= token.i < end), doc[start])
    label = challenge_label(doc, start, end, root)
    return (Finding(start, end, label, _theme(doc, start, end), None, confidence),)


def _theme(doc: Doc, start: int, end: int) -> Theme:
    context: SentenceContext = doc._.context
    return theme_of(doc[start:end].text, text_of(doc), context.headings)
