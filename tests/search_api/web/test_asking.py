"""The page of an answer: evidence in its surroundings, what was understood, and help where there is no answer."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from search_api.service import Service
from search_api.web.quoting import BESIDE, around

QUESTION = {"q": "Which measures address talent drain in counties?"}


def test_measures_stand_in_groups_with_their_sentences_marked(people: TestClient, corpus_service: Service) -> None:
    page = people.get("/ask", params=QUESTION).text
    answer = corpus_service.ask(QUESTION["q"])
    assert len(answer.items) > 1
    for item in answer.items:
        assert f"<mark>{item.citations[0].quote}</mark>".replace('"', "&#34;") in page
    assert {item.status for item in answer.items} == set(
        re.findall(r"</span>(\w+)</span> <span class=\"soft\">\d", page)
    )
    assert page.count('class="why"') == len(answer.items)


def test_what_was_understood_can_be_taken_away(people: TestClient) -> None:
    page = people.get("/ask", params=QUESTION).text
    assert "<b>county</b>" in page
    without = re.search(r'href="(/ask\?[^"]*any=region_type[^"]*)"', page)
    assert without
    corrected = people.get(without[1].replace("&amp;", "&")).text
    assert "<b>county</b>" not in corrected
    assert "any Kind of place" in corrected


def test_what_the_address_restricts_can_be_taken_away(people: TestClient) -> None:
    page = people.get("/ask", params={"q": "talent", "region": "Zhejiang", "status": ["proposed", "planned"]}).text
    for kept in ("region=Zhejiang&amp;status=planned", "status=proposed&amp;status=planned"):
        assert f'href="/ask?q=talent&amp;{kept}"' in page
    assert "<b>Zhejiang Province</b>" in page


def test_the_kind_that_is_wanted_can_be_changed(people: TestClient, corpus_service: Service) -> None:
    page = people.get("/ask", params={**QUESTION, "wants": "challenge"}).text
    assert 'aria-current="true">Challenges</a>' in page
    assert corpus_service.ask(QUESTION["q"], wants="challenge").items[0].label in page


def test_a_question_without_answer_is_helped_on(people: TestClient) -> None:
    page = people.get("/ask", params={"q": "kidney stones in Iceland"}).text
    assert "never mention" in page
    assert "Ask without “Iceland”" in page
    assert "/search?q=kidney+stones+in+Iceland" in page
    assert page.count("<blockquote>") >= 3


@pytest.mark.parametrize(
    "params", [{"q": "?!"}, {"q": "x" * 2001}, {"q": "x", "colour": "red"}, {"q": "x", "wants": "y"}]
)
def test_what_cannot_be_asked_is_said(people: TestClient, params: dict[str, str]) -> None:
    page = people.get("/ask", params=params)
    assert page.status_code == 422
    assert 'role="alert"' in page.text


def test_nothing_that_is_written_becomes_markup(people: TestClient) -> None:
    attack = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    for path in ("/ask", "/search", "/suggest", "/measures"):
        page = people.get(path, params={"q": attack, "lang": attack, "colours": attack}).text
        assert "<script>" not in page
        assert "<img" not in page


def test_unread_filters_are_those_of_the_question_alone(corpus_service: Service) -> None:
    asked = corpus_service.ask(QUESTION["q"], unread={"region_type"})
    assert "region_type" not in asked.interpretation.filters
    given = corpus_service.ask(QUESTION["q"]).interpretation.filters
    assert given["region_type"] == "county"


def test_surroundings_are_cut_at_words_and_joined_to_the_whole(corpus_service: Service) -> None:
    before, after = "Long ago. " * 40, " And so it went on." * 30
    said = {"quote": "This is said.", "context": f"{before}This is said.{after}"}
    citation = corpus_service.ask("talent").passages[0].model_copy(update=said)
    found = around(citation)
    assert found.before + citation.quote + found.after == citation.context.strip()
    assert found.cut
    assert found.lead.startswith("… ")
    assert found.tail.endswith(" …")
    assert len(found.lead) <= BESIDE + 2
    assert found.lead.removeprefix("… ").split()[0] in before.split()
