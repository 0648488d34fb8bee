"""``POST /chat``: the last question of a conversation answered, at once or as server-sent events."""

from __future__ import annotations

import json
from collections.abc import Iterator

from fastapi import APIRouter
from starlette.responses import Response

from kg.errors import MisuseError
from search_api.chat.conversation import Conversations
from search_api.chat.events import event, streamed
from search_api.chat.schemas import ChatAnswer, ChatRequest
from search_api.routes import RESPONSES, InvalidRequestError
from search_api.schemas import Filters


def router(conversations: Conversations) -> APIRouter:
    """The route."""
    made = APIRouter(responses=RESPONSES, tags=["questions"])

    @made.post(
        "/chat",
        summary="Answer the last question of a conversation",
        response_model=ChatAnswer,
        responses={200: {"content": {"text/event-stream": {}}}},
    )
    def chat(request: ChatRequest) -> Response:
        """Follow-up questions are put into words that stand alone (`read_as`), from the user's messages before.

        With `stream` the answer comes as events: `reading` (how the question was read), `text` (a piece; the
        pieces make `answer.text`), `answer` (all of it). Nothing is kept of a conversation.
        """
        try:
            reply = conversations.reply(request)
        except MisuseError as error:
            raise InvalidRequestError(str(error), f"filters are {', '.join(Filters.model_fields)}") from error
        if request.stream:
            return streamed(_events(reply))
        return Response(reply.model_dump_json(), media_type="application/json")

    return made


def _events(reply: ChatAnswer) -> Iterator[bytes]:
    reading = reply.model_dump(include={"question", "read_as", "follows"})
    yield event(json.dumps(reading, ensure_ascii=False), "reading")
    for line in reply.answer.text.splitlines(keepends=True):
        yield event(json.dumps({"text": line}, ensure_ascii=False), "text")
    yield event(reply.model_dump_json(), "answer")
