"""Questions about a document, a place or an actor as such: they ask for all there is, not for a topic.

An industry is a topic: what concerns it does not always name it.
"""

from __future__ import annotations

from dataclasses import replace

from search_api.answerability import telling
from search_api.catalog import Catalog
from search_api.question import Question
from search_api.retrieval.constraints import Fit, Scope
from search_api.schemas import Wants
from search_api.vocabulary import content_words, stem


def whole_scope(question: Question) -> bool:
    """Whether nothing is asked but what the question restricts itself to, by its words or by a client's filters."""
    scope = question.scope
    if scope.documents is None and not scope.binding and not _named(scope):
        return False
    constraints = (*scope.regions, *scope.actors)
    known = {stem(word) for c in constraints for word in content_words(f"{c.label} {c.text}")}
    known |= {stem(word) for kind in scope.region_types for word in content_words(kind)}
    return all(stem(word) in known for word in telling(question))


def bound(catalog: Catalog, question: Question) -> Question:
    """The question with the scope that it names made binding, where that is all it asks and the documents have it.

    Have it in the kind that is wanted: no actor is known of a challenge, so that an actor would leave none.
    """
    if not whole_scope(question) or not (named := _named(question.scope)):
        return question
    scope = replace(question.scope, binding=question.scope.binding | named)
    fit = Fit.of(catalog, scope)
    return replace(question, scope=scope) if _has(catalog, fit, question.wants) else question


def _has(catalog: Catalog, fit: Fit, wants: Wants) -> bool:
    """Whether the scope of ``fit`` leaves a sentence, with a statement of the wanted kind if one is wanted."""
    admitted = filter(fit.admits, catalog.sentences)
    if wants not in ("measure", "challenge"):
        return any(True for _ in admitted)
    stated = (statement for name in admitted for statement in catalog.statements_in.get(name, ()))
    return any(statement.type == wants and fit.admits_statement(statement) for statement in stated)


def _named(scope: Scope) -> frozenset[str]:
    kinds = {
        "region": scope.regions,
        "region_type": scope.region_types,
        "actor": scope.actors,
    }
    return frozenset(name for name, said in kinds.items() if said)
