"""What the snapshot's graph holds of the vocabularies: definitions and hierarchies, looked up by IRI."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode, Store

from kg.graph.store import open_read_only
from kg.graph.terms import SKOS, WITHIN

_SAYING: Final = (SKOS("definition"), SKOS("scopeNote"), SKOS("note"))
_UPWARD: Final = (WITHIN, SKOS("broaderTransitive"))


class VocabularyInGraph:
    """Reads one snapshot's graph. May be used from several threads."""

    def __init__(self, graph: Path) -> None:
        self._store: Store = open_read_only(graph)

    def definition(self, iri: str) -> str | None:
        """What a concept is said to be, in English where there is a choice."""
        for predicate in _SAYING:
            found = [
                quad.object
                for quad in self._store.quads_for_pattern(NamedNode(iri), predicate, None)
                if isinstance(quad.object, Literal)
            ]
            if found:
                return min(found, key=lambda text: (text.language not in ("en", None), text.value)).value
        return None

    def above(self, iri: str) -> frozenset[str]:
        """All that a concept lies in or belongs to, at any distance, without itself."""
        node = NamedNode(iri)
        quads = (quad for predicate in _UPWARD for quad in self._store.quads_for_pattern(node, predicate, None))
        return frozenset(_iris(quad.object for quad in quads)) - {iri}

    def below(self, iri: str) -> frozenset[str]:
        """All that lies in a concept or belongs to it, at any distance, without itself."""
        node = NamedNode(iri)
        quads = (quad for predicate in _UPWARD for quad in self._store.quads_for_pattern(None, predicate, node))
        return frozenset(_iris(quad.subject for quad in quads)) - {iri}


def _iris(terms: Iterable[object]) -> Iterable[str]:
    return (term.value for term in terms if isinstance(term, NamedNode))
