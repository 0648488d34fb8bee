"""An endpoint of our own that speaks OpenAI's protocol and answers as a test tells it to: well, badly, maliciously."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

import pytest
from fastapi import FastAPI, Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from kg.settings import Settings

Sources = list[dict[str, Any]]


@dataclass
class Model:
    """``say`` makes the text of an answer from the sources in the prompt; ``asked`` holds what was sent."""

    url: str = ""
    say: Callable[[Sources], str] = lambda sources: ""
    fault: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)


def _chunk(text: str) -> bytes:
    choice = {"index": 0, "delta": {"content": text}, "finish_reason": None}
    body = {"id": "x", "object": "chat.completion.chunk", "created": 1, "model": "test", "choices": [choice]}
    return f"data: {json.dumps(body)}\n\n".encode()


def _application(model: Model) -> FastAPI:
    app = FastAPI()

    @app.post("/v1/chat/completions")
    async def complete(request: Request) -> Response:
        body = await request.json()
        model.asked.append(body)
        if model.fault == "refusing":
            return JSONResponse({"error": {"message": "no"}}, status_code=500)
        sources = json.loads(body["messages"][1]["content"])["sources"]
        return StreamingResponse(_events(model, model.say(sources)), media_type="text/event-stream")

    return app


def _events(model: Model, text: str) -> Iterator[bytes]:
    for start in range(0, len(text), 7):
        yield _chunk(text[start : start + 7])
    if model.fault == "slow":
        for _ in range(40):
            time.sleep(0.1)
            yield _chunk(" ")
    if model.fault == "stalling":
        time.sleep(3)
    if model.fault == "breaking":
        raise ConnectionError("the server fell over")
    if model.fault == "garbled":
        yield b"data: {not json\n\n"
    if model.fault == "empty":
        yield b'data: {"id":"x","object":"chat.completion.chunk","created":1,"model":"m","choices":[]}\n\n'
    while model.fault == "endless":
        yield _chunk("and so on and on ")
    yield b"data: [DONE]\n\n"


@pytest.fixture
def model(running: Callable[[FastAPI], AbstractContextManager[str]]) -> Iterator[Model]:
    """The endpoint, running."""
    made = Model()
    with running(_application(made)) as base:
        made.url = f"{base}/v1"
        yield made


@pytest.fixture
def worded(served: Settings, model: Model) -> Settings:
    """Settings of a knowledge base whose answers the endpoint words."""
    return served.model_copy(update={"llm_url": model.url, "llm_model": "test", "llm_timeout": 1.0})
