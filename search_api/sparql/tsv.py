"""Rows that a worker wrote as TSV, read back as terms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

Row = Mapping[str, NamedNode | Literal]


def rows(tsv: bytes) -> Iterator[Row]:
    """Each row by name, without the variables that it leaves unbound."""
    # A row in which the only variable is unbound is an empty line.
    head, *lines = tsv.decode().removesuffix("\n").split("\n")
    names = [name[1:] for name in head.split("\t")]
    for line in lines:
        cells = zip(names, line.split("\t"), strict=True)
        yield {name: term for name, cell in cells if (term := _term(cell)) is not None}


def _term(cell: str) -> NamedNode | Literal | None:
    if cell.startswith("<"):
        return NamedNode(cell[1:-1])
    if not cell.startswith('"'):
        # Blank nodes are never found by a search, and cannot be named in another query.
        return NamedNode("urn:x-policyweave:blank") if cell else None
    found = next(iter(parse(f"<a:a> <a:b> {cell} .", RdfFormat.N_TRIPLES))).object
    assert isinstance(found, Literal)
    return found
