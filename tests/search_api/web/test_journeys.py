"""What people do on the pages, in a real browser, with JavaScript and without."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

Open = Callable[..., AbstractContextManager[Any]]
BOTH = pytest.mark.parametrize("javascript", [True, False])


@BOTH
def test_from_a_question_to_the_sentence_in_its_source(opened: Open, javascript: bool) -> None:
    with opened("/", javascript=javascript) as page:
        page.get_by_role("searchbox").fill("Which measures address talent drain in counties?")
        page.get_by_role("button", name="Ask").click()
        page.wait_for_url("**/ask?q=*")
        evidence = page.locator("article blockquote").first
        quote = evidence.locator("mark").first.inner_text()
        evidence.locator("cite a").click()
        page.wait_for_url("**/documents/*cite=*")
        cited = page.locator("mark.cited")
        said = re.sub(r"[◆▲#]", "", "".join(cited.all_inner_texts()))
        assert " ".join(said.split()) == " ".join(quote.split())
        assert page.locator("#cited").is_visible()
        box = page.locator("#cited").bounding_box()
        assert 0 <= box["y"] < 900


@BOTH
def test_narrowing_a_search_down_and_going_back(opened: Open, javascript: bool) -> None:
    with opened("/search?q=talent", javascript=javascript) as page:
        choice = page.locator(".facets a", has_text="talent").first
        count = choice.locator(".count").inner_text()
        choice.click()
        page.wait_for_url("**theme=talent**")
        page.get_by_text(f"{count} finds", exact=True).wait_for()
        page.get_by_role("link", name="Without talent").click()
        page.wait_for_url("**/search?q=talent")
        page.get_by_text(f"{count} finds", exact=True).wait_for(state="detached")
        page.go_back()
        page.get_by_text(f"{count} finds", exact=True).wait_for()


@BOTH
def test_from_the_matrix_to_the_evidence(opened: Open, javascript: bool) -> None:
    with opened("/matrix", javascript=javascript) as page:
        page.locator(".heat a").first.click()
        page.wait_for_url("**/matrix/cell?*")
        page.locator("article h2 a").first.click()
        page.wait_for_url("**/measures/*")
        assert page.locator("#evidence").is_visible()
        page.go_back()
        page.get_by_role("link", name="← Matrix").click()
        page.locator("#rows").select_option("region")
        page.get_by_role("button", name="Show").click()
        page.wait_for_url("**rows=region**")
        page.get_by_role("link", name="China", exact=True).first.wait_for()


@BOTH
def test_the_address_of_a_citation_opens_its_sentence(opened: Open, corpus_service: Any, javascript: bool) -> None:
    citation = corpus_service.ask("talent drain in counties").passages[0]
    path = citation.url.removeprefix(corpus_service.settings.public_url)
    with opened(path, javascript=javascript) as page:
        lit = page.locator(".sentence:target")
        assert re.sub(r"[◆▲#]", "", lit.inner_text()).strip() == " ".join(citation.quote.split())


@BOTH
def test_light_and_dark_stay_as_chosen(opened: Open, javascript: bool) -> None:
    with opened("/documents", javascript=javascript, color_scheme="light") as page:
        light = page.evaluate("() => getComputedStyle(document.body).backgroundColor") if javascript else None
        page.locator("#theme").click()
        page.locator('html[data-theme="dark"]').wait_for(state="attached")
        if javascript:
            assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") != light
            assert "colours=" not in page.url
        page.goto("/matrix")
        assert page.locator("html").get_attribute("data-theme") == "dark"


@BOTH
def test_the_language_stays_as_chosen(opened: Open, javascript: bool) -> None:
    with opened("/search?q=talent", javascript=javascript) as page:
        page.get_by_role("link", name="中文").click()
        page.wait_for_url("**lang=zh**")
        assert "q=talent" in page.url
        page.get_by_role("navigation", name="主导航").get_by_role("link", name="矩阵").click()
        page.wait_for_url("**/matrix")
        assert page.locator("html").get_attribute("lang") == "zh"


@pytest.mark.usefixtures("built")
def test_the_keyboard_is_enough(opened: Open) -> None:
    with opened("/documents") as page:
        page.keyboard.press("Tab")
        assert page.evaluate("() => document.activeElement.textContent") == "Skip to content"
        page.keyboard.press("Enter")
        page.keyboard.press("/")
        assert page.evaluate("() => document.activeElement.id") == "q"
        page.keyboard.type("deq")
        page.locator("#suggestions a").first.wait_for()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url("**/regions/330521")
        page.keyboard.press("/")
        page.keyboard.type("tal/ent")
        assert page.locator("#q").input_value() == "tal/ent"
        page.keyboard.press("Control+A")
        page.keyboard.type("tal")
        page.locator("#suggestions a").first.wait_for()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Escape")
        page.locator("#suggestions a").first.wait_for(state="detached")
        page.keyboard.press("Enter")
        page.wait_for_url("**/ask?q=tal")


@pytest.mark.usefixtures("built")
def test_a_neighbourhood_is_drawn_and_grows(opened: Open) -> None:
    with opened("/explore/challenges/weak-innovation") as page:
        drawing = page.locator("#graph[data-nodes]")
        drawing.wait_for()
        rows = page.locator("#edges tr[data-href]").count()
        assert int(drawing.get_attribute("data-nodes")) == rows + 1
        spot = page.evaluate(
            "() => document.getElementById('graph')._cyreg.cy.nodes('[kind = \"region\"]').first().renderedPosition()"
        )
        drawing.click(position=spot)
        page.locator("#chosen a").wait_for()
        drawing.click(position=spot)
        page.wait_for_function(f"() => Number(document.getElementById('graph').dataset.nodes) > {rows + 1}")
        assert int(drawing.get_attribute("data-nodes")) <= 200


def test_a_neighbourhood_is_a_table_without_javascript(opened: Open) -> None:
    with opened("/explore/challenges/weak-innovation", javascript=False) as page:
        assert not page.locator("#graph").is_visible()
        assert page.locator("#edges tbody tr").count() > 5


def test_what_is_printed_is_the_text(opened: Open) -> None:
    with opened("/ask?q=Which+measures+address+talent+drain+in+counties%3F") as page:
        page.emulate_media(media="print")
        assert not page.locator("header.top").is_visible()
        assert not page.locator(".side").is_visible()
        assert page.locator("article blockquote").first.is_visible()
