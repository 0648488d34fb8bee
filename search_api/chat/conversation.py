"""The use case: answer the last question of a conversation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.errors import MisuseError
from kg.lexicon import Match
from search_api.answer_text import by_actor, compose
from search_api.chat.following import Reading, resolve
from search_api.chat.schemas import ChatAnswer, ChatRequest, Message
from search_api.chat.writing import Writer, Written
from search_api.question import Question, named_in, understand
from search_api.schemas import MAX_QUESTION, Answer
from search_api.service import NO_FILTERS, Service, World

# Further back than this nothing is referred to.
_REMEMBERED = 10


@dataclass(frozen=True, slots=True)
class Reply:
    """What was found for the last question, to be put into words."""

    question: str
    reading: Reading
    answer: Answer
    writer: Writer

    def pieces(self) -> Iterator[str | ChatAnswer]:
        """The text piece by piece as it is written, then all of it."""
        for piece in self.writer.write(self.reading.text, self.answer):
            yield piece if isinstance(piece, str) else self._whole(piece)

    def whole(self) -> ChatAnswer:
        """All of it at once."""
        *_, last = self.pieces()
        assert isinstance(last, ChatAnswer)
        return last

    def _whole(self, written: Written) -> ChatAnswer:
        return ChatAnswer(
            question=self.question,
            read_as=self.reading.text,
            follows=self.reading.follows,
            answer=written.answer,
            wording=written.wording,
        )


class Conversations:
    """Answers over one service, worded by ``writer``. Holds nothing of any conversation."""

    def __init__(self, service: Service, writer: Writer) -> None:
        self._service = service
        self._writer = writer

    def reply(self, request: ChatRequest) -> Reply:
        """The answer to the last question. Raises MisuseError for one that is empty, too long or badly filtered."""
        asked = _questions(request.messages)
        reading = self.reading(asked)
        wants = request.wants or reading.wants
        answer = self._service.ask(reading.text[:MAX_QUESTION], request.k, request.filters, wants)
        return Reply(asked[-1], reading, _naming_actors(answer) if reading.who else answer, self._writer)

    def reading(self, questions: Sequence[str]) -> Reading:
        """The last question put so that it stands alone."""
        world = self._service.world()
        return resolve(questions, lambda text: self._read(world, text))

    def _read(self, world: World, text: str) -> tuple[Question, Sequence[Match]]:
        lexicon, catalog = self._service.lexicon, world.catalog
        question = understand(text, NO_FILTERS, lexicon, catalog, thesaurus=self._service.thesaurus)
        return question, named_in(question.mended, lexicon, catalog)


def _questions(messages: Sequence[Message]) -> list[str]:
    asked = [message.content.strip() for message in messages if message.role == "user"]
    if not any(character.isalnum() for character in asked[-1]):
        raise MisuseError("the question is empty: write it in words")
    if len(asked[-1]) > MAX_QUESTION:
        raise MisuseError(f"the question has {len(asked[-1]):,} characters, {MAX_QUESTION:,} are allowed: shorten it")
    told = [text for text in asked if any(character.isalnum() for character in text) and len(text) <= MAX_QUESTION]
    return told[-_REMEMBERED:]


def _naming_actors(answer: Answer) -> Answer:
    """The answer with a text that names who acts, each with what is to be done."""
    if answer.status == "no_answer" or not answer.items:
        return answer
    text, marks = compose(answer.items, answer.passages, by_actor(answer.items))
    return answer.model_copy(update={"text": text, "text_citations": marks})
