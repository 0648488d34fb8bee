"""An endpoint that speaks OpenAI's protocol: the text of one answer, piece by piece, within a time."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import Any, Final

from kg.errors import ModelError, PolicyweaveError
from kg.settings import Settings

# Longer than any answer of eight sentences; what goes on further is cut off.
_LONGEST: Final = 20_000


class WordingError(PolicyweaveError):
    """The model did not give an answer: the reason, for the reader of a fallback."""


class Endpoint:
    """Asks the model of the settings. Raises ModelError if the package that speaks to it is not installed."""

    def __init__(self, settings: Settings) -> None:
        try:
            import openai
        except ImportError as error:
            raise ModelError(
                "POLICYWEAVE_LLM_URL asks for a model, and the package openai is missing: "
                "pip install 'policyweave[llm]', or unset it"
            ) from error
        self.model = settings.llm_model
        self._timeout = settings.llm_timeout
        key = settings.llm_api_key.get_secret_value() if settings.llm_api_key else "none"
        self._client: Any = openai.OpenAI(
            base_url=settings.llm_url, api_key=key, timeout=settings.llm_timeout, max_retries=0
        )
        self._failures = (openai.OpenAIError, OSError, ValueError, *_transport_errors())

    def stream(self, messages: Sequence[dict[str, str]]) -> Iterator[str]:
        """The text as it comes. Raises WordingError for a failure, and once the time is over."""
        deadline = time.monotonic() + self._timeout
        length = 0
        try:
            with self._client.chat.completions.create(
                model=self.model, messages=list(messages), temperature=0, stream=True
            ) as chunks:
                for chunk in chunks:
                    if time.monotonic() > deadline:
                        raise WordingError(f"the model took more than {self._timeout:g} s")
                    piece = _text(chunk)
                    length += len(piece)
                    yield piece
                    if length > _LONGEST:
                        return
        except self._failures as error:
            if type(error).__name__ == "APITimeoutError" or "Timeout" in type(error).__name__:
                raise WordingError(f"the model took more than {self._timeout:g} s") from error
            raise WordingError(f"the model could not be asked ({type(error).__name__})") from error


def _text(chunk: Any) -> str:
    choices = getattr(chunk, "choices", None)
    content = getattr(getattr(choices[0], "delta", None), "content", None) if choices else None
    return content if isinstance(content, str) else ""


def _transport_errors() -> tuple[type[Exception], ...]:
    """What breaks off a stream comes as the transport's own error, not as one of OpenAI's."""
    found: list[type[Exception]] = []
    for name in ("httpx2", "httpx"):
        try:
            found.append(__import__(name).HTTPError)
        except ImportError:
            continue
    return tuple(found)
