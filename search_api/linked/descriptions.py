"""What the graph says of one thing: its own triples, what leads to it, and labels to show both with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from pyoxigraph import Literal, NamedNode, Store, Triple

from kg.graph.terms import DCTERMS, LABEL, OA

# Triples. A country or a common theme has thousands of things that lead to it; a query finds them all.
MOST_INCOMING: Final = 500
_SELECTOR: Final = OA("hasSelector")
_SOURCE: Final = OA("hasSource")
# Things carry one display label; papers have titles instead.
_NAMING: Final = (LABEL, DCTERMS("title"))


@dataclass(frozen=True, slots=True)
class Description:
    """What is known of ``about``, and what other things are called; ``more``: not all that leads to it is here."""

    about: NamedNode
    own: Sequence[Triple]
    incoming: Sequence[Triple]
    names: Sequence[Triple]
    more: bool

    def triples(self) -> list[Triple]:
        """All of it, each triple once."""
        return list(dict.fromkeys([*self.own, *self.incoming, *self.names]))

    def labels(self) -> Mapping[str, str]:
        """Names to display, by IRI."""
        own = [triple for triple in self.own if triple.subject == self.about and triple.predicate in _NAMING]
        pairs = ((triple.subject, triple.object) for triple in (*own, *self.names))
        return {s.value: o.value for s, o in pairs if isinstance(s, NamedNode) and isinstance(o, Literal)}


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
    names = [
        quad.triple
        for iri in sorted(named - {about.value})
        for naming in _NAMING
        for quad in store.quads_for_pattern(NamedNode(iri), naming, None)
    ]
    return Description(about, sorted(set(own), key=str), sorted(incoming, key=str), names, len(leading) > len(incoming))


def _of(store: Store, subject: object) -> Iterator[Triple]:
    if isinstance(subject, NamedNode):
        yield from (quad.triple for quad in store.quads_for_pattern(subject, None, None))
