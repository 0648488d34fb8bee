"""Read the SKOS files into concepts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

import pyoxigraph as ox

from kg.errors import PolicyweaveError
from kg.identifiers import ONTOLOGY, VOCABULARY
from kg.lexicon.concept import LexicalConcept

FILES = ("regions.ttl", "industries.ttl", "actors.ttl", "themes.ttl")
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_TYPES = (f"{ONTOLOGY}regionLevel", f"{ONTOLOGY}industryKind", f"{ONTOLOGY}actorKind")
Properties = Mapping[str, list[ox.NamedNode | ox.Literal]]


def _properties(path: Path) -> Mapping[str, Properties]:
    found: dict[str, defaultdict[str, list[ox.NamedNode | ox.Literal]]] = {}
    try:
        for triple in ox.parse(path=path, format=ox.RdfFormat.TURTLE):
            subject = triple.subject.value
            found.setdefault(subject, defaultdict(list))[triple.predicate.value].append(triple.object)
    except (OSError, SyntaxError) as error:
        raise PolicyweaveError(
            f"the vocabulary {path.name} cannot be read ({error}): install policyweave again"
        ) from error
    return found


def _texts(properties: Properties, predicate: str) -> tuple[str, ...]:
    return tuple(term.value for term in properties.get(predicate, ()))


def _concept(iri: str, properties: Properties) -> LexicalConcept:
    preferred = properties[f"{_SKOS}prefLabel"]
    label = next((term.value for term in preferred if getattr(term, "language", None) == "en"), preferred[0].value)
    others = tuple(term.value for term in preferred if term.value != label)
    kinds = [value for predicate in _TYPES for value in _texts(properties, predicate)]
    size = _texts(properties, f"{ONTOLOGY}population")
    return LexicalConcept(
        iri,
        iri[len(VOCABULARY) :].partition("/")[0],
        kinds[0] if kinds else "",
        label,
        others + _texts(properties, f"{_SKOS}altLabel"),
        _texts(properties, f"{_SKOS}hiddenLabel") + _texts(properties, f"{ONTOLOGY}ambiguousLabel"),
        _texts(properties, f"{_SKOS}notation"),
        _texts(properties, f"{_SKOS}broader"),
        _texts(properties, f"{ONTOLOGY}memberRegion"),
        int(size[0]) if size else 0,
    )


def read(folder: Path, files: Iterable[str] = FILES) -> dict[str, LexicalConcept]:
    """All concepts of these vocabulary files in ``folder``, by IRI.

    Raises PolicyweaveError where a file is missing or broken.
    """
    return {
        iri: _concept(iri, properties)
        for name in files
        for iri, properties in _properties(folder / name).items()
        if f"{_SKOS}prefLabel" in properties
    }
