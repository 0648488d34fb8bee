"""A SKOS concept and how a vocabulary is written as Turtle: sorted, so that the same input gives the same bytes."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

SOURCES = Path(__file__).parent / "sources"
VERSION = "1.0.0"
PREFIXES = {
    "dcterms": "http://purl.org/dc/terms/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "pw": "https://w3id.org/policyweave/ontology#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
}
BASE = "https://w3id.org/policyweave/"


@dataclass(frozen=True)
class Scheme:
    """A concept scheme: what it is called, where its content comes from and under which licence it stands."""

    name: str
    title: str
    description: str
    licence: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Concept:
    """One concept. Relations name concepts of the same scheme by their last segment; ``extra`` holds ready Turtle."""

    id: str
    labels: Mapping[str, str]
    alternatives: Mapping[str, Sequence[str]] = field(default_factory=dict)
    hidden: Sequence[str] = ()
    notations: Sequence[str] = ()
    broader: Sequence[str] = ()
    members: Sequence[str] = ()
    related: Sequence[str] = ()
    definition: str = ""
    note: str = ""
    extra: Sequence[tuple[str, str]] = ()


def read_csv(name: str) -> list[dict[str, str]]:
    """Rows of a file in ``sources/``."""
    with (SOURCES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def split(field_text: str) -> list[str]:
    """The parts of a field that holds several values, separated by ``|``."""
    return [part.strip() for part in field_text.split("|") if part.strip()]


def both_ways(related: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """``skos:related`` is symmetric: what a source says of one end holds for the other."""
    pairs = {(one, other) for one, others in related.items() for other in others}
    return {one: sorted({b for a, b in pairs if a == one} | {a for a, b in pairs if b == one}) for one in related}


def match(text: str) -> list[tuple[str, str]]:
    """The mappings of a field such as ``exactMatch PI006``: a STIP Compass code, or an IRI of another vocabulary."""
    words = text.split()
    targets = [word if "://" in word else f"{BASE}stip/{word}" for word in words[1::2]]
    return [(f"skos:{kind}", f"<{target}>") for kind, target in zip(words[::2], targets, strict=True)]


def literal(text: str, language: str = "") -> str:
    """A Turtle literal."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"@{language}' if language else f'"{escaped}"'


def _properties(concept: Concept, scheme: str) -> Iterator[tuple[str, list[str]]]:
    def reference(identifier: str) -> str:
        return f"<{BASE}{scheme}/{identifier}>"

    yield "skos:prefLabel", [literal(text, language) for language, text in sorted(concept.labels.items())]
    alternatives = [
        literal(text, language)
        for language, texts in sorted(concept.alternatives.items())
        for text in sorted(set(texts) - {concept.labels.get(language)})
    ]
    yield "skos:altLabel", alternatives
    hidden, names = set(concept.hidden), set(concept.labels.values())
    yield "skos:hiddenLabel", [literal(text, "en") for text in sorted(hidden - names)]
    yield "pw:ambiguousLabel", [literal(text, "en") for text in sorted(hidden & names)]
    yield "skos:notation", [literal(text) for text in sorted(set(concept.notations))]
    yield "skos:definition", [literal(concept.definition, "en")] if concept.definition else []
    yield "skos:note", [literal(concept.note, "en")] if concept.note else []
    yield "skos:broader", [reference(identifier) for identifier in sorted(set(concept.broader))]
    if not concept.broader:
        yield "skos:topConceptOf", [f"<{BASE}{scheme}>"]
    yield "skos:related", [reference(identifier) for identifier in sorted(set(concept.related))]
    yield "pw:memberRegion", [reference(identifier) for identifier in sorted(set(concept.members))]
    for predicate, value in sorted(concept.extra):
        yield predicate, [value]


def _turtle(concept: Concept, scheme: str) -> str:
    lines = [f"<{BASE}{scheme}/{concept.id}> a skos:Concept ; skos:inScheme <{BASE}{scheme}>"]
    lines += [f"{predicate} {' , '.join(values)}" for predicate, values in _properties(concept, scheme) if values]
    return " ;\n  ".join(lines) + " .\n"


def _scheme(scheme: Scheme) -> str:
    lines = [
        f"<{BASE}{scheme.name}> a skos:ConceptScheme",
        f"dcterms:title {literal(scheme.title, 'en')}",
        f"dcterms:description {literal(scheme.description, 'en')}",
        f"dcterms:license <{scheme.licence}>",
        "dcterms:source " + " , ".join(literal(source, "en") for source in scheme.sources),
        f"owl:versionInfo {literal(VERSION)}",
    ]
    return " ;\n  ".join(lines) + " .\n"


def vocabulary(parts: Iterable[tuple[Scheme, Sequence[Concept]]]) -> str:
    """One Turtle document of one or more schemes with their concepts.

    Raises ValueError where two concepts share an id or a relation leads nowhere.
    """
    pieces = ["".join(f"@prefix {name}: <{iri}> .\n" for name, iri in sorted(PREFIXES.items()))]
    for scheme, concepts in parts:
        known = {concept.id for concept in concepts}
        if len(known) != len(concepts):
            raise ValueError(f"{scheme.name}: an id stands twice")
        for concept in concepts:
            if missing := {*concept.broader, *concept.members, *concept.related} - known:
                raise ValueError(f"{scheme.name}/{concept.id} leads to {sorted(missing)}, which does not exist")
        pieces.append(_scheme(scheme))
        pieces += [_turtle(concept, scheme.name) for concept in sorted(concepts, key=lambda concept: concept.id)]
    return "\n".join(pieces)
