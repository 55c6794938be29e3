"""Agreement: the share of the other names that could lie near."""

from itertools import pairwise

import pytest

from gazetteer.reading.agreement import agreement
from gazetteer.reading.lexicon import Lexicon
from gazetteer.reading.namesakes import Name, Namesakes
from gazetteer.reading.traits import Traits


@pytest.fixture(scope="module")
def namesakes_of(gazetteer):
    traits = Traits(gazetteer, Lexicon.of("en").language, {})

    def of(*named):
        names = [
            Name(name, tuple(gazetteer.places_of(gazetteer.name_number(name)).tolist())) for name in named
        ]
        return Namesakes.of(names, gazetteer, traits)

    return of


WIDEST = 1


def region_of_best(namesakes, agreed, name, gazetteer):
    rows = namesakes.rows(name)
    best = rows.start + int(agreed[WIDEST, rows].argmax())
    return gazetteer.entry_at(int(namesakes.places[best])).admin1


def test_towns_that_lie_together_agree_most_whatever_else_has_their_names(namesakes_of, gazetteer):
    namesakes = namesakes_of("Genoa", "Columbus", "Fullerton")

    agreed = agreement(namesakes)

    assert [region_of_best(namesakes, agreed, name, gazetteer) for name in range(3)] == ["NE"] * 3


def test_what_agrees_within_a_circle_agrees_within_a_wider_one(namesakes_of):
    agreed = agreement(namesakes_of("Springfield", "Franklin", "Lebanon", "Paris"))

    for narrow, wide in pairwise(agreed):
        assert (narrow <= wide).all()


def test_shares_lie_between_none_and_all(namesakes_of):
    agreed = agreement(namesakes_of("Springfield", "Franklin", "Georgia", "Washington", "Norway"))

    assert (agreed >= 0.0).all()
    assert (agreed < 1.0).all()


def test_one_name_agrees_with_nothing(namesakes_of):
    assert not agreement(namesakes_of("Springfield")).any()


def test_the_same_name_with_its_area_is_no_other_name(gazetteer):
    places = tuple(gazetteer.places_of(gazetteer.name_number("Paris")).tolist())
    traits = Traits(gazetteer, "en", {})
    namesakes = Namesakes.of([Name("Paris", places), Name("Paris", places, 0)], gazetteer, traits)

    assert not agreement(namesakes)[:, namesakes.rows(1)].any()


def test_hundreds_of_names_are_weighed_by_the_first_of_them(namesakes_of):
    few = namesakes_of(*["Springfield", "Franklin", "Lebanon", "Paris"] * 20)

    agreed = agreement(few)

    assert agreed.shape == (2, len(few.names))
    assert agreed[:, few.rows(79)].any()


def test_names_of_one_place_only_agree_with_nothing(gazetteer):
    paris, berlin = (
        (int(gazetteer.places_of(gazetteer.name_number(name))[0]),) for name in ("Paris", "Berlin")
    )
    namesakes = Namesakes.of(
        [Name("Paris", paris), Name("Berlin", berlin)], gazetteer, Traits(gazetteer, "en", {})
    )

    assert not agreement(namesakes).any()
