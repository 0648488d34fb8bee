"""The JSON-LD context of the graph: short names for the ontology's properties, with what their values are."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from pyoxigraph import NamedNode, RdfFormat, parse

from kg.graph.terms import PREFIXES, TYPE
from kg.identifiers import ONTOLOGY
from kg.resources import ontology_folder

_OWL: Final = PREFIXES["owl"]
# Properties of others that the graph uses most.
_REUSED: Final[Mapping[str, str | dict[str, str]]] = {
    "label": "rdfs:label",
    "prefLabel": "skos:prefLabel",
    "altLabel": "skos:altLabel",
    "definition": "skos:definition",
    "notation": "skos:notation",
    "broader": {"@id": "skos:broader", "@type": "@id"},
    "related": {"@id": "skos:related", "@type": "@id"},
    "inScheme": {"@id": "skos:inScheme", "@type": "@id"},
    "title": "dcterms:title",
    "issued": "dcterms:issued",
    "wasDerivedFrom": {"@id": "prov:wasDerivedFrom", "@type": "@id"},
    "wasGeneratedBy": {"@id": "prov:wasGeneratedBy", "@type": "@id"},
    "hasSource": {"@id": "oa:hasSource", "@type": "@id"},
    "hasSelector": {"@id": "oa:hasSelector", "@type": "@id"},
    "start": "oa:start",
    "end": "oa:end",
    "exact": "oa:exact",
    "subject": {"@id": "rdf:subject", "@type": "@id"},
    "predicate": {"@id": "rdf:predicate", "@type": "@id"},
    "object": {"@id": "rdf:object", "@type": "@id"},
}


@cache
def context() -> Mapping[str, Any]:
    """The value of ``@context``: prefixes, then terms, sorted by name. Typed values keep their types."""
    return {**dict(sorted(PREFIXES.items())), **dict(sorted({**_REUSED, **_own(ontology_folder())}.items()))}


def _own(folder: Path) -> dict[str, str | dict[str, str]]:
    """The properties of ``policy.ttl``: those that lead to things take IRIs, the others literals."""
    terms: dict[str, str | dict[str, str]] = {}
    for quad in parse(path=str(folder / "policy.ttl"), format=RdfFormat.TURTLE):
        if quad.predicate != TYPE or not isinstance(quad.subject, NamedNode):
            continue
        name = quad.subject.value.removeprefix(ONTOLOGY)
        if quad.object == NamedNode(_OWL + "ObjectProperty"):
            terms[name] = {"@id": f"pw:{name}", "@type": "@id"}
        elif quad.object == NamedNode(_OWL + "DatatypeProperty"):
            terms[name] = f"pw:{name}"
    return terms
