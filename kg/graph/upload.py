"""A snapshot's graph on its way to a SPARQL server: in blocks, and nobody reads it before it is whole.

The order is what makes it safe. A graph is named in the registry before its first triple arrives and marked whole after
the server has counted the last one; readers ask for whole ones only, each by its name. So a crash at any moment leaves
what is read as it was, and the next upload removes what a dead one left.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from pyoxigraph import BlankNode, Triple

from kg.errors import GraphServerError, SnapshotError
from kg.graph import registry
from kg.graph.http import Connection, refuse_cut
from kg.graph.server import Server

# Virtuoso compiles an update to code, of which it takes 10,000 lines.
_BLOCK_TRIPLES: Final = 1000
_BLOCK_CHARACTERS: Final = 500_000


def upload(
    server: Server, snapshot: str, triples: Iterable[Triple], keep: Collection[str] = (), rows: int = 100_000
) -> int:
    """Send a graph; how many triples it has. One that is there already is not sent again.

    Of what this program sent to the server before, only the snapshots in ``keep`` stay. ``triples`` may not repeat.
    A server that cuts results of ``rows`` rows is refused: it would not always say so.
    Raises GraphServerError; SnapshotError for blank nodes, which would not be the same node in two blocks.
    """
    with Connection(server) as connection:
        known = registry.listed(connection)
        for old in sorted(known.keys() - {snapshot, *keep}):
            registry.remove(connection, old)
        size = known.get(snapshot)
        if size is not None and size == registry.size_of(connection, snapshot):
            return size
        if snapshot in known:
            registry.remove(connection, snapshot)
        registry.begin(connection, snapshot)
        sent = _send(connection, snapshot, triples)
        held = registry.size_of(connection, snapshot)
        if held != sent:
            raise GraphServerError(
                f"{server.update_url} took {sent} triples, but {server.query_url} has {held} of them: see that both "
                "are the same server, and try again"
            )
        _refuse_cutting(connection, snapshot, rows)
        registry.finish(connection, snapshot, sent)
        return sent


def _refuse_cutting(connection: Connection, snapshot: str, rows: int) -> None:
    """Raise GraphServerError where the answer to a query with one row too many is announced as a part of it."""
    query = f"SELECT ?a ?b {{ ?a ?p ?x . ?b ?q ?y }} LIMIT {rows + 1}"
    with connection.query(query, connection.server.graph(snapshot), registry.ROWS) as answer:
        refuse_cut(answer)


def _send(connection: Connection, snapshot: str, triples: Iterable[Triple]) -> int:
    graph, sent = connection.server.graph(snapshot), 0
    for block in _blocks(triples):
        connection.update(f"INSERT DATA {{ GRAPH <{graph}> {{\n" + "\n".join(block) + "\n} }")
        sent += len(block)
    return sent


def _blocks(triples: Iterable[Triple]) -> Iterator[list[str]]:
    block: list[str] = []
    size = 0
    for triple in triples:
        if isinstance(triple.subject, BlankNode) or isinstance(triple.object, BlankNode):
            raise SnapshotError(f"a blank node cannot be sent to a graph server: {triple}. Give it an IRI")
        line = f"{triple} ."
        if block and (len(block) == _BLOCK_TRIPLES or size + len(line) > _BLOCK_CHARACTERS):
            yield block
            block, size = [], 0
        block.append(line)
        size += len(line)
    if block:
        yield block
