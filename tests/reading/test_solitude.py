"""Solitude: a small place far from all else an article names is refused, unless something speaks for it."""

import pytest

from gazetteer.reading.articles import Article
from gazetteer.reading.reader import read_article

TOGETHER = "Crews from Wausau, Merrill, Antigo and Tomahawk"


@pytest.fixture(scope="module")
def last_named(gazetteer):
    def of(text, surface, language="en"):
        reading = read_article(Article("a", "a.txt", "", language, None, text), gazetteer)
        return next(r for r in reading.resolutions if r.mention.surface == surface)

    return of


def test_a_hamlet_far_from_all_others_is_refused_and_says_why(last_named):
    lurgan = last_named(f"{TOGETHER} put out a blaze in Lurgan on Friday.", "Lurgan")

    assert lurgan.entry is None
    assert "far from all else" in lurgan.why.en
    assert lurgan.candidates


def test_its_state_behind_it_speaks_for_it(last_named):
    lurgan = last_named(f"{TOGETHER} put out a blaze in Lurgan, Pennsylvania, on Friday.", "Lurgan")

    assert lurgan.entry is not None


def test_a_town_that_many_have_heard_of_may_lie_far_off(last_named):
    text = "Feuerwehren aus Uelzen, Celle, Gifhorn und Peine übten gemeinsam in Venedig."

    venice = last_named(text, "Venedig", "de")

    assert venice.entry is not None
    assert venice.confidence > 0.8


def test_beside_one_or_two_names_nothing_is_far_off(last_named):
    lurgan = last_named("A crew from Wausau put out a blaze in Lurgan on Friday.", "Lurgan")

    assert lurgan.entry is not None


def test_far_down_in_a_long_text_the_names_beside_it_count(gazetteer, last_named):
    entries = map(gazetteer.entry_at, range(50_000))
    german = dict.fromkeys(
        entry.name for entry in entries if (entry.country, entry.feature) == ("DE", "city")
    )
    opening = "".join(f"She drove to {name}. " for name in [*german][:600])

    village = last_named(f"{opening}Crews came from Hawes, Askrigg, Gunnerside and Bainbridge.", "Bainbridge")

    assert village.confidence > 0.8
