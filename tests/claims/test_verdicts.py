"""Whole sentences, read and measured: which statements are true, which are false, which stay open."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gazetteer.analysis import analyse
from gazetteer.reading.articles import article_from_text

CASES = json.loads((Path(__file__).parent.parent / "golden" / "claims_judged.json").read_text("utf-8"))


def claims_of(text, gazetteer):
    return analyse([article_from_text(text, source="a.txt")], gazetteer, network=None).claims


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_golden_case(case, gazetteer):
    found = claims_of(case["text"], gazetteer)

    assert {claim.quote: claim.verdict.value for claim in found} == case["verdicts"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Some 350 km north of the Arctic Circle, it was dark.", "does not say which place it speaks of"),
        ("Quakes: 500 miles south-west of Delhi, houses shook.", "does not say which place it speaks of"),
        ("They rode Route 3, a good 3,000 km from Lima.", "does not say which place it speaks of"),
    ],
)
def test_the_reason_tells_what_is_missing(text, reason, gazetteer):
    (claim,) = claims_of(text, gazetteer)

    assert reason in claim.reason.en
