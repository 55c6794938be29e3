"""Anchors: a pattern of the calendar is tried where it may match, and nowhere else."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer.journeys.anchors import AnchoredPatterns, Kind, anchors_of

MONTHS = "(?:januar|mai)"
WRITTEN = [
    r"(?:vom )?(?P<day>{day})\. (?P<month>{month})\b",
    r"\b(?:um|gegen) (?P<hour>{day})(?:[.:]\d\d)? ?uhr\b",
    r"\bvor (?P<ago>{day}) jahren?\b",
    r"\b(?:heute|gestern abend)\b",
]
PATTERNS = [
    (written, re.compile(written.replace("{day}", r"\d{1,2}").replace("{month}", MONTHS), re.IGNORECASE))
    for written in WRITTEN
]
KINDS = {"day": Kind(digits=re.compile(r"\d")), "month": Kind(("januar", "mai"))}
PIECES = [
    "vom",
    "1.",
    "12.",
    "Mai",
    "Januar",
    "um",
    "gegen",
    "7",
    "7:30",
    "Uhr",
    "vor",
    "Jahren",
    "heute",
    ".",
]


@settings(deadline=None)
@given(st.lists(st.sampled_from([*PIECES, "gestern", "Abend", "Mainz"]) | st.text(max_size=4)).map(" ".join))
def test_trying_patterns_at_their_anchors_finds_what_trying_them_everywhere_finds(text):
    everywhere = [(n, m.span()) for n, (_, pattern) in enumerate(PATTERNS) for m in pattern.finditer(text)]

    found = [(n, m.span()) for n, m in AnchoredPatterns(PATTERNS, KINDS).matches(text)]

    assert found == everywhere


@pytest.mark.parametrize(
    ("pattern", "kinds", "words"),
    [
        (r"\b(?:(?P<toward>{toward}) )?(?P<weekday>{weekday}) ?(?P<part>{part})?\b", {"weekday"}, set()),
        (r"(?P<month>{month})(?! \d)|in (?P<year>{year})", {"month", "year"}, set()),
        (r"(?<!am )\bmorgen\b", set(), {"morgen"}),
        (r"\bhours? ago\b", set(), {"hour"}),
    ],
)
def test_anchors_are_what_a_pattern_cannot_do_without(pattern, kinds, words):
    anchors = anchors_of(pattern)

    assert anchors is not None
    assert (anchors.kinds, anchors.words) == (kinds, words)


@pytest.mark.parametrize("pattern", [r"(?:heute)?", r"(?:am|\w+)", r"(?:{weekday})* \d+", r"(?=morgen)\w+"])
def test_a_pattern_that_needs_no_word_has_no_anchors(pattern):
    assert anchors_of(pattern) is None


def test_a_word_without_letters_is_found_all_the_same():
    patterns = AnchoredPatterns(
        [("{month} 1914", re.compile("(?:3\\.|mai) 1914"))], {"month": Kind(("3.", "mai"))}
    )

    assert [match[0] for _number, match in patterns.matches("am 3. 1914 und mai 1914")] == [
        "3. 1914",
        "mai 1914",
    ]
