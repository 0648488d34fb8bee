"""A typed client of the HTTP API: the same names, arguments and answers as the use cases have in the server.

::

    with Client("http://127.0.0.1:8000", key="pw_…") as client:
        for item in client.ask("which measures address talent drain?", filters=Filters(region="Zhejiang")).items:
            print(item.label, item.citations[0].url)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

import httpx
from pydantic import BaseModel, TypeAdapter

from kg.errors import PolicyweaveError
from search_api.browse.comparison_schemas import Compared
from search_api.browse.schemas import ConceptList, ConceptView, EntityList, EntityView, FigureList, FigureView
from search_api.chat.schemas import ChatAnswer, ChatRequest, Message
from search_api.schemas import Answer, DocumentSummary, DocumentView, Filters, PassageView, Status, Wants
from search_api.searching.schemas import RecordType, SearchFilters, SearchResults, Sort

T = TypeVar("T", bound=BaseModel)
_NO_FILTERS = Filters()
_NO_SEARCH_FILTERS = SearchFilters()


class RequestError(PolicyweaveError):
    """The server refused a request, or could not be reached (``status`` 0).

    ``retry_after`` says in seconds when to try again, where the server says so; ``problem`` is its whole answer.
    """

    def __init__(self, message: str, status: int, retry_after: int | None, problem: Mapping[str, Any]) -> None:
        super().__init__(message)
        self.status = status
        self.retry_after = retry_after
        self.problem = problem


class Client:
    """Asks the server at ``url``. May be used from several threads; close it, or use it as a context manager.

    All methods raise RequestError.
    """

    def __init__(self, url: str = "http://127.0.0.1:8000", key: str | None = None, timeout: float = 60.0) -> None:
        self.url = url.rstrip("/")
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._http = httpx.Client(base_url=self.url, headers=headers, timeout=timeout)

    def ask(self, question: str, k: int = 10, filters: Filters = _NO_FILTERS, wants: Wants | None = None) -> Answer:
        """The answer to a question, with proofs."""
        body = {"question": question, "k": k, "filters": _given(filters), "wants": wants}
        return self._post("/ask", body, Answer)

    def chat(self, messages: Sequence[Message | str], k: int = 10, filters: Filters = _NO_FILTERS) -> ChatAnswer:
        """The answer to the last message; texts are the user's questions in order."""
        turns = [Message(role="user", content=each) if isinstance(each, str) else each for each in messages]
        request = ChatRequest(messages=turns, k=k, filters=filters)
        return self._post("/chat", request.model_dump(mode="json", exclude_none=True), ChatAnswer)

    def search(
        self,
        q: str,
        k: int = 10,
        kind: RecordType = "sentence",
        filters: SearchFilters = _NO_SEARCH_FILTERS,
        sort: Sort = "relevance",
        cursor: str | None = None,
    ) -> SearchResults:
        """A page of records that fit a query."""
        own: dict[str, Any] = {"q": q, "k": k, "type": kind, "sort": sort, "cursor": cursor}
        return self._get("/search", {**_given(filters), **own}, SearchResults)

    def measures(self, k: int = 20, cursor: str | None = None, **filters: Any) -> ConceptList:
        """A page of measures; filters as ``/measures`` has them, such as ``region="Zhejiang"``."""
        return self._get("/measures", {**filters, "k": k, "cursor": cursor}, ConceptList)

    def challenges(self, k: int = 20, cursor: str | None = None, **filters: Any) -> ConceptList:
        """A page of challenges."""
        return self._get("/challenges", {**filters, "k": k, "cursor": cursor}, ConceptList)

    def entities(self, plural: str, k: int = 20, cursor: str | None = None, **filters: Any) -> EntityList:
        """A page of ``regions``, ``industries`` or ``actors``."""
        return self._get(f"/{plural}", {**filters, "k": k, "cursor": cursor}, EntityList)

    def statistics(self, k: int = 20, cursor: str | None = None, **filters: Any) -> FigureList:
        """A page of figures."""
        return self._get("/statistics", {**filters, "k": k, "cursor": cursor}, FigureList)

    def thing(self, url: str, k: int = 20) -> ConceptView | EntityView | FigureView:
        """One thing whole, by the ``url`` that lists give or its path, such as ``/regions/CN-33``."""
        adapter: TypeAdapter[ConceptView | EntityView | FigureView] = TypeAdapter(ConceptView | EntityView | FigureView)
        path = "/" + "/".join(url.partition("?")[0].rstrip("/").rsplit("/", 2)[-2:])
        return adapter.validate_json(self._bytes("GET", path, {"k": k}))

    def compare(self, regions: Iterable[str], k: int = 20) -> Compared:
        """Two to five regions side by side."""
        return self._get("/compare", {"regions": list(regions), "k": k}, Compared)

    def documents(self) -> list[DocumentSummary]:
        """All documents."""
        return TypeAdapter(list[DocumentSummary]).validate_json(self._bytes("GET", "/documents", {}))

    def document(self, identifier: str) -> DocumentView:
        """A document with its sections."""
        return self._get(f"/documents/{identifier}", {}, DocumentView)

    def passage(self, identifier: str) -> PassageView:
        """A passage."""
        return self._get(f"/passages/{identifier}", {}, PassageView)

    def sparql(self, query: str) -> list[dict[str, str]]:
        """The rows of a SELECT query as plain texts by variable; unbound ones are left out."""
        headers = {"Accept": "application/sparql-results+json"}
        answer = self._send("POST", "/sparql", data={"query": query}, headers=headers).json()
        bindings = answer.get("results", {}).get("bindings", [])
        return [{name: str(term["value"]) for name, term in row.items()} for row in bindings]

    def status(self) -> Status:
        """What is being served."""
        return self._get("/readyz", {}, Status)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _get(self, path: str, params: Mapping[str, Any], model: type[T]) -> T:
        return model.model_validate_json(self._bytes("GET", path, params))

    def _post(self, path: str, body: Mapping[str, Any], model: type[T]) -> T:
        return model.model_validate_json(self._send("POST", path, json=dict(body)).content)

    def _bytes(self, method: str, path: str, params: Mapping[str, Any]) -> bytes:
        given = {name: _text(value) for name, value in params.items() if value is not None}
        return self._send(method, path, params=given, headers={"Accept": "application/json"}).content

    def _send(self, method: str, path: str, **given: Any) -> httpx.Response:
        try:
            response = self._http.request(method, path, **given)
        except httpx.HTTPError as error:
            raise RequestError(
                f"{self.url} cannot be reached ({error}): is the server running?", 0, None, {}
            ) from error
        if response.is_success:
            return response
        raise _refused(response)


def _refused(response: httpx.Response) -> RequestError:
    try:
        problem = response.json()
    except ValueError:
        problem = {}
    problem = problem if isinstance(problem, dict) else {}
    wait = response.headers.get("retry-after", "")
    detail = str(problem.get("detail") or f"the server answered {response.status_code}")
    return RequestError(detail, response.status_code, int(wait) if wait.isdigit() else None, problem)


def _given(filters: Filters) -> dict[str, Any]:
    return filters.model_dump(exclude_none=True)


def _text(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value
