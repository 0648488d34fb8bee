"""The ontology and the vocabularies as published: each whole, by the last part of its IRI, with its version."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from kg.identifiers import VOCABULARY
from kg.resources import ontology_folder

_HEAD: Final = re.compile(
    rf"^<{re.escape(VOCABULARY)}([\w-]+)> a (?:skos:ConceptScheme|owl:Ontology)\b.*?"
    r'dcterms:title "([^"]+)".*?owl:versionInfo "([^"]+)"',
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Published:
    """A vocabulary's name (the end of its IRI), title and version, and the Turtle file that holds it."""

    name: str
    title: str
    version: str
    path: Path

    @property
    def node(self) -> NamedNode:
        """The IRI of the ontology or scheme."""
        return NamedNode(VOCABULARY + self.name)

    def triples(self) -> list[Triple]:
        """All triples of the file."""
        return [quad.triple for quad in parse(path=str(self.path), format=RdfFormat.TURTLE)]


@cache
def published() -> Mapping[str, Published]:
    """What there is, by name."""
    files = sorted(ontology_folder().glob("*.ttl"))
    found = [
        Published(match[1], match[2], match[3], path)
        for path in files
        for match in _HEAD.finditer(path.read_text(encoding="utf-8"))
    ]
    return {each.name: each for each in sorted(found, key=lambda each: each.name)}


def stored_nowhere(path: str) -> list[Triple]:
    """What a vocabulary says of a concept that the graph leaves out because no document speaks of it; else nothing."""
    about = NamedNode(VOCABULARY + path)
    vocabulary = published().get(path.partition("/")[0])
    return [triple for triple in vocabulary.triples() if triple.subject == about] if vocabulary else []
