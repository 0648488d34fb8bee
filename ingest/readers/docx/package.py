"""The container of a Word document: its parts, unpacked one at a time and never beyond the limit."""

from __future__ import annotations

import io
import zipfile
from typing import IO

from lxml import etree

from ingest.readers.parsing import attribute, local_name, parse_xml
from ingest.readers.port import Limits, too_much
from kg.errors import UnreadableSourceError

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MAIN = "word/document.xml"


class Package:
    """The parts of a document by their role ("styles", "footnotes", …), as the relationships of the package say."""

    def __init__(self, data: bytes, name: str, limits: Limits) -> None:
        self._name = name
        self._zip = _opened(data, name)
        self._check_size(limits)
        self.main = self._related("_rels/.rels", "").get("officeDocument", _MAIN)
        folder, _, file = self.main.rpartition("/")
        self._parts = self._related(f"{folder}/_rels/{file}.rels".lstrip("/"), folder)
        self._parts.setdefault("core-properties", "docProps/core.xml")

    def part(self, role: str) -> etree._Element | None:
        """The root element of a part, None where the document has no such part."""
        path = self._parts.get(role, "")
        return parse_xml(self._zip.read(path), self._name) if path in self._zip.namelist() else None

    def open_main(self) -> IO[bytes]:
        """The main part as a stream. UnreadableSourceError where it is missing."""
        try:
            return self._zip.open(self.main)
        except KeyError as error:
            raise UnreadableSourceError(
                f"{self._name} is no Word document: it has no part '{self.main}'. "
                "Give the file the ending of its real format."
            ) from error

    def _check_size(self, limits: Limits) -> None:
        parts = [info for info in self._zip.infolist() if info.filename.endswith((".xml", ".rels"))]
        total = sum(info.file_size for info in parts)
        if total > limits.unpacked_bytes:
            has = f"{total:,} bytes when unpacked"
            raise too_much(self._name, has, f"{limits.unpacked_bytes:,}", "max_unpacked_bytes")
        if any(info.flag_bits & 1 for info in parts):
            raise _protected(self._name)

    def _related(self, path: str, folder: str) -> dict[str, str]:
        """Paths of the parts that one part names, by the last word of their relationship's type."""
        if path not in self._zip.namelist():
            return {}
        found: dict[str, str] = {}
        for relation in parse_xml(self._zip.read(path), self._name):
            target, kind = attribute(relation, "Target"), attribute(relation, "Type")
            if local_name(relation) == "Relationship" and target and kind and attribute(relation, "TargetMode") is None:
                place = target.lstrip("/") if target.startswith("/") or not folder else f"{folder}/{target}"
                found.setdefault(kind.rpartition("/")[2], place)
        return found


def _opened(data: bytes, name: str) -> zipfile.ZipFile:
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise _protected(name)
        raise UnreadableSourceError(
            f"{name} is a document of Word 97 to 2003. Open it in Word or LibreOffice and save it as .docx, "
            "for example: soffice --headless --convert-to docx FILE"
        )
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise UnreadableSourceError(
            f"{name} is no Word document, or is damaged ({error}). Save it anew from the program that made it."
        ) from error


def _protected(name: str) -> UnreadableSourceError:
    return UnreadableSourceError(f"{name} is protected by a password. Open it and save a copy without one.")
