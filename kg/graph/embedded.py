"""The graph of a snapshot in its own folder, evaluated in this process by Oxigraph."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

from pyoxigraph import DefaultGraph, NamedNode, Store, Triple

from kg.graph.port import Dataset, NotHeldError, Result
from kg.graph.terms import PREFIXES

T = TypeVar("T")


class EmbeddedGraph:
    """A store that ``kg.graph.store`` wrote; it stays open. Raises OSError or RuntimeError where there is none."""

    def __init__(self, path: Path) -> None:
        self._store = Store.read_only(str(path))
        self._prefixes = dict(PREFIXES)

    def query(self, text: str, use: Callable[[Result], T], dataset: Dataset | None = None) -> T:
        """See ``kg.graph.port.Graph``."""
        among = {} if dataset is None else self._among(dataset)
        return use(self._store.query(text, prefixes=self._prefixes, **among))

    def dump(self, use: Callable[[Iterable[Triple]], T], name: str = "") -> T:
        """See ``kg.graph.port.Graph``; holds one triple at a time."""
        graph = self._held(name)
        return use(quad.triple for quad in self._store.quads_for_pattern(None, None, None, graph))

    def _among(self, dataset: Dataset) -> dict[str, Any]:
        """Both arguments, always: Oxigraph would fill a missing one from the query's own FROM and FROM NAMED."""
        return {
            "default_graph": [self._held(name) for name in dataset.default],
            "named_graphs": [self._held(name) for name in dataset.named],
        }

    def _held(self, name: str) -> NamedNode | DefaultGraph:
        if not name:
            return DefaultGraph()
        graph = NamedNode(name)
        if not self._store.contains_named_graph(graph):
            raise NotHeldError(name)
        return graph
