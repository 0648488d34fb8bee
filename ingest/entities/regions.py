"""Places named in a sentence: spaCy component ``policyweave_regions``."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc

from ingest.context import text_of
from ingest.entities.names import (
    Found,
    annotate,
    in_heading,
    kind_of,
    organisations,
    overlaps,
    register,
    shared_lexicon,
)
from ingest.entities.setting import Setting
from kg.identifiers import VOCABULARY, entity_iri
from kg.lexicon import Lexicon, Match
from kg.lexicon.folding import word_set
from kg.records import EntityRef

_MINIMUM = 0.65
_CHINA = f"{VOCABULARY}region/CN"
_LEVELS = {
    "Town": "town",
    "Township": "town",
    "Village": "village",
    "County": "county",
    "Banner": "county",
    "City": "city",
    "Prefecture": "prefecture",
    "District": "other",
    "Province": "province",
    "Corridor": "corridor",
    "Belt": "corridor",
    "Delta": "macro-region",
    "Basin": "macro-region",
    "Plateau": "macro-region",
    "Peninsula": "macro-region",
    "Valley": "macro-region",
    "Zone": "other",
    "Park": "other",
    "New Area": "other",
    "Bay Area": "urban-agglomeration",
    "Metropolitan Area": "urban-agglomeration",
    "Archipelago": "macro-region",
    "Parish": "other",
    "Governorate": "province",
    "Oblast": "province",
    "Subcounty": "town",
    "Sub-County": "town",
}
_NAME = r"[A-Z]\w*(?:['’](?!s\b)\w+)*(?:-\w+)*"
_TYPED = re.compile(
    rf"\b(?P<name>{_NAME}(?:\s+(?:and\s+)?{_NAME}){{0,5}}?)\s+"
    rf"(?P<type>{'|'.join(sorted(_LEVELS, key=len, reverse=True))})\b"
)
# Words that describe a kind of zone, park or city without naming one.
_COMMON = word_set(
    "a agricultural an and at beautiful bonded buffer building business by capital carbon central characteristic "
    "city civilized coastal comprehensive conservation core county creating creative cultural customs data "
    "demonstration developing development digital each eco ecological economic education euro every exclusive "
    "export first for forest free from future garden global green healthy heritage hi-tech high high-tech home "
    "host improving in industrial inner innovation its key knowledge large local logistics low low-carbon marine "
    "medium mega metropolitan model modern municipal national new of old on one our pilot processing promoting "
    "protected provincial regional resilient rural rust safe science scientific second sister small smart "
    "software special sponge state strengthening super tech technology that the their theme third this time to "
    "tourism town trade university urban village wildlife world"
)
_BEFORE = word_set("the in at from and of for both as while when this")
_DIRECTED = re.compile(
    r"\b((?:[Nn]orth|[Ss]outh)(?:-?(?:[Ee]ast|[Ww]est))?(?:ern)?|[Ee]ast(?:ern)?|[Ww]est(?:ern)?|[Cc]entral)\s+$"
)
# What makes a demonym speak of a manner, a language or a government rather than of the country.
_STYLE = re.compile(
    r"[\s-]*(?:style|speaking|language|characteristics?|characters|path|dream|modernization|modernisation|wisdom|school|"
    r"model|literature|cuisine|new year|governments?|communist|nation|people)\b",
    re.IGNORECASE,
)
# "US$ 3 million", "Swiss francs": money, not a place.
_CURRENCY = re.compile(
    r"\s(?:dollars?|francs?|shillings?|rupees?|pounds?|pesos?|yuan|kron[aeo]r?|won|rea(?:l|is)|lira|dirhams?|dinars?)\b"
)
_DIRECTION = re.compile(
    r"\b((?:north|south)-?(?:east|west)?(?:ern)?|eastern|western|central) regions?\b", re.IGNORECASE
)
_SMALL = re.compile(
    rf"\b(?:in|of|from|at|near|to)\s+(({_NAME}(?:\s{_NAME})?)\s(district|county|village|town|township|prefecture|province))\b"
)
_LOCATED = re.compile(rf"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Ff]rom|[Oo]f|[Aa]round)\s+({_NAME}(?:\s{_NAME})?),\s*$")
_OF_WORLD = re.compile(r"\b(?:[Tt]he)\s+(?:East|West|North|South|States)\b")
# "Regulation (EU) No 5/2014": the letters belong to the number of an act.
_ACT_NUMBER = re.compile(r"\)\s*(?:No\b|\d)")
# What can be a namesake of a known place, and what makes a list of two places with a comma.
_PUT = frozenset({"city", "county", "prefecture", "province", "country"})
_LISTED = re.compile(r"\s*(?:,|and\b|or\b|&)")
# "Santiago de Compostela" is not Santiago.
_GOES_ON = re.compile(r"\s(?:de|del|da|do|di|du|des|la|le)(?:\s(?:la|los|las))?\s[A-Z]")
# What may stand before a small place without making another name of it.
_LEADING = word_set(
    "north south east west northern southern eastern western central greater upper lower old new inner outer city "
    "mayor president governor minister port district county town village province state the in at from near around"
)


def named(doc: Doc, lexicon: Lexicon, setting: Setting) -> list[Found]:
    """Places that the sentence speaks of, in order, without overlaps."""
    text = text_of(doc)
    matches = lexicon.find(text, ("region",), setting.places, _MINIMUM)
    organised = [span for span in organisations(text) if not _speaks_of_place(text, span)]
    known = [
        _known(text, match)
        for match in matches
        if not overlaps(match.start, match.end, organised)
        and not _is_person(doc, match)
        and not _is_idiom(text, match)
        and not _ends_a_name(doc, match, matches)
        and not (match.concept.type != "country" and _GOES_ON.match(text, match.end))
    ]
    coined = [
        found for found in _typed(text, in_heading(doc), matches) if not overlaps(found.start, found.end, organised)
    ]
    coined += _directions(text, setting, [*known, *coined])
    coined += _towns(text, known)
    coined += _namesakes(text, known, lexicon)
    taken = [(found.start, found.end) for found in coined]
    kept = [found for found in known if not overlaps(found.start, found.end, taken)]
    return sorted([*coined, *kept], key=lambda found: found.start)


def _speaks_of_place(text: str, span: tuple[int, int]) -> bool:
    """A party, council or commission followed by a place is that place's own ("Government of India")."""
    return text[slice(*span)].startswith("Government")


def _is_person(doc: Doc, match: Match) -> bool:
    """The name of a small place inside what the model takes for a person."""
    if match.concept.type not in {"county", "city", "other", "prefecture"} or match.score > 0.95:
        return False
    return any(
        ent.label_ == "PERSON" and ent.start_char <= match.start and match.end <= ent.end_char and len(ent) > 1
        for ent in doc.ents
    )


def _ends_a_name(doc: Doc, match: Match, matches: list[Match]) -> bool:
    """A small place as the last word of a longer name that is no place ("Amani Hargeisa Trust")."""
    if match.concept.type in {"country", "macro-region"} or " " in match.text:
        return False
    span = doc.char_span(match.start, match.end, alignment_mode="expand")
    before = doc[span.start - 1] if span is not None and span.start > 1 else None
    if before is None or before.pos_ != "PROPN" or not before.text[:1].isupper() or not before.is_alpha:
        return False
    placed = overlaps(before.idx, before.idx + len(before), [(other.start, other.end) for other in matches])
    return not placed and before.lower_ not in _LEADING


def _is_idiom(text: str, match: Match) -> bool:
    """ "The West" as a bloc, a demonym that names a language, the name of a law or model ("Paris-style")."""
    if text.startswith("$", match.end) or (match.hidden and _CURRENCY.match(text, match.end)):
        return True
    numbered = text[: match.start].endswith("(") and _ACT_NUMBER.match(text, match.end) is not None
    if numbered or _OF_WORLD.fullmatch(match.text):
        return True
    return match.hidden and _STYLE.match(text, match.end) is not None


def _known(text: str, match: Match) -> Found:
    concept = match.concept
    entity = EntityRef(concept.iri, concept.label)
    directed = _DIRECTED.search(text, 0, match.start) if concept.type == "country" and not match.hidden else None
    if directed is not None:
        label = f"{directed.group(1).title()} {concept.label}"
        return Found(directed.start(), match.end, EntityRef(entity_iri("region", label), label), "macro-region", 0.8)
    return Found(match.start, match.end, entity, concept.type, round(match.score, 3), match.hidden)


def _typed(text: str, heading: bool, matches: list[Match]) -> Iterator[Found]:
    """Capitalised names with a type word that the vocabulary does not hold, such as a town or a science park."""
    for hit in _TYPED.finditer(text):
        start, end = hit.start("name"), hit.end()
        words = hit.group("name").split()
        while words and words[0].casefold() in _BEFORE:
            start += len(words.pop(0))
            start += len(text[start:]) - len(text[start:].lstrip())
        proper = [word for word in words if word.casefold() not in _COMMON]
        inside = [match for match in matches if start <= match.start and match.end <= end]
        if not words or any(match.start <= start and match.end >= end for match in matches):
            continue
        if not proper and not (hit.group("type") in {"Town", "Corridor"} and len(words) > 1 and not heading):
            continue
        if heading and not inside:
            continue
        label = text[start:end]
        yield Found(start, end, EntityRef(entity_iri("region", label), label), _LEVELS[hit.group("type")], 0.7)


def _directions(text: str, setting: Setting, found: list[Found]) -> list[Found]:
    """ "The eastern region" of a country whose macro-regions the vocabulary does not hold."""
    if setting.country is None or setting.country.iri == _CHINA:
        return []
    made = []
    for hit in _DIRECTION.finditer(text):
        if not overlaps(hit.start(), hit.end(), [(other.start, other.end) for other in found]):
            label = f"{hit.group(1).title()} Region"
            iri = entity_iri("region", f"{label} of {setting.country.label}")
            made.append(Found(hit.start(), hit.end(), EntityRef(iri, label), "macro-region", 0.7))
    return made


def _towns(text: str, known: list[Found]) -> list[Found]:
    """An unknown name that the text locates: "in Lodwar, Turkana" or "in Gaya district"."""
    made = []
    taken = [(place.start, place.end) for place in known]
    for hit in _SMALL.finditer(text):
        if not overlaps(*hit.span(1), taken) and hit.group(2).casefold() not in _COMMON:
            label = hit.group(1)
            level = _LEVELS[hit.group(3).title()]
            made.append(Found(*hit.span(1), EntityRef(entity_iri("region", label.title()), label.title()), level, 0.7))
    for place in known:
        before = _LOCATED.search(text, 0, place.start)
        if before is not None and not overlaps(*before.span(1), [(other.start, other.end) for other in known]):
            label = before.group(1)
            made.append(Found(*before.span(1), EntityRef(entity_iri("region", label), label), "other", 0.7))
    return made


def _namesakes(text: str, known: list[Found], lexicon: Lexicon) -> list[Found]:
    """A name that the text puts where no place of that name is known: "Paris, Texas", "Cordoba in Spain"."""
    made = []
    for place, outer in pairwise(known):
        listed = _LISTED.match(text, outer.end) is not None
        within = text[place.end : outer.start]
        if place.kind not in _PUT or outer.kind not in {"country", "province"} or place.kind == outer.kind:
            continue
        if within != " in " and (within != ", " or listed):
            continue
        if lexicon.country(place.entity.iri) == lexicon.country(outer.entity.iri):
            continue
        label = f"{text[place.start : place.end]}, {outer.entity.label}"
        made.append(Found(place.start, place.end, EntityRef(entity_iri("region", label), label), "other", 0.7))
    return made


class RegionComponent:
    """Puts the places of each sentence into ``doc._.regions`` and ``doc.spans["regions"]``.

    What the whole document says about where it speaks of is read from ``doc._.setting``.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        register()
        self._lexicon = lexicon

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc with its places set; references have none."""
        annotate(doc, "regions", named(doc, self._lexicon, doc._.setting) if kind_of(doc) != "reference" else ())
        return doc


def make_regions(nlp: Language, name: str) -> RegionComponent:  # noqa: ARG001 (spaCy passes both)
    """The component, with the installed vocabularies."""
    return RegionComponent(shared_lexicon())


def certain(texts: Collection[str], lexicon: Lexicon) -> dict[str, int]:
    """How often each region is named beyond doubt in these texts, by IRI."""
    counts: dict[str, int] = {}
    for text in texts:
        for match in lexicon.find(text, ("region",), (), 0.75):
            if not overlaps(match.start, match.end, organisations(text)):
                counts[match.concept.iri] = counts.get(match.concept.iri, 0) + 1
    return counts


Language.factory("policyweave_regions", func=make_regions)
