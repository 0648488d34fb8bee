"""The server over stdin and stdout, with a service and a pool of its own."""

from __future__ import annotations

from kg.graph.server import place_of
from kg.settings import Settings
from search_api.browse.browser import Browser
from search_api.mcp.server import build
from search_api.search_in_sparql import SnapshotSearch
from search_api.service import Service
from search_api.sparql.engine import Source
from search_api.sparql.pool import WorkerPool


async def serve(settings: Settings) -> None:
    """Serve one client until it closes stdin."""
    service, pool = Service(settings), WorkerPool(settings)

    def source() -> Source:
        world = service.world()
        graph = place_of(settings, world.snapshot.id, world.snapshot.graph_path)
        return Source(graph, SnapshotSearch(service, world), settings.public_url)

    async with pool:
        await build(service, Browser(service), source, pool).run_stdio_async()
