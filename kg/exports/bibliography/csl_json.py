"""CSL-JSON (the schema of citationstyles.org, version 1.0.2)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from kg.exports.bibliography.works import Work, parts


def written(works: Sequence[Work]) -> str:
    """An array of items. A name whose parts are in doubt is a ``literal``, so that no processor splits it wrongly."""
    return json.dumps([item(work) for work in works], ensure_ascii=False, indent=1) + "\n"


def item(work: Work) -> dict[str, Any]:
    """One work as an item."""
    document = work.document
    fields: dict[str, Any] = {
        "id": work.key,
        "type": "article-journal" if work.article else "document",
        "title": document.title,
        "author": [_name(author) for author in document.authors],
        "issued": {"date-parts": [[document.year]]} if document.year is not None else None,
        "container-title": document.venue,
        "publisher": document.publisher,
        "volume": document.volume,
        "issue": document.issue,
        "page": document.pages,
        "DOI": document.doi,
        "URL": work.url,
        "language": document.language if document.language != "und" else None,
        "note": f"Licence: {document.licence}" if document.licence else None,
    }
    return {name: value for name, value in fields.items() if value}


def _name(author: str) -> dict[str, str]:
    split = parts(author)
    return {"family": split[0], "given": split[1]} if split else {"literal": author}
