"""The language of a text, from its script and its commonest words: enough to choose how to read it, no more."""

from __future__ import annotations

import re
from collections import Counter

_STOP_WORDS = {
    "de": "der die das und den von zu mit sich des auf für ist im dem nicht ein eine als auch werden",
    "en": "the of and to in a is that for it as with are on be by this from or which",
    "es": "de la que el en y los del se las por un para con una su al lo como más",
    "fr": "de la le et les des en un du une que est pour qui dans a par plus pas au",
    "it": "di e il la che in un per è con del della le dei si da al nel sono una",
    "pt": "de a o que e do da em um para com não uma os no se na por mais as",
}
_SETS = {language: frozenset(words.split()) for language, words in _STOP_WORDS.items()}
_SAMPLE = 20_000
_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]"), 0.1),
    ("zh", re.compile("[\u4e00-\u9fff]"), 0.3),
    ("ko", re.compile("[\uac00-\ud7af]"), 0.3),
    ("ru", re.compile("[\u0400-\u04ff]"), 0.5),
    ("ar", re.compile("[\u0600-\u06ff]"), 0.5),
)


def language_of(text: str) -> str:
    """ISO 639-1 code, or "und" where nothing can be said.

    >>> language_of("The cost of the programme is borne by the state.")
    'en'
    """
    sample = text[:_SAMPLE]
    letters = sum(char.isalpha() for char in sample)
    if not letters:
        return "und"
    for language, script, share in _SCRIPTS:
        if len(script.findall(sample)) >= share * letters:
            return language
    counts = Counter(re.findall(r"[^\W\d_]+", sample.casefold()))
    scores = {language: sum(counts[word] for word in sorted(words)) for language, words in _SETS.items()}
    best = max(sorted(scores), key=lambda language: scores[language])
    return best if scores[best] else "und"


def stop_word_share(text: str, language: str) -> float:
    """The share of words that are among the commonest of a language, 0 for one whose words are not known.

    >>> stop_word_share("The cost of the programme is borne by the state.", "en")
    0.6
    """
    words = re.findall(r"[^\W\d_]+", text[:_SAMPLE].casefold())
    common = _SETS.get(language, frozenset())
    return sum(word in common for word in words) / max(1, len(words))
