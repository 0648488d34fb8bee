"""Which language and colours a page is shown in: the address wins, then the cookie, then the browser's wish."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

from starlette.requests import Request
from starlette.responses import Response

Language = Literal["en", "zh"]
Theme = Literal["auto", "light", "dark"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
THEMES: Final[tuple[Theme, ...]] = get_args(Theme)
_YEAR: Final = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Look:
    """Language and colours of one page."""

    language: Language
    theme: Theme


def look(request: Request) -> Look:
    """What the request asks for; English and the system's colours where nothing does."""
    return Look(_language(request), _theme(request))


def keep(request: Request, response: Response) -> None:
    """Let the browser remember what the address chose, so that the pages that follow look the same."""
    for name, known in (("lang", LANGUAGES), ("colours", THEMES)):
        chosen = request.query_params.get(name, "")
        if chosen in known:
            response.set_cookie(name, chosen, max_age=_YEAR, samesite="lax")


def _language(request: Request) -> Language:
    chosen = (request.query_params.get("lang"), request.cookies.get("lang"))
    return next((each for given in chosen for each in LANGUAGES if each == given), None) or _preferred(request)


def _preferred(request: Request) -> Language:
    """The known language that ``Accept-Language`` (RFC 9110, section 12.5.4) gives the highest quality."""
    best, quality = LANGUAGES[0], 0.0
    for part in request.headers.get("accept-language", "").split(","):
        tag, _, parameter = part.strip().partition(";")
        found = next((each for each in LANGUAGES if tag.lower().partition("-")[0] == each), None)
        wanted = _quality(parameter)
        if found is not None and wanted > quality:
            best, quality = found, wanted
    return best


def _quality(parameter: str) -> float:
    name, _, value = parameter.partition("=")
    try:
        return float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0


def _theme(request: Request) -> Theme:
    chosen = (request.query_params.get("colours"), request.cookies.get("colours"))
    return next((each for given in chosen for each in THEMES if each == given), "auto")
