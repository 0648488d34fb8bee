"""The start page: the box, questions that these documents can be asked, and the ways into what they hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from kg.errors import SnapshotError
from search_api.answer_text import tidy
from search_api.browse.ids import PLURALS, Kind
from search_api.browse.schemas import ConceptEntry, EntityEntry
from search_api.web import asking
from search_api.web.site import Site

_TOP: Final = 6
_COUNTED: Final[tuple[Kind, ...]] = ("measure", "challenge", "region", "industry", "actor", "statistic")


def show(site: Site, request: Request) -> Response:
    """The start page; with a question in the address its answer, as older links have it."""
    try:
        if request.query_params.get("q", "").strip():
            return asking.show(site, request)
        return site.page(request, "home.html", {"missing": None, **_held(site)})
    except SnapshotError as error:
        return site.page(request, "home.html", {"missing": str(error)})


def _held(site: Site) -> dict[str, object]:
    challenges = [c for c in _rows(site, "challenge", "-papers,-measures") if isinstance(c, ConceptEntry)]
    regions = [r for r in _rows(site, "region", "-statements") if isinstance(r, EntityEntry)]
    return {
        "counts": {kind: site.browser.listing(kind, (), 1).total for kind in _COUNTED},
        "plurals_in_paths": PLURALS,
        "papers": site.service.documents(),
        "examples": list(examples(challenges, regions)),
        "challenges": challenges,
        "regions": regions,
        "gaps": site.browser.listing("challenge", (("addressed", "false"),), 1).total,
    }


def _rows(site: Site, kind: Kind, sort: str) -> list[object]:
    return [*site.browser.listing(kind, (("sort", f"{sort},label"),), _TOP).items]


def examples(challenges: list[ConceptEntry], regions: list[EntityEntry]) -> Iterator[str]:
    """Questions made of what the documents speak of most, so that each has something to find."""
    answered = [c for c in challenges if c.measures]
    for challenge in answered[:2]:
        yield f"Which measures address {_inside(challenge.label)}?"
    for region in [r for r in regions if r.level != "country"][:1]:
        yield f"What has {region.label} already done?"
        yield f"Which problems does {region.label} have?"


def _inside(label: str) -> str:
    """A label as it stands inside a sentence: its first letter small unless the word is a name or an abbreviation.

    >>> _inside("Talent drain"), _inside("R&D gap")
    ('talent drain', 'R&D gap')
    """
    text = tidy(label)
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text
