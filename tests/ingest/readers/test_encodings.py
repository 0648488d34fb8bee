"""Text that is not UTF-8: what its bytes speak for is read, with a note; what is doubtful is refused."""

from __future__ import annotations

import pytest

from ingest.readers.encodings import guessed_encoding
from ingest.readers.port import Limits
from ingest.readers.text import decode, read
from kg.errors import UnreadableSourceError
from kg.settings import Settings

LIMITS = Limits.of(Settings.model_construct())
FRENCH = "La région a présenté un plan où l'État prévoit d'aider les villages à créer des emplois."
ENGLISH = "The council’s plan – “Warm Homes” – pays for insulation. It will be reviewed and extended to £5m."
POLISH = "Gmina przyjęła program wsparcia dla małych firm. Środki trafią do wsi, które mają najniższe dochody."
RUSSIAN = "Область утвердила программу поддержки сельских школ, где не хватает учителей и врачей."
CHINESE = "本县设立人才基金，鼓励大学生返乡创业。各乡镇应当改善道路和学校，发展特色农业。"
TAIWANESE = "本縣設立人才基金，鼓勵大學生返鄉創業。各鄉鎮應當改善道路和學校，發展特色農業。"
JAPANESE = "県は地方の学校を支援する計画を決めた。予算は教員の確保に使われる。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16le", "utf-16be", "utf-32le"])
def test_a_byte_order_mark_decides_and_stays_in_the_text(encoding: str) -> None:
    assert decode(("\ufeff" + CHINESE).encode(encoding), "a.txt") == ("\ufeff" + CHINESE, encoding, True)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FRENCH, "windows-1252"),
        (ENGLISH, "windows-1252"),
        (RUSSIAN, "windows-1251"),
        (RUSSIAN, "koi8-r"),
        (CHINESE, "gb18030"),
        (CHINESE, "gbk"),
        (TAIWANESE, "big5"),
    ],
)
def test_what_the_letters_spell_is_read_and_said(text: str, encoding: str) -> None:
    source = read(text.encode(encoding), "a.txt", LIMITS)
    charset = "gb18030" if encoding == "gbk" else encoding
    assert source.text == text
    assert source.media_type == f"text/plain; charset={charset}"
    assert charset.upper() in source.notes[0]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(POLISH, "cp1250"), (POLISH, "iso8859-2"), (JAPANESE, "shift_jis"), (JAPANESE, "euc_jp"), (FRENCH, "mac_roman")],
)
def test_what_is_doubtful_is_refused_rather_than_garbled(text: str, encoding: str) -> None:
    assert guessed_encoding(text.encode(encoding)) is None
    with pytest.raises(UnreadableSourceError, match="iconv"):
        decode(text.encode(encoding), "a.txt")


def test_a_long_file_whose_sample_ends_inside_a_character_is_read_whole() -> None:
    text = "a" + CHINESE * 6000
    assert decode(text.encode("gb18030"), "a.txt")[0] == text


def test_a_file_that_breaks_off_from_its_mark_is_refused() -> None:
    with pytest.raises(UnreadableSourceError, match="byte offset 6"):
        decode(b"\xff\xfea\x00b\x00c", "a.txt")
