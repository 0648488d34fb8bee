"""Ranks in one parsed sentence: "ranked third in Africa", "came 2nd", "took first place"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from ingest.figures.numerals import parse_ordinal

_RANKING = frozenset({"rank", "place", "come", "finish"})
_PAST = frozenset({"VBD", "VBN"})
_BETWEEN = frozenset({"as", "the", "in", "at", "no", "no.", "number", "overall", "now", "still", "currently"})
_PLACED = frozenset({"place", "position", "rank"})
_REACH = 3


def find_ranks(doc: Doc) -> Iterator[tuple[Token, Token, Token | None, float]]:
    """Word of ranking, word of the ordinal, what is ranked (None where the sentence does not say) and the rank."""
    for token in doc:
        ordinal = _behind(token) if token.pos_ == "VERB" and _ranks(token) else None
        if ordinal is None:
            ordinal = _before_place(token)
        if ordinal is not None:
            yield token, ordinal, _ranked(token), parse_ordinal(ordinal.lower_) or 0.0


def _ranks(verb: Token) -> bool:
    """ "Came second" tells a rank, "safety comes first" does not."""
    return verb.lemma_.lower() in _RANKING and (verb.lemma_.lower() == "rank" or verb.tag_ in _PAST)


def _behind(verb: Token) -> Token | None:
    """The ordinal right behind a verb of ranking."""
    for token in verb.doc[verb.i + 1 : verb.i + 1 + _REACH]:
        if parse_ordinal(token.lower_) is not None:
            following = token.nbor() if token.i + 1 < len(token.doc) else None
            counts = following is not None and following.pos_ in {"NOUN", "PROPN"} and following.lower_ not in _PLACED
            return None if counts else token
        if token.lower_ not in _BETWEEN:
            return None
    return None


def _before_place(noun: Token) -> Token | None:
    """ "In third place": the ordinal before the noun."""
    if noun.lower_ not in {"place", "position"} or noun.i < 2:
        return None
    ordinal = noun.nbor(-1)
    held = noun.nbor(-2).lower_ in {"in", "at"} or noun.head.lemma_ in {"take", "hold", "occupy", "win"}
    return ordinal if held and parse_ordinal(ordinal.lower_) is not None else None


def _ranked(word: Token) -> Token | None:
    """The subject of the ranking, or what a participle hangs on."""
    verb = word
    for _ in range(4):
        subject = next((child for child in verb.children if child.dep_ in {"nsubj", "nsubjpass"}), None)
        if subject is not None and subject.pos_ in {"NOUN", "PROPN"}:
            return subject
        if verb.dep_ in {"acl", "relcl"} and verb.head.pos_ in {"NOUN", "PROPN"}:
            return verb.head
        if verb.head is verb or verb.head.i == verb.i:
            return None
        verb = verb.head
    return None
