"""The HTTP application: made by a factory from settings, so that nothing is read at import."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from fastapi import FastAPI

from kg.settings import Settings
from search_api import pages, problems, routes
from search_api.browse import routes as browse
from search_api.linked import routes as linked_data
from search_api.linked.source import Graphs, LinkedData
from search_api.rendering import Renderer
from search_api.searching import routes as searching
from search_api.service import Service
from search_api.sparql import protocol

DESCRIPTION = """Policy papers as a knowledge graph and a vector index.

Ask in plain words and get measures, challenges, places, sectors and figures, each with the sentence that proves it.
Offsets count Unicode code points of the source text; every `quote` equals the source's characters `start:end`.
Errors are `application/problem+json` (RFC 9457).
"""


def create_app(settings: Settings) -> FastAPI:
    """The application over the knowledge base that ``settings`` name; it need not exist yet when this is called."""
    app = FastAPI(title="Policyweave", version=_version(), description=DESCRIPTION, docs_url=None, redoc_url=None)
    service = Service(settings)
    problems.install(app)
    app.include_router(routes.router(service))
    app.include_router(browse.router(service))
    app.include_router(searching.router(service))
    renderer = Renderer()
    linked = LinkedData(Graphs(lambda: service.world().snapshot), settings)
    app.include_router(pages.router(service, renderer))
    app.include_router(linked_data.router(linked, renderer))
    app.include_router(protocol.router(lambda: service.world().snapshot.graph_path, settings))
    return app


def _version() -> str:
    try:
        return version("policyweave")
    except PackageNotFoundError:
        return "0"
