"""Short labels that can be read alone: an imperative for a measure, a noun phrase for a challenge."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Span, Token

from ingest.statements import clauses
from ingest.statements.acts import nominal
from ingest.statements.cues.actions import ACTION_NOUNS

_LIMIT = 11
_OPENERS = re.compile(
    r"^(?:(?:the|a|an|its|their|our|this|these|such|some|many|numerous|still|also|very|relatively|extremely|significant"
    r"|significantly|certain|prominent|is|are|was|were|has|have|been)\s+)+",
    re.IGNORECASE,
)
_CITATION = re.compile(r"\s*(?:\^?\[\d+(?:[,–-]\s*\d+)*\]|\(\d{4}\))")
_ENDING = re.compile(r"(?:[\s,;:(]+(?:and|or|of|in|to|for|with|by|the|a|an|that|which|as|such as|from|on|at|its))+$")
_CUT_BEFORE = frozenset({"prep", "relcl", "acl", "advcl", "conj", "cc", "appos", "mark", "punct", "ccomp"})
#: Lemmas that the lemmatizer spells in a way nobody expects.
_SPELLING = {"instal": "install"}
_LINKING = frozenset({"be", "remain", "become", "stay", "appear", "seem"})


def measure_label(doc: Doc, start: int, end: int, first: Token, last: Token) -> str:
    """Imperative phrase for tokens ``start:end``: its verbs in base form, then the object, cut to size."""
    if nominal(first):
        return finish(_from_noun(doc, start, end, first))
    if first.i > start:
        subject = clauses.inherited_subject(first)
        till = subject.right_edge.i + 1 if subject is not None else first.i
        return finish(f"{_base(first)} {_plain(doc[start : _cut(doc, start, till)])}")
    verbs = "".join(_base(token) + token.whitespace_ for token in doc[first.i : last.i + 1])
    return finish(f"{verbs} {_text(doc[last.i + 1 : _cut(doc, start, end)])}")


def challenge_label(doc: Doc, start: int, end: int, head: Token) -> str:
    """Noun phrase for tokens ``start:end``: a clause that says X is weak becomes "Weak X"; others are cut to size."""
    subject = clauses.subject(head)
    predicate = next((child for child in head.children if child.dep_ in {"acomp", "oprd"} and child.i < end), None)
    if subject is not None and subject.pos_ == "PRON":
        subject = None
    if predicate is not None and head.lemma_ in _LINKING and subject is not None and subject.i < head.i:
        return finish(_from_predicate(doc, head, subject, predicate, end))
    verb_first = head.pos_ in {"VERB", "AUX"} and head.tag_ != "VBG" and doc[start].pos_ in {"VERB", "AUX"}
    inherited = clauses.inherited_subject(head) if verb_first else None
    if inherited is not None and inherited.pos_ not in {"PRON", "DET"} and inherited.i < start:
        return finish(f"{_phrase(inherited)} {_text(doc[start : _cut(doc, start, end)])}")
    return finish(_text(doc[start : _cut(doc, start, end)]))


def finish(text: str) -> str:
    """Without leading articles, citations and trailing punctuation, first letter a capital.

    >>> finish("the shortage of nurses [3],")
    'Shortage of nurses'
    """
    plain = _OPENERS.sub("", _CITATION.sub("", text).strip()).strip(" ,;:.-–—'\"“”")
    plain = re.sub(r"\s+([,;:.)’'])", r"\1", re.sub(r"\s{2,}", " ", plain))
    plain = _ENDING.sub("", plain)
    if plain.count("(") > plain.count(")"):
        plain = plain[: plain.rindex("(")].rstrip(" ,") or plain
    return plain[:1].upper() + plain[1:] if plain else text.strip() or "Unnamed"


def _from_noun(doc: Doc, start: int, end: int, noun: Token) -> str:
    """ "The establishment of a fund" tells to establish a fund; a noun that is no action is to be pursued."""
    verb = ACTION_NOUNS.get(noun.lemma_.lower())
    following = noun.i + 1
    if verb is None or following >= end or doc[following].pos_ != "ADP":
        return f"Pursue {_OPENERS.sub('', _text(doc[start : _cut(doc, start, end)]))}"
    return f"{verb} {_text(doc[following + 1 : _cut(doc, following + 1, end)])}"


def _from_predicate(doc: Doc, head: Token, subject: Token, predicate: Token, end: int) -> str:
    name = _phrase(subject)
    denied = "not " if clauses.negated(head) or clauses.negated(predicate) else ""
    if denied or any(child.dep_ in {"prep", "xcomp"} and child.i < end for child in predicate.rights):
        first = min([predicate.i, *(child.i for child in predicate.lefts if child.dep_ == "advmod")])
        return f"{name} {denied}{_text(doc[first : _cut(doc, first, end)])}"
    return f"{predicate.text.lower()} {name}"


def _base(verb: Token) -> str:
    """The verb as a command; other words between coordinated verbs as they are."""
    if verb.pos_ in {"CCONJ", "ADV", "PUNCT"}:
        return str(verb.text)
    lemma = _SPELLING.get(verb.lemma_.lower(), str(verb.lemma_.lower()))
    return lemma if verb.pos_ == "VERB" and lemma.isalpha() else str(verb.lower_)


def _text(span: Span) -> str:
    return str(span.text)


def _plain(span: Span) -> str:
    """The text with a small first letter where a sentence had given it a capital."""
    text = _OPENERS.sub("", _text(span))
    named = len(span) and (span[0].pos_ == "PROPN" or span[0].ent_type_ or not span[0].text[1:].islower())
    return text if named else text[:1].lower() + text[1:]


def _phrase(subject: Token) -> str:
    start = subject.left_edge.i
    return _plain(subject.doc[start : _cut(subject.doc, start, subject.right_edge.i + 1)])


def _cut(doc: Doc, start: int, end: int) -> int:
    """The latest place within the word limit at which a modifier begins, so that nothing is cut in the middle."""
    if end - start <= _LIMIT:
        return end
    for index in range(start + _LIMIT, start + 3, -1):
        token = doc[index]
        whole = token.dep_ in _CUT_BEFORE and token.text != "-" and doc[index - 1].text != "-"
        if whole and doc[index - 1].pos_ not in {"ADJ", "DET", "ADP"}:
            return index
    return start + _LIMIT
