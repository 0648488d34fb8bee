"""The Accept header (RFC 9110, section 12.5.1): which of several media types a client likes best."""

from __future__ import annotations

from collections.abc import Sequence


def preferred(accept: str | None, media_types: Sequence[str]) -> list[str]:
    """Those that the header gives the highest quality, in the order given: all without a header, none if it takes none.

    >>> preferred("text/csv, application/json;q=0.5", ["application/json", "text/csv"])
    ['text/csv']
    >>> preferred("image/png", ["text/csv"])
    []
    """
    ranges = _ranges(accept) if accept and accept.strip() else [("*/*", 1.0)]
    ranked = [(_quality(media_type, ranges), media_type) for media_type in media_types]
    best = max((quality for quality, _ in ranked), default=0.0)
    return [media_type for quality, media_type in ranked if quality == best > 0]


def _ranges(accept: str) -> list[tuple[str, float]]:
    found = []
    for part in accept.split(","):
        media_range, *parameters = (piece.strip().lower() for piece in part.split(";"))
        quality = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip() == "q":
                quality = _number(value)
        if media_range:
            found.append((media_range, quality))
    return found


def _number(value: str) -> float:
    try:
        return min(1.0, max(0.0, float(value)))
    except ValueError:
        return 0.0


def _quality(media_type: str, ranges: Sequence[tuple[str, float]]) -> float:
    """Quality of a media type: that of the most specific range that covers it."""
    family = media_type.partition("/")[0] + "/*"
    for wanted in (media_type, family, "*/*"):
        qualities = [quality for media_range, quality in ranges if media_range == wanted]
        if qualities:
            return max(qualities)
    return 0.0
