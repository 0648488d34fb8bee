"""A SPARQL query that returns an answer's items from the same snapshot's graph, to look further from there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.identifiers import ONTOLOGY, iri
from search_api.schemas import Citation, Item, Wants

_PREFIXES: Final = f"""PREFIX pw: <{ONTOLOGY}>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX oa: <http://www.w3.org/ns/oa#>
"""
_DETAILS: Final = {
    "measure": "OPTIONAL { ?item skos:prefLabel ?label }\n  OPTIONAL { ?statement pw:states ?item ; "
    "pw:evidence/oa:hasSelector/oa:exact ?quote }",
    "challenge": "OPTIONAL { ?item skos:prefLabel ?label }\n  OPTIONAL { ?statement pw:states ?item ; "
    "pw:evidence/oa:hasSelector/oa:exact ?quote }",
    "region": "OPTIONAL { ?item skos:prefLabel ?label }",
    "industry": "OPTIONAL { ?item skos:prefLabel ?label }",
    "statistic": "OPTIONAL { ?item pw:indicator/skos:prefLabel ?label }\n  OPTIONAL { ?item pw:value ?value }\n"
    "  OPTIONAL { ?item pw:unitText ?unit }\n  OPTIONAL { ?item pw:evidence/oa:hasSelector/oa:exact ?quote }",
    "passage": "OPTIONAL { ?item pw:evidence/oa:hasSelector/oa:exact ?quote }",
}
_COLUMNS: Final = {
    "measure": "?item ?label ?quote",
    "challenge": "?item ?label ?quote",
    "region": "?item ?label",
    "industry": "?item ?label",
    "statistic": "?item ?label ?value ?unit ?quote",
    "passage": "?item ?quote",
}


def query_for(wants: Wants, items: Sequence[Item], passages: Sequence[Citation], base_iri: str) -> str:
    """A SELECT query for the items, or for the passages where an answer has none."""
    kind = wants if items else "passage"
    names = [item.iri for item in items] or [iri(base_iri, "passage", c.passage_id) for c in passages]
    values = " ".join(f"<{name}>" for name in dict.fromkeys(names))
    return (
        f"{_PREFIXES}SELECT DISTINCT {_COLUMNS[kind]} WHERE {{\n  VALUES ?item {{ {values} }}\n"
        f"  ?item a ?class .\n  {_DETAILS[kind]}\n}} ORDER BY ?item"
    )
