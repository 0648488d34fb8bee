"""The HTTP application: made by a factory from settings, so that nothing is read at import."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from fastapi import FastAPI
from pyoxigraph import Triple

from kg.graph.server import place_of
from kg.settings import Settings
from search_api import editor, problems, queries, routes
from search_api.access import installing
from search_api.browse import routes as browse
from search_api.browse.browser import Browser
from search_api.chat import routes as chat
from search_api.chat.conversation import Conversations
from search_api.linked import routes as linked_data
from search_api.linked.dataset import dataset
from search_api.linked.source import Graphs, LinkedData
from search_api.linked.validation import Validator
from search_api.mcp import mounting
from search_api.mcp.server import build
from search_api.openai_shaped import open_webui
from search_api.openai_shaped import routes as openai_shaped
from search_api.rendering import Renderer
from search_api.search_in_sparql import SnapshotSearch
from search_api.searching import routes as searching
from search_api.service import Service
from search_api.sparql import protocol
from search_api.sparql.engine import Source
from search_api.sparql.pool import WorkerPool
from search_api.web import assets, pages
from search_api.wording import open_writer

DESCRIPTION = """Policy papers as a knowledge graph and a vector index.

Ask in plain words and get measures, challenges, places, sectors and figures, each with the sentence that proves it.
Offsets count Unicode code points of the source text; every `quote` equals the source's characters `start:end`.
Errors are `application/problem+json` (RFC 9457).
"""


def create_app(settings: Settings) -> FastAPI:
    """The application over the knowledge base that ``settings`` name; it need not exist yet when this is called."""
    app = FastAPI(title="Policyweave", version=_version(), description=DESCRIPTION, docs_url=None, redoc_url=None)
    installing.install(app, settings)
    service = Service(settings)
    problems.install(app)
    graphs = Graphs(lambda: service.world().snapshot)
    pool = WorkerPool(settings)
    # First, as each route before it costs every query a comparison.
    app.include_router(protocol.router(lambda: _source(service, graphs), pool))
    browser, files = Browser(service), assets.Assets()
    renderer = Renderer(settings, files)
    # Before the API, whose addresses they share: they take only what prefers HTML.
    pages.add(app, service, browser, renderer)
    app.include_router(assets.router(files))
    app.include_router(routes.router(service))
    app.include_router(browse.router(browser))
    app.include_router(searching.router(service))
    linked = LinkedData(graphs, settings)
    validator = Validator(lambda: service.world().snapshot, settings.validation_timeout)
    app.include_router(linked_data.router(linked, renderer, validator))
    app.include_router(editor.router(renderer))
    app.include_router(queries.router(lambda: _source(service, graphs), pool, settings.public_url, renderer))
    conversations = Conversations(service, open_writer(service))
    app.include_router(chat.router(conversations))
    app.include_router(openai_shaped.router(service, conversations, settings))
    app.include_router(open_webui.router(service, settings))
    app.include_router(mounting.router(build(service, browser, lambda: _source(service, graphs), pool)))
    return app


def _source(service: Service, graphs: Graphs) -> Source:
    """The live snapshot as SPARQL sees it."""
    world, settings = service.world(), service.settings

    def statistics() -> list[Triple]:
        snapshot, store = graphs.live()
        return dataset(store, snapshot, settings.public_url, settings.base_iri)

    graph = place_of(settings, world.snapshot.id, world.snapshot.graph_path)
    return Source(graph, SnapshotSearch(service, world), settings.public_url, statistics)


def _version() -> str:
    try:
        return version("policyweave")
    except PackageNotFoundError:
        return "0"
