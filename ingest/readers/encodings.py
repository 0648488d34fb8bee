"""The encoding of a text file that is not UTF-8: told by its byte order mark, else by what its letters would spell.

A wrong guess damages every quote, so each rule asks for more than that the bytes can be decoded: Chinese by where in
the standard's tables its characters lie (those of everyday use come first in GB 2312 and Big5, as S. Li and K. Momoi
use it in "A composite approach to language/encoding detection", 2001), Cyrillic and Western European text by its
commonest letters and words. What fits no rule, or more than one equally well, is left to the user.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass

from ingest.text.language import language_of, stop_word_share

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32le"),
    (codecs.BOM_UTF32_BE, "utf-32be"),
    (codecs.BOM_UTF16_LE, "utf-16le"),
    (codecs.BOM_UTF16_BE, "utf-16be"),
)
# Bytes of a long file that are looked at; it is decoded as a whole all the same.
_SAMPLE = 200_000
_WESTERN = frozenset({"de", "en", "es", "fr", "it", "pt"})
_WESTERN_LETTERS = "àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿœßÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜŒ"
_WESTERN_MARKS = "\xa0‘’“”‚„–—…«»‹›•·€£¥¢§©®™°±²³¹½¼¾ªº¡¿×µ´"
_ODD_WESTERN = re.compile(rf"[^\x00-\x7f{_WESTERN_LETTERS}{re.escape(_WESTERN_MARKS)}]|[a-z][«»•€£¥¢§±½¼¾¡¿×][a-z]")
_COMMON_CYRILLIC = re.compile("[оеаинтсрвл]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_CHINESE_STOP = re.compile("[，。、；：]")
_KANA = re.compile("[\u3040-\u30ff]")


@dataclass(frozen=True, slots=True)
class _Chinese:
    """A Chinese encoding and the lead bytes, ``first`` to ``last``, of its characters of everyday use."""

    name: str
    first: int
    last: int


_CHINESE = (_Chinese("gb18030", 0xB0, 0xD7), _Chinese("big5", 0xA4, 0xC6))
_EVERYDAY_SHARE = 0.85


def marked_encoding(data: bytes) -> str | None:
    """The encoding that a byte order mark names; the mark itself is decoded like any other character.

    >>> marked_encoding("\\ufeffRoads".encode("utf-16le"))
    'utf-16le'
    """
    return next((name for mark, name in _MARKS if data.startswith(mark)), None)


def guessed_encoding(data: bytes) -> str | None:
    """The encoding of text that is not UTF-8 and has no mark, None where that is not certain.

    >>> guessed_encoding("La politique de l'État est évaluée dans les régions et les villes.".encode("windows-1252"))
    'windows-1252'
    """
    if b"\x00" in data:
        return None
    sample = data[:_SAMPLE]
    checks: list[tuple[str, Callable[[str], bool]]] = [
        *((one.name, _chinese_check(one)) for one in _CHINESE),
        *((name, _is_cyrillic) for name in ("windows-1251", "koi8-r", "iso-8859-5")),
        ("windows-1252", _is_western),
    ]
    fitting = [name for name, check in checks if (text := _decoded(sample, name)) is not None and check(text)]
    return fitting[0] if len(fitting) == 1 else None


def _decoded(sample: bytes, name: str) -> str | None:
    """The sample's text; a character that its end cuts is left out."""
    try:
        return codecs.getincrementaldecoder(name)("strict").decode(sample)
    except UnicodeDecodeError:
        return None


def _chinese_check(encoding: _Chinese) -> Callable[[str], bool]:
    def check(text: str) -> bool:
        wide = [char for char in text if "\u4e00" <= char <= "\u9fff"]
        if len(wide) < 4 or not _CHINESE_STOP.search(text) or len(_KANA.findall(text)) > 0.05 * len(wide):
            return False
        leads = [char.encode(encoding.name)[0] for char in wide]
        everyday = sum(encoding.first <= lead <= encoding.last for lead in leads)
        # The trail bytes of GB 2312 are never ASCII; other characters of its extension are rare in modern text.
        basic = sum(char.encode(encoding.name)[1] >= 0xA1 for char in wide)
        plain = encoding.name != "gb18030" or basic >= _EVERYDAY_SHARE * len(wide)
        return plain and everyday >= _EVERYDAY_SHARE * len(wide)

    return check


def _is_cyrillic(text: str) -> bool:
    """Enough letters of the script, and the common ones among them common, in small letters."""
    letters = [char for char in text if char > "\x7f" and char.isalpha()]
    cyrillic = len(_CYRILLIC.findall(text))
    odd = sum(char > "\x7f" for char in text) - cyrillic
    return len(letters) >= 10 and odd <= 0.1 * cyrillic and len(_COMMON_CYRILLIC.findall(text)) >= 0.5 * cyrillic


def _is_western(text: str) -> bool:
    """Words of a Western European language, and no character that none of them uses."""
    language = language_of(text)
    return language in _WESTERN and not _ODD_WESTERN.search(text) and stop_word_share(text, language) >= 0.15
