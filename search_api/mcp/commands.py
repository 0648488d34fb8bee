"""``policyweave mcp``: the server over standard input and output, for a client that starts it as its own process."""

from __future__ import annotations

import typer

from kg.command_line import settings_of


def mcp(context: typer.Context) -> None:
    """Serve tools to one MCP client over stdin and stdout (over HTTP: policyweave serve, path /mcp)."""
    import anyio

    from kg.snapshot import open_snapshot
    from search_api.mcp.stdio import serve

    settings = settings_of(context)
    snapshot = open_snapshot(settings.data)
    typer.echo(f"snapshot {snapshot.id} over stdin and stdout", err=True)
    anyio.run(serve, settings)
