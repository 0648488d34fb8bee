"""The graph of one snapshot, as whatever reads it sees it: a folder on this machine or a graph on a SPARQL server.

Two implementations: ``kg.graph.embedded`` and ``kg.graph.remote``; ``opened`` chooses. One contract holds for both
(``tests/kg/graph``): the same query over the same triples gives the same result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples, Triple

from kg.graph.server import Place

T = TypeVar("T")

Result = QueryBoolean | QuerySolutions | QueryTriples | Iterable[Triple]


class NotHeldError(Exception):
    """A request names a graph that is not there; the message is its IRI."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs that a query is put to, by name; the empty name is the default graph."""

    default: tuple[str, ...] = ("",)
    named: tuple[str, ...] = ()


class Graph(Protocol):
    """The triples of one snapshot, read-only. The usual prefixes (``kg.graph.terms``) need no declaration.

    ``use`` is called once and takes the result as it comes: what it iterates over ends with the call.
    """

    def query(self, text: str, use: Callable[[Result], T], dataset: Dataset | None = None) -> T:
        """What ``use`` makes of the result of a query; ``dataset`` wins over what the query names itself.

        Raises SyntaxError (the query cannot be parsed), ValueError or RuntimeError (a function that nobody knows),
        NotHeldError, and GraphServerError where a server fails.
        """
        ...

    def dump(self, use: Callable[[Iterable[Triple]], T], name: str = "") -> T:
        """What ``use`` makes of all triples of one graph, by name. Raises NotHeldError, GraphServerError."""
        ...


def opened(place: Path | Place) -> Graph:
    """The graph at a place: a folder that ``kg.graph.store`` wrote, or one that ``kg.graph.upload`` sent to a server.

    Raises OSError, RuntimeError where a folder holds none.
    """
    if isinstance(place, Path):
        from kg.graph.embedded import EmbeddedGraph

        return EmbeddedGraph(place)
    from kg.graph.remote import RemoteGraph

    return RemoteGraph(place)
