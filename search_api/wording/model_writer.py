"""The writer that lets a model phrase the answer, sentence by sentence, and keeps what its citations bear out."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from typing import Final

from search_api.answer_text import MarkedText
from search_api.chat.schemas import Wording
from search_api.chat.writing import Extractive, Written
from search_api.quoting import by_number
from search_api.schemas import Answer, TextCitation
from search_api.wording.checking import Checker, Source
from search_api.wording.endpoint import Endpoint, WordingError
from search_api.wording.prompting import MOST_SOURCES, addresses_a_model, messages
from search_api.wording.sentences import Cutter, Sentence

_log = logging.getLogger(__name__)
_MOST_SENTENCES: Final = 30


class ModelWriter:
    """Words answers with the model behind ``endpoint``; where that fails, with labels and quotes."""

    def __init__(self, endpoint: Endpoint, checker: Checker) -> None:
        self._endpoint = endpoint
        self._checker = checker
        self._extractive = Extractive()

    def write(self, question: str, answer: Answer) -> Iterator[str | Written]:
        """Sentences as soon as they are checked, then the answer with their text.

        The text of extraction follows where the model fails, or nothing it wrote is borne out.
        """
        sources = _sources(answer)
        if answer.status == "no_answer" or not sources:
            yield from self._extractive.write(question, answer)
            return
        draft = _Draft(self._checker, sources)
        fallback = None
        try:
            for piece in self._endpoint.stream(messages(question, sources)):
                yield from draft.add(piece)
                if draft.full:
                    break
            yield from draft.end()
        except WordingError as error:
            fallback = str(error)
        if fallback is None and not draft.kept:
            fallback = f"none of its {draft.dropped} sentences is borne out by what it cites"
        if fallback is not None:
            _log.warning("answered without the model: %s", fallback)
            yield from draft.go_on(answer)
        model = self._endpoint.model
        by = "model" if draft.kept else "extraction"
        wording = Wording(by=by, model=model, kept=draft.kept, dropped=draft.dropped, fallback=fallback)
        text, marks = draft.written()
        yield Written(answer.model_copy(update={"text": text, "text_citations": marks}), wording)


class _Draft:
    """The text so far."""

    def __init__(self, checker: Checker, sources: Mapping[int, Source]) -> None:
        self._checker = checker
        self._sources = sources
        self._cutter = Cutter()
        self._text = MarkedText()
        self._said: set[str] = set()
        self.kept = 0
        self.dropped = 0

    @property
    def full(self) -> bool:
        """Whether there are more sentences than an answer may have."""
        return self.kept + self.dropped >= _MOST_SENTENCES

    def add(self, piece: str) -> Iterator[str]:
        """What a further piece of the model's text adds."""
        yield from self._taken(self._cutter.feed(piece))

    def end(self) -> Iterator[str]:
        """What is left of the model's text adds."""
        yield from self._taken(self._cutter.end())

    def go_on(self, answer: Answer) -> Iterator[str]:
        """The text of extraction, with its marks, after what there is."""
        start = len("".join(self._text.parts))
        if start:
            self._text.write("\n\n")
        at = 0
        for mark in answer.text_citations:
            self._text.write(answer.text[at : mark.start])
            self._text.mark(mark.citation)
            at = mark.end
        self._text.write(answer.text[at:])
        yield "".join(self._text.parts)[start:]

    def written(self) -> tuple[str, list[TextCitation]]:
        """The text with its marks."""
        return "".join(self._text.parts), self._text.marks

    def _taken(self, sentences: list[Sentence]) -> Iterator[str]:
        for sentence in sentences:
            if self.full:
                return
            if self._objection(sentence) is not None:
                self.dropped += 1
                continue
            self.kept += 1
            self._said.add(sentence.text.casefold())
            start = self._text.length
            self._text.write(f"{' ' if start else ''}{sentence.text} ")
            for number in sentence.cites:
                self._text.mark(number)
            self._text.write(".")
            yield "".join(self._text.parts)[start:]

    def _objection(self, sentence: Sentence) -> str | None:
        if not sentence.cites or not any(character.isalpha() for character in sentence.text):
            return "it says nothing, or does not end in a mark"
        if any(number not in self._sources for number in sentence.cites):
            return "it cites what there is not"
        if sentence.text.casefold() in self._said:
            return "it was said before"
        return self._checker.objection(sentence.text, [self._sources[number] for number in sentence.cites])


def _sources(answer: Answer) -> dict[int, Source]:
    """The places that the model may cite, by number; none that speaks to a model."""
    places = sorted(by_number(answer).items())[:MOST_SOURCES]
    return {
        number: Source(" ".join(c.quote.split()), f"{c.title}, {c.section}")
        for number, c in places
        if not addresses_a_model(c.quote)
    }
