"""Tokens: normalised text, and the way back."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.reading.tokens import Text, Words


@pytest.mark.parametrize(
    ("text", "word", "original"),
    [
        ("in Mu\u0308nchen", "München", "Mu\u0308nchen"),
        ("in Kirch\u00adberg", "Kirchberg", "Kirch\u00adberg"),
        ("in Berlin", "Berlin", "Berlin"),
    ],
)
def test_a_word_leads_back_to_its_letters_in_the_file(text, word, original):
    plain = Text.of(text)
    words = Words.of(plain.plain)
    at = words.words.index(word)

    start, end = plain.original(words.starts[at], words.ends[at])

    assert text[start:end] == original


def test_text_that_is_normal_is_kept():
    assert Text.of("Größe").origins is None


@given(st.text(max_size=80))
def test_spans_stay_in_order_and_in_bounds(text):
    plain = Text.of(text)
    words = Words.of(plain.plain)
    spans = [plain.original(s, e) for s, e in zip(words.starts, words.ends, strict=True)]

    assert all(0 <= start <= end <= len(text) for start, end in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


@pytest.mark.parametrize("text", ["", "Ulm", " – ", "a_b c", "St. Pölten,\n„Wien“ 1. 東京", "x" * 1000 + "_"])
def test_words_and_gaps_make_up_the_text(text):
    words = Words.of(text)

    together = "".join(gap + word for gap, word in zip(words.gaps, [*words.words, ""], strict=True))
    assert together == text
    spans = zip(words.starts, words.ends, strict=True)
    assert [text[start:end] for start, end in spans] == words.words
    assert all(word.isalnum() for word in words.words)
