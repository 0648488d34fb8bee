"""Who can act on policy: tells governments, firms and schools from texts, studies and mere effects."""

from __future__ import annotations

from spacy.tokens import Token

from ingest.statements.cues import words
from ingest.statements.cues.actions import ACTION_NOUNS, EMPTY
from ingest.statements.cues.agents import AGENTS, PRONOUNS, WORKS

_GOVERNMENTS = words("government ministry cabinet council county city state municipality parliament commission")
AGENT_ENTITIES = frozenset({"ORG", "GPE", "NORP", "LOC", "FAC"})


def agentive(subject: Token) -> bool:
    """Whether a subject can act on policy: a body, a place that stands for its government, a pronoun for one."""
    head = _head_noun(subject)
    if head.tag_ in {"WDT", "WP"}:
        return False
    if head.ent_type_ in AGENT_ENTITIES or head.lemma_.lower() in AGENTS or head.lower_ in PRONOUNS:
        return head.lemma_.lower() not in WORKS
    if head.pos_ == "PROPN" and head.doc._.context.kind != "heading" and head.lemma_.lower() not in WORKS:
        return True
    return any(_covers(head, name) for name in ("actors", "regions"))


def study(subject: Token | None) -> bool:
    """Whether the subject is a text or a study ("this paper", "the report")."""
    return (
        subject is not None and _head_noun(subject).lemma_.lower() in WORKS and _head_noun(subject).ent_type_ != "ORG"
    )


def _head_noun(subject: Token) -> Token:
    """ "A number of cities", "the majority of firms": the noun after *of* is the one that acts."""
    if subject.lemma_.lower() in {
        "number",
        "majority",
        "group",
        "range",
        "series",
        "level",
        "all",
        "many",
        "most",
        "some",
    }:
        inner = [grand for child in subject.children if child.lower_ == "of" for grand in child.children]
        if inner:
            return inner[0]
    return subject


def _covers(token: Token, group: str) -> bool:
    spans = token.doc.spans.get(group, ())
    return any(span.start <= token.i < span.end for span in spans)


def effect(subject: Token) -> bool:
    """Subjects whose passive tells an effect, not an act ("output was increased", "goals were set")."""
    lemma = subject.lemma_.lower()
    return (
        lemma in EMPTY | WORKS
        or lemma in ACTION_NOUNS
        or lemma in {"result", "goal", "output", "level", "share", "it", "rate", "problem", "they"}
    )


def acting_government(subject: Token) -> bool:
    """Whether the subject is a named body or place, or a government by kind."""
    return subject.ent_type_ in AGENT_ENTITIES or subject.lemma_.lower() in _GOVERNMENTS
