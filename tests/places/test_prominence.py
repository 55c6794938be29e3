"""Which of two namesakes comes first when nothing else is known."""

from __future__ import annotations

import pytest

from gazetteer.places.entries import Feature
from gazetteer.places.prominence import prominence_of
from gazetteer.places.rows import PlaceRow
from gazetteer.positions import LatLon


def place(feature: Feature, code: str, *, population: int = 0, extent_km: float = 0.0) -> float:
    row = PlaceRow("test:a", "a", feature, code, LatLon(48.5, 8.7), "test", extent_km=extent_km)
    row.population = population
    return prominence_of(row)


@pytest.mark.parametrize(
    ("feature", "code", "extent_km"),
    [
        (Feature.WATER, "STM", 40.0),
        (Feature.REGION, "RGN", 18.0),
        (Feature.REGION, "VAL", 20.0),
        (Feature.ISLAND, "ISL", 3.0),
        (Feature.WATER, "LK", 15.0),
        (Feature.WATER, "BAY", 20.0),
        (Feature.MOUNTAIN, "PK", 3.0),
    ],
)
def test_a_brook_or_dale_stands_behind_the_town_of_its_name(
    feature: Feature, code: str, extent_km: float
) -> None:
    assert place(feature, code, extent_km=extent_km) < place(Feature.CITY, "PPL", population=22_000)


def test_a_great_river_stands_before_a_small_town_of_its_name() -> None:
    river = place(Feature.WATER, "STM", extent_km=400.0)

    assert river > place(Feature.CITY, "PPL", population=22_000)


def test_a_village_stands_behind_the_smallest_town() -> None:
    assert place(Feature.CITY, "PPLX") < place(Feature.CITY, "PPL", population=500)
