"""The SHACL report over HTTP: negotiated, made once a snapshot, stopped in time, and right about a broken graph."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from pyoxigraph import Quad, Store

from kg.errors import SnapshotError
from kg.graph.terms import PW
from kg.settings import Settings
from kg.snapshot import open_snapshot
from search_api.app import create_app
from search_api.linked.validation import Validator

PATH = "/dataset/validation"


@pytest.fixture(scope="module")
def client(served: Settings) -> Iterator[TestClient]:
    with TestClient(create_app(served)) as made:
        yield made


@pytest.mark.parametrize(
    ("accept", "given"),
    [
        (None, "text/turtle; charset=utf-8"),
        ("text/turtle", "text/turtle; charset=utf-8"),
        ("application/json", "application/json"),
        ("text/plain", "text/plain; charset=utf-8"),
    ],
)
def test_the_client_chooses_the_form(client: TestClient, accept: str | None, given: str) -> None:
    answer = client.get(PATH, headers={"accept": accept} if accept else {"accept": "*/*"})
    assert (answer.status_code, answer.headers["content-type"]) == (200, given), answer.text
    assert "conforms" in answer.text
    assert client.head(PATH).status_code == 200


def test_other_forms_are_refused(client: TestClient) -> None:
    answer = client.get(PATH, headers={"accept": "image/png"})
    assert (answer.status_code, "text/turtle" in answer.json()["detail"]) == (406, True)


def test_a_broken_graph_is_reported_once(served: Settings, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(served.data, data, symlinks=True)
    snapshot = open_snapshot(data)
    _without_evidence(snapshot.graph_path)
    validator = Validator(lambda: snapshot, 120)

    async def twice() -> tuple[str, str]:
        _, made = await validator.report("application/json")
        shutil.rmtree(snapshot.graph_path)
        _, kept = await validator.report("application/json")
        return made, kept

    made, kept = asyncio.run(twice())
    assert made == kept
    report = json.loads(made)
    assert report["conforms"] is False
    assert any("evidence" in result["message"] for result in report["results"])


def test_a_missing_graph_is_told(served: Settings, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(served.data, data, symlinks=True)
    snapshot = open_snapshot(data)
    shutil.rmtree(snapshot.graph_path)
    with pytest.raises(SnapshotError, match="policyweave verify"):
        asyncio.run(Validator(lambda: snapshot, 120).report(None))


def test_a_check_that_takes_too_long_is_stopped(served: Settings) -> None:
    with TestClient(create_app(served.model_copy(update={"validation_timeout": 0.05}))) as client:
        answer = client.get(PATH)
    assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (504, "query-timeout")
    assert "policyweave validate" in answer.json()["detail"]


def _without_evidence(graph: Path) -> None:
    store = Store(str(graph))
    for quad in [*store.quads_for_pattern(None, PW("evidence"), None)]:
        store.remove(Quad(quad.subject, quad.predicate, quad.object))
    store.flush()
