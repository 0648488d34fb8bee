"""The SPARQL editor's page; its script is built with the package (``hatch_build.py``)."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from search_api.rendering import POLICY, Renderer

SCRIPT: Final = "sparql-editor.js"
# The editor styles itself as it runs and brings its own letters and pictures.
_POLICY: Final = POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'") + "; font-src 'self' data:"


def router(renderer: Renderer) -> APIRouter:
    """The editor's page at ``/sparql/editor``."""
    made = APIRouter()

    @made.get("/sparql/editor", include_in_schema=False)
    def editor(request: Request) -> HTMLResponse:
        page = renderer.page(request, "editor.html", {"built": renderer.assets.has(SCRIPT)})
        page.headers["Content-Security-Policy"] = _POLICY
        return page

    return made
