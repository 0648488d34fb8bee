"""The SPARQL 1.1 Protocol as a client: a query or an update goes out, each way to fail becomes one clear error.

Everything is sent as a form: direct POST hangs on Virtuoso 7, and an address holds too little.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import Final

import httpx

from kg.errors import GraphServerError
from kg.graph.server import NOWHERE, Server

_CONNECT_SECONDS: Final = 5.0
# Writing a block may wait for a checkpoint of the server.
_WRITE_SECONDS: Final = 120.0
_SHOWN: Final = 300


class Connection:
    """A kept connection to a server. Use it from one thread; close it, or use it as a context manager.

    ``seconds`` bounds the wait for each piece of an answer; None waits on, where someone else sets the limit.
    """

    def __init__(self, server: Server, seconds: float | None = _WRITE_SECONDS) -> None:
        self.server = server
        timeout = httpx.Timeout(seconds, connect=_CONNECT_SECONDS)
        # Proxies of the environment are for the web; a graph server is named by its address.
        self._client = httpx.Client(timeout=timeout, auth=_Login(server.user, server.password), trust_env=False)

    @contextmanager
    def query(self, text: str, graph: str, accept: str) -> Iterator[httpx.Response]:
        """The answer to a query over one graph, its body not read yet; errors while it is read are translated too."""
        form = {"query": text, "default-graph-uri": graph, "named-graph-uri": NOWHERE}
        url = self.server.query_url
        with self._translated(url), self._client.stream("POST", url, data=form, headers={"Accept": accept}) as answer:
            self._check(answer)
            yield answer

    def update(self, text: str) -> None:
        """Run an update. Raises GraphServerError; the server may have run it all the same if it broke off."""
        url = self.server.update_url
        with self._translated(url):
            self._check(self._client.post(url, data={"update": text}))

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()

    def __enter__(self) -> Connection:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _translated(self, url: str) -> Iterator[None]:
        try:
            yield
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise GraphServerError(
                f"the graph server {url} cannot be reached ({error}): start it, or correct POLICYWEAVE_GRAPH_URL and "
                "POLICYWEAVE_GRAPH_UPDATE_URL"
            ) from error
        except httpx.TimeoutException as error:
            raise GraphServerError(f"the graph server {url} does not answer in time: see what keeps it busy") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise GraphServerError(
                f"the graph server {url} broke its answer off ({error}): nothing of it was used; try again, and look "
                "into the server's log"
            ) from error

    def _check(self, answer: httpx.Response) -> None:
        if answer.is_success:
            return
        answer.read()
        url, status = str(answer.request.url), answer.status_code
        said = " ".join(answer.text.split())[:_SHOWN]
        if status in {401, 403}:
            raise GraphServerError(
                f"the graph server {url} lets nobody in by these credentials (HTTP {status}): set "
                "POLICYWEAVE_GRAPH_USER and POLICYWEAVE_GRAPH_PASSWORD to a user who may query and update"
            )
        if status in {404, 405, 406, 415} or answer.is_redirect:
            raise GraphServerError(
                f"{url} is no SPARQL endpoint (HTTP {status}): correct POLICYWEAVE_GRAPH_URL and "
                f"POLICYWEAVE_GRAPH_UPDATE_URL. It said: {said}"
            )
        raise GraphServerError(
            f"the graph server {url} failed (HTTP {status}). Where it ran out of time, narrow the query or raise the "
            f"server's own limit. It said: {said}"
        )


def refuse_cut(answer: httpx.Response) -> None:
    """Virtuoso gives a part of a result with status 200, and says so in headers only."""
    if most := answer.headers.get("x-sparql-maxrows"):
        raise GraphServerError(
            f"the graph server {answer.url} cuts results after {most} rows: add a LIMIT below that, or take "
            "ResultSetMaxRows out of the server's settings"
        )
    if "x-sql-state" in answer.headers:
        raise GraphServerError(
            f"the graph server {answer.url} ran out of time and gave a part of the result: narrow the query, or raise "
            "MaxQueryExecutionTime in the server's settings"
        )


class _Login(httpx.Auth):
    """Gives name and password only where they are asked for, in the way that is asked for."""

    def __init__(self, user: str, password: str) -> None:
        self._user = user
        self._digest = httpx.DigestAuth(user, password)
        self._basic = httpx.BasicAuth(user, password)
        self._basic_is_asked_for = False

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """See httpx.Auth."""
        # Both answer in advance what the server asked for before.
        flow = (self._basic if self._basic_is_asked_for else self._digest).auth_flow(request)
        answer = yield next(flow)
        if answer.status_code != 401 or not self._user or self._basic_is_asked_for:
            return
        ways = [way.lower() for way in answer.headers.get_list("www-authenticate")]
        if any(way.startswith("digest ") for way in ways):
            yield flow.send(answer)
        elif any(way.startswith("basic") for way in ways):
            self._basic_is_asked_for = True
            yield from self._basic.auth_flow(request)
