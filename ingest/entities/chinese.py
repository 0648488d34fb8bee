"""Regions, industries and actors named in a Chinese sentence: the labels of the vocabularies as they stand in it.

The English grammar that decides elsewhere says nothing about Chinese, so what the vocabularies know is taken as it is,
a little less sure, and nothing is coined.
"""

from __future__ import annotations

from spacy.tokens import Doc

from ingest.context import text_of
from ingest.entities.names import READ, Found, annotate, kind_of
from kg.lexicon import Lexicon, Match
from kg.records import EntityRef

_SURENESS = {"industry": 0.8, "actor": 0.6}
_MINIMUM = 0.45


def find_entities(doc: Doc, lexicon: Lexicon) -> Doc:
    """The same Doc with ``doc._.regions``, ``.industries`` and ``.actors`` set; longer names hide those inside them."""
    text = text_of(doc)
    read = kind_of(doc) in READ
    regions = [_found(match) for match in lexicon.find(text, ("region",), doc._.setting.places, _MINIMUM)]
    annotate(doc, "regions", regions)
    for kind, name in (("industry", "industries"), ("actor", "actors")):
        annotate(doc, name, [_found(match) for match in lexicon.find(text, (kind,))] if read else ())
    return doc


def _found(match: Match) -> Found:
    concept = match.concept
    score = min(match.score, _SURENESS.get(match.kind, 1.0))
    return Found(
        match.start, match.end, EntityRef(concept.iri, concept.label), concept.type, round(score, 3), match.hidden
    )
