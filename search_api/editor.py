"""The SPARQL editor's page and the bundled scripts of pages, which are built with the package (``hatch_build.py``)."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Final

from fastapi import APIRouter
from starlette.responses import FileResponse, HTMLResponse, Response

from kg.errors import NotFoundError
from search_api.rendering import Renderer

# What the bundle may do: run itself, style itself, ask this server, show its own pictures.
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; "
    "img-src 'self' data:; font-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_SCRIPT: Final = "sparql-editor.js"
_TYPES: Final = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".txt": "text/plain"}


def static_folder() -> Path:
    """Where the bundles lie; it does not exist where the package was built without npm."""
    return Path(str(files("search_api"))) / "static"


def router(renderer: Renderer) -> APIRouter:
    """The editor's page at ``/sparql/editor`` and the files below ``/static``."""
    made = APIRouter()

    @made.get("/sparql/editor", include_in_schema=False)
    def editor() -> HTMLResponse:
        page = renderer.page("editor.html", {"built": (static_folder() / _SCRIPT).is_file()})
        page.headers["Content-Security-Policy"] = _POLICY
        return page

    @made.get("/static/{name}", include_in_schema=False)
    def static(name: str) -> Response:
        path = static_folder() / name
        if path.suffix not in _TYPES or path.parent != static_folder() or not path.is_file():
            raise NotFoundError(f"there is no file /static/{name}")
        return FileResponse(path, media_type=_TYPES[path.suffix], headers={"Cache-Control": "no-cache"})

    return made
