"""``POST /chat``: the last question of a conversation answered, at once or as server-sent events."""

from __future__ import annotations

import json
from collections.abc import Iterator

from fastapi import APIRouter
from starlette.responses import Response

from kg.errors import MisuseError
from search_api.chat.conversation import Conversations, Reply
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
        return Response(reply.whole().model_dump_json(), media_type="application/json")

    return made


def _events(reply: Reply) -> Iterator[bytes]:
    reading = {"question": reply.question, "read_as": reply.reading.text, "follows": reply.reading.follows}
    yield event(json.dumps(reading, ensure_ascii=False), "reading")
    for piece in reply.pieces():
        if isinstance(piece, str):
            yield event(json.dumps({"text": piece}, ensure_ascii=False), "text")
        else:
            yield event(piece.model_dump_json(), "answer")
