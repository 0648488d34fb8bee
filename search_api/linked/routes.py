"""Routes of linked data: ``/id/…`` leads on (303) to a page for people or data for machines about the same thing."""

from __future__ import annotations

import json
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from kg.errors import NotFoundError
from kg.graph.context import context
from search_api.linked.source import LinkedData
from search_api.linked.syntaxes import DATA, chosen
from search_api.linked.validation import Validator
from search_api.linked.views import reference, thing
from search_api.linked.vocabularies import published
from search_api.reading import reading
from search_api.rendering import Renderer

_CACHE = {"Vary": "Accept", "Cache-Control": "no-cache"}


def router(linked: LinkedData, renderer: Renderer, validator: Validator) -> APIRouter:
    """All routes of linked data."""
    made = APIRouter(tags=["linked data"])
    _add_names(made, linked)
    _add_forms(made, linked, renderer)
    _add_dataset(made, linked)
    _add_validation(made, validator)
    return made


def _add_names(made: APIRouter, linked: LinkedData) -> None:
    @reading(made, "/id", summary="A thing by its whole IRI")
    def by_iri(iri: Annotated[str, Query(description="An IRI of the graph.")]) -> Response:
        """Leads to what the graph says of the thing (303)."""
        path = linked.local(iri)
        if not path:
            raise NotFoundError(f"{iri} is no name of this knowledge base: its names start with {linked.base_iri}")
        return RedirectResponse(f"/id/{quote(path)}", 303)

    @reading(made, "/id/{path:path}", summary="A thing by name")
    def name(path: str, request: Request) -> Response:
        """Leads to a page or to data, after the Accept header (303)."""
        syntax = chosen(request.headers.get("accept"))
        bare, _, version = path.rpartition("/")
        if bare in published() and version == published()[bare].version:
            path = bare
        if not linked.known(path):
            raise NotFoundError(f"the knowledge base holds nothing called {path}: search at /search")
        target = f"/page/{quote(path)}" if syntax == "html" else f"/data/{quote(path)}.{syntax}"
        return RedirectResponse(target, 303, headers=_CACHE)


def _add_forms(made: APIRouter, linked: LinkedData, renderer: Renderer) -> None:
    @reading(made, "/data/{path:path}.{syntax}", summary="RDF")
    def data(path: str, syntax: str) -> Response:
        """Triples about a thing as ttl, jsonld, nt, rdf, nq or trig; a vocabulary comes whole."""
        if syntax not in DATA:
            raise NotFoundError(f"there is no form .{syntax}: take one of {', '.join(DATA)}")
        return Response(linked.data(path, syntax), headers=_CACHE, media_type=DATA[syntax].media_type)

    @made.get("/page/{path:path}", include_in_schema=False)
    def page(path: str, request: Request) -> HTMLResponse:
        values = reference(published()[path]) if path in published() else thing(linked.description(path), linked.local)
        template = "vocabulary.html" if path in published() else "thing.html"
        return renderer.page(request, template, {"path": path, "forms": list(DATA), **values})


def _add_dataset(made: APIRouter, linked: LinkedData) -> None:
    @reading(made, "/dataset", summary="VoID and DCAT description")
    def described(request: Request) -> Response:
        """What the knowledge base holds and where to get it."""
        syntax = chosen(request.headers.get("accept") or "text/turtle")
        form = "ttl" if syntax == "html" else syntax
        return Response(linked.dataset(form), headers=_CACHE, media_type=DATA[form].media_type)

    @made.get("/.well-known/void", include_in_schema=False)
    def well_known() -> Response:
        return RedirectResponse("/dataset", 303)

    @made.get("/context.jsonld", summary="The JSON-LD context", response_class=Response)
    def jsonld_context() -> Response:
        """Short names for the terms of the graph."""
        body = json.dumps({"@context": dict(context())}, ensure_ascii=False, indent=1)
        return Response(body, media_type="application/ld+json")


def _add_validation(made: APIRouter, validator: Validator) -> None:
    @reading(made, "/dataset/validation", summary="SHACL report on the graph")
    async def validation(request: Request) -> Response:
        """Whether the graph keeps to the shapes of the ontology: Turtle, JSON or text. The first call takes seconds."""
        media_type, text = await validator.report(request.headers.get("accept"))
        return Response(text, headers=_CACHE, media_type=media_type)
