"""The use case: answer the last question of a conversation."""

from __future__ import annotations

from collections.abc import Sequence

from kg.errors import MisuseError
from kg.lexicon import Match
from search_api.answer_text import by_actor, compose
from search_api.chat.following import Reading, resolve
from search_api.chat.schemas import ChatAnswer, ChatRequest, Message
from search_api.question import Question, named_in, understand
from search_api.schemas import MAX_QUESTION, Answer
from search_api.service import NO_FILTERS, Service, World

# Further back than this nothing is referred to.
_REMEMBERED = 10


class Conversations:
    """Answers over one service. Holds nothing of any conversation."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def reply(self, request: ChatRequest) -> ChatAnswer:
        """The answer to the last question. Raises MisuseError for one that is empty, too long or badly filtered."""
        asked = _questions(request.messages)
        reading = self.reading(asked)
        wants = request.wants or reading.wants
        answer = self._service.ask(reading.text[:MAX_QUESTION], request.k, request.filters, wants)
        shown = _naming_actors(answer) if reading.who else answer
        return ChatAnswer(question=asked[-1], read_as=reading.text, follows=reading.follows, answer=shown)

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
