"""Short labels that can be read alone: an imperative for a measure, a noun phrase for a challenge."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Span, Token

from ingest.statements import clauses
from ingest.statements.acts import nominal
from ingest.statements.cues.actions import ACTION_NOUNS
from ingest.statements.cues.problems import GENERIC_NOUNS

_LIMIT = 11
_OPENERS = re.compile(
    r"^(?:(?:the|a|an|its|their|our|this|these|such|some|many|numerous|still|also|very|relatively|extremely|significant"
    r"|significantly|certain|prominent|is|are|was|were|has|have|been)\s+)+",
    re.IGNORECASE,
)
_CITATION = re.compile(r"\s*(?:\^?\[\d+(?:[,–-]\s*\d+)*\]|\(\d{4}\))")
_ENDING = re.compile(
    r"(?:[\s,;:(]+(?:and|or|of|in|to|for|with|by|the|a|an|that|which|as|such as|from|on|at|its|their|our|who|whose"
    r"|where|when|while|than|be|is|are|was|were|been|being|has|have|had|can|may|shall|should|must|will|would|both|between|into"
    r"|through|under|even|including|provided|e\.g|i\.e))+$"
)
_EXPLETIVE = re.compile(
    r"^(?:it (?:is|was|remains) (?:still |also |often )?(?=difficult|hard|impossible)"
    r"|there (?:is|are|was|were|remains?|exists?) (?:still |also |currently |often )*)",
    re.IGNORECASE,
)
_CLASS = re.compile(
    r"^(?:(?:serious|severe|major|main|key|common|practical|prominent|important)\s+)?(?:challenge|problem|issue|phenomenon)s?"
    r"\s+of\s+(?=\S+\s+\S)(?!\w+ing\s)",
    re.IGNORECASE,
)
_PAIRS = (("\u201c", "\u201d"), ('"', '"'))
_CUT_BEFORE = frozenset({"prep", "relcl", "acl", "advcl", "conj", "cc", "appos", "mark", "punct", "ccomp"})
#: Lemmas that the lemmatizer spells in a way nobody expects.
_SPELLING = {"instal": "install"}
_MEETING = frozenset({"face", "encounter", "confront", "experience", "meet"})
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
    return finish(_CLASS.sub("", _OPENERS.sub("", _challenge(doc, start, end, head))))


def bare_label(label: str, noun: Token) -> str:
    """A problem noun that stands alone, with whom it troubles or where it lies: "Challenges facing rural schools"."""
    if (
        len(label.split()) > 2
        or noun.text.casefold() not in label.casefold()
        or noun.lemma_.lower() not in GENERIC_NOUNS | {"gap", "disparity", "shortage", "issue"}
    ):
        return label
    verb = next((node for node in [noun.head, noun.head.head] if node.pos_ == "VERB"), None)
    if verb is None:
        return label
    subject = clauses.inherited_subject(verb)
    if (
        subject is not None
        and subject.pos_ in {"NOUN", "PROPN"}
        and verb.lemma_.lower() in _MEETING
        and subject.i < verb.i
    ):
        return finish(f"{label} facing {_phrase(subject)}")
    place = next((child for child in verb.children if child.lower_ in {"in", "between", "among", "across"}), None)
    if place is not None and verb.lemma_ in {"exist", "persist", "remain", "occur"} and place.i > verb.i:
        end = place.right_edge.i + 1
        return finish(f"{label} {_text(noun.doc[place.i : _cut(noun.doc, place.i, end)])}")
    return label


def _challenge(doc: Doc, start: int, end: int, head: Token) -> str:
    subject = clauses.subject(head)
    predicate = next((child for child in head.children if child.dep_ in {"acomp", "oprd"} and child.i < end), None)
    if subject is not None and subject.pos_ == "PRON":
        subject = None
    if predicate is not None and head.lemma_ in _LINKING and subject is not None and subject.i < head.i:
        return _from_predicate(doc, head, subject, predicate, end)
    verb_first = head.pos_ in {"VERB", "AUX"} and head.tag_ != "VBG" and doc[start].pos_ in {"VERB", "AUX"}
    inherited = clauses.inherited_subject(head) if verb_first else None
    if inherited is not None and inherited.pos_ not in {"PRON", "DET"} and inherited.i < start:
        return f"{_phrase(inherited)} {_text(doc[start : _cut(doc, start, end)])}"
    return _text(doc[start : _cut(doc, start, end)])


def finish(text: str) -> str:
    """Without leading articles, citations and trailing punctuation, first letter a capital.

    >>> finish("the shortage of nurses [3],")
    'Shortage of nurses'
    """
    plain = _CITATION.sub("", text).strip(" ,;:.-\u2013\u2014'")
    plain = _OPENERS.sub("", _EXPLETIVE.sub("", plain))
    plain = re.sub(r"\s+([,;:.)\u2019'])", r"\1", re.sub(r"\s{2,}", " ", plain))
    plain = _ENDING.sub("", plain)
    if plain.count("(") > plain.count(")"):
        plain = plain[: plain.rindex("(")].rstrip(" ,") or plain
    plain = re.sub(r"[.,;](?=[\"\u201d]$)", "", _quoted(plain)).strip(" ,;:.-\u2013\u2014")
    return plain[:1].upper() + plain[1:] if plain else text.strip() or "Unnamed"


def _quoted(text: str) -> str:
    """Quotation marks in pairs: what a cut left open is closed, a mark alone goes, as does a pair around all.

    >>> _quoted('release the "New Rules'), _quoted('"gap year" problem'), _quoted('"slow lane"')
    ('release the "New Rules"', '"gap year" problem', 'slow lane')
    """
    for left, right in _PAIRS:
        if text.startswith(left) and text.endswith(right) and text.count(left) + text.count(right) in {2, 4}:
            text = text[1:-1] if text[1:-1].count(left) == 0 else text
        opened, closed = text.count(left), text.count(right)
        unpaired = opened % 2 == 1 if left == right else opened != closed
        if unpaired and (left == right or opened > closed) and f" {left}" in text:
            text = text.rstrip(" ,;:.") + right
        elif unpaired:
            text = text.replace(left, "").replace(right, "")
    return text


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
    led_on = predicate.i + 1 < end and doc[predicate.i + 1].pos_ in {"ADP", "PART"}
    if denied or led_on or any(child.dep_ in {"prep", "xcomp"} and child.i < end for child in predicate.rights):
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
    first = next((token for token in span if text.startswith(token.text)), None)
    named = first is None or first.pos_ == "PROPN" or bool(first.ent_type_) or not first.text[1:].islower()
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
        if whole and doc[index - 1].pos_ not in {"ADJ", "DET", "ADP"} and not _splits(doc, index):
            return index
    return next(
        (index for index in range(start + _LIMIT, min(end, start + 2 * _LIMIT)) if not _splits(doc, index)), end
    )


def _splits(doc: Doc, index: int) -> bool:
    """Whether a cut before ``index`` parts a modifier from its noun, or a name."""
    before = doc[index - 1]
    parted = (
        before.dep_ in {"compound", "amod", "det", "poss", "nummod", "nmod", "aux", "prep"} and before.head.i >= index
    )
    return (
        parted or before.pos_ == "ADP" or (doc[index].ent_iob_ == "I" and doc[index].ent_type_ in {"ORG", "GPE", "LAW"})
    )
