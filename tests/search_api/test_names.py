"""Names in a question that the vocabularies and the documents both know."""

from __future__ import annotations

from dataclasses import replace

from kg.identifiers import entity_iri
from kg.records import EntityRef, Mention
from search_api.question import named_in
from search_api.service import Service


def _own(label: str) -> Mention:
    entity = EntityRef(entity_iri("actor", label), label)
    return Mention("m1", "actor", "d1", "n1", 0, len(label), label, entity, "enterprise", 1.0)


def test_a_name_of_the_vocabularies_is_not_lost_to_the_same_name_in_a_document(service: Service) -> None:
    catalog = replace(service.world().catalog, own_names={"peru": _own("Peru")})
    (found,) = named_in("and in Peru?", service.lexicon, catalog)
    assert found.kind == "region"


def test_a_longer_name_of_a_document_wins_over_what_lies_in_it(service: Service) -> None:
    catalog = replace(service.world().catalog, own_names={"finland timber board": _own("Finland Timber Board")})
    (found,) = named_in("What does the Finland Timber Board propose?", service.lexicon, catalog)
    assert (found.kind, found.text) == ("actor", "Finland Timber Board")
