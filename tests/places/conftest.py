"""A dozen real places, chosen to collide, compiled into a gazetteer of their own."""

from pathlib import Path

import pytest

from gazetteer.places.build import compile_places
from gazetteer.places.entries import Feature
from gazetteer.places.index import Gazetteer
from gazetteer.places.rows import NameUse, PlaceRow
from gazetteer.positions import LatLon

COLLIDING = (
    # id, name, feature, code, lat, lon, country, population, other names
    ("geonames:2925533", "Frankfurt am Main", "city", "PPL", 50.116, 8.684, "DE", 650_000, "Frankfurt|FRA"),
    ("geonames:2925535", "Frankfurt (Oder)", "city", "PPL", 52.342, 14.551, "DE", 57_000, "Frankfurt"),
    ("geonames:2988507", "Paris", "city", "PPLC", 48.853, 2.349, "FR", 2_138_551, "Париж|PAR"),
    ("geonames:4717560", "Paris", "city", "PPL", 33.661, -95.556, "US", 24_782, ""),
    ("iso:GE", "Georgia", "country", "PCLI", 42.0, 43.5, "GE", 3_731_000, "Georgien"),
    ("geonames:4197000", "Georgia", "region", "ADM1", 32.75, -83.5, "US", 10_700_000, "Ga."),
    ("iso:KP", "North Korea", "country", "PCLI", 40.0, 127.0, "KP", 25_549_000, "Nordkorea|DVRK"),
    ("luftlinie:korea", "Korea", "region", "RGN", 38.0, 127.3, "", 0, "Koreanische Halbinsel"),
    ("geonames:2013348", "Vladivostok", "city", "PPL", 43.106, 131.874, "RU", 604_901, "Wladiwostok|VVO"),
    ("luftlinie:vostochny", "Vostochny Cosmodrome", "facility", "SPCP", 51.88, 128.33, "RU", 0, "Vostochny"),
    ("geonames:2886242", "Köln", "city", "PPL", 50.933, 6.95, "DE", 963_395, "Cologne"),
    ("geonames:498817", "Saint Petersburg", "city", "PPL", 59.939, 30.314, "RU", 5_351_935, "Petersburg"),
    ("luftlinie:taveuni", "Taveuni", "island", "ISL", -16.85, -179.97, "FJ", 0, ""),
    ("luftlinie:vanua-levu", "Vanua Levu", "island", "ISL", -16.6, 179.9, "FJ", 0, ""),
)


def colliding_rows() -> list[PlaceRow]:
    rows = []
    for place_id, name, feature, code, lat, lon, country, population, others in COLLIDING:
        row = PlaceRow(
            id=place_id,
            name=name,
            feature=Feature(feature),
            feature_code=code,
            position=LatLon(lat, lon),
            source="test",
            country=country,
            population=population,
        )
        row.add_name(name, NameUse.MAIN)
        for other in filter(None, others.split("|")):
            row.add_name(other, NameUse.CODE if other.isupper() and len(other) == 3 else 0)
        rows.append(row)
    return rows


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home") / "places-test"
    compile_places(colliding_rows(), folder)
    return folder


@pytest.fixture(scope="session")
def colliding(compiled: Path) -> Gazetteer:
    return Gazetteer(compiled)
