"""What the graph says of one thing: its own triples, what leads to it, and labels to show both with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from pyoxigraph import Literal, NamedNode, Store, Triple

from kg.graph.terms import LABEL, OA, string

# Triples. A country or a common theme has thousands of things that lead to it; a query finds them all.
MOST_INCOMING: Final = 500
_SELECTOR: Final = OA("hasSelector")
_SOURCE: Final = OA("hasSource")


@dataclass(frozen=True, slots=True)
class Description:
    """What is known of ``about``, and labels of other things; ``more`` tells that not all that leads to it is here."""

    about: NamedNode
    own: Sequence[Triple]
    incoming: Sequence[Triple]
    labels: Mapping[str, str]
    more: bool

    def triples(self) -> list[Triple]:
        """All of it, labels of other things included, each triple once."""
        named = [Triple(NamedNode(iri), LABEL, string(label)) for iri, label in self.labels.items()]
        return list(dict.fromkeys([*self.own, *self.incoming, *named]))


def find(store: Store, path: str, bases: Iterable[str]) -> NamedNode | None:
    """The thing of the graph whose IRI is one of ``bases`` followed by ``path``."""
    for base in dict.fromkeys(bases):
        try:
            node = NamedNode(base + path)
        except ValueError:
            continue
        if next(store.quads_for_pattern(node, None, None), None) is not None:
            return node
    return None


def describe(store: Store, about: NamedNode) -> Description:
    """What the graph says of ``about``: a document comes with its evidence, evidence with its selectors.

    Evidence, positions and quotes are fragments of a document's IRI, so whoever follows one asks for the document.
    """
    own = list(_of(store, about))
    leading = [quad.triple for quad in islice(store.quads_for_pattern(None, None, about), MOST_INCOMING + 1)]
    incoming = leading[:MOST_INCOMING]
    for evidence in store.quads_for_pattern(None, _SOURCE, about):
        for triple in _of(store, evidence.subject):
            own.append(triple)
            if triple.predicate == _SELECTOR:
                own += _of(store, triple.object)
    named = {term.value for triple in (*own, *incoming) for term in triple if isinstance(term, NamedNode)}
    labels = {iri: label for iri in sorted(named - {about.value}) if (label := label_of(store, iri)) is not None}
    return Description(
        about, sorted(set(own), key=str), sorted(incoming, key=str), labels, len(leading) > len(incoming)
    )


def label_of(store: Store, iri: str) -> str | None:
    """The display label of a thing."""
    found = store.quads_for_pattern(NamedNode(iri), LABEL, None)
    labels = sorted(quad.object.value for quad in found if isinstance(quad.object, Literal))
    return labels[0] if labels else None


def _of(store: Store, subject: object) -> Iterator[Triple]:
    if isinstance(subject, NamedNode):
        yield from (quad.triple for quad in store.quads_for_pattern(subject, None, None))
