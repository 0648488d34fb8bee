"""Every query of the page for analysts runs and gives rows."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient

PAGE = (Path(__file__).parents[3] / "docs" / "sparql.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"```sparql\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("query", QUERIES)
def test_a_documented_query_gives_rows(client: TestClient, query: str) -> None:
    answer: httpx.Response = client.get("/sparql", params={"query": query, "format": "json"})
    assert answer.status_code == 200, answer.text
    assert answer.json()["results"]["bindings"]


def test_the_page_shows_queries() -> None:
    assert len(QUERIES) >= 6
