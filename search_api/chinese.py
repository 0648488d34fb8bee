"""A question in Chinese, put into English words: the labels of the concepts it names and what it asks for.

The embedder knows English only. What a vocabulary names in both languages carries over; the rest of the sentence is
dropped, which the interpretation shows.
"""

from __future__ import annotations

from typing import Final

from kg.lexicon import Lexicon
from kg.lexicon.folding import is_chinese
from search_api import thesaurus as names

_ASKED: Final = (
    ("which figures", ("多少", "比例", "占比", "几个", "增长率", "数据")),
    ("which regions", ("哪些地区", "哪些省", "哪个省", "哪些城市", "哪些县", "哪里", "何处")),
    ("which measures", ("措施", "政策", "对策", "建议", "举措", "如何", "怎样", "怎么")),
    ("which problems", ("问题", "挑战", "困难", "障碍", "困境", "瓶颈", "不足", "为什么")),
    ("which industries", ("哪些产业", "哪些行业", "产业", "行业")),
)


def words_of(asked: str, searched: str) -> str:
    """What a search by words looks for: what is searched for by meaning, and a Chinese query as it was asked.

    >>> words_of("县域人才", "talents"), words_of("talent", "talents")
    ('talents 县域人才', 'talents')
    """
    return f"{searched} {asked}" if is_chinese(asked) and asked != searched else searched


def in_english(question: str, lexicon: Lexicon, thesaurus: Lexicon | None) -> str:
    """The question in English words where it is written in Chinese and names a known concept, else as it is."""
    if not is_chinese(question):
        return question
    found = [*lexicon.find(question), *(thesaurus.find(question, kinds=names.KINDS) if thesaurus else ())]
    labels = dict.fromkeys(match.concept.label for match in sorted(found, key=lambda m: (m.start, -m.end)))
    asked = next((english for english, cues in _ASKED if any(cue in question for cue in cues)), "")
    return f"{asked}: {', '.join(labels)}".strip(": ") if labels else question
