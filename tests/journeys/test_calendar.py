"""Time expressions: what the words are, and the days they allow."""

import datetime as dt
import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer.journeys.calendar import Toward, time_expressions
from gazetteer.journeys.days import days_of, moments_of

CASES = json.loads((Path(__file__).parent.parent / "golden" / "time_expressions.json").read_text("utf-8"))
PIECES = [
    "10.",
    "bis",
    "13.",
    "September",
    "am",
    "Montag",
    "abend",
    "2023",
    " ",
    "–",
    "um 14.30 Uhr",
    "July",
    "3 p.m.",
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['language']}: {case['why']}")
def test_golden_time_expressions(case):
    reference = dt.date.fromisoformat(case["reference"]) if case["reference"] else None

    found = time_expressions(case["text"], article="a", language=case["language"])
    days = [days_of(expression, reference, toward=Toward(case["toward"])) for expression in found]

    assert [
        [e.words, str(d[0]) if d else None, str(d[1]) if d else None, list(e.hours) if e.hours else None]
        for e, d in zip(found, days, strict=True)
    ] == case["expect"]


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=30).map("".join),
    st.sampled_from(["de", "en"]),
)
def test_spans_slice_back_to_their_words_and_never_overlap(text, language):
    found = time_expressions(text, article="a", language=language)

    assert all(text[e.span.start : e.span.end] == e.words for e in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join),
    st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31)),
    st.sampled_from(list(Toward)),
)
def test_days_run_forward_at_any_reference_date(text, reference, toward):
    for expression in time_expressions(text, article="a", language="de"):
        days = days_of(expression, reference, toward=toward, previous=reference)

        assert days is None or days[0] <= days[1]


@settings(deadline=None)
@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)))
def test_a_past_weekday_lies_within_the_week_up_to_the_reference(reference):
    (monday,) = time_expressions("am Montag", article="a", language="de")

    first, last = days_of(monday, reference, toward=Toward.PAST)

    assert first == last
    assert first.weekday() == 0
    assert 0 <= (reference - first).days < 7


def test_the_day_after_counts_from_the_day_last_spoken_of():
    (expression,) = time_expressions("am nächsten Tag", article="a", language="de")

    assert days_of(expression, dt.date(2024, 1, 1), previous=dt.date(2023, 10, 30)) == (
        dt.date(2023, 10, 31),
        dt.date(2023, 10, 31),
    )


def test_hours_past_midnight_end_on_the_next_day():
    day = dt.date(2024, 5, 1)

    assert moments_of((day, day), (20, 30))[1] == dt.datetime.fromisoformat("2024-05-02T06:00")


def test_a_whole_day_ends_on_that_day():
    day = dt.date(2024, 5, 1)

    assert moments_of((day, day), None)[1].date() == day
