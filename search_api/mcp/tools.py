"""The tools: each calls one use case and gives its answer as structured content and as text with URLs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Final
from urllib.parse import unquote

from mcp.server.mcpserver.tools import Tool
from mcp.types import CallToolResult
from pydantic import Field

from kg.errors import MisuseError, NotFoundError
from search_api.browse.browser import Browser
from search_api.browse.comparison_schemas import Compared
from search_api.browse.ids import PLURALS, Kind
from search_api.mcp import texts
from search_api.mcp.fetching import fetched, passage_title
from search_api.mcp.schemas import Concepts, Fetched, SearchFound, SearchResult, Thing
from search_api.mcp.toolbox import result, tool
from search_api.schemas import MAX_K, Answer, Filters, Wants
from search_api.searching.schemas import SearchFilters
from search_api.service import Service

_BEGINNING: Final = 300
_MOST: Final = 50
Names = str | list[str] | None
Count = Annotated[int, Field(ge=1, le=MAX_K, description="How many results at most.")]
Rows = Annotated[int, Field(ge=1, le=_MOST, description="How many rows at most.")]
Cursor = Annotated[str | None, Field(description="The `next` of the page before.")]


def questions(service: Service) -> Iterator[Tool]:
    """``search``, ``fetch`` and ``ask``."""

    def search(
        query: Annotated[
            str, Field(description='Words or a question; words in "double quotes" must follow each other.')
        ],
        k: Count = 10,
        filters: SearchFilters | None = None,
    ) -> Annotated[CallToolResult, SearchFound]:
        """Find passages of the policy papers by meaning and by word. Give an id to fetch to read one whole."""
        hits = service.search(query, k, "passage", filters or SearchFilters()).hits
        found = SearchFound(
            results=[
                SearchResult(
                    id=hit.citation.passage_id,
                    title=passage_title(hit.citation.title, hit.citation.section),
                    url=hit.citation.url,
                    text=hit.citation.quote[:_BEGINNING],
                )
                for hit in hits
            ]
        )
        return result(found, found.model_dump_json())

    def fetch(
        id: Annotated[str, Field(description="Id, IRI or URL of a passage or a document.")],
        start: Annotated[int, Field(ge=0, description="Where to go on in a long document, in characters.")] = 0,
    ) -> Annotated[CallToolResult, Fetched]:
        """Read a passage or document verbatim. A long document comes in stretches: go on at metadata.next_start."""
        found = fetched(service, id, start)
        return result(found, found.model_dump_json())

    def ask(
        question: Annotated[str, Field(description="A question in plain words.")],
        k: Count = 10,
        filters: Filters | None = None,
        wants: Annotated[
            Wants | None, Field(description="What to answer with, whatever the words of the question say.")
        ] = None,
    ) -> Annotated[CallToolResult, Answer]:
        """Answer a question with measures, challenges, places, sectors or figures, each with the exact sentences that
        prove it. Status no_answer means that the papers do not answer it: say so, do not guess."""
        found = service.ask(question, k, filters or Filters(), wants)
        return result(found, texts.answer(found))

    yield tool(search, "Search passages")
    yield tool(fetch, "Read a passage or document")
    yield tool(ask, "Ask a question")


def lists(browser: Browser) -> Iterator[Tool]:
    """``find_measures`` and ``find_challenges``."""

    def find_measures(
        challenge: Annotated[Names, Field(description="What they address, by label, id or IRI; a list: any.")] = None,
        q: Annotated[str | None, Field(description="Words that begin words of a measure's name.")] = None,
        instrument: Annotated[Names, Field(description="Policy instrument, such as subsidies, by label or id.")] = None,
        filters: Filters | None = None,
        sort: Annotated[str | None, Field(description="Names separated by commas, - for descending.")] = None,
        k: Rows = 20,
        cursor: Cursor = None,
    ) -> Annotated[CallToolResult, Concepts]:
        """List the measures that meet all filters, with counts and the sentence that proves each best. A region stands
        for all that lies in it. For questions in plain words use ask.
        """
        own = {"challenge": challenge, "q": q, "instrument": instrument, "sort": sort}
        found = _concepts(browser, "measure", filters, own, k, cursor)
        return result(found, texts.concepts(found))

    def find_challenges(
        measure: Annotated[Names, Field(description="What addresses them, by label, id or IRI; a list: any.")] = None,
        q: Annotated[str | None, Field(description="Words that begin words of a challenge's name.")] = None,
        addressed: Annotated[
            bool | None, Field(description="true: those that a measure addresses; false: those that none does.")
        ] = None,
        filters: Filters | None = None,
        sort: Annotated[str | None, Field(description="Names separated by commas, - for descending.")] = None,
        k: Rows = 20,
        cursor: Cursor = None,
    ) -> Annotated[CallToolResult, Concepts]:
        """List the challenges that meet all filters (which have no status), with counts and the sentence that proves
        each best. For questions in plain words use ask.
        """
        flag = None if addressed is None else str(addressed).lower()
        found = _concepts(
            browser, "challenge", filters, {"measure": measure, "q": q, "addressed": flag, "sort": sort}, k, cursor
        )
        return result(found, texts.concepts(found))

    yield tool(find_measures, "List measures")
    yield tool(find_challenges, "List challenges")


def things(browser: Browser) -> Iterator[Tool]:
    """``get_entity`` and ``compare_regions``."""

    def get_entity(
        id: Annotated[str, Field(description="IRI or URL of a thing, or its id together with kind.")],
        kind: Annotated[Kind | None, Field(description="What it is; needed where id is no IRI or URL.")] = None,
        k: Rows = 10,
        cursor: Cursor = None,
    ) -> Annotated[CallToolResult, Thing]:
        """Tell one measure, challenge, region, industry, actor or statistic whole: names, definition, neighbours with
        basis and confidence, and the places that prove it. `cursor` continues its evidence."""
        found = _thing(browser, id, kind, k, cursor)
        return result(found, texts.thing(found))

    def compare_regions(
        regions: Annotated[list[str], Field(description="Two to five regions by name, id or IRI.")], k: Rows = 10
    ) -> Annotated[CallToolResult, Compared]:
        """Put two to five regions side by side: what they share, what one alone has, and figures that can be
        compared. A region includes all that lies in it."""
        found = browser.compare("region", regions, k)
        return result(found, texts.compared(found))

    yield tool(get_entity, "Tell one thing whole")
    yield tool(compare_regions, "Compare regions")


def _concepts(
    browser: Browser, kind: Kind, filters: Filters | None, own: Mapping[str, Names], k: int, cursor: str | None
) -> Concepts:
    shared = (filters or Filters()).model_dump(exclude_none=True)
    pairs = [
        (name, str(each))
        for name, value in {**shared, **own}.items()
        if value is not None
        for each in (value if isinstance(value, list) else [value])
    ]
    listed = browser.listing(kind, pairs, k, cursor)
    return Concepts.model_validate(listed.model_dump(exclude={"facets"}))


def _thing(browser: Browser, identifier: str, kind: Kind | None, k: int, cursor: str | None) -> Thing:
    meant, name = _address(identifier)
    if (kind := kind or meant) is None:
        raise MisuseError(f"'{identifier}' does not say what it is: give its IRI, or kind as well")
    try:
        return Thing(kind=kind, view=browser.view(kind, name, k, cursor))
    except NotFoundError as error:
        near = [f"{e.label} (id {e.id})" for e in browser.listing(kind, [("q", name)], 5).items] if name.strip() else []
        suggestion = f"; near: {', '.join(near)}" if near else ""
        raise NotFoundError(f"{error}{suggestion}") from error


def _address(identifier: str) -> tuple[Kind | None, str]:
    """The kind that an IRI or URL of a thing says, and what to look it up by."""
    for kind, plural in PLURALS.items():
        if f"/{plural}/" in identifier:
            return kind, unquote(identifier.rsplit(f"/{plural}/", 1)[1])
        if f"/{kind}/" in identifier:
            return kind, identifier
    return None, identifier
