"""The SPARQL editor in a real browser, asking nobody but this server; and the page where it was not built."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from kg.settings import Settings
from search_api.app import create_app
from search_api.web import assets

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
BUILT = (assets.static_folder() / "sparql-editor.js").is_file()
needs_build = pytest.mark.skipif(not BUILT, reason="the editor was not built: npm was missing or failed")


@needs_build
@pytest.mark.skipif(CHROMIUM is None, reason="needs chromium")
def test_the_editor_opens_with_a_saved_query(
    served: Settings, running: Callable[[FastAPI], AbstractContextManager[str]], tmp_path: Path
) -> None:
    with running(create_app(served)) as url:
        shown = subprocess.run(
            [
                *(str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"),
                *(f"--user-data-dir={tmp_path}", "--virtual-time-budget=20000", "--enable-logging=stderr"),
                *("--dump-dom", f"{url}/sparql/editor?name=measures-in-regions"),
            ],
            capture_output=True,
            text=True,
            timeout=120,
            check=True,
        )
    assert "CodeMirror" in shown.stdout
    assert "measures-in-regions" in shown.stdout
    assert shown.stdout.count("<option") > 20
    assert "Content Security Policy" not in shown.stderr
    assert "Uncaught" not in shown.stderr


@needs_build
def test_bundles_are_served_with_their_licences(client: TestClient) -> None:
    assert client.get("/static/sparql-editor.js").headers["content-type"].startswith("text/javascript")
    assert client.get("/static/sparql-editor.css").status_code == 200
    assert "@zazuko/yasgui" in client.get("/static/licences.txt").text


@needs_build
def test_the_page_lets_its_script_ask_this_server_only(client: TestClient) -> None:
    page = client.get("/sparql/editor")
    policy = page.headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "connect-src 'self';" in policy
    assert "https:" not in policy
    assert "<noscript>" in page.text


def test_a_package_without_the_editor_says_so(
    served: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(assets, "static_folder", lambda: tmp_path)
    with TestClient(create_app(served)) as client:
        page = client.get("/sparql/editor")
        assert page.status_code == 200
        assert "install Node" in page.text
        assert "<script" not in page.text
        assert client.get("/static/site.css").status_code == 200
        assert client.get("/static/sparql-editor.js").status_code == 404


@pytest.mark.parametrize("name", ["..%2Feditor.py", "nothing.js", "__init__.py"])
def test_only_bundles_are_given(client: TestClient, name: str) -> None:
    assert client.get(f"/static/{name}").status_code == 404
