"""Writes small PDF files for tests: pages of text at given places, with what else a PDF file may have."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

FONTS = ("Helvetica", "Helvetica-Bold", "Helvetica-Oblique")
_PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
_FILE_ID = b"0123456789abcdef"


@dataclass(frozen=True)
class Text:
    """A line of text: ``x`` and ``y`` in points from the bottom left of the page. ``font`` counts in ``FONTS``."""

    text: str
    x: float
    y: float
    size: float = 10
    font: int = 0
    invisible: bool = False
    upwards: bool = False

    def operators(self) -> str:
        escaped = self.text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        matrix = f"0 1 -1 0 {self.x} {self.y}" if self.upwards else f"1 0 0 1 {self.x} {self.y}"
        mode = 3 if self.invisible else 0
        return f"BT /F{self.font} {self.size} Tf {mode} Tr {matrix} Tm ({escaped}) Tj ET"


@dataclass(frozen=True)
class Sheet:
    """A page. ``drawn`` are other operators (lines, filled boxes)."""

    texts: Sequence[Text] = ()
    width: float = 400
    height: float = 600
    rotate: int = 0
    crop: tuple[float, float, float, float] | None = None
    drawn: str = ""


@dataclass(frozen=True)
class Pdf:
    """A file. ``labels``: prefix of each page's label; ``outline``: titles with page indices."""

    sheets: Sequence[Sheet]
    info: dict[str, str] = field(default_factory=dict)
    roman_pages: int = 0
    outline: Sequence[tuple[str, int]] = ()
    password: str | None = None
    permissions: int = -4

    def bytes(self) -> bytes:
        """The whole file."""
        pages = [f"{self._first_page + 2 * index} 0 R" for index in range(len(self.sheets))]
        objects = [self._catalog(), f"<< /Type /Pages /Kids [{' '.join(pages)}] /Count {len(pages)} >>".encode()]
        objects += [
            f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>".encode() for name in FONTS
        ]
        objects.append(self._info())
        for sheet in self.sheets:
            objects += self._page(sheet, len(objects) + 1)
        objects += self._outlines(len(objects) + 1)
        return self._file(objects)

    @property
    def _first_page(self) -> int:
        return 3 + len(FONTS) + 1

    def _catalog(self) -> bytes:
        labels = ""
        if self.roman_pages:
            labels = f"/PageLabels << /Nums [0 << /S /r >> {self.roman_pages} << /S /D >>] >>"
        outlines = f"/Outlines {self._first_page + 2 * len(self.sheets)} 0 R" if self.outline else ""
        return f"<< /Type /Catalog /Pages 2 0 R {labels} {outlines} >>".encode()

    def _info(self) -> bytes:
        number = 3 + len(FONTS)
        entries = b" ".join(
            f"/{key} ".encode() + self._string(value.encode("latin-1"), number) for key, value in self.info.items()
        )
        return b"<< " + entries + b" >>"

    def _string(self, value: bytes, number: int) -> bytes:
        return b"<" + self._coded(value, number).hex().encode() + b">"

    def _page(self, sheet: Sheet, number: int) -> list[bytes]:
        fonts = " ".join(f"/F{index} {3 + index} 0 R" for index in range(len(FONTS)))
        crop = f"/CropBox [{' '.join(map(str, sheet.crop))}]" if sheet.crop else ""
        page = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {sheet.width} {sheet.height}] {crop} /Rotate {sheet.rotate} "
            f"/Resources << /Font << {fonts} >> >> /Contents {number + 1} 0 R >>"
        )
        content = "\n".join([sheet.drawn, *(text.operators() for text in sheet.texts)]).encode("cp1252")
        coded = self._coded(content, number + 1)
        return [page.encode(), b"<< /Length %d >>\nstream\n%s\nendstream" % (len(coded), coded)]

    def _outlines(self, number: int) -> list[bytes]:
        if not self.outline:
            return []
        last = number + len(self.outline)
        made = [f"<< /Type /Outlines /First {number + 1} 0 R /Last {last} 0 R /Count {len(self.outline)} >>".encode()]
        for place, (title, page) in enumerate(self.outline, number + 1):
            after = f"/Next {place + 1} 0 R" if place < last else ""
            target = f"/Dest [{self._first_page + 2 * page} 0 R /Fit]"
            entry = self._string(title.encode("latin-1"), place)
            made.append(f"<< /Title {entry.decode()} /Parent {number} 0 R {after} {target} >>".encode())
        return made

    def _file(self, objects: Sequence[bytes]) -> bytes:
        file = b"%PDF-1.4\n"
        places = []
        for number, content in enumerate(objects, 1):
            places.append(len(file))
            file += b"%d 0 obj\n%s\nendobj\n" % (number, content)
        table = b"".join(b"%010d 00000 n \n" % place for place in places)
        start = len(file)
        trailer = f"<< /Size {len(objects) + 1} /Root 1 0 R /Info {3 + len(FONTS)} 0 R {self._encryption()} >>"
        return file + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n%s\nstartxref\n%d\n%%%%EOF\n" % (
            len(objects) + 1,
            table,
            trailer.encode(),
            start,
        )

    # The standard security handler, revision 2 (RC4, 40 bits), as ISO 32000-1, 7.6.3 describes it.

    def _encryption(self) -> str:
        if self.password is None:
            return ""
        user = rc4(self._key(), _PADDING)
        return (
            f"/ID [<{_FILE_ID.hex()}> <{_FILE_ID.hex()}>] /Encrypt << /Filter /Standard /V 1 /R 2 "
            f"/O <{self._owner().hex()}> /U <{user.hex()}> /P {self.permissions} >>"
        )

    def _owner(self) -> bytes:
        return rc4(hashlib.md5(_padded("owner")).digest()[:5], _padded(self.password or ""))

    def _key(self) -> bytes:
        permissions = self.permissions.to_bytes(4, "little", signed=True)
        return hashlib.md5(_padded(self.password or "") + self._owner() + permissions + _FILE_ID).digest()[:5]

    def _coded(self, value: bytes, number: int) -> bytes:
        if self.password is None:
            return value
        return rc4(hashlib.md5(self._key() + number.to_bytes(3, "little") + b"\0\0").digest()[:10], value)


def _padded(password: str) -> bytes:
    return (password.encode() + _PADDING)[:32]


def rc4(key: bytes, data: bytes) -> bytes:
    """The cipher RC4."""
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    coded, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        coded.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(coded)


def column(text: str, x: float, y: float, width: int = 40, step: float = 12, size: float = 10) -> list[Text]:
    """Text as lines of at most ``width`` characters below each other, from ``y`` down."""
    lines: list[str] = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) + 1 > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return [Text(line, x, y - index * step, size) for index, line in enumerate(lines)]
