"""``/v1/chat/completions``: a conversation answered as a model of OpenAI's would, with annotations for each mark."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterator
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from search_api.chat.conversation import Reply
from search_api.chat.events import event
from search_api.chat.schemas import MAX_MESSAGES, ChatAnswer, ChatRequest, Message
from search_api.headline import headline
from search_api.quoting import by_number, sources
from search_api.schemas import MAX_K, Answer, Citation, Filters

MODEL: Final = "policyweave"
_ROLES: Final[dict[str, Literal["user", "assistant", "system"]]] = {"user": "user", "assistant": "assistant"}


class _Model(BaseModel):
    # Clients send many settings of sampling; they mean nothing here.
    model_config = ConfigDict(extra="ignore", frozen=True)


class Turn(_Model):
    """A message; of content in parts the text counts."""

    role: str
    content: str | list[dict[str, Any]] | None = None

    def text(self) -> str:
        """The text of the message."""
        if isinstance(self.content, list):
            return "\n".join(str(part.get("text", "")) for part in self.content if part.get("type") == "text")
        return self.content or ""


class CompletionRequest(_Model):
    """A conversation. ``k`` and ``filters`` are ours, as extra fields."""

    model: str = MODEL
    messages: list[Turn] = Field(min_length=1, max_length=MAX_MESSAGES)
    stream: bool = False
    k: int = Field(default=10, ge=1, le=MAX_K)
    filters: Filters = Field(default_factory=Filters)

    @field_validator("messages")
    @classmethod
    def _asks(cls, value: list[Turn]) -> list[Turn]:
        if value[-1].role != "user":
            raise ValueError("the last message must be the user's question")
        return value

    def conversation(self) -> ChatRequest:
        """The same for ``/chat``."""
        messages = [Message(role=_ROLES.get(turn.role, "system"), content=turn.text()) for turn in self.messages]
        return ChatRequest(messages=messages, k=self.k, filters=self.filters)


def completion(reply: Reply) -> dict[str, Any]:
    """All of the answer as one ``chat.completion``."""
    whole = reply.whole()
    content, annotations = _content(whole.answer)
    message = {"role": "assistant", "content": content, "refusal": None, "annotations": annotations}
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
    return {**_head(reply, "chat.completion"), "choices": [choice], "policyweave": _told(whole)}


def chunks(reply: Reply) -> Iterator[bytes]:
    """The answer as events: the text as it is written, then its sources, then the annotations."""
    head = _head(reply, "chat.completion.chunk")
    opening = _opening(reply.answer)
    yield _chunk(head, {"role": "assistant", "content": opening})
    for piece in reply.pieces():
        if isinstance(piece, str):
            yield _chunk(head, {"content": piece})
            continue
        content, annotations = _content(piece.answer)
        rest = content[len(opening) + len(piece.answer.text) :]
        if rest:
            yield _chunk(head, {"content": rest})
        yield _chunk(head, {"annotations": annotations}, policyweave=_told(piece))
    yield _chunk(head, {}, "stop")
    yield event("[DONE]")


def _content(answer: Answer) -> tuple[str, list[dict[str, Any]]]:
    """What is said: why, if not plainly answered, the text, and the places of its marks; with annotations."""
    opening, places = _opening(answer), by_number(answer)
    marks = answer.text_citations
    listed = sources(answer, [mark.citation for mark in marks] or None)
    content = opening + answer.text + ("\n\n" if answer.text and listed else "") + "\n".join(listed)
    spans = [(len(opening) + m.start, len(opening) + m.end, m.citation) for m in marks]
    if not marks:
        # Without a text the numbers before the quotes are the marks.
        spans = [(start, start + len(f"[{number}]"), number) for start, number in _numbers(content, listed)]
    return content, [_annotation(start, end, places[number]) for start, end, number in spans]


def _numbers(content: str, listed: list[str]) -> Iterator[tuple[int, int]]:
    at = 0
    for line in listed:
        at = content.index(line, at)
        yield at, int(line[1 : line.index("]")])


def _opening(answer: Answer) -> str:
    """The reason where the question is not plainly answered."""
    if answer.status == "answered":
        return ""
    lines = headline(answer) if answer.status == "no_answer" else [answer.reason or ""]
    return "\n".join(lines) + "\n\n"


def _annotation(start: int, end: int, citation: Citation) -> dict[str, Any]:
    cited = {"start_index": start, "end_index": end, "title": citation.title, "url": citation.url}
    return {"type": "url_citation", "url_citation": cited}


def _told(whole: ChatAnswer) -> dict[str, Any]:
    """What has no place in OpenAI's shape."""
    told = whole.model_dump(mode="json", include={"read_as", "follows", "wording"})
    return {**told, "status": whole.answer.status, "snapshot": whole.answer.snapshot}


def _head(reply: Reply, kind: str) -> dict[str, Any]:
    told = f"{reply.answer.snapshot}\x1f{reply.reading.text}"
    name = hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:24]
    return {"id": f"chatcmpl-{name}", "object": kind, "created": int(time.time()), "model": MODEL}


def _chunk(head: dict[str, Any], delta: dict[str, Any], finish: str | None = None, **more: Any) -> bytes:
    choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
    return event(json.dumps({**head, "choices": [choice], **more}, ensure_ascii=False))
