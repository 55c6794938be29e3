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


@pytest.mark.parametrize(
    "text",
    [
        "Ulm und Neu-Ulm, " * 30_000,
        "." * 500_000,
        "x" * 300_000 + " y",
        "a\n" * 200_000,
        "Ä, " * 150_000,
        "Ulm." + "." * 300_000 + " Neu-Ulm" * 40_000,
        "a b " * 60_000 + "Donaudampfschiff " * 60_000,
    ],
)
def test_a_long_text_is_cut_as_a_short_one(text):
    words = Words.of(text)
    head = Words.of(text[:90])

    assert words.words[: len(head.words) - 1] == head.words[:-1]
    assert "".join(gap + word for gap, word in zip(words.gaps, [*words.words, ""], strict=True)) == text
    assert all(
        text[start:end] == word
        for start, end, word in zip(words.starts, words.ends, words.words, strict=True)
    )


def test_unbreakable_blanks_and_hyphens_move_nothing():
    text = Text.of("6\u00a0km von Frankfurt\u2011Höchst")

    assert text.plain == "6 km von Frankfurt-Höchst"
    assert text.origins is None


def test_letters_behind_invisible_ones_lead_back():
    text = "\ufeffdas alte Kirch\u00adber\u0301g\nMu\u0308nchen\u0301s \u200bUlm"
    plain = Text.of(text)

    words = Words.of(plain.plain)
    back = [text[slice(*plain.original(s, e))] for s, e in zip(words.starts, words.ends, strict=True)]
    assert back[:2] == ["das", "alte"]
    assert back[2].replace("\u00ad", "").endswith("g")
    assert back[-1] == "Ulm"
