"""Texts of one case: names are found all the same, and the text keeps its length."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gazetteer.reading.articles import Article
from gazetteer.reading.capitals import is_one_case, with_capitals
from gazetteer.reading.lexicon import Lexicon
from gazetteer.reading.reader import read_article
from gazetteer.reading.tokens import Words

SENTENCES = [
    ("de", "die delegation reiste von berlin über warschau nach kiew", ["berlin", "warschau", "kiew"]),
    ("en", "the delegation left new york on monday and flew to south africa", ["new york", "south africa"]),
    ("en", "a ferry left the democratic republic of the congo", ["democratic republic of the congo"]),
]


@pytest.mark.parametrize(("language", "text", "places"), SENTENCES)
@pytest.mark.parametrize("case", [str.lower, str.upper])
def test_names_are_found_without_capitals_and_in_nothing_but_capitals(
    case, language, text, places, gazetteer
):
    reading = read_article(Article("a", "a.txt", "", language, None, case(text)), gazetteer)

    assert [r.mention.surface for r in reading.resolutions] == [case(place) for place in places]
    assert reading.warnings


@pytest.mark.parametrize(
    "text", ["Der Zug fährt nach Berlin.", "The train goes to the coast.", "HAMBURG – Der Zug steht.", "kurz"]
)
def test_a_text_of_both_cases_or_few_words_is_left_alone(text):
    assert not is_one_case(Words.of(text).words)


def test_ordinary_words_stay_small(gazetteer):
    text = "der zug fuhr nach dem essen in den regen"

    assert with_capitals(text, Lexicon.of("de"), gazetteer) == text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet="abc ßıİŉǆ-\n", max_size=40))
def test_the_text_keeps_its_length(gazetteer, text):
    assert len(with_capitals(text, Lexicon.of("en"), gazetteer)) == len(text)
