"""Where linked data comes from: the graph of the live snapshot, and the vocabularies as published."""

from __future__ import annotations

import threading
from collections.abc import Callable

from pyoxigraph import Store

from kg.errors import NotFoundError
from kg.graph.store import open_read_only
from kg.identifiers import VOCABULARY
from kg.settings import Settings
from kg.snapshot import Snapshot
from search_api.linked.dataset import dataset
from search_api.linked.descriptions import Description, describe, find
from search_api.linked.syntaxes import serialized
from search_api.linked.vocabularies import published, stored_nowhere


class Graphs:
    """The store of the live snapshot, opened once a snapshot. May be used from several threads."""

    def __init__(self, snapshot: Callable[[], Snapshot]) -> None:
        self._snapshot = snapshot
        self._lock = threading.Lock()
        self._open: tuple[str, Store] | None = None

    def live(self) -> tuple[str, Store]:
        """Id of the live snapshot and its graph. Raises SnapshotError where there is none."""
        snapshot = self._snapshot()
        with self._lock:
            if self._open is None or self._open[0] != snapshot.id:
                self._open = snapshot.id, open_read_only(snapshot.graph_path)
            return self._open


class LinkedData:
    """What the routes need: the graph, the bases below which its IRIs lie, and where clients reach this server."""

    def __init__(self, graphs: Graphs, settings: Settings) -> None:
        self._graphs = graphs
        self._bases = (VOCABULARY, settings.base_iri)
        self.public_url = settings.public_url
        self.base_iri = settings.base_iri

    def description(self, path: str) -> Description:
        """What is known of the thing whose IRI ends in ``path``. Raises NotFoundError."""
        _, store = self._graphs.live()
        node = find(store, path, self._bases)
        if node is not None:
            return describe(store, node)
        if own := stored_nowhere(path):
            return Description(own[0].subject, own, (), (), False)  # type: ignore[arg-type]
        raise NotFoundError(f"the knowledge base holds nothing called {path}: search at /search or list at /queries")

    def known(self, path: str) -> bool:
        """Whether something of that name can be described."""
        _, store = self._graphs.live()
        return path in published() or find(store, path, self._bases) is not None or bool(stored_nowhere(path))

    def data(self, path: str, syntax: str) -> bytes:
        """Triples about a thing, or a whole vocabulary. Raises NotFoundError."""
        vocabulary = published().get(path)
        if vocabulary is not None and syntax == "ttl":
            return vocabulary.path.read_bytes()
        triples = vocabulary.triples() if vocabulary is not None else self.description(path).triples()
        return serialized(triples, syntax, f"{self.public_url}/context.jsonld")

    def dataset(self, syntax: str) -> bytes:
        """VoID and DCAT."""
        snapshot, store = self._graphs.live()
        found = dataset(store, snapshot, self.public_url, self.base_iri)
        return serialized(found, syntax, f"{self.public_url}/context.jsonld")

    def local(self, iri: str) -> str | None:
        """The path below ``/id/`` of an IRI that this server describes."""
        for base in self._bases:
            if iri.startswith(base):
                return iri.removeprefix(base).partition("#")[0]
        return None
