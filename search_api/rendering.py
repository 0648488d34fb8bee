"""Templates to pages: the environments, what every page knows, and the headers that keep it to this server."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.requests import Request
from starlette.responses import HTMLResponse

from kg.settings import Settings
from search_api.answer_text import tidy
from search_api.web import messages
from search_api.web.address import Here, Links
from search_api.web.assets import Assets
from search_api.web.language import LANGUAGES, THEMES, Language, keep, look

# A page runs its own scripts, styles itself by its own sheets and asks this server only; nothing inline.
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "private, no-cache",
        "Vary": "Accept, Accept-Encoding, Accept-Language, Cookie",
    }
)
# Below a network packet or two nothing is gained; level 4 costs half of what the default does for a tenth more bytes.
_WORTH_PACKING: Final = 2_000
_LEVEL: Final = 4


class Renderer:
    """Makes pages from the templates of this package, in each language."""

    def __init__(self, settings: Settings, assets: Assets) -> None:
        self.assets = assets
        self.links = Links(settings.public_url, settings.base_iri)
        self._environments = {language: self._environment(language) for language in LANGUAGES}

    def page(self, request: Request, name: str, values: Mapping[str, Any], status: int = 200) -> HTMLResponse:
        """The template ``name`` filled in, as the request wants to see it."""
        shown = look(request)
        here = Here.of(request.url.path, request.query_params.multi_items())
        text = self._environments[shown.language].get_template(name).render(here=here, look=shown, **values)
        response = _packed(text, request, status)
        keep(request, response)
        return response

    def _environment(self, language: Language) -> Environment:
        texts = messages.load(language)
        made = Environment(
            loader=PackageLoader("search_api"),
            autoescape=select_autoescape(),
            undefined=StrictUndefined,
            extensions=["jinja2.ext.i18n"],
            trim_blocks=True,
            lstrip_blocks=True,
        )
        made.install_gettext_callables(texts.gettext, texts.ngettext, newstyle=True)  # type: ignore[attr-defined]
        made.filters |= {"term": texts.term, "tidy": tidy, "number": _number}
        made.globals |= {"assets": self.assets, "links": self.links, "languages": LANGUAGES, "themes": THEMES}
        return made


def _packed(text: str, request: Request, status: int) -> HTMLResponse:
    body = text.encode("utf-8", "backslashreplace")
    headers = dict(_HEADERS)
    if len(body) >= _WORTH_PACKING and "gzip" in request.headers.get("accept-encoding", ""):
        body = gzip.compress(body, _LEVEL, mtime=0)
        headers["Content-Encoding"] = "gzip"
    return HTMLResponse(body, status_code=status, headers=headers)


def _number(value: float) -> str:
    """A number with thousands set apart, whole where it is whole.

    >>> _number(12345.0), _number(0.25)
    ('12,345', '0.25')
    """
    return f"{int(value):,}" if float(value).is_integer() else f"{value:,}"
