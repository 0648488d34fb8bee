"""Follow-up questions: what each keeps of what was asked before, and which questions stand alone."""

from __future__ import annotations

import pytest

from search_api.chat.conversation import Conversations
from search_api.chat.writing import Extractive
from search_api.question import described
from search_api.service import Service

FIRST = "Which measures keep skilled fishermen in the villages of Peru?"


@pytest.fixture(scope="module")
def conversations(service: Service) -> Conversations:
    return Conversations(service, Extractive())


@pytest.mark.parametrize(
    ("later", "wants", "filters", "topic"),
    [
        (["And in Finland?"], "measure", {"region": "Finland", "region_type": "village"}, "skilled fishermen"),
        (["and who should do it?"], "measure", {"region": "Peru", "region_type": "village"}, "skilled fishermen"),
        (["Finland?", "and in cities?"], "measure", {"region": "Finland", "region_type": "city"}, "skilled fishermen"),
        (["How about timber?"], "measure", {"region": "Peru", "region_type": "village"}, "timber"),
        (
            ["Which of them are already running?"],
            "measure",
            {"region": "Peru", "region_type": "village", "status": "implemented"},
            "skilled fishermen",
        ),
        (
            ["Only those already built.", "And in Finland?"],
            "measure",
            {"region": "Finland", "region_type": "village", "status": "implemented"},
            "skilled fishermen",
        ),
        (["What problems do they meet there?"], "challenge", {"region": "Peru", "region_type": "village"}, "fishermen"),
        (["Tell me more"], "measure", {"region": "Peru", "region_type": "village"}, "skilled fishermen"),
        (["and why?"], None, {"region": "Peru", "region_type": "village"}, "why"),
    ],
)
def test_a_follow_up_keeps_what_it_does_not_say(
    conversations: Conversations, later: list[str], wants: str | None, filters: dict[str, str], topic: str
) -> None:
    reading = conversations.reading([FIRST, *later])
    assert reading.follows
    assert reading.wants == wants
    assert described(reading.question.scope) == filters
    assert topic in reading.text
    if topic == "timber":
        assert "fishermen" not in reading.text


@pytest.mark.parametrize(
    "question",
    [
        "Which challenges do sawmills in Finland face?",
        "What do villages need so that they keep teachers?",
        "How many pilots did the ports of Peru employ?",
        "Is there a shortage of dry timber?",
        "Where is cold storage lacking?",
        "In which regions are there sawmills?",
        "In Finland, which measures help sawmills?",
        "cold storage for harbours",
    ],
)
def test_a_whole_question_stands_alone(conversations: Conversations, question: str) -> None:
    reading = conversations.reading([FIRST, question])
    assert not reading.follows
    assert reading.text == question


def test_a_name_takes_the_place_of_the_one_before(conversations: Conversations) -> None:
    assert conversations.reading([FIRST, "and Finland?"]).text == FIRST.replace("Peru", "Finland")


def test_what_follows_a_new_question_follows_that_one(conversations: Conversations) -> None:
    reading = conversations.reading([FIRST, "What do sawmills in Finland lack?", "And in Peru?"])
    assert "sawmills" in reading.text
    assert "fishermen" not in reading.text


def test_a_chinese_follow_up(conversations: Conversations) -> None:
    reading = conversations.reading([FIRST, "那芬兰呢？"])
    assert reading.follows
    assert described(reading.question.scope)["region"] in ("Finland", ["Peru", "Finland"])
