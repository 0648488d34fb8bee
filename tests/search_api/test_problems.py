"""Every failure of an application is problem+json, with the status that its class stands for."""

from __future__ import annotations

import pytest
from fastapi import FastAPI, HTTPException
from fastapi.testclient import TestClient

from kg.errors import MisuseError, ModelError, NotFoundError, PolicyweaveError, QueryError, SnapshotError
from search_api import problems


def _client(error: Exception) -> TestClient:
    app = FastAPI()
    problems.install(app)

    @app.get("/fail")
    def fail(number: int = 0) -> None:
        raise error

    return TestClient(app, raise_server_exceptions=False)


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (MisuseError("k is too large"), 400),
        (QueryError("refused", 2, 3), 400),
        (NotFoundError("no such passage"), 404),
        (SnapshotError("no snapshot"), 503),
        (ModelError("another model"), 503),
        (PolicyweaveError("something"), 500),
        (HTTPException(418, "teapot"), 418),
    ],
)
def test_failures_keep_their_message(error: Exception, status: int) -> None:
    answer = _client(error).get("/fail")
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert answer.json()["status"] == status
    assert answer.json()["detail"] in {str(error), getattr(error, "detail", None)}


def test_places_are_members() -> None:
    body = _client(QueryError("refused", 2, 3)).get("/fail").json()
    assert (body["line"], body["column"]) == (2, 3)
    assert "hint" not in body


def test_the_unexpected_says_nothing_about_the_inside() -> None:
    answer = _client(RuntimeError("secret path")).get("/fail")
    assert answer.status_code == 500
    assert "secret" not in answer.text


def test_invalid_parameters_and_unknown_routes() -> None:
    client = _client(MisuseError("x"))
    invalid = client.get("/fail?number=many")
    assert invalid.status_code == 422
    assert "number" in invalid.json()["detail"]
    assert client.get("/nowhere").json()["title"] == "Not Found"
