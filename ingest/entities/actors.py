"""Who takes or should take an action, by sentence: spaCy component ``policyweave_actors``, behind that of regions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc, Token

from ingest.context import text_of
from ingest.entities.acting import acts
from ingest.entities.names import READ, Found, annotate, kind_of, organisations, overlaps, register, shared_lexicon
from ingest.entities.setting import NO_SETTING, Setting
from kg.identifiers import entity_iri
from kg.lexicon import Lexicon, Match
from kg.lexicon.folding import word_set
from kg.records import EntityRef

_GOVERNMENT = re.compile(
    r"(?:'s|’s)?\s+(?:(?:provincial|municipal|county|city|state|district|regional|local|people['’]s|central|federal|"
    r"national)\s+){0,3}(?:governments?|authorities|party committee)\b",
    re.IGNORECASE,
)
_GOVERNMENT_OF = re.compile(r"\b(?:[Gg]overnments?|[Aa]uthorities|[Ss]tate|[Cc]ity) of (?:the )?$")
_OFFICE = re.compile(
    r"\b(?:General Secretary|Secretary[- ]General|President|Prime Minister|Premier|Chancellor|(?:Chief )?Minister"
    r"|Governor|Mayor|Chairman|Chairperson|Commissioner)\s+[A-Z]\w+(?:[ -][A-Z]\w+){0,2}"
)
_DEMONYM = re.compile(
    r"\b(?!The )(?P<name>[A-Z][a-z]+(?:[ -][A-Z][a-z]+)?) (?:federal |central |national )?[Gg]overnment\b"
)
_THE = re.compile(r"\b[Tt]he\s$")
_LEVEL_OF = {
    "county-governments": "county",
    "municipal-governments": "city",
    "provincial-governments": "province",
    "village-committees": "village",
}
_BODIES = word_set(
    "agency association authority board body bureau cell centre center commission committee consortium council "
    "department directorate entity federation forum institution ministry office operator organisation organization "
    "provider registrar secretariat society stakeholder task-force taskforce tribunal trust unit"
)
_COUNTING = word_set(
    "all any appropriate certain different each every many multiple other others own relevant respective same several "
    "such various"
)
_DOCUMENTS = re.compile(
    r"\b(?:Agreement|Protocol|Convention|Treaty|Declaration|Yearbook|Review|Journal|Prize|Act|Times|Consensus|Summit|"
    r"Forum)\b"
)
_KINDS = (("Universit", "education"), ("College", "education"), ("School", "education"), ("Institute", "research"))


def named(doc: Doc, lexicon: Lexicon, places: Sequence[Found], setting: Setting = NO_SETTING) -> list[Found]:
    """Actors of the sentence in order, without overlaps; ``places`` are the regions found in it."""
    found: list[Found] = []
    for candidate in _candidates(doc, lexicon, places, setting):
        if not overlaps(candidate.start, candidate.end, [(other.start, other.end) for other in found]):
            found.append(candidate)
    return sorted(found, key=lambda item: item.start)


def _candidates(doc: Doc, lexicon: Lexicon, places: Sequence[Found], setting: Setting) -> Iterator[Found]:
    """Agents, the most telling reading of a stretch first."""
    yield from _governments(doc, places)
    yield from _adjectival(doc, lexicon)
    yield from _organised(doc, lexicon)
    yield from _titled(doc)
    yield from _known(doc, lexicon, places, setting)
    yield from _bodies(doc)
    for place in places:
        if place.kind != "macro-region" and not place.adjective and _acts(doc, place.start, place.end, "place"):
            yield Found(place.start, place.end, _minted(_government_of(place)), "government", 0.6)


def _governments(doc: Doc, places: Sequence[Found]) -> Iterator[Found]:
    """ "The Kenyan government", "Government of Kenya"."""
    for place in places:
        start, end = _government(text_of(doc), place)
        if end - start > place.end - place.start and _acts(doc, start, end, "government"):
            yield Found(start, end, _minted(_government_of(place)), "government", 0.8)


def _adjectival(doc: Doc, lexicon: Lexicon) -> Iterator[Found]:
    """ "The Kenyan government": a government named by a demonym, in which the text does not speak of the place."""
    for match in _DEMONYM.finditer(text_of(doc)):
        named = lexicon.find(match["name"], ("region",))
        country = named[0].concept if len(named) == 1 and named[0].text == match["name"] else None
        if country is not None and country.type == "country" and _acts(doc, *match.span(), "government"):
            yield Found(*match.span(), _minted(f"Government of {country.label}"), "government", 0.8)


def _organised(doc: Doc, lexicon: Lexicon) -> Iterator[Found]:
    """Bodies under their own names."""
    text = text_of(doc)
    for start, end in organisations(text):
        label = text[start:end].removeprefix("The ")
        if not _DOCUMENTS.search(label) and _acts(doc, end - len(label), end, "organisation"):
            kind = next((kind for head, kind in _KINDS if head in label), "organisation")
            known = next(iter(lexicon.find(label, ("actor",))), None)
            exact = known is not None and len(known.text) > 0.8 * len(label)
            entity = EntityRef(known.concept.iri, known.concept.label) if known and exact else _minted(label)
            yield Found(end - len(label), end, entity, kind, 0.7)


def _titled(doc: Doc) -> Iterator[Found]:
    """Holders of an office who act in it."""
    for match in _OFFICE.finditer(text_of(doc)):
        if _acts(doc, *match.span(), "government"):
            yield Found(*match.span(), _minted(match.group()), "government", 0.6)


def _known(doc: Doc, lexicon: Lexicon, places: Sequence[Found], setting: Setting) -> Iterator[Found]:
    """Actors of the vocabulary; not the type word of a place ("Kano State"), which acts as that place."""
    text = text_of(doc)
    named = [(place.start, place.end) for place in places if place.kind != "macro-region"]
    for match in lexicon.find(text, ("actor",), (), 0.3):
        typed = match.hidden and overlaps(match.start, match.end, named)
        if not typed and _acts(doc, match.start, match.end, match.concept.type, hidden=match.hidden):
            yield Found(match.start, match.end, _of_home(text, match, setting), match.concept.type, 0.8)


def _of_home(text: str, match: Match, setting: Setting) -> EntityRef:
    """The concept, or where one place of that level is what the paper is about: "the county government" is its own."""
    level = _LEVEL_OF.get(match.concept.iri.rsplit("/", 1)[1], "")
    home = setting.homes.get(level)
    definite = _THE.search(text, 0, match.start) is not None and not match.text.casefold().endswith("s")
    if home is None or not definite:
        return EntityRef(match.concept.iri, match.concept.label)
    return _minted(f"{home.label} Government")


def _bodies(doc: Doc) -> Iterator[Found]:
    """Bodies that the vocabulary does not hold: nouns like "committee" or "agency" with the words before them."""
    for token in doc:
        if token.lemma_.lower() in _BODIES and token.pos_ in {"NOUN", "PROPN"} and acts(token):
            first = token
            while first.i and _describes(doc[first.i - 1], token):
                first = doc[first.i - 1]
            start, end = first.idx, token.idx + len(token)
            yield Found(start, end, _minted(text_of(doc)[start:end].casefold()), "organisation", 0.6)


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


def _acts(doc: Doc, start: int, end: int, kind: str, *, hidden: bool = False) -> bool:
    """Whether the stretch acts, given what kind of actor it is; ``hidden``: a word that only stands for one."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None:
        return False
    return acts(span.root, people=hidden or kind == "people", place=kind == "place", firm=kind == "enterprise")


def _describes(word: Token, body: Token) -> bool:
    """Whether the word belongs to the name of the body and says more than how many there are."""
    return word.pos_ in {"NOUN", "PROPN", "ADJ"} and word.head.i <= body.i and word.lower_ not in _COUNTING


class ActorComponent:
    """Puts the actors of each sentence into ``doc._.actors`` and ``doc.spans["actors"]``."""

    def __init__(self, lexicon: Lexicon) -> None:
        register()
        self._lexicon = lexicon

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc with its actors set, the places in ``doc._.regions`` among them where they act."""
        annotate(doc, "actors", named(doc, self._lexicon, doc._.regions, doc._.setting) if kind_of(doc) in READ else ())
        return doc


def make_actors(nlp: Language, name: str) -> ActorComponent:  # noqa: ARG001 (spaCy passes both)
    """The component, with the installed vocabularies."""
    return ActorComponent(shared_lexicon())


Language.factory("policyweave_actors", func=make_actors)
