"""Styles and scripts of the pages, read once and named by their content, so that browsers may keep them for good.

The style sheets are ours and need no build: a page is readable where the scripts were not built (``hatch_build.py``).
"""

from __future__ import annotations

import gzip
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from kg.errors import NotFoundError
from kg.identifiers import sha256

_TYPES: Final = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".txt": "text/plain"}
_STYLE: Final = "site.css"
_FOR_GOOD: Final = "public, max-age=31536000, immutable"


def static_folder() -> Path:
    """Where the bundles lie; it does not exist where the package was built without npm."""
    return Path(str(files("search_api"))) / "static"


def _style() -> bytes:
    folder = Path(str(files("search_api.web"))) / "style"
    return b"".join(path.read_bytes() for path in sorted(folder.glob("*.css")))


class Assets:
    """All files below ``/static``, held in memory with a compressed copy of each."""

    @cached_property
    def _files(self) -> dict[str, bytes]:
        folder = static_folder()
        built = {path.name: path.read_bytes() for path in sorted(folder.glob("*")) if path.suffix in _TYPES}
        return {**built, _STYLE: _style()}

    @cached_property
    def _compressed(self) -> dict[str, bytes]:
        return {name: gzip.compress(content, mtime=0) for name, content in self._files.items()}

    @cached_property
    def _marks(self) -> dict[str, str]:
        return {name: sha256(content)[:12] for name, content in self._files.items()}

    def has(self, name: str) -> bool:
        """Whether a file is there."""
        return name in self._files

    def url(self, name: str) -> str:
        """The address of a file, which changes with its content."""
        return f"/static/{name}?v={self._marks[name]}"

    def response(self, name: str, request: Request) -> Response:
        """A file. Raises NotFoundError."""
        if name not in self._files:
            raise NotFoundError(f"there is no file /static/{name}")
        packed = "gzip" in request.headers.get("accept-encoding", "")
        named = request.query_params.get("v") == self._marks[name]
        headers = {
            "Cache-Control": _FOR_GOOD if named else "no-cache",
            "ETag": f'"{self._marks[name]}"',
            "Vary": "Accept-Encoding",
            "X-Content-Type-Options": "nosniff",
        }
        if request.headers.get("if-none-match") == headers["ETag"]:
            return Response(status_code=304, headers=headers)
        content = self._compressed[name] if packed else self._files[name]
        encoding = {"Content-Encoding": "gzip"} if packed else {}
        return Response(content, media_type=_TYPES[Path(name).suffix], headers=headers | encoding)


def router(assets: Assets) -> APIRouter:
    """The files below ``/static``."""
    made = APIRouter()

    @made.get("/static/{name}", include_in_schema=False)
    def static(name: str, request: Request) -> Response:
        return assets.response(name, request)

    return made
