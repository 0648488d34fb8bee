"""Subcommands that read: questions, search, SPARQL, evaluation, and the server."""

from __future__ import annotations

import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from kg.command_line import one_of, print_json, settings_of, values_of
from kg.errors import MisuseError, NotFoundError
from search_api.access import commands as keys
from search_api.browse import commands as browse
from search_api.evaluation_command import evaluate
from search_api.mcp.commands import mcp

if TYPE_CHECKING:
    from fastapi import FastAPI

    from kg.settings import Settings
    from search_api.schemas import Answer
    from search_api.service import Service
    from search_api.sparql.engine import QueryResult, Source

Count = Annotated[int, typer.Option("-k", min=1, max=100, help="How many results at most.")]
# A busy machine may take this long to load a process; uvicorn ends one that is silent for longer.
STARTING_SECONDS = 60
READABLE = "text/csv, text/turtle;q=0.9"
Filter = Annotated[
    list[str] | None, typer.Option("--filter", "-f", help="name=value, e.g. region=Zhejiang; may be repeated.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Machine-readable output.")]


def register(app: typer.Typer) -> None:
    """Add the subcommands of this package."""
    for command in (ask, search, sparql, query, serve):
        app.command()(command)
    app.command("eval")(evaluate)
    app.command()(mcp)
    browse.register(app)
    keys.register(app)


def ask(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help="A question in plain words, or keywords.")],
    k: Count = 10,
    where: Filter = None,
    wants: Annotated[
        str | None, typer.Option("--wants", help="What to answer with, whatever the question says: measure, region, …")
    ] = None,
    as_json: AsJson = False,
    export: Annotated[
        str | None,
        typer.Option("--export", help="csv or xlsx: a row a citation; bibtex, ris or csl-json: the papers cited."),
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File for --export; - is stdout.")] = None,
) -> None:
    """Answer a question with the exact sentences that prove each answer."""
    from search_api.schemas import filters_of, wants_of
    from search_api.service import Service
    from search_api.terminal import print_answer

    form = _export_form(export, output, as_json)
    service = Service(settings_of(context))
    answer = service.ask(question, k=k, filters=filters_of(where or []), wants=wants_of(wants))
    if form:
        _export(service, answer, form, output)
    elif as_json:
        print_json(answer.model_dump(mode="json"))
    else:
        print_answer(answer)


def _export_form(export: str | None, output: Path | None, as_json: bool) -> str | None:
    from kg.exports import bibliography, tables

    forms = (*tables.MEDIA_TYPES, *bibliography.MEDIA_TYPES)
    if export is None and output is not None:
        raise MisuseError(f"say in which form {output} is to be written: --export {', '.join(forms)}")
    if export is not None and as_json:
        raise MisuseError("give --export or --json, not both")
    return one_of(export, forms, "export") if export is not None else None


def _export(service: Service, answer: Answer, form: str, output: Path | None) -> None:
    from kg.exports import files
    from search_api.answer_exports import exported

    if answer.status == "no_answer":
        raise NotFoundError(f"nothing was written, as no document answers: {answer.reason}")
    if form == "xlsx":
        files.check_binary(output)
    content = exported(answer, form, service.world().catalog.documents)
    with files.output(output) as stream:
        stream.write(content)


def search(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help='Words to search for; those in "double quotes" must follow each other.')],
    k: Count = 10,
    kind: Annotated[str, typer.Option("--type", help="sentence, passage, statement or concept.")] = "sentence",
    where: Filter = None,
    sort: Annotated[str, typer.Option(help="relevance, year, -year (latest first) or document.")] = "relevance",
    cursor: Annotated[str | None, typer.Option(help="What the page before named as its next.")] = None,
    as_json: AsJson = False,
) -> None:
    """Find the places in the documents that fit a query by meaning and by word."""
    from search_api.schemas import filters_from
    from search_api.searching.schemas import RecordType, SearchFilters, Sort
    from search_api.service import Service
    from search_api.terminal import print_hits

    filters = filters_from(values_of(where or []), SearchFilters)
    results = Service(settings_of(context)).search(
        query, k, one_of(kind, get_args(RecordType), "type"), filters, one_of(sort, get_args(Sort), "sort"), cursor
    )
    if as_json:
        print_json(results.model_dump(mode="json"))
    else:
        print_hits(results)


def sparql(
    context: typer.Context,
    query: Annotated[str | None, typer.Argument(help="SPARQL 1.1 query; read from stdin if left out or '-'.")] = None,
    file: Annotated[Path | None, typer.Option("--file", help="File that holds the query.")] = None,
    media_type: Annotated[
        str | None,
        typer.Option(
            "--format", help="csv, tsv, json, xml, turtle, ntriples or a media type.", show_default="csv or turtle"
        ),
    ] = None,
) -> None:
    """Run a read-only SPARQL query over the published graph."""
    from search_api.sparql.engine import execute
    from search_api.sparql.responses import said

    settings = settings_of(context)
    source = _source(settings)
    result = execute(_query_text(query, file), media_type or READABLE, source, settings)
    _write(result)
    if result.searches:
        typer.echo(f"searched: {said(result.searches)}", err=True)


def query(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(help="Name of a query; left out, all are listed.")] = None,
    given: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME=VALUE]...", help="Parameters, e.g. region=Zhejiang.")
    ] = None,
    media_type: Annotated[
        str | None, typer.Option("--format", help="csv, tsv, json, xml or a media type.", show_default="csv")
    ] = None,
    show: Annotated[bool, typer.Option("--show", help="Print the SPARQL text instead of running it.")] = False,
) -> None:
    """Run one of the questions that analysts ask most, with parameters; each is a SPARQL query."""
    from search_api.sparql.engine import Alone
    from search_api.sparql.named import prepared
    from search_api.terminal import print_queries

    if name is None:
        print_queries()
        return
    settings = settings_of(context)
    source = _source(settings)
    with Alone(source, settings) as alone:
        text = prepared(name, values_of(given or []), alone.evaluate)
        if show:
            typer.echo(text, nl=False)
        else:
            _write(alone.evaluate(text, media_type or "csv"))


def _source(settings: Settings) -> Source:
    from kg.graph.server import place_of
    from kg.snapshot import open_snapshot
    from search_api.search_in_sparql import LazySearch
    from search_api.sparql.engine import Source

    snapshot = open_snapshot(settings.data)
    graph = place_of(settings, snapshot.id, snapshot.graph_path)
    return Source(graph, LazySearch(settings), settings.public_url)


def _write(result: QueryResult) -> None:
    last = b""
    for last in result.chunks():
        sys.stdout.buffer.write(last)
    if not last.endswith(b"\n"):
        sys.stdout.buffer.write(b"\n")


def _query_text(query: str | None, file: Path | None) -> str:
    if query not in (None, "-") and file is not None:
        raise MisuseError("give the query as an argument or with --file, not both")
    try:
        if file is not None:
            return file.read_text(encoding="utf-8")
        given = sys.stdin.read() if query in (None, "-") else query
        return given.encode("utf-8", "surrogateescape").decode("utf-8")
    except (OSError, UnicodeError) as error:
        raise MisuseError(f"cannot read the query{f' from {file}' if file else ''}: {error}") from error


def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on.")] = 8000,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes that answer.")] = 1,
) -> None:
    """Serve questions, search and SPARQL over HTTP until stopped."""
    from functools import partial

    import uvicorn
    from uvicorn.supervisors import Multiprocess

    from kg.snapshot import open_snapshot
    from search_api.app import create_app

    settings = settings_of(context)
    snapshot = open_snapshot(settings.data)
    with _listen(host, port) as listener:
        address = f"http://{host}:{listener.getsockname()[1]}"
        if "public_url" not in settings.model_fields_set:
            settings = settings.model_copy(update={"public_url": address})
        if not settings.keys_file.exists() and host not in ("127.0.0.1", "localhost", "::1"):
            typer.echo("open to all who reach this address: 'policyweave keys add NAME' asks for keys", err=True)
        typer.echo(f"snapshot {snapshot.id} at {address} (API: /docs); stop with Ctrl-C", err=True)
        # Made here also where processes make their own, so that what is wrong is told before any of them starts.
        app = create_app(settings)
        if workers == 1:
            uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listener])
            return
        config = uvicorn.Config(
            partial(_application, settings),
            factory=True,
            log_level="warning",
            workers=workers,
            timeout_worker_healthcheck=STARTING_SECONDS,
        )
        Multiprocess(config, sockets=[listener]).run()


def _application(settings: Settings) -> FastAPI:
    """The application of one process. Loaded here, so that the process answers its supervisor while it loads."""
    from search_api.app import create_app

    return create_app(settings)


def _listen(host: str, port: int) -> socket.socket:
    """A listening socket, so that a port in use is told before anything is loaded; port 0 takes a free one."""
    try:
        listener = socket.create_server((host, port), backlog=2048)
    except OSError as error:
        raise MisuseError(
            f"cannot listen on {host}:{port} ({error.strerror}): choose another --host or --port"
        ) from error
    # Inherited by every connection: asyncio sets it only on sockets that name their protocol, which these do not,
    # and without it the body of an answer waits 40 ms for the client to acknowledge the headers.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener
