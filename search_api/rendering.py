"""Templates to pages: one environment, and the headers that keep a page from loading or sending anything elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.responses import HTMLResponse

_HEADERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Vary": "Accept",
    }
)


class Renderer:
    """Makes pages from the templates of this package."""

    def __init__(self) -> None:
        self._templates = Environment(
            loader=PackageLoader("search_api"), autoescape=select_autoescape(), undefined=StrictUndefined
        )

    def page(self, name: str, values: Mapping[str, Any]) -> HTMLResponse:
        """The template ``name`` filled in."""
        return HTMLResponse(self._templates.get_template(name).render(**values), headers=dict(_HEADERS))
