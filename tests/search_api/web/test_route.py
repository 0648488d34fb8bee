"""Who gets a page and who gets data at the same address, and what a page looks like to whom."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from kg.settings import Settings
from search_api.app import create_app

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize("path", ["/documents", "/search?q=timber"])
@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        (BROWSER, "text/html"),
        ("application/json", "application/json"),
        ("*/*", "application/json"),
        ("application/json, text/html;q=0.5", "application/json"),
    ],
)
def test_the_accept_header_decides(client: TestClient, path: str, accept: str, kind: str) -> None:
    assert client.get(path, headers={"accept": accept}).headers["content-type"].startswith(kind)


def test_a_format_in_the_address_wins(client: TestClient) -> None:
    response = client.get("/search?q=timber&format=json", headers={"accept": BROWSER})
    assert response.json()["hits"]
    assert client.get("/ask?q=timber&format=json", headers={"accept": BROWSER}).json()["passages"]
    assert client.post("/ask", json={"question": "timber"}, headers={"accept": BROWSER}).json()["passages"]


def test_failures_are_pages_for_browsers(client: TestClient) -> None:
    for path, status in [("/nothing", 404), ("/documents/none", 404), ("/search?q=x&region=Atlantis", 422)]:
        page = client.get(path, headers={"accept": BROWSER})
        assert (page.status_code, page.headers["content-type"]) == (status, "text/html; charset=utf-8")
        assert '<p class="over">' in page.text
        data = client.get(path, headers={"accept": "application/json"})
        assert (data.status_code, data.headers["content-type"]) == (status, "application/problem+json")


def test_without_a_knowledge_base_the_start_page_says_what_to_do(settings_for: type[Settings], tmp_path: str) -> None:
    with TestClient(create_app(settings_for(tmp_path))) as client:
        page = client.get("/", headers={"accept": BROWSER})
        assert page.status_code == 200
        assert "policyweave ingest" in page.text
        assert client.get("/documents", headers={"accept": BROWSER}).status_code == 503


@pytest.mark.parametrize(
    ("headers", "query", "language"),
    [
        ({}, "", "en"),
        ({"accept-language": "zh-CN,zh;q=0.9,en;q=0.8"}, "", "zh"),
        ({"accept-language": "fr, en;q=0.3, zh;q=0.2"}, "", "en"),
        ({"accept-language": "zh;q=broken"}, "", "en"),
        ({"accept-language": "zh"}, "?lang=en", "en"),
        ({"cookie": "lang=zh"}, "", "zh"),
        ({"cookie": "lang=zh"}, "?lang=en", "en"),
        ({"cookie": "lang=xx"}, "?lang=yy", "en"),
    ],
)
def test_the_language_is_chosen(client: TestClient, headers: dict[str, str], query: str, language: str) -> None:
    client.cookies.clear()
    page = client.get(f"/{query}", headers={"accept": BROWSER, **headers})
    client.cookies.clear()
    assert f'<html lang="{language}"' in page.text


def test_colours_are_remembered(client: TestClient) -> None:
    page = client.get("/?colours=dark")
    assert 'data-theme="dark"' in page.text
    assert "colours=dark" in page.headers["set-cookie"]
    assert 'data-theme="dark"' in client.get("/").text
    client.cookies.clear()
    assert 'data-theme="auto"' in client.get("/").text


def test_styles_and_scripts_are_kept_for_good_by_their_content(client: TestClient) -> None:
    named = client.get("/").text.split('rel="stylesheet" href="')[1].split('"')[0]
    style = client.get(named)
    assert "immutable" in style.headers["cache-control"]
    assert client.get(named, headers={"if-none-match": style.headers["etag"]}).status_code == 304
    assert "immutable" not in client.get("/static/site.css").headers["cache-control"]
    assert client.get("/static/site.css?v=other").headers["cache-control"] == "no-cache"
