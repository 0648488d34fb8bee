"""Answers over a small published knowledge base: kinds of items, proofs, abstention, the query behind an answer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, QuerySolutions

from kg.errors import MisuseError, NotFoundError, SnapshotError
from kg.graph.store import open_read_only
from kg.records import DocumentRecords
from kg.settings import Settings
from search_api.catalog import Catalog
from search_api.citations import cite
from search_api.items.found import Place
from search_api.retrieval import graph
from search_api.retrieval.evidence import Evidence
from search_api.schemas import Answer, Filters, Wants, filters_of, wants_of
from search_api.service import Service

TALENT = "How can skilled fishermen be kept in the villages of Peru?"


def _citations(answer: Answer) -> list[tuple[str, int, int, str]]:
    cited = [c for item in answer.items for c in item.citations] + answer.passages
    return [(c.source, c.start, c.end, c.quote) for c in cited]


def test_measures_with_proof(service: Service, documents: list[DocumentRecords]) -> None:
    answer = service.ask(TALENT)
    assert answer.status == "answered"
    assert answer.interpretation.wants == "measure"
    assert answer.interpretation.filters["region"] == "Peru"
    assert answer.items[0].type == "measure"
    assert "school" in answer.items[0].label
    assert [named.label for named in answer.items[0].addresses] == [
        "Skilled fishermen leave the coastal villages of Peru for the big cities"
    ]
    texts = {record.document.source: record.text for record in documents}
    for source, start, end, quote in _citations(answer):
        assert texts[source][start:end] == quote


def test_repeated_sentence_is_cited_once(service: Service) -> None:
    quotes = [quote for *_, quote in _citations(service.ask(TALENT)) if "found a school" in quote]
    assert len(quotes) == 2, "once as an item's proof and once as a passage"


@pytest.mark.parametrize(
    ("question", "kind", "part"),
    [
        ("What obstacles do sawmills in Finland face?", "challenge", "dry timber"),
        ("Which countries sell more wood than before?", "region", "Chile"),
        ("How many pilots worked in the ports of Peru?", "statistic", "pilots"),
        ("What has Peru already built for the catch?", "measure", "cold stores"),
    ],
)
def test_kinds_of_items(service: Service, question: str, kind: str, part: str) -> None:
    answer = service.ask(question)
    assert answer.interpretation.wants == kind
    assert any(part in item.label or part in item.citations[0].quote for item in answer.items)
    assert {item.type for item in answer.items} == {kind}


@pytest.mark.parametrize(
    ("question", "kind", "part"),
    [
        ("dry timber, sawmills, winter", "challenge", "dry timber"),
        ("tide data for every boat", "measure", "tide data"),
        ("exports of timber", "statistic", "timber exports"),
    ],
)
def test_open_questions_get_what_the_nearest_sentences_hold(
    service: Service, question: str, kind: str, part: str
) -> None:
    answer = service.ask(question)
    assert answer.interpretation.wants == kind
    assert part in answer.items[0].label


def test_reasons_leave_everyday_words_out(service: Service) -> None:
    reason = service.ask("How should kidney stones be treated early?").reason or ""
    assert "kidney stones" in reason
    assert not {"treated", "early"} & set(reason.strip(".").split())


def test_what_is_foreign_to_a_place_is_refused(service: Service) -> None:
    answer = service.ask("How many orchestras play in Peru?")
    assert answer.status == "no_answer"


def test_measures_are_raised_by_the_problem_they_address(service: Service) -> None:
    catalog = service.world().catalog
    concept = next(c for c in catalog.concepts.values() if "Skilled fishermen leave" in c.label)
    near = graph.problems(catalog, {concept.iri: 0.7, "https://example.org/unknown": 0.9})
    assert near == {concept.iri: 0.7}
    reached = graph.reached(catalog, near)
    assert {catalog.sentences[s].text.split()[-1] for s in reached} == {"villages."}
    assert all(0 < score < 0.7 for score in reached.values())
    assert graph.problems(catalog, {concept.iri: 0.3}) == {}


def test_statistic_has_its_figure(service: Service) -> None:
    first = service.ask("How many pilots worked in the ports of Peru in 2019?").items[0]
    assert (first.value, first.unit, first.year) == (412.0, "persons", 2019)


def test_implemented_comes_first_when_asked_for(service: Service) -> None:
    answer = service.ask("What has Peru already built for the catch?")
    assert answer.interpretation.filters["status"] == "implemented"
    assert answer.items[0].status == "implemented"


def test_typing_errors_are_mended(service: Service) -> None:
    right = service.ask("skilled fishermen villages schol").passages[0].quote
    assert service.ask("skiled fishermn vilages schol").passages[0].quote == right


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("How can fishermen be kept in Iceland?", "never mention Iceland"),
        ("What treatment helps against kidney stones?", "kidney"),
        ("How should Chile train sailors and fishermen?", "state no measure"),
        ("Which vaccines do Finland's kindergartens need?", "“kindergartens”"),
    ],
)
def test_no_answer_says_why(service: Service, question: str, part: str) -> None:
    answer = service.ask(question)
    assert answer.status == "no_answer"
    assert answer.items == []
    assert answer.text == ""
    assert answer.passages, "the nearest passages are given all the same"
    assert part in (answer.reason or "")


def test_partly_known_regions(service: Service) -> None:
    answer = service.ask("Compare fishing in Peru and in Iceland")
    assert answer.status == "partial"
    assert "Iceland" in (answer.reason or "")


def test_text_marks_point_at_citations(service: Service) -> None:
    answer = service.ask(TALENT)
    assert answer.text
    places = {(c.document, c.start, c.end) for item in answer.items for c in item.citations}
    for number, mark in enumerate(answer.text_citations):
        assert mark.index == number
        assert answer.text[mark.start : mark.end] == f"[{mark.citation}]"
        assert 1 <= mark.citation <= len(places)
    for line in answer.text.splitlines():
        assert line.endswith("].")


def test_passages_are_quoted_when_no_item_is_wanted(service: Service) -> None:
    answer = service.ask("What is meant by a pilot?")
    assert answer.interpretation.wants == "passage"
    assert "guides large ships" in answer.passages[0].quote
    assert "guides large ships" in answer.text


@pytest.mark.parametrize("question", [TALENT, "Which countries sell more wood?", "How many pilots worked in Peru?"])
def test_query_returns_the_items(service: Service, question: str) -> None:
    answer = service.ask(question)
    found = open_read_only(service.world().snapshot.graph_path).query(answer.sparql)
    assert isinstance(found, QuerySolutions)
    returned = {row["item"].value for row in found if isinstance(row["item"], NamedNode)}
    assert answer.items
    assert returned == {item.iri for item in answer.items}


@pytest.mark.parametrize(
    ("wants", "part"),
    [("challenge", "leave the coastal villages"), ("measure", "found a school"), ("passage", "school")],
)
def test_a_client_says_what_it_wants(service: Service, wants: Wants, part: str) -> None:
    answer = service.ask("skilled fishermen in the villages", wants=wants)
    assert answer.interpretation.wants == wants
    assert {item.type for item in answer.items} == ({wants} if wants != "passage" else set())
    assert part in " ".join(quote for *_, quote in _citations(answer))


def test_unknown_wants_are_refused() -> None:
    assert wants_of(None) is None
    assert wants_of("region") == "region"
    with pytest.raises(MisuseError, match="use one of"):
        wants_of("recipes")


def test_items_say_why(service: Service) -> None:
    for item in service.ask(TALENT).items:
        why = item.why
        parts = (why.meaning, why.surroundings, why.words, why.kind, why.scope, why.graph, why.other)
        assert sum(parts) == pytest.approx(item.score, abs=0.001)
        assert "near in meaning" in why.text
        assert 0 < item.confidence <= 1
    first = service.ask(TALENT).items[0].why
    assert "states a measure" in first.text
    assert "places" in first.text


def test_text_counts_and_groups(service: Service) -> None:
    text = service.ask("measures for the harbours, the boats and the catch").text
    assert text.startswith("Of ")
    assert " measures in 1 paper, " in text
    assert "implemented: " in text
    assert "proposed: " in text


def test_missing_topic_makes_an_answer_partial(service: Service) -> None:
    answer = service.ask("How can fishermen and kidney transplants be helped?")
    assert answer.status == "partial"
    assert "kidney transplants" in (answer.reason or "")


def test_same_question_same_answer(service: Service, served: Settings) -> None:
    left, right = service.ask(TALENT), Service(served).ask(TALENT)
    assert left.model_dump(exclude={"took_ms"}) == right.model_dump(exclude={"took_ms"})


def test_filters_override_the_question(service: Service) -> None:
    answer = service.ask("How can sawmills be helped?", filters=filters_of(["region=Peru"]))
    assert {c.source for item in answer.items for c in item.citations} == {"fishing.txt"}
    answer = service.ask("What should be done?", filters=Filters(document="timber.txt"))
    assert {passage.source for passage in answer.passages} == {"timber.txt"}
    assert service.ask(TALENT, filters=Filters(year=1999)).passages == []
    proposed = service.ask("What has Peru built for the catch?", filters=Filters(status="proposed"))
    assert {item.status for item in proposed.items} <= {"proposed"}


@pytest.mark.parametrize(
    "pairs", [["colour=red"], ["region"], ["region=Atlantis"], ["status=done"], ["document=none.txt"], ["year=soon"]]
)
def test_bad_filters_are_refused(service: Service, pairs: list[str]) -> None:
    with pytest.raises(MisuseError):
        service.ask(TALENT, filters=filters_of(pairs))


@pytest.mark.parametrize(("question", "k"), [("", 5), (" ?! ", 5), ("x" * 2001, 5), ("towns", 0), ("towns", 101)])
def test_bad_questions_are_refused(service: Service, question: str, k: int) -> None:
    with pytest.raises(MisuseError):
        service.ask(question, k)


def test_k_limits_items_and_passages(service: Service) -> None:
    answer = service.ask(TALENT, k=1)
    assert len(answer.items) == 1
    assert len(answer.passages) == 1


def test_records_can_be_looked_up(service: Service) -> None:
    cited = service.ask(TALENT).items[0].citations[0]
    view = service.passage(cited.passage_id)
    assert cited.quote in view.text
    assert view.text == cited.context
    assert cited.url.endswith(f"/passages/{view.id}#char={cited.start},{cited.end}")
    listed = service.documents()
    assert [summary.source for summary in listed] == ["fishing.txt", "timber.txt"]
    assert service.document(listed[0].id).sections[0].name == "1 Problems"
    assert service.status().documents == 2
    with pytest.raises(NotFoundError):
        service.document("none")
    with pytest.raises(NotFoundError):
        service.passage("none")


def test_changed_source_is_never_quoted(
    service: Service, served: Settings, documents: list[DocumentRecords], caplog: pytest.LogCaptureFixture
) -> None:
    record = documents[0]
    changed = replace(record, text=record.text.replace("fishermen", "fisherman"))
    catalog = Catalog.of({record.document.id: changed}, ())
    sentence = next(s for s in record.sentences if "leave" in s.text)
    evidence = Evidence(sentence.id, 1.0, 1.0, 0.0, 0.0, 0.0, ())
    assert cite(catalog, served, Place(record.document.id, sentence.start, sentence.end, evidence)) is None
    assert "does not match its source" in caplog.text
    intact = service.world().catalog
    assert cite(intact, served, Place(record.document.id, sentence.start, sentence.end, evidence)) is not None


def test_nothing_to_answer_from(tmp_path: Path, exported_models: Path) -> None:
    with pytest.raises(SnapshotError, match="ingest"):
        Service(Settings(data=tmp_path)).ask("towns")
