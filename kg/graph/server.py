"""A SPARQL 1.1 server that holds the graphs of snapshots: where it is and what they are called there.

Each snapshot has a named graph of its own, ``BASE/snapshot/ID``; queries are sent with that graph as their default
graph. Which of them are whole says a further graph, ``BASE/snapshot``. Nothing here opens a connection.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

from kg.settings import Settings

NOWHERE: Final = "urn:x-policyweave:no-graph"
_REGISTRY: Final = "snapshot"


@dataclass(frozen=True, slots=True)
class Server:
    """The URLs for queries and for updates, the name and password for a server that asks for them, the base IRI."""

    query_url: str
    update_url: str
    base: str
    user: str = ""
    password: str = field(default="", repr=False)

    @property
    def registry(self) -> str:
        """The graph that says which snapshots are whole."""
        return self.base + _REGISTRY

    def graph(self, snapshot: str) -> str:
        """The graph of a snapshot."""
        return f"{self.registry}/{snapshot}"

    def snapshot(self, graph: str) -> str:
        """The snapshot whose graph this is."""
        return graph.removeprefix(f"{self.registry}/")


@dataclass(frozen=True, slots=True)
class Place:
    """Where the graph of one snapshot lies on a server."""

    server: Server
    snapshot: str

    @property
    def graph(self) -> str:
        """The IRI of the graph."""
        return self.server.graph(self.snapshot)

    def as_json(self) -> dict[str, object]:
        """What ``place_from_json`` reads."""
        return {"server": asdict(self.server), "snapshot": self.snapshot}


def place_from_json(value: Mapping[str, dict[str, str]]) -> Place:
    """The place that ``Place.as_json`` wrote."""
    return Place(Server(**value["server"]), str(value["snapshot"]))


def server_of(settings: Settings) -> Server | None:
    """The server that settings name; None where the graph stays in the data folder alone."""
    if not settings.graph_url:
        return None
    return Server(
        query_url=settings.graph_url,
        update_url=settings.graph_update_url or settings.graph_url,
        base=settings.base_iri,
        user=settings.graph_user,
        password=settings.graph_password.get_secret_value(),
    )


def place_of(settings: Settings, snapshot: str, folder: Path) -> Path | Place:
    """Where queries find the graph of a snapshot: on the server of the settings, else in its ``folder``."""
    server = server_of(settings)
    return folder if server is None else Place(server, snapshot)
