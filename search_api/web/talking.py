"""The conversation page: follow-up questions over the same service, each answer with numbered places that open.

The whole conversation stands in the address (``q`` once a question), so that it can be passed on; the server keeps
nothing of it. A script asks for the last turn alone; without it all turns are answered anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from search_api.answer_text import numbered, tidy
from search_api.chat.conversation import Conversations
from search_api.chat.schemas import ChatAnswer, ChatRequest, Message
from search_api.chat.writing import Extractive
from search_api.schemas import Answer, Citation
from search_api.web.site import Site

# As many turns as a conversation remembers.
MOST: Final = 10


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of an answer's text; a mark has the ``number`` of the place that it leads to."""

    text: str
    number: int | None


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with its answer in words, the places behind it by number, and both as plain text to copy."""

    reply: ChatAnswer
    pieces: tuple[Piece, ...]
    places: tuple[tuple[int, Citation], ...]
    plain: str


def show(site: Site, request: Request) -> Response:
    """The turns of the conversation in the address."""
    questions = [text for text in request.query_params.getlist("q") if text.strip()][-MOST:]
    continued = request.headers.get("hx-request") == "true"
    conversations = Conversations(site.service, Extractive())
    shown = range(len(questions) if continued else 1, len(questions) + 1) if questions else ()
    turns = [turn(_reply(conversations, questions[:length])) for length in shown]
    return site.page(request, "chat.html", {"turns": turns, "questions": questions, "full": len(questions) >= MOST})


def _reply(conversations: Conversations, questions: Sequence[str]) -> ChatAnswer:
    return conversations.reply(ChatRequest(messages=[Message(role="user", content=text) for text in questions])).whole()


def turn(reply: ChatAnswer) -> Turn:
    """An answer made ready to be shown."""
    answer = reply.answer
    pieces = tuple(_pieces(answer))
    cited = {piece.number for piece in pieces if piece.number is not None}
    places = tuple((number, citation) for number, citation in _places(answer) if number in cited)
    return Turn(reply, pieces, places, _plain(answer, places))


def _pieces(answer: Answer) -> Iterator[Piece]:
    at = 0
    for mark in answer.text_citations:
        yield Piece(answer.text[at : mark.start], None)
        yield Piece(answer.text[mark.start : mark.end], mark.citation)
        at = mark.end
    yield Piece(answer.text[at:], None)


def _places(answer: Answer) -> Iterator[tuple[int, Citation]]:
    """The first citation of each number, in the order of the numbers."""
    numbers = numbered(answer.items, answer.passages)
    seen: set[int] = set()
    for citation in [*(c for item in answer.items for c in item.citations), *answer.passages]:
        number = numbers[citation.document, citation.start, citation.end]
        if number not in seen:
            seen.add(number)
            yield number, citation


def _plain(answer: Answer, places: Sequence[tuple[int, Citation]]) -> str:
    """The text with its references, to be copied."""
    references = [f"[{number}] “{tidy(c.quote)}” {_source(c)}" for number, c in places]
    return "\n".join([answer.text, "", *references]).strip()


def _source(citation: Citation) -> str:
    said = [", ".join(citation.authors), str(citation.year or ""), citation.title or citation.source, citation.section]
    return ". ".join(part for part in said if part) + f". {citation.url}"
