"""``policyweave keys``: make, list and revoke API keys."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.command_line import print_json, settings_of
from kg.errors import MisuseError


def register(app: typer.Typer) -> None:
    """Add the subcommands."""
    keys = typer.Typer(help="Make, list and revoke API keys of the server.", no_args_is_help=True)
    keys.command("add")(add)
    keys.command("list")(list_all)
    keys.command("revoke")(revoke)
    app.add_typer(keys, name="keys")


def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Who or what the key is for.")],
    scope: Annotated[
        list[str] | None,
        typer.Option(help="read, sparql, mcp or chat; may be repeated.", show_default="all of them"),
    ] = None,
    rate: Annotated[int, typer.Option(min=0, help="Requests a minute; 0: as the setting rate_limit says.")] = 0,
) -> None:
    """Make a key and print it: it is not kept. With the first one, the server answers nobody without a key."""
    from search_api.access.keys import KeyFile

    file = KeyFile(settings_of(context).keys_file)
    first = not file.path.exists()
    key, secret = file.add(name, scope or [], rate)
    typer.echo(secret)
    typer.echo(f"key {key.id} '{key.name}' for {', '.join(key.scopes)}: this is the only time it is shown", err=True)
    if first:
        typer.echo(f"from now on each request needs a key; delete {file.path} to open the server again", err=True)


def list_all(
    context: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="Machine-readable output.")] = False
) -> None:
    """List keys without their secrets."""
    from search_api.access.keys import KeyFile

    keys = KeyFile(settings_of(context).keys_file).all()
    if as_json:
        print_json(
            [
                {
                    "id": k.id,
                    "name": k.name,
                    "scopes": k.scopes,
                    "rate": k.rate,
                    "created": k.created,
                    "revoked": k.revoked,
                }
                for k in keys
            ]
        )
        return
    for key in keys:
        state = f"revoked {key.revoked}" if key.revoked else f"{', '.join(key.scopes)}; {key.rate or 'no own'} a minute"
        typer.echo(f"{key.id}  {key.name}  {key.created}  {state}")
    if not keys:
        typer.echo("no keys: the server is open to all who reach it", err=True)


def revoke(context: typer.Context, which: Annotated[str, typer.Argument(help="Id or name of a key.")]) -> None:
    """Take a key back, at once and for all running servers."""
    from search_api.access.keys import KeyFile

    if not which.strip():
        raise MisuseError("name the key to revoke: 'policyweave keys list' shows all")
    file = KeyFile(settings_of(context).keys_file)
    gone = file.revoke(which)
    typer.echo(f"revoked key {gone.id} '{gone.name}'", err=True)
    if not file.by_hash():
        typer.echo(f"no key is left: nobody is answered until one is added, or {file.path} is deleted", err=True)
