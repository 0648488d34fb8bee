"""From an understood question and its ranked sentences to the answer that clients see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.identifiers import iri
from kg.settings import Settings
from search_api.abstention import Verdict
from search_api.answer_query import query_for
from search_api.answer_text import compose
from search_api.breadth import whole_scope
from search_api.catalog import Catalog
from search_api.citations import cite
from search_api.items import entities, figures, statements
from search_api.items.explaining import explained
from search_api.items.figures import Alike
from search_api.items.found import Found, Place, strongest
from search_api.question import Question, described
from search_api.retrieval.constraints import Fit
from search_api.retrieval.evidence import Evidence, Signals
from search_api.schemas import (
    Answer,
    Citation,
    Interpretation,
    InterpretedConcept,
    Item,
    Named,
    Wants,
)

SLACK: Final[Mapping[Wants, float]] = {
    "measure": 0.25,
    "challenge": 0.3,
    "region": 0.2,
    "industry": 0.2,
    "statistic": 0.15,
    "passage": 0.0,
}
# What a paper recommends or a place does is all of it, not what happens to be near to these words.
WHOLE: Final = 1.0
SENTENCES_FOR_STATEMENTS: Final = 60
SENTENCES_FOR_FACTS: Final = 12
SENTENCES_FOR_FIGURES: Final = 12
NEAR_CONCEPT: Final = 0.45
CONCEPTS_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Findings:
    """What retrieval found for one question; ``alike`` gives the cosines of further texts to it."""

    question: Question
    fit: Fit
    signals: Signals
    ranked: Sequence[Evidence]
    alike: Alike


def assemble(
    catalog: Catalog, settings: Settings, findings: Findings, verdict: Verdict, found: Sequence[Found], k: int
) -> Answer:
    """The whole answer but for the snapshot's id and the time taken; what cannot be proved is left out."""
    items = [item for f in found if (item := _item(catalog, settings, f)) is not None]
    passages = nearest(catalog, settings, findings.ranked, k)
    text, marks = ("", []) if verdict.status == "no_answer" else compose(items, passages)
    wants = findings.question.wants
    return Answer(
        question=findings.question.text,
        status=verdict.status,
        reason=verdict.reason,
        interpretation=interpretation(catalog, findings),
        sparql=query_for(wants, items, passages, settings.base_iri),
        items=items,
        passages=passages,
        text=text,
        text_citations=marks,
        snapshot="",
        took_ms=0.0,
    )


def find(catalog: Catalog, findings: Findings, k: int, base_iri: str) -> list[Found]:
    """At most k items of the kind that is wanted, the clearly weaker ones left out; none for passages."""
    question, ranked = findings.question, findings.ranked
    wants = question.wants
    if wants in ("measure", "challenge"):
        best = ranked[:SENTENCES_FOR_STATEMENTS]
        found = statements.find(catalog, findings.signals, findings.fit, wants, best, base_iri)
    elif wants in ("region", "industry"):
        found = entities.find(catalog, wants, _prose(catalog, ranked)[:SENTENCES_FOR_FACTS], question)
    elif wants == "statistic":
        prose = _prose(catalog, ranked)
        found = figures.find(catalog, findings.fit, prose, question, findings.alike, SENTENCES_FOR_FIGURES, base_iri)
    else:
        found = []
    slack = WHOLE if whole_scope(question) else SLACK[wants]
    return strongest(found, k, slack) if found else []


def nearest(catalog: Catalog, settings: Settings, ranked: Sequence[Evidence], k: int) -> list[Citation]:
    """The best k sentences as citations, headings left out."""
    places = (nearest_place(catalog, evidence) for evidence in _prose(catalog, ranked)[:k])
    return [citation for p in places if (citation := cite(catalog, settings, p)) is not None]


def nearest_place(catalog: Catalog, evidence: Evidence) -> Place:
    """The place that a sentence is cited by."""
    return statements.place(catalog, evidence)


def interpretation(catalog: Catalog, findings: Findings) -> Interpretation:
    """How the question was understood: constraints by name, then the nearest concepts of the documents."""
    scope = findings.question.scope
    limits = [
        InterpretedConcept(iri=c.iri, label=c.label, role="constraint", score=1.0)
        for c in (*scope.regions, *scope.industries, *scope.actors)
    ]
    near = sorted(findings.signals.cosines.concepts.items(), key=lambda pair: (-pair[1], pair[0]))
    topics = [
        InterpretedConcept(iri=key, label=catalog.concepts[key].label, role="topic", score=round(score, 4))
        for key, score in near[:CONCEPTS_SHOWN]
        if score >= NEAR_CONCEPT and key in catalog.concepts
    ]
    return Interpretation(wants=findings.question.wants, concepts=limits + topics, filters=described(scope))


def _prose(catalog: Catalog, ranked: Sequence[Evidence]) -> list[Evidence]:
    return [e for e in ranked if catalog.sentences[e.sentence].kind == "prose"]


def _item(catalog: Catalog, settings: Settings, found: Found) -> Item | None:
    """The item with its checked citations; None where no citation of it holds."""
    citations = [c for place in found.places if (c := cite(catalog, settings, place)) is not None]
    if not citations:
        return None
    first, figure = found.statements[0] if found.statements else None, found.statistic
    regions = [r for s in found.statements for r in s.regions] + ([figure.region] if figure and figure.region else [])
    return Item(
        iri=found.iri,
        type=found.type,
        label=found.label,
        score=round(found.score, 4),
        basis=found.note or found.basis,
        confidence=round(_confidence(catalog, found), 4),
        why=explained(catalog, found),
        status=first.status if first else None,
        theme=first.theme if first else None,
        addresses=_addressed(catalog, settings, found),
        regions=_labels(r.label for r in regions),
        region_types=_labels(t for s in found.statements for t in s.region_types),
        industries=_labels(e.label for s in found.statements for e in s.industries),
        actors=_labels(e.label for s in found.statements for e in s.actors),
        value=figure.value if figure else None,
        unit=figure.unit if figure else None,
        year=figure.year if figure else None,
        citations=citations,
    )


def _confidence(catalog: Catalog, found: Found) -> float:
    """Of statements and mentions the surest; of a sentence taken by its role, and of figures, that of the role."""
    if found.statements:
        return max(s.confidence for s in found.statements)
    sentences = [place.evidence.sentence for place in found.places]
    named = (m.score for s in sentences for m in catalog.mentions_in.get(s, ()) if m.entity.iri == found.iri)
    played = (catalog.roles.get(s, {}).get(found.type, 0.0) for s in sentences)
    return max((*named, *played), default=0.0)


def _labels(labels: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(labels))


def _addressed(catalog: Catalog, settings: Settings, found: Found) -> list[Named]:
    """The challenges that the item's statements address, surest first."""
    relations = [r for s in found.statements for r in catalog.addressed_by.get(s.id, ())]
    named: dict[str, str] = {}
    for relation in sorted(relations, key=lambda r: (-r.confidence, r.object)):
        if (challenge := catalog.statements.get(relation.object)) is None:
            continue
        concept = catalog.concept_of.get(challenge.id)
        name = concept.iri if concept else iri(settings.base_iri, "statement", challenge.id)
        named.setdefault(name, concept.label if concept else challenge.label)
    return [Named(iri=name, label=label) for name, label in named.items()]
