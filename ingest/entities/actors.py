"""Who takes or should take an action, by sentence: spaCy component ``policyweave_actors``, behind that of regions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc, Token

from ingest.context import text_of
from ingest.entities.names import READ, Found, annotate, kind_of, organisations, overlaps, register, shared_lexicon
from ingest.statements.cues.actions import CONCRETE
from kg.identifiers import entity_iri
from kg.lexicon import Lexicon
from kg.lexicon.folding import word_set
from kg.records import EntityRef

_DEONTIC = frozenset({"should", "must", "shall", "ought", "will", "can", "may", "need"})
# What those who make policy do; a place or an institution that does it is its actor.
_ACTIONS = CONCRETE | word_set(
    "accelerate actively adhere adjust adopt advance allocate amend announce apply appoint approve assess assist "
    "attach attract ban boost break bring build call carry clarify collect combine commission commit conduct "
    "construct continue control cooperate coordinate create cultivate cut decide deepen deliver deploy design "
    "determine develop devise discover draft draw earmark eliminate emphasize enact encourage enforce enhance "
    "ensure establish exempt expand explore extend facilitate finance focus formulate foster found fund give "
    "grant guarantee guide help hold host implement impose improve include incorporate increase initiate innovate "
    "integrate intensify introduce invest issue join launch lead legislate levy license link lower maintain make "
    "manage mandate mobilize monitor offer open operate optimize organize oversee participate pass pay perform "
    "permit pilot pioneer place plan plant pledge prepare prevent prioritize procure produce prohibit promote "
    "promulgate propose protect provide publish purchase pursue push raise ratify realize recommend recruit "
    "reduce reform regulate relax release rely remove renovate require respond restrict revise roll safeguard say "
    "seize set share sign simplify speed spend sponsor stimulate streamline strengthen stress strive subsidize "
    "supervise support take target tax train transform undertake unify update upgrade urge use utilize vigorously "
    "waive work"
)
_JOINT = frozenset(
    {"cooperation", "collaboration", "partnership", "coordination", "co-operation", "alliance", "synergy"}
)
_OBJECTS = frozenset({"dobj", "ccomp", "xcomp", "prep", "prt", "dative", "agent", "auxpass"})
_DIRECTING = frozenset({"encourage", "guide", "require", "urge", "oblige", "mandate", "ask", "request", "call"})
_GOVERNMENT = re.compile(
    r"(?:'s|’s)?\s+(?:(?:provincial|municipal|county|city|state|district|regional|local|people['’]s|central|federal|"
    r"national)\s+){0,3}(?:governments?|authorities|party committee)\b",
    re.IGNORECASE,
)
_GOVERNMENT_OF = re.compile(r"\b(?:[Gg]overnments?|[Aa]uthorities|[Ss]tate|[Cc]ity) of (?:the )?$")
_DOCUMENTS = re.compile(
    r"\b(?:Agreement|Protocol|Convention|Treaty|Declaration|Yearbook|Review|Journal|Prize|Act|Times|Consensus|Summit|"
    r"Forum)\b"
)
_KINDS = (("Universit", "education"), ("College", "education"), ("School", "education"), ("Institute", "research"))


def named(doc: Doc, lexicon: Lexicon, places: Sequence[Found]) -> list[Found]:
    """Actors of the sentence in order, without overlaps; ``places`` are the regions found in it."""
    found: list[Found] = []
    for candidate in _candidates(doc, lexicon, places):
        if not overlaps(candidate.start, candidate.end, [(other.start, other.end) for other in found]):
            found.append(candidate)
    return sorted(found, key=lambda item: item.start)


def _candidates(doc: Doc, lexicon: Lexicon, places: Sequence[Found]) -> Iterator[Found]:
    """Agents, the most telling reading of a stretch first."""
    text = text_of(doc)
    for place in places:
        start, end = _government(text, place)
        if end - start > place.end - place.start and _acts(doc, start, end, False):
            yield Found(start, end, _minted(_government_of(place)), "government", 0.8)
    for start, end in organisations(text):
        label = text[start:end].removeprefix("The ")
        if not _DOCUMENTS.search(label) and _acts(doc, end - len(label), end, False):
            kind = next((kind for head, kind in _KINDS if head in label), "organisation")
            known = next(iter(lexicon.find(label, ("actor",))), None)
            exact = known is not None and len(known.text) > 0.8 * len(label)
            entity = EntityRef(known.concept.iri, known.concept.label) if known and exact else _minted(label)
            yield Found(end - len(label), end, entity, kind, 0.7)
    for match in lexicon.find(text, ("actor",), (), 0.3):
        people = match.concept.type == "people" or match.hidden
        if _acts(doc, match.start, match.end, people):
            entity = EntityRef(match.concept.iri, match.concept.label)
            yield Found(match.start, match.end, entity, match.concept.type, 0.8)
    for place in places:
        if place.kind not in {"macro-region"} and _acts(doc, place.start, place.end, False, places_only=True):
            yield Found(place.start, place.end, _minted(_government_of(place)), "government", 0.6)


def _government(text: str, place: Found) -> tuple[int, int]:
    """The place with the words around it that make it a government."""
    following = _GOVERNMENT.match(text, place.end)
    leading = _GOVERNMENT_OF.search(text, 0, place.start)
    return leading.start() if leading else place.start, following.end() if following else place.end


def _government_of(place: Found) -> str:
    """How the government of a place is called; what has none of its own acts under its own name."""
    if place.kind == "country":
        return f"Government of {place.entity.label}"
    if place.kind in {"province", "municipality", "prefecture", "city", "county"}:
        return f"{place.entity.label} Government"
    return place.entity.label


def _minted(label: str) -> EntityRef:
    return EntityRef(entity_iri("actor", label), label)


def _acts(doc: Doc, start: int, end: int, people: bool, places_only: bool = False) -> bool:
    """Whether the stretch is who does what the verb says, or who is told to do it."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None:
        return False
    subject = _first_conjunct(span.root)
    if subject.dep_ == "nsubj" and subject.head.pos_ in {"VERB", "AUX"}:
        return _is_action(subject.head, strict=people)
    if subject.dep_ == "pobj" and subject.head.dep_ == "agent":
        return not people
    if subject.dep_ == "pobj" and subject.head.lower_ in {"between", "among"} and not people:
        return subject.head.head.lemma_.lower() in _JOINT
    if subject.dep_ in {"dobj", "nsubj"} and not places_only and subject.head.lemma_ in _DIRECTING:
        return any(child.dep_ in {"xcomp", "ccomp"} for child in subject.head.children)
    return False


def _first_conjunct(token: Token) -> Token:
    """The first member of a list that the token belongs to."""
    seen = 0
    while token.dep_ == "conj" and token.head.pos_ in {"NOUN", "PROPN"} and seen < 10:
        token, seen = token.head, seen + 1
    return token


def _is_action(verb: Token, strict: bool) -> bool:
    """An active verb of making policy, or any verb of doing that is said to be a duty; ``strict``: only a duty."""
    if verb.lemma_ == "be":
        return False
    if verb.lemma_ == "need":
        verb = next((child for child in verb.children if child.dep_ == "xcomp"), verb)
        return verb.lemma_ != "need" and verb.lemma_ in _ACTIONS
    deontic = any(child.dep_ == "aux" and child.lower_ in _DEONTIC for child in verb.children)
    duty = any(child.dep_ == "aux" and child.lower_ in {"should", "must", "shall"} for child in verb.children)
    if strict:
        return duty
    lemma = verb.lemma_.lower()
    lemma = lemma[:-3] + "ize" if lemma.endswith("ise") and lemma[:-3] + "ize" in _ACTIONS else lemma
    negated = any(child.dep_ == "neg" for child in verb.children)
    directed = any(child.dep_ in _OBJECTS for child in verb.children)
    return duty or (lemma in _ACTIONS and directed and not negated and (deontic or verb.tag_ != "VBG"))


class ActorComponent:
    """Puts the actors of each sentence into ``doc._.actors`` and ``doc.spans["actors"]``."""

    def __init__(self, lexicon: Lexicon) -> None:
        register()
        self._lexicon = lexicon

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc with its actors set, the places in ``doc._.regions`` among them where they act."""
        annotate(doc, "actors", named(doc, self._lexicon, doc._.regions) if kind_of(doc) in READ else ())
        return doc


def make_actors(nlp: Language, name: str) -> ActorComponent:  # noqa: ARG001 (spaCy passes both)
    """The component, with the installed vocabularies."""
    return ActorComponent(shared_lexicon())


Language.factory("policyweave_actors", func=make_actors)
