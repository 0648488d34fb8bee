"""A published snapshot as a read-only rdflib graph, for scripts and notebooks: queries run in Oxigraph, on disk."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

from oxrdflib import OxigraphStore
from rdflib import Dataset, Graph
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

from kg.errors import MisuseError
from kg.graph.store import open_read_only
from kg.graph.terms import PREFIXES
from kg.snapshot import open_snapshot


def _refuse(*_arguments: object, **_named: object) -> NoReturn:
    raise MisuseError("a published snapshot is read-only: copy what you want to change into a graph of your own")


class _ReadOnlyStore(OxigraphStore):
    """A store of rdflib that is read and never written."""

    add = remove = update = remove_graph = _refuse
    addN = _refuse  # noqa: N815 - rdflib's name

    def add_graph(self, graph: Graph) -> None:
        """Do nothing: rdflib announces each graph that it makes, also to read it."""


def open_graph(data: Path) -> Graph:
    """All triples of the live snapshot of a data folder, with the usual prefixes bound.

    >>> open_graph(Path("no such folder"))
    Traceback (most recent call last):
    ...
    kg.errors.SnapshotError: there is no knowledge base in no such folder: run 'policyweave ingest PATH' to build one
    """
    return _bound(Graph(store=_store(data), identifier=DATASET_DEFAULT_GRAPH_ID))


def open_dataset(data: Path) -> Dataset:
    """The same as a dataset, whose default graph holds all triples."""
    dataset = Dataset(store=_store(data))
    _bound(dataset)
    return dataset


def _store(data: Path) -> _ReadOnlyStore:
    return _ReadOnlyStore(store=open_read_only(open_snapshot(data).graph_path))


def _bound(graph: Graph) -> Graph:
    for prefix, base in PREFIXES.items():
        graph.bind(prefix, base)
    return graph
