"""The conversation page: follow-ups, numbers that lead to their sentences, and text that can be taken along."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from fastapi.testclient import TestClient

from search_api.chat.conversation import Conversations
from search_api.chat.schemas import ChatRequest, Message
from search_api.chat.writing import Extractive
from search_api.service import Service
from search_api.web.talking import MOST, turn

Open = Callable[..., AbstractContextManager[Any]]
FIRST = "Which measures address talent drain in counties?"
SECOND = "and in the western region?"


def test_a_follow_up_keeps_what_it_does_not_say(people: TestClient) -> None:
    page = people.get("/chat", params={"q": [FIRST, SECOND]}).text
    assert page.count('<article class="turn">') == 2
    assert "Read as: Which measures address talent drain in counties in the western region?" in page
    last = people.get("/chat", params={"q": [FIRST, SECOND]}, headers={"hx-request": "true"}).text
    assert last.count('<article class="turn">') == 1
    assert SECOND in last


def test_numbers_lead_to_the_sentences_that_they_stand_for(people: TestClient, corpus_service: Service) -> None:
    asked = ChatRequest(messages=[Message(role="user", content=FIRST)])
    shown = turn(Conversations(corpus_service, Extractive()).reply(asked).whole())
    page = people.get("/chat", params={"q": FIRST}).text
    assert "".join(piece.text for piece in shown.pieces) == shown.reply.answer.text
    for number, citation in shown.places:
        link = re.search(rf'class="cite" href="([^"]+)"[^>]*>\[{number}\]', page)
        assert link
        assert f"cite={citation.start}-{citation.end}#cited" in html.unescape(link[1])
        assert f"[{number}] “" in shown.plain
        assert citation.url in shown.plain


def test_a_conversation_has_an_end_of_memory(people: TestClient) -> None:
    page = people.get("/chat", params={"q": [f"talent {n}" for n in range(MOST + 3)]}).text
    assert page.count('<article class="turn">') == MOST
    assert "Only the last ten" in page


def test_what_has_no_answer_is_said_in_a_conversation_too(people: TestClient) -> None:
    page = people.get("/chat", params={"q": [FIRST, "What about kidney stones in Iceland?"]}).text
    assert "The papers do not answer this." in page
    assert people.get("/chat", params={"q": "?!"}).status_code == 422


@pytest.mark.parametrize("javascript", [True, False])
def test_talking_on(opened: Open, javascript: bool) -> None:
    with opened("/chat", javascript=javascript) as page:
        for number, text in enumerate((FIRST, SECOND), start=1):
            page.get_by_role("searchbox").fill(text)
            page.get_by_role("button", name="Ask").click()
            page.locator("article.turn").nth(number - 1).wait_for()
            assert page.locator("article.turn").count() == number
        page.wait_for_url("**and*western*")
        page.reload()
        assert page.locator("article.turn").count() == 2
        page.locator("a.cite").first.click()
        page.wait_for_url("**/documents/*")
        assert page.locator("#cited").is_visible()
