"""The page of an answer: things grouped as the answer's text groups them, each with its evidence, and what was
understood as chips that can be taken away.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, get_args

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kg.errors import MisuseError
from search_api import formats
from search_api.answer_exports import exported
from search_api.answer_text import THEMES_FROM
from search_api.question import READ
from search_api.routes import ANSWER_FORMS
from search_api.schemas import MAX_K, Answer, Citation, Filters, FilterValue, Item, Wants, filters_from, wants_of
from search_api.web.address import Here, Links
from search_api.web.quoting import Surround, around
from search_api.web.site import Site, whole_number

USUAL: Final = 10
_OWN: Final = ("q", "k", "wants", "any", "format", "lang", "colours")


@dataclass(frozen=True, slots=True)
class Chip:
    """A constraint as it was understood: the filter's name, its value in words, and the address without it."""

    name: str
    label: str
    given: bool
    off: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of the answer with the address where it is told whole."""

    item: Item
    href: str


def show(site: Site, request: Request) -> Response:
    """The answer to ``q``, as a file where ``format`` names one; without a question the page to ask on."""
    question = request.query_params.get("q", "").strip()
    if not question:
        return site.page(request, "ask.html", {"answer": None, "asked_text": ""})
    answer = _answer(site, request, question)
    if (form := request.query_params.get("format")) is not None:
        return _as_file(site, answer, form)
    return site.page(request, "ask.html", _shown(site, request, question, answer))


def _as_file(site: Site, answer: Answer, form: str) -> Response:
    if form == formats.JSON:
        return JSONResponse(answer.model_dump(mode="json"))
    if form not in ANSWER_FORMS:
        raise MisuseError(f"there is no form '{form}' of an answer: take one of {', '.join(ANSWER_FORMS)}")
    return formats.as_file(exported(answer, form, site.service.world().catalog.documents), form, "answer")


def _answer(site: Site, request: Request, question: str) -> Answer:
    given = {name: _kept(request, name) for name in request.query_params if name not in _OWN}
    filters = filters_from({name: values for name, values in given.items() if values}, Filters)
    wants = wants_of(request.query_params.get("wants") or None)
    k = whole_number(request, "k", USUAL, MAX_K)
    return site.service.ask(question, k, filters, wants, frozenset(request.query_params.getlist("any")) & READ.keys())


def _kept(request: Request, name: str) -> list[str]:
    return [value for value in request.query_params.getlist(name) if value.strip()]


def _shown(site: Site, request: Request, question: str, answer: Answer) -> dict[str, Any]:
    here = Here.of(request.url.path, request.query_params.multi_items())
    pages = site.renderer.links
    titles = {key: record.document.title for key, record in site.service.world().catalog.documents.items()}
    return {
        "asked_text": question,
        "answer": answer,
        "groups": grouped(answer.items, pages),
        "chips": list(chips(here, answer.interpretation.filters, titles)),
        "wants": get_args(Wants),
        "topics": [(c.label, pages.thing(c.iri)) for c in answer.interpretation.concepts if c.role == "topic"],
        "around": _around(answer),
        "k": whole_number(request, "k", USUAL, MAX_K),
        "most": MAX_K,
        "usual": USUAL,
        "unread": request.query_params.getlist("any"),
    }


def grouped(items: Iterable[Item], pages: Links) -> list[tuple[str, list[Entry]]]:
    """Measures by status, many challenges by theme, all else in one group without a name."""
    found, groups = list(items), dict[str, list[Entry]]()
    for item in found:
        groups.setdefault(_group(item, len(found)), []).append(Entry(item, pages.thing(item.iri)))
    return list(groups.items())


def _group(item: Item, number: int) -> str:
    if item.type == "measure":
        return item.status or "proposed"
    return item.theme if item.type == "challenge" and number >= THEMES_FROM and item.theme else ""


def chips(here: Here, filters: dict[str, FilterValue], titles: dict[str, str]) -> Iterable[Chip]:
    """What the answer was restricted to, from the address or from the words of the question."""
    for name, value in filters.items():
        labels = [str(each) for each in (value if isinstance(value, list) else [value])]
        given = here.values(name)
        for place, label in enumerate(labels):
            by_client = len(given) == len(labels)
            off = here.without(name, given[place]) if by_client else here.adding("any", name)
            yield Chip(name, titles.get(label, label) if name == "document" else label, by_client, off)


def _around(answer: Answer) -> dict[str, Surround]:
    """Text before and after each quote in its passage, by the citation's address."""
    cited: list[Citation] = [*(c for item in answer.items for c in item.citations), *answer.passages]
    return {citation.url: around(citation) for citation in cited}
