"""Numbers in words, read from the end of a phrase."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.reading.number_words import ends_number, trailing_number
from gazetteer.reading.quantity_words import quantity_words

PHRASES = {
    "de": ("zwei", "zweihundertfünfzig", "zweieinhalb", "drei komma fünf", "einige hundert", "hunderte von"),
    "en": ("two", "two and a half", "three point five", "twenty two", "a few thousand", "hundreds of"),
}


@pytest.mark.parametrize(
    ("language", "phrase"), [(code, phrase) for code, phrases in PHRASES.items() for phrase in phrases]
)
def test_a_number_in_words_is_read_whole(language, phrase):
    tokens = tuple(phrase.split())

    number = trailing_number(("nearly", *tokens), language)

    assert number is not None
    assert number[1] == len(tokens)


def _words(language):
    words = quantity_words(language)
    listed = (words.fractions, words.collective, words.vague, words.multipliers, words.halves)
    known = {word for phrases in listed for phrase in phrases for word in phrase.split()}
    return sorted(known | set(words.cardinals) | words.articles | words.point | words.glue | {"miles", "und"})


@pytest.mark.parametrize("language", ["de", "en"])
@given(choice=st.data())
def test_no_number_ends_in_a_word_that_ends_none(language, choice):
    tokens = tuple(choice.draw(st.lists(st.sampled_from(_words(language)), min_size=1, max_size=5)))

    assert trailing_number(tokens, language) is None or ends_number(language)[tokens[-1]]
