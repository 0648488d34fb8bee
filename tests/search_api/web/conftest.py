"""The built-in corpus served on loopback, and a real browser to look at its pages."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Final

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from kg.settings import Settings
from search_api.app import create_app
from search_api.browse.browser import Browser
from search_api.service import Service
from search_api.web import assets

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
AXE = Path(assets.static_folder()).parent / "assets" / "node_modules" / "axe-core" / "axe.min.js"
Open = Callable[..., AbstractContextManager[Any]]

# One page of each sort. {paper}, {passage} and {figure} stand for ids.
PAGES: Final = {
    "home": "/",
    "ask": "/ask",
    "answer": "/ask?q=Which+measures+address+talent+drain+in+counties%3F",
    "no-answer": "/ask?q=kidney+stones+in+Iceland",
    "search": "/search?q=talent&region=Deqing+County",
    "names": "/suggest?q=tal",
    "papers": "/documents",
    "paper": "/documents/{paper}?cite={cite}",
    "passage": "/passages/{passage}",
    "measures": "/measures?status=implemented",
    "challenges": "/challenges?addressed=false",
    "regions": "/regions",
    "industries": "/industries",
    "actors": "/actors",
    "figures": "/statistics",
    "measure": "/measures/x-plan-future-industries",
    "challenge": "/challenges/weak-innovation",
    "region": "/regions/330521",
    "industry": "/industries/artificial-intelligence",
    "actor": "/actors/local-governments",
    "figure": "/statistics/{figure}",
    "figures-in-tables": "/figures",
    "map": "/map",
    "matrix": "/matrix",
    "cell": "/matrix/cell?rows=challenge-theme&columns=measure-theme&row=talent&column=talent",
    "compare": "/compare?regions=330521,CN-R-WEST",
    "neighbourhood": "/explore/challenges/weak-innovation",
    "conversation": "/chat?q=Which+measures+address+talent+drain+in+counties%3F&q=and+in+the+western+region%3F",
    "queries": "/queries",
    "editor": "/sparql/editor",
    "linked-data": "/page/region/CN",
    "api": "/docs",
    "missing": "/measures/no-such-measure",
}
# What need not be light: an editor, loaded by this page alone.
HEAVY: Final = ("editor",)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tests that take ``path_of`` see every page, by name."""
    if "path_of" in metafunc.fixturenames:
        metafunc.parametrize("path_of", PAGES, indirect=True)


@pytest.fixture
def path_of(request: pytest.FixtureRequest, corpus_service: Service, corpus: Browser) -> str:
    """The path of a page over the corpus."""
    paper = next(d for d in corpus_service.documents() if d.source.startswith("001"))
    passage = corpus_service.document(paper.id).sections[3].passages[0]
    figure = corpus.listing("statistic", (), 1).items[0]
    cited = corpus_service.ask("Which measures address talent drain in counties?").items[0].citations[0]
    cite = f"{cited.start}-{cited.end}"
    return PAGES[request.param].format(paper=paper.id, passage=passage, figure=figure.id, cite=cite)


@pytest.fixture
def heavy(request: pytest.FixtureRequest) -> bool:
    """Whether the page of this test may weigh more than others."""
    return request.node.callspec.params["path_of"] in HEAVY


@pytest.fixture(scope="session")
def built() -> None:
    """Skips where the scripts of pages were not built."""
    if not (assets.static_folder() / "site.js").is_file():
        pytest.skip("the scripts of pages were not built: npm was missing or failed")


@pytest.fixture(scope="session")
def corpus_app(corpus_settings: Settings) -> FastAPI:
    return create_app(corpus_settings)


@pytest.fixture(scope="session")
def site(corpus_app: FastAPI, running: Callable[[FastAPI], AbstractContextManager[str]]) -> Iterator[str]:
    """Address of the corpus's server, which has answered once, so that it has all it needs in memory."""
    with running(corpus_app) as url:
        for path in ("/", "/ask?q=talent", "/search?q=talent"):
            assert httpx.get(f"{url}{path}", headers={"accept": "text/html"}, timeout=60).status_code == 200
        yield url


@pytest.fixture(scope="session")
def people_client(corpus_app: FastAPI) -> Iterator[TestClient]:
    with TestClient(corpus_app, headers={"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}) as made:
        yield made


@pytest.fixture
def people(people_client: TestClient) -> TestClient:
    """A client that prefers HTML, as browsers do, and has chosen neither language nor colours."""
    people_client.cookies.clear()
    return people_client


@pytest.fixture(scope="module")
def browser_engine() -> Iterator[Any]:
    """Debian's or the system's chromium under Playwright, closed after each module: as long as it is open, an event
    loop runs in this thread, and nothing else may start one.
    """
    sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    if CHROMIUM is None:
        pytest.skip("needs chromium")
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_api.sync_playwright() as playwright:
        engine = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield engine
        engine.close()


@pytest.fixture
def opened(browser_engine: Any, site: str) -> Open:
    """Function of a path to a context that gives its page, opened in a new browser context.

    Whatever the page reports on its console as an error, refusals of its own policy among it, fails the test.
    """

    @contextmanager
    def open_page(path: str, javascript: bool = True, width: int = 1440, **wishes: Any) -> Iterator[Any]:
        context = browser_engine.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=javascript, base_url=site, **wishes
        )
        page, complaints = context.new_page(), list[str]()

        def hear(message: Any) -> None:
            # That the page itself is one of a failure is no complaint.
            if message.type == "error" and message.location["url"] != page.url:
                complaints.append(message.text)

        page.on("console", hear)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        yield page
        context.close()
        assert complaints == []

    return open_page


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, which looks for what keeps people with disabilities from a page."""
    if not AXE.is_file():
        pytest.skip("needs axe-core: run 'npm ci' in search_api/assets")
    return AXE.read_text(encoding="utf-8")
