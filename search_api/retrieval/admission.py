"""Which records a question or its filters admit, so that they are searched by themselves and none is cut before."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from search_api.retrieval.constraints import Fit


def admitted(fit: Fit) -> Mapping[str, Collection[str]] | None:
    """Ids of the admitted sentences, passages and statements by the name of their vectors; None where all are."""
    scope = fit.scope
    if not scope.binding and scope.documents is None and scope.excluded is None:
        return None
    catalog = fit.catalog
    sentences = {identifier for identifier in catalog.sentences if fit.admits(identifier)}
    stated = (s for identifier in sentences for s in catalog.statements_in.get(identifier, ()))
    return {
        "sentences": sentences,
        "passages": {passage for identifier in sentences if (passage := catalog.sentences[identifier].passage)},
        "statements": {statement.id for statement in stated if fit.admits_statement(statement)},
    }
