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
    before = text[max(0, start - _CONTEXT) : start].rpartition("\n")
    after = text[end : end + _CONTEXT].partition("\n")
    head, tail = before[2], after[0]
    # Cut within a line: drop the broken word and mark the cut.
    if not before[1] and start > _CONTEXT:
        head = "… " + head.partition(" ")[2]
    if not after[1] and end + _CONTEXT < len(text):
        tail = tail.rpartition(" ")[0] + " …"
    return head, text[start:end], tail


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
