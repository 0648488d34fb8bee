"""The routes below ``/v1``."""

from __future__ import annotations

from typing import Any, ClassVar

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from kg.errors import NotFoundError
from kg.settings import Settings
from search_api.chat.conversation import Conversations
from search_api.chat.events import streamed
from search_api.openai_shaped.completions import MODEL, CompletionRequest, chunks, completion
from search_api.openai_shaped.failures import OpenAIRoute
from search_api.openai_shaped.vector_stores import StorePage, StoreSearch, search_store
from search_api.routes import RESPONSES
from search_api.service import Service


class SwitchedOffError(NotFoundError):
    """The route is there, but the settings leave it off."""

    kind: ClassVar[str] = "switched-off"


def router(service: Service, conversations: Conversations, settings: Settings) -> APIRouter:
    """Search as a vector store and, where the settings say so, answers as a model."""
    made = APIRouter(prefix="/v1", route_class=OpenAIRoute, responses=RESPONSES, tags=["OpenAI-shaped"])

    @made.post("/vector_stores/{store}/search", summary="Search passages as OpenAI's vector stores do")
    def search(store: str, request: StoreSearch) -> StorePage:
        """Passages as chunks of files, each with its exact place and URL. The one store is `policyweave`."""
        return search_store(service, store, request)

    @made.get("/models", summary="The one model")
    def models() -> dict[str, Any]:
        """`policyweave`, where completions are switched on."""
        listed = {"id": MODEL, "object": "model", "created": 0, "owned_by": MODEL}
        return {"object": "list", "data": [listed] if settings.chat_completions else []}

    @made.post("/chat/completions", summary="Answer a conversation as OpenAI's models do")
    def complete(request: CompletionRequest) -> Response:
        """The text with marks, the quotes they stand for, and a `url_citation` for each mark.

        `k` and `filters` may be sent as further fields; settings of sampling mean nothing.
        """
        if not settings.chat_completions:
            raise SwitchedOffError("completions are switched off: set POLICYWEAVE_CHAT_COMPLETIONS=true")
        reply = conversations.reply(request.conversation())
        return streamed(chunks(reply)) if request.stream else JSONResponse(completion(reply))

    return made
