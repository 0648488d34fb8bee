"""The store on disk: written once, opened many times without a change to any file, exported in one order."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from kg.errors import MisuseError, SnapshotError
from kg.graph import export
from kg.graph.store import open_read_only, write


def _triples(count: int = 50) -> list[Triple]:
    node = NamedNode("https://example.org/p")
    return [Triple(NamedNode(f"https://example.org/{i}"), node, Literal(f"line\n\x0c{i}")) for i in range(count)]


def _hashes(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def test_reading_changes_no_file(tmp_path: Path) -> None:
    assert write(tmp_path / "graph", [*_triples(), *_triples()]) == 50
    before = _hashes(tmp_path / "graph")
    stores = [open_read_only(tmp_path / "graph") for _ in range(2)]
    assert [len(list(store.query("SELECT * { ?s ?p ?o }"))) for store in stores] == [50, 50]
    del stores
    assert _hashes(tmp_path / "graph") == before
    assert not {"LOG", "LOCK"} & before.keys()


def test_a_moved_store_opens(tmp_path: Path) -> None:
    write(tmp_path / "graph", _triples())
    (tmp_path / "graph").rename(tmp_path / "elsewhere")
    assert len(open_read_only(tmp_path / "elsewhere")) == 50


def test_an_empty_graph_can_be_written(tmp_path: Path) -> None:
    assert write(tmp_path / "graph", []) == 0
    assert len(open_read_only(tmp_path / "graph")) == 0


def test_a_folder_with_content_is_not_written_to(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(SnapshotError, match="not empty"):
        write(tmp_path, _triples())


def test_no_store_is_told(tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match="policyweave ingest"):
        open_read_only(tmp_path)


def test_a_damaged_store_is_told(tmp_path: Path) -> None:
    write(tmp_path / "graph", _triples())
    for path in (tmp_path / "graph").glob("MANIFEST-*"):
        path.write_bytes(b"damaged")
    with pytest.raises(SnapshotError, match="damaged"):
        open_read_only(tmp_path / "graph")


def test_ntriples_are_the_same_whatever_the_order(tmp_path: Path) -> None:
    write(tmp_path / "one", _triples())
    write(tmp_path / "two", _triples()[::-1])
    one, two = (b"".join(export.ntriples(open_read_only(tmp_path / name))) for name in ("one", "two"))
    assert one == two
    assert [quad.triple for quad in parse(one, format=RdfFormat.N_TRIPLES)] == sorted(_triples(), key=str)


@pytest.mark.parametrize("syntax", sorted(set(export.FORMATS) - {"rdf"}))
def test_other_syntaxes_hold_the_same_triples(tmp_path: Path, syntax: str) -> None:
    write(tmp_path / "graph", _triples())
    output = io.BytesIO()
    export.write(open_read_only(tmp_path / "graph"), output, syntax)
    assert {quad.triple for quad in parse(output.getvalue(), format=export.FORMATS[syntax])} == set(_triples())


def test_an_unknown_syntax_is_misuse(tmp_path: Path) -> None:
    write(tmp_path / "graph", _triples())
    with pytest.raises(MisuseError, match="nt, nq, ttl"):
        export.write(open_read_only(tmp_path / "graph"), io.BytesIO(), "doc")
