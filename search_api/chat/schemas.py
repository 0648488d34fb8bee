"""A conversation as clients send it, and what they get."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from search_api.schemas import MAX_K, MAX_QUESTION, Answer, Filters, Wants

MAX_MESSAGES = 100


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Message(_Model):
    """One message; only those of the user are read."""

    role: Literal["user", "assistant", "system"]
    content: str = Field(max_length=50 * MAX_QUESTION)


class ChatRequest(_Model):
    """A conversation that ends with a question. Nothing of it is kept: send it whole each time."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        json_schema_extra={
            "examples": [
                {
                    "messages": [
                        {"role": "user", "content": "Which measures address talent drain in counties?"},
                        {"role": "assistant", "content": "Of 7 measures in 3 papers, …"},
                        {"role": "user", "content": "And who should do it?"},
                    ]
                }
            ]
        },
    )

    messages: list[Message] = Field(min_length=1, max_length=MAX_MESSAGES)
    k: int = Field(default=10, ge=1, le=MAX_K, description="How many items and passages at most.")
    filters: Filters = Field(default_factory=Filters, description="They hold for the last question.")
    wants: Wants | None = Field(default=None, description="What to answer the last question with.")
    stream: bool = Field(default=False, description="Answer as server-sent events.")

    @field_validator("messages")
    @classmethod
    def _ends_with_a_question(cls, value: list[Message]) -> list[Message]:
        if value[-1].role != "user":
            raise ValueError("the last message must be the user's question")
        return value


class Wording(_Model):
    """Who wrote the text: the program from labels and quotes, or a model whose sentences were checked one by one."""

    by: Literal["extraction", "model"]
    model: str | None = None
    kept: int = Field(default=0, description="Sentences of the model that its citations bear out.")
    dropped: int = Field(default=0, description="Sentences of the model that were left out.")
    fallback: str | None = Field(default=None, description="Why the model's text was not used, if it was asked.")


class ChatAnswer(_Model):
    """The answer to the last question, and how it was read."""

    question: str = Field(description="The last question as asked.")
    read_as: str = Field(description="The question as answered: it stands alone.")
    follows: bool = Field(description="Whether anything was taken from the questions before.")
    answer: Answer
    wording: Wording
