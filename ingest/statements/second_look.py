"""A second look at each sentence: what the trained head is sure of and the rules had no construction for.

What the rules found weakly and the head thinks most unlikely is taken back.

The rules find where a statement begins and ends; the head only says that a sentence makes one. Where they have nothing,
the statement is the clause around the sentence's main action or, for a challenge, its main clause.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Token

from ingest.context import SentenceContext, text_of
from ingest.statements import clauses
from ingest.statements.cues import words
from ingest.statements.cues.discourse import metadiscourse
from ingest.statements.findings import Finding
from ingest.statements.labels import challenge_label, measure_label
from ingest.statements.measures import bounds
from ingest.statements.role_head import RoleHead, heading_of
from ingest.statements.themes import theme_of
from kg.records import MeasureStatus, Role, Theme

SURE = 0.65
"""Probability from which the head is believed. This and the three values below were chosen between 0.5 and 0.75 (0.65
below) by cross-validation on the training sentences *and* by looking at the development papers' scores: those scores
are not independent of them."""
SURER = 0.7
"""The same for a measure, of which the rules miss fewer."""
WEAK = 0.65
"""Confidence below which a finding of the rules needs the head not to be sure of the opposite."""
UNLIKELY = 0.06
"""Probability below which the head is sure of the opposite."""

_REGARD = words("attention emphasis focus priority consideration preference importance value weight")

Embed = Callable[[Sequence[str]], NDArray[np.float32]]


def look(docs: Sequence[Doc], head: RoleHead, embed: Embed) -> None:
    """Add to the roles, measures and challenges of each prose sentence what the head is sure of."""
    asked = [doc for doc in docs if doc._.context.kind == "prose" and not metadiscourse(doc)]
    if not asked:
        return
    headings = sorted({heading_of(doc._.context.headings) for doc in asked})
    known = dict(zip(headings, embed(headings), strict=True))
    for doc, vector in zip(asked, embed([text_of(doc) for doc in asked]), strict=True):
        _add(doc, head.judge(doc, vector, known[heading_of(doc._.context.headings)]))


def _add(doc: Doc, judged: dict[Role, float]) -> None:
    _withdraw(doc, judged)
    sure = {
        role: round(p, 2)
        for role, p in judged.items()
        if p >= (SURER if role == "measure" else SURE) and role not in doc._.roles
    }
    if "measure" in sure:
        doc._.measures = _measure(doc, sure["measure"])
        doc.spans["measures"] = [doc[found.start : found.end] for found in doc._.measures]
    if "challenge" in sure:
        doc._.challenges = _challenge(doc, sure["challenge"])
        doc.spans["challenges"] = [doc[found.start : found.end] for found in doc._.challenges]
    kept = {role: p for role, p in doc._.roles.items() if role != "background" or not sure}
    doc._.roles = {**kept, **sure}


def _withdraw(doc: Doc, judged: dict[Role, float]) -> None:
    """Take back what the rules found weakly and the head thinks most unlikely."""
    groups: tuple[tuple[Role, str], ...] = (("measure", "measures"), ("challenge", "challenges"))
    for role, group in groups:
        if doc._.roles.get(role, 1.0) < WEAK and judged[role] < UNLIKELY:
            doc._.set(group, ())
            doc.spans[group] = []
            doc._.roles = {name: p for name, p in doc._.roles.items() if name != role} or {"background": 0.5}


def _measure(doc: Doc, confidence: float) -> tuple[Finding, ...]:
    verb = _main_action(doc)
    if verb is None:
        return ()
    start, end = clauses.trim(doc, *bounds(verb, verb, frozenset()))
    if end - start < 2:
        return ()
    label = measure_label(doc, start, end, verb, verb)
    return (Finding(start, end, label, _theme(doc, start, end), _status(verb), confidence),)


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
