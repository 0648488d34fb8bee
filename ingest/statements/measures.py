"""Finds measures in a sentence: each separate action with its object, its label, theme and status.

spaCy component ``policyweave_measures``: puts the spans in ``doc.spans["measures"]`` and their attributes, in the same
order, in ``doc._.measures``.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.language import Language
from spacy.tokens import Doc, Token

from ingest.context import SentenceContext, register, text_of
from ingest.statements import clauses, findings
from ingest.statements.acts import Act, acts, nominal
from ingest.statements.cues import words
from ingest.statements.cues.actions import ACTION_NOUNS, ALL, CONCRETE
from ingest.statements.cues.discourse import metadiscourse, vague_object
from ingest.statements.findings import Finding
from ingest.statements.labels import finish, measure_label
from ingest.statements.put import Put
from ingest.statements.setting import doing, setting_above, setting_of
from ingest.statements.themes import theme_of

#: Findings below this are not told.
FLOOR = 0.5

_ALONE = words("participate cooperate invest open engage collaborate intervene legislate plan consult")
#: What measures are taken for: to raise it is the aim, told beside the act that shall do so.
_AIMED_AT = words("competitiveness influence vitality momentum attractiveness prestige reputation synergy cohesion")
_COUNTING = words("cultivate recruit add enrol enroll enlist attract train gather introduce create hire employ")


def make_measures(nlp: Language, name: str) -> Measures:  # noqa: ARG001
    """Component for ``nlp.add_pipe("policyweave_measures")``; needs tagger, parser and lemmatizer before it."""
    return Measures()


class Measures:
    """The component that spaCy calls for each sentence; it keeps no state."""

    def __init__(self) -> None:
        register()
        findings.register()

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc._.measures`` and ``doc.spans["measures"]``."""
        doc._.measures = find(doc)
        doc.spans["measures"] = [doc[found.start : found.end] for found in doc._.measures]
        return doc


def find(doc: Doc) -> tuple[Finding, ...]:
    """The measures that one sentence states, in order of place; none for captions, references and meta lines."""
    context: SentenceContext = doc._.context
    if context.kind not in {"prose", "heading"} or len(doc) < 3 or metadiscourse(doc):
        return ()
    if text_of(doc).rstrip().endswith("?"):
        return ()
    pairs = _pairs(acts(doc, setting_of(context)))
    stops = [first.i for first, _, _ in pairs]
    found = [_finding(first, last, how, stops, context) for first, last, how in pairs]
    told = _distinct([one for one in found if one is not None and one.confidence >= FLOOR])
    return told or _from_heading(doc, context)


def _from_heading(doc: Doc, context: SentenceContext) -> tuple[Finding, ...]:
    """A heading in a chapter of solutions that speaks of doing something: "The promise of planting hedges"."""
    start, end = clauses.trim(doc, clauses.opening(doc), len(doc))
    followed = [
        token for token in doc[start : max(start, end - 1)] if not token.nbor().is_punct or token.nbor().is_quote
    ]
    acting = any(doing(token.lower_) for token in followed)
    if context.kind != "heading" or not acting or setting_above(context) != "solution":
        return ()
    text = doc[start:end].text
    return (Finding(start, end, finish(text), theme_of(text, "", context.headings), "proposed", 0.6),)


def _pairs(found: Sequence[Act]) -> list[tuple[Token, Token, Put]]:
    """First and last verb of each action: "build and maintain roads" is one, told by two verbs."""
    pairs: list[tuple[Token, Token, Put]] = []
    for verb, how in found:
        if pairs and _shares_object(pairs[-1][1], verb):
            first, _, put = pairs.pop()
            pairs.append((first, verb, put))
        else:
            pairs.append((verb, verb, how))
    return pairs


def _shares_object(first: Token, second: Token) -> bool:
    between = first.doc[first.i + 1 : second.i]
    joined = any(token.lower_ in {"and", "or", "/"} for token in between)
    return joined and all(token.pos_ in {"CCONJ", "ADV", "PUNCT"} for token in between)


def _finding(first: Token, last: Token, how: Put, stops: Sequence[int], context: SentenceContext) -> Finding | None:
    doc = first.doc
    start, end = clauses.trim(doc, *bounds(first, last, frozenset(stop for stop in stops if stop > last.i)))
    if end - start < 2 or not any(token.is_alpha for token in doc[start:end]):
        return None
    confidence = round(min(how.strength + _weight(last, start, end, context), 0.97), 2)
    theme = theme_of(doc[start:end].text, text_of(doc), context.headings)
    return Finding(start, end, measure_label(doc, start, end, first, last), theme, how.status, confidence)


def bounds(first: Token, last: Token, stops: frozenset[int]) -> tuple[int, int]:
    """From the verb to the end of what it acts on; a passive takes its subject in, a noun its modifiers."""
    if nominal(last) and first == last:
        start, end = clauses.phrase(first)
        return start, min([end, *(stop for stop in stops if stop > first.i)])
    end = clauses.right_end(last, stops) if last.pos_ == "VERB" else clauses.shallow_end(last.doc, last.i, stops)
    subject = clauses.inherited_subject(first) if clauses.passive(first) else None
    if subject is not None and subject.dep_[:5] == "nsubj" and subject.tag_[0] not in "WP" and subject.i < first.i:
        return subject.left_edge.i, end
    return first.i, end


def _weight(verb: Token, start: int, end: int, context: SentenceContext) -> float:
    """What the verb and its object add to or take from the construction's strength."""
    lemma = verb.lemma_.lower() if verb.pos_ == "VERB" else verb.lower_
    weight = 0.06 if lemma in CONCRETE else 0.0 if lemma in ALL or nominal(verb) else -0.12
    if verb.pos_ == "VERB" and not (clauses.objects(verb) or clauses.passive(verb) or lemma in _ALONE):
        weight -= 0.34 if verb.tag_ in {"VBD", "VBN", "VBZ"} else 0.12
    if verb.tag_ in {"VBD", "VBN"} and lemma in _COUNTING and _counted(verb):
        weight -= 0.25
    if any(thing.lemma_.lower() in _AIMED_AT for thing in clauses.objects(verb)):
        weight -= 0.4
    object_from = start if clauses.passive(verb) else verb.i + 1
    if vague_object(verb.doc, object_from, end, context.title):
        weight -= 0.46 if lemma in {"develop", "promote", "improve"} or lemma not in ACTION_NOUNS.values() else 0.2
    return weight


def _counted(verb: Token) -> bool:
    """ "Recruited 141 nurses" counts a result; "introduced 18 rules" tells an act."""
    things = clauses.objects(verb)
    return any(child.dep_ == "nummod" for thing in things for child in thing.children)


def _distinct(found: list[Finding]) -> tuple[Finding, ...]:
    """Findings in order without overlaps: of two that overlap the surer one stays, then the earlier."""
    kept: list[Finding] = []
    for one in sorted(found, key=lambda f: (-f.confidence, f.start, -f.end)):
        if all(one.end <= other.start or one.start >= other.end for other in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda f: f.start))


Language.factory("policyweave_measures", func=make_measures)
