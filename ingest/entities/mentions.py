"""From sentences to mentions: regions, industries and actors of a document with their places in the source.

A place name is read in the light of the whole document: what it names beyond doubt decides what is ambiguous.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from types import MappingProxyType

from spacy.tokens import Doc

from ingest.entities import regions
from ingest.entities.names import READ, Found
from ingest.entities.setting import Setting
from ingest.text.layout import Layout
from ingest.text.view import View
from kg.identifiers import mint
from kg.lexicon import Lexicon
from kg.records import EntityRef, Mention, MentionType, Sentence

_KEYWORDS = re.compile(r"\W*(?:key\s*words?|index terms)\b", re.IGNORECASE)
_MAIN_SHARE = 0.5
_HOMES = frozenset({"county", "city", "province"})
_FEWEST = 3


def collect(docs: Sequence[Doc], layout: Layout, source: str) -> tuple[Mention, ...]:
    """All mentions of a document, sorted by place. ``docs`` holds one Doc a sentence, in order, with its entities.

    References and most of the front matter are not read; affiliations and keywords give regions only.
    """
    found: list[Mention] = []
    for doc, sentence in zip(docs, layout.sentences, strict=True):
        view = layout.views[sentence.id]
        places = _of_front_matter(sentence.text, doc._.regions) if sentence.kind == "meta" else doc._.regions
        found += _mentions("region", places, sentence, view, source)
        found += _mentions("industry", doc._.industries, sentence, view, source)
        found += _mentions("actor", doc._.actors, sentence, view, source)
    return tuple(sorted(found, key=lambda mention: (mention.start, mention.end, mention.type, mention.id)))


def _of_front_matter(text: str, places: Sequence[Found]) -> Sequence[Found]:
    """Places of keywords, and of an affiliation: those that fill a part between commas, the last being the country."""
    if _KEYWORDS.match(text):
        return places
    countries = [place for place in places if place.kind == "country"]
    if not countries:
        return []
    return [place for place in places if _fills_part(text, place)]


def _fills_part(text: str, place: Found) -> bool:
    before = text[max(text.rfind(mark, 0, place.start) for mark in ",;\n") + 1 : place.start]
    after = re.split(r"[,;.\n]", text[place.end :])[0]
    return text[: place.start].rstrip().endswith((",", ";")) and not re.search(r"[^\W\d_]", before + after)


def _mentions(kind: MentionType, found: Iterable[Found], sentence: Sentence, view: View, source: str) -> list[Mention]:
    made = []
    for item in found:
        start, end = view.source_span(item.start, item.end)
        identifier = mint("mention", sentence.document, kind, start, end, item.entity.iri)
        place = (sentence.document, sentence.id, start, end, source[start:end])
        made.append(Mention(identifier, kind, *place, item.entity, item.kind, item.score))
    return made


def setting_of(sentences: Sequence[Sentence], lexicon: Lexicon) -> Setting:
    """What the document's own prose says about where it speaks of: to be set as ``doc._.setting`` of each Doc."""
    counts = regions.certain([sentence.text for sentence in sentences if sentence.kind in READ], lexicon)
    countries: Counter[str] = Counter()
    levels: dict[str, Counter[str]] = {}
    for iri, count in sorted(counts.items()):
        if (country := lexicon.country(iri)) is not None:
            countries[country] += count
        if (concept := lexicon.concept(iri)) is not None and concept.type in _HOMES:
            levels.setdefault(concept.type, Counter())[iri] += count
    homes = {level: home for level, found in levels.items() if (home := _main(found, lexicon, _FEWEST)) is not None}
    return Setting(frozenset(counts), _main(countries, lexicon, 1), MappingProxyType(homes))


def _main(counts: Counter[str], lexicon: Lexicon, fewest: int) -> EntityRef | None:
    """The region that at least half of the mentions name, and at least ``fewest``; None where several compete."""
    iri = max(sorted(counts), key=lambda iri: counts[iri], default=None)
    if iri is None or counts[iri] < max(_MAIN_SHARE * sum(counts.values()), fewest):
        return None
    concept = lexicon.concept(iri)
    return EntityRef(iri, concept.label) if concept else None
