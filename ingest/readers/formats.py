"""Which formats can be read: file name endings and the module that reads them, imported only when it is needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version

from ingest.readers.port import Read
from kg.identifiers import sha256
from kg.settings import Settings


@dataclass(frozen=True, slots=True)
class Format:
    """``suffixes`` are lower-case endings with their dot; ``module`` has the function ``read``.

    ``isolated`` formats are parsed in a process of their own: their parsers are large, and files can be made to break
    them. ``parser`` is the package whose version decides what is read, ``settings`` name the settings that do so.
    """

    suffixes: tuple[str, ...]
    module: str
    isolated: bool = True
    parser: str = ""
    settings: tuple[str, ...] = ()

    def reader(self) -> Read:
        """The function that reads the format."""
        read: Read = import_module(self.module).read
        return read

    def digest(self, settings: Settings) -> str:
        """A hash of what decides how such a file is read besides the program; "" where nothing does."""
        if not self.parser:
            return ""
        values = [str(getattr(settings, name)) for name in self.settings]
        return sha256("\0".join([self.parser, version(self.parser), *values]).encode())


FORMATS: Sequence[Format] = (
    Format((".txt",), "ingest.readers.text", isolated=False),
    Format((".md", ".markdown"), "ingest.readers.markdown", isolated=False),
    Format((".docx", ".docm"), "ingest.readers.docx", parser="lxml"),
    Format((".html", ".htm", ".xhtml"), "ingest.readers.html", parser="lxml"),
    Format((".xml", ".nxml", ".tei"), "ingest.readers.xml", parser="lxml"),
    Format((".pdf",), "ingest.readers.pdf", parser="pypdfium2", settings=("protected_pdf", "ocr", "ocr_languages")),
)
SUFFIXES: tuple[str, ...] = tuple(suffix for one in FORMATS for suffix in one.suffixes)
# Documents that word processors write and save in another format on request.
CONVERTIBLE: tuple[str, ...] = (".doc", ".odt", ".rtf", ".wps", ".wpd", ".pages")


def format_of(name: str) -> Format | None:
    """The format that a file name's ending stands for."""
    return next((one for one in FORMATS if name.lower().endswith(one.suffixes)), None)
