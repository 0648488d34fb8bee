"""A run over a folder of many formats: each is read, a file that does harm is reported, and every quote is exact."""

from __future__ import annotations

from pathlib import Path

from ingest.progress import silent
from ingest.run import run
from kg.settings import Settings
from kg.snapshot import open_snapshot
from kg.verification import verify
from tests.ingest.readers.documents import p, packed, word

ADVICE = "The county should pay teachers in {} a bonus."


def test_all_formats_are_ingested_and_one_bomb_stops_nothing(tmp_path: Path, data: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "memo.docx").write_bytes(word(p("Schools") + p(ADVICE.format("mountains"))))
    (folder / "page.html").write_text(f"<html><body><h1>Roads</h1><p>{ADVICE.format('towns')}</p></body></html>")
    (folder / "paper.nxml").write_text(f"<article><body><sec><p>{ADVICE.format('islands')}</p></sec></body></article>")
    (folder / "western.txt").write_bytes(
        f"{ADVICE.format('villages')} It’s a “start” for the schools.".encode("cp1252")
    )
    (folder / "bomb.docx").write_bytes(packed({"word/document.xml": "<document><body>" + " " * 3_000_000}))
    (folder / "old.rtf").write_text("{\\rtf1}")
    settings = Settings(data=data, max_unpacked_bytes=1_000_000)
    report = run([folder], settings, silent)
    assert sorted(Path(one.path).name for one in report.failures) == ["bomb.docx", "old.rtf"]
    snapshot = open_snapshot(data)
    read = {one.document.source: one for one in snapshot.documents.values()}
    assert sorted(read) == ["memo.docx", "page.html", "paper.nxml", "western.txt"]
    for records in read.values():
        assert [statement.type for statement in records.statements] == ["measure"]
    assert [one.title for one in read["page.html"].sections] == ["Roads"]
    assert verify(data) == []
