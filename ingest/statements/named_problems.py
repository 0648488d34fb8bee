"""Noun phrases that name a problem: "shortage of nurses", "weak enforcement", what "problems such as …" lists."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from ingest.statements import clauses
from ingest.statements.cues import problems, words
from ingest.statements.not_a_problem import told_otherwise
from ingest.statements.seed import Seed

_FACING = words(
    """
    face encounter confront experience suffer meet have bring pose bear exist persist remain be cause create
    present see
    """
)
_POINTING = words("these this such those any what which above said aforementioned foregoing")
_CARE = words(
    """
    prevention control reduction alleviation mitigation elimination eradication monitoring assessment management
    knowledge data database base information awareness understanding study research
    """
)
RELIEF = words(
    """
    reduce mitigate avoid overcome address solve tackle combat curb eliminate prevent alleviate resolve remedy
    minimise minimize cut lower ease relieve narrow bridge close eradicate fight control break fill remove
    counter end stop halt shorten deter lessen discourage
    """
)
RISING = words(
    """
    increase rise expand grow mount intensify deepen accumulate spread worsen accelerate widen surge soar
    escalate multiply
    """
)


_HIGH = words("high rising soaring exorbitant prohibitive")
_COSTS = words("cost price fee premium tariff turnover rent interest charge expense")


def phrases(doc: Doc) -> Iterator[Seed]:
    """Every phrase that names a problem, in no particular order; phrases may overlap."""
    for token in doc:
        if token.pos_ in {"NOUN", "PROPN"} or (token.lemma_.lower() in problems.PROBLEM_NOUNS and token.tag_ == "VBG"):
            strength = _noun_strength(token)
            if strength:
                start, end = clauses.phrase(token)
                yield Seed(start, end, token, "phrase", strength)
            if token.lemma_.lower() in problems.GENERIC_NOUNS | {"issue", "phenomenon"}:
                yield from _listed(token)
        elif (
            token.lower_ in {"lacking", "lack", "lacks"}
            and token.pos_ == "VERB"
            and clauses.subject(token) is None
            and clauses.objects(token)
        ):
            yield Seed(token.i, clauses.right_end(token, frozenset()), token, "phrase", 0.7)


def _noun_strength(noun: Token) -> float:
    """How surely a noun names a problem here; 0 where it does not."""
    if _denied(noun) or (
        noun.dep_ in {"compound", "nmod", "npadvmod"} and noun.head.lemma_.lower() in problems.NEUTRAL_HEADS
    ):
        return 0.0
    if _looked_after(noun) or told_otherwise(noun):
        return 0.0
    lemma = noun.lemma_.lower()
    bad = [child for child in noun.children if child.dep_ in {"amod", "compound"} and _bad_adjective(child, noun)]
    if lemma in problems.PROBLEM_NOUNS and noun.dep_ not in {"compound"}:
        if lemma in problems.NEUTRAL_WHEN_MANAGED and not bad:
            return 0.52 if noun.dep_ in {"nsubj", "nsubjpass", "dobj", "pobj"} and _relieved(noun) else 0.0
        if lemma in problems.GENERIC_NOUNS:
            return _generic_strength(noun, bool(bad))
        return 0.0 if _bare(noun) else 0.72
    return 0.62 if bad else 0.0


def _looked_after(noun: Token) -> bool:
    """ "Prevention of floods", "data on poverty": what is named is the care for a problem, not the problem."""
    of = noun.head
    return noun.dep_ == "pobj" and of.lower_ in {"of", "on", "about"} and of.head.lemma_.lower() in _CARE


def _bare(noun: Token) -> bool:
    """ "These restrictions" points back to what was said before."""
    children = list(noun.children)
    return bool(children) and all(child.lower_ in _POINTING | {"the", "that"} or child.is_punct for child in children)


def _generic_strength(noun: Token, qualified: bool) -> float:
    """ "Challenges" alone says nothing: what counts is what is added, or that somebody faces them."""
    if any(child.lower_ in _POINTING for child in noun.children):
        return 0.0
    if noun.doc[noun.i + 1 : noun.i + 3].text.lower().startswith(("such as", "including")):
        return 0.0
    told = [
        child
        for child in noun.children
        if child.dep_ in {"prep", "acl", "compound", "amod"}
        and child.lower_ not in {"as", "such", "main", "many", "following", "major", "key"}
    ]
    faced = noun.head.pos_ in {"VERB", "AUX"} and noun.head.lemma_.lower() in _FACING
    if told or qualified:
        return 0.7 if faced else 0.62
    return 0.6 if faced else 0.0


def _bad_adjective(adjective: Token, noun: Token) -> bool:
    lemma = adjective.lemma_.lower()
    word = adjective.lower_
    if word in _HIGH and noun.lemma_.lower() in _COSTS and not _hyphenated(adjective):
        return True
    if not {lemma, word, clauses.hyphenated(adjective)} & problems.PROBLEM_ADJECTIVES or _hyphenated(adjective):
        return False
    if not {lemma, word} & problems.RELATIVE:
        return True
    heavy = any(child.lower_ in problems.DEGREES for child in adjective.children)
    return (
        (noun.lemma_.lower() in problems.QUALITIES and word not in {"high", "large", "complex", "limited", "low"})
        or heavy
        or _low(word, noun)
    )


def _low(word: str, noun: Token) -> bool:
    return word in {"low", "limited"} and noun.lemma_.lower() in problems.QUALITIES


def _hyphenated(token: Token) -> bool:
    return bool(token.i + 1 < len(token.doc) and token.nbor().text == "-")


def _denied(noun: Token) -> bool:
    if any(child.lower_ in {"no", "without", "zero"} for child in noun.children):
        return True
    if noun.dep_ == "pobj" and noun.head.lower_ == "in" and clauses.negated(noun.head.head):
        return True
    return noun.head.lower_ in {"without", "free"} or (
        noun.i > 0 and noun.doc[noun.i - 1].lower_ in {"without", "no", "not"}
    )


def _relieved(noun: Token) -> bool:
    """Whether something is done about the noun or it grows: a named thing that is then a problem."""
    governor = noun.head if noun.head.pos_ in {"VERB", "AUX"} else noun.head.head
    return governor.lemma_.lower() in RELIEF | RISING


def _listed(noun: Token) -> Iterator[Seed]:
    """What "problems such as A, B and C" lists."""
    for child in noun.children:
        if child.lower_ in {"as", "like", "including"}:
            first = next((item for item in child.children if item.dep_ in {"pobj", "pcomp"}), None)
            while first is not None:
                start, end = clauses.phrase(first)
                yield Seed(start, end, first, "phrase", 0.74)
                first = next((item for item in first.children if item.dep_ == "conj"), None)
