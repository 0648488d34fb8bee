"""Chinese words in an index of words: neighbouring characters in pairs, as no blank says where a word ends.

Pairs of characters retrieve Chinese about as well as a dictionary's words do (K. L. Kwok, "Comparing Representations in
Chinese Information Retrieval", SIGIR 1997), and need no dictionary. What is indexed holds the single characters too,
behind the pairs of their run, so that a query of one character finds something; a longer one goes by its pairs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# The characters of the Unicode script Han.
HAN = (
    "\u2e80-\u2fd5\u3005\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufad9"
    "\U00016fe2-\U00016ff1\U00020000-\U000323af"
)
_RUN = re.compile(f"[{HAN}]+")


def paired(text: str) -> str:
    """The text with each run of Chinese characters as its pairs, set apart by blanks; other text is unchanged.

    >>> paired("发展AI产业链")
    ' 发展 AI 产业 业链 '
    """
    return _RUN.sub(lambda run: f" {' '.join(pair for _, pair in pairs(run.group()))} ", text)


def indexed(text: str) -> str:
    """The same with the single characters of each run behind its pairs.

    >>> indexed("产业AI")
    ' 产业 产 业 AI'
    """
    return _RUN.sub(_with_singles, text)


def _with_singles(run: re.Match[str]) -> str:
    singles = run.group() if len(run.group()) > 1 else ""
    return f" {' '.join([*(pair for _, pair in pairs(run.group())), *singles])} "


def pairs(run: str) -> Iterator[tuple[int, str]]:
    """The pairs of a run of Chinese characters, each with its place."""
    if len(run) == 1:
        yield 0, run
    for place in range(len(run) - 1):
        yield place, run[place : place + 2]
