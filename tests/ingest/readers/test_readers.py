"""Reading files: bytes become text unchanged, and everything that is not readable text is refused with advice."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.commands import ENDINGS
from ingest.readers import discover, read
from ingest.readers.formats import FORMATS, SUFFIXES
from ingest.readers.text import decode
from kg.errors import UnreadableSourceError
from kg.identifiers import sha256

LIMIT = 10_000


def write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def test_reader_keeps_every_character(tmp_path: Path) -> None:
    data = "\ufeffFirst line\r\nsecond\rthird\x0cpage two\n".encode()
    source = read(write(tmp_path, "paper.TXT", data), LIMIT)
    assert source.text.encode() == data
    assert (source.name, source.media_type, source.sha256) == ("paper.TXT", "text/plain", sha256(data))


def test_reader_of_markdown_has_its_media_type(tmp_path: Path) -> None:
    assert read(write(tmp_path, "a.markdown", b"# Roads"), LIMIT).media_type == "text/markdown"


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1).filter(str.strip))
def test_reader_decodes_what_was_encoded(text: str) -> None:
    if text.strip("\ufeff\u200b \xa0\u3000\u2028\u2029"):
        assert decode(text.encode(), "x.txt") == (text, "utf-8", True)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b" \r\n\t\xef\xbb\xbf", "empty"),
        (b"caf\xe9 prices", "offset 3"),
        (b"PK\x03\x04 archive", "control character at byte offset 2"),
        (b"\x89PNG\x00\x00", "not a text file"),
        ("Preis \u20ac\x00".encode(), "byte offset 9"),
        (b"x" * (LIMIT + 1), "the limit is 10,000"),
    ],
)
def test_reader_refuses_what_is_not_text(tmp_path: Path, data: bytes, said: str) -> None:
    with pytest.raises(UnreadableSourceError, match=said):
        read(write(tmp_path, "bad.txt", data), LIMIT)


def test_reader_names_missing_folders_and_unknown_formats(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSourceError, match="does not exist"):
        read(tmp_path / "none.txt", LIMIT)
    with pytest.raises(UnreadableSourceError, match="is a folder"):
        read(tmp_path, LIMIT)
    with pytest.raises(UnreadableSourceError, match=r"Supported endings: \.txt"):
        read(write(tmp_path, "scan.tiff", b"II*"), LIMIT)


def test_readers_discover_sorted_supported_files_once(tmp_path: Path) -> None:
    for name in ("b.md", "a.txt", "deep/c.txt", "README.md", "manifest.txt", ".hidden.txt", ".git/x.txt", "d.csv"):
        write(tmp_path, name, b"words")
    named = tmp_path / "README.md"
    found = discover([tmp_path, tmp_path / "a.txt", named])
    assert found == sorted([tmp_path / "a.txt", tmp_path / "b.md", tmp_path / "deep/c.txt", named])


def test_readers_discover_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSourceError, match="holds no supported files"):
        discover([tmp_path])
    with pytest.raises(UnreadableSourceError, match="does not exist"):
        discover([tmp_path / "nowhere"])
    with pytest.raises(UnreadableSourceError, match="cannot be read yet"):
        discover([write(tmp_path, "table.csv", b"a,b")])


def test_help_and_errors_name_all_endings(tmp_path: Path) -> None:
    assert set(ENDINGS.split()) == set(SUFFIXES)
    with pytest.raises(UnreadableSourceError) as caught:
        read(write(tmp_path, "scan.tiff", b"II*"), LIMIT)
    assert all(ending in str(caught.value) for ending in SUFFIXES)


def test_readers_have_endings_of_their_own() -> None:
    endings = [suffix for one in FORMATS for suffix in one.suffixes]
    assert len(endings) == len(set(endings))
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in endings)
