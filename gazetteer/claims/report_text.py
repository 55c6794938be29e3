"""Pieces of text that every form of the claims report shows: a claim in its line, a check as a row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from gazetteer.claims.phrasing import measured
from gazetteer.claims.report_words import FACETS, VERDICTS, word

_CONTEXT: Final = 160

Json = Mapping[str, Any]


def context_of(claim: Json, article: Json) -> tuple[str, str, str]:
    """Return the words before a claim, the claim itself and those after it, from the same line of text."""
    text, start, end = article["text"], claim["start"], claim["end"]
    first = max(text.rfind("\n", 0, start) + 1, start - _CONTEXT)
    stop = text.find("\n", end)
    last = min(len(text) if stop < 0 else stop, end + _CONTEXT)
    head = "… " if first > 0 and text[first - 1] != "\n" else ""
    tail = " …" if last < len(text) and text[last] != "\n" else ""
    return head + text[first:start], text[start:end], text[end:last] + tail


def check_cells(check: Json, language: str) -> tuple[str, ...]:
    """Return the cells of a check's row: facet, stated, computed, deviation, margin, verdict, reason."""
    numbers = (check.get(key) for key in ("stated", "computed", "deviation", "margin"))
    return (
        word(check["facet"], language, table=FACETS),
        *(
            "" if one is None else measured(one, check["unit"]).in_language(language).strip()
            for one in numbers
        ),
        word(check["verdict"], language, table=VERDICTS),
        check["reason"],
    )
