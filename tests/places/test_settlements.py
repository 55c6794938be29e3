"""Villages and quarters from the file kept apart, and what makes them superfluous."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from gazetteer.errors import DataFileError
from gazetteer.places.entries import Feature
from gazetteer.places.nearby import Neighbours
from gazetteer.places.prominence import prominence_of
from gazetteer.places.rows import NameUse, PlaceRow
from gazetteer.places.settlements import (
    ALPINE_FILE,
    CENSUS_FILE,
    POST_FILE,
    SETTLEMENTS_FILE,
    TRADE_FILE,
    settlements,
)
from gazetteer.positions import LatLon


def town(name: str, lat: float, lon: float, country: str = "DE", admin1: str = "07") -> PlaceRow:
    row = PlaceRow(
        id=f"test:{name}",
        name=name,
        feature=Feature.CITY,
        feature_code="PPL",
        position=LatLon(lat, lon),
        source="test",
        country=country,
        admin1=admin1,
    )
    row.add_name(name, NameUse.MAIN)
    return row


GUETERSLOH = town("Gütersloh", 51.907, 8.379)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "settlements.tsv.gz"
    lines = (
        "# remark\n"
        "Isselhorst\tGütersloh\t51.946\t8.406\t13\n"
        "Gütersloh\tGütersloh\t51.906\t8.380\t99\n"
        "Neuhof\tFulda\t50.45\t9.61\t3\n"
        "Neuhof\tHeilsbronn\t49.45\t10.64\t2\n"
        "Neuhof\tAnsbach\t49.46\t10.65\t1\n"
    )
    path.write_bytes(gzip.compress(lines.encode()))
    return path


def test_a_village_lies_in_the_state_of_the_nearest_town(file: Path) -> None:
    rows = settlements([GUETERSLOH], Neighbours([GUETERSLOH]), file, {})

    village = next(row for row in rows if row.name == "Isselhorst")
    assert (village.country, village.admin1) == ("DE", "07")


def test_a_town_that_is_known_is_not_added_again(file: Path) -> None:
    rows = settlements([GUETERSLOH], Neighbours([GUETERSLOH]), file, {})

    assert "Gütersloh" not in {row.name for row in rows}


def test_namesakes_far_apart_are_two_and_close_together_one(file: Path) -> None:
    towns = [GUETERSLOH, town("Fulda", 50.55, 9.68), town("Ansbach", 49.3, 10.57)]

    rows = settlements(towns, Neighbours(towns), file, {})

    assert sum(row.name == "Neuhof" for row in rows) == 2


def test_what_lies_far_from_every_town_is_left_out(file: Path) -> None:
    far = town("Canberra", -35.28, 149.13, "AU")

    assert settlements([far], Neighbours([far]), file, {}) == ()


@pytest.fixture
def american(tmp_path: Path) -> Path:
    path = tmp_path / "places.tsv.gz"
    lines = (
        "# remark\n"
        "US\tPA\tLickdale\t40.450\t-76.520\tplace\n"
        "US\tPA\tJackson Township\t40.380\t-76.310\ttownship\n"
        "US\tPA\tJackson Township\t40.100\t-77.320\ttownship\n"
        "US\tPA\tLebanon\t40.341\t-76.423\tplace\n"
    )
    path.write_bytes(gzip.compress(lines.encode()))
    return path


LEBANON = town("Lebanon", 40.341, -76.411, "US", "PA")


@pytest.fixture
def small(file: Path, american: Path) -> dict[str, PlaceRow]:
    rows = settlements([LEBANON], Neighbours([LEBANON]), file, {american: "somebody (CC0)"})
    return {row.id: row for row in rows}


def test_small_places_keep_their_state_and_name_their_source(small: dict[str, PlaceRow]) -> None:
    hamlet = small["luftlinie:lickdale-us-pa-p"]

    assert (hamlet.country, hamlet.admin1, hamlet.source) == ("US", "PA", "somebody (CC0)")


def test_two_townships_of_one_name_in_a_state_are_two_places(small: dict[str, PlaceRow]) -> None:
    assert {"luftlinie:jackson-township-us-pa-p", "luftlinie:jackson-township-us-pa-p2"} < small.keys()


def test_a_place_known_by_its_neighbours_is_as_large_as_the_doubt(file: Path, tmp_path: Path) -> None:
    near = tmp_path / "near.tsv.gz"
    near.write_bytes(gzip.compress(b"DE\t07\tNahbei\t51.90\t8.30\tnear\n"))

    rows = settlements([GUETERSLOH], Neighbours([GUETERSLOH]), file, {near: "somebody (CC0)"})

    assert next(row for row in rows if row.name == "Nahbei").extent_km == 10.0


def test_a_township_answers_to_its_short_form(small: dict[str, PlaceRow]) -> None:
    assert "Jackson Twp." in small["luftlinie:jackson-township-us-pa-p"].names


def test_a_township_is_an_area(small: dict[str, PlaceRow]) -> None:
    assert small["luftlinie:jackson-township-us-pa-p"].feature is Feature.REGION


def test_a_town_on_both_lists_is_one(small: dict[str, PlaceRow]) -> None:
    assert "Lebanon" not in {row.name for row in small.values()}


def test_a_township_is_less_prominent_than_the_smallest_town(small: dict[str, PlaceRow]) -> None:
    smallest = town("Smallest", 40.0, -76.0, "US", "PA")
    smallest.population = 500

    assert prominence_of(small["luftlinie:jackson-township-us-pa-p"]) < prominence_of(smallest)


@pytest.mark.parametrize(
    ("file", "licence"),
    [(CENSUS_FILE, "public domain"), (POST_FILE, "CC BY 4.0"), (TRADE_FILE, "MIT"), (ALPINE_FILE, "ODbL")],
    ids=["census", "post", "trade", "alpine"],
)
def test_each_file_of_small_places_says_its_licence(file: Path, licence: str) -> None:
    assert licence in gzip.decompress(file.read_bytes()).decode()[:1000]


@pytest.mark.parametrize(
    ("file", "line"),
    [
        (CENSUS_FILE, "US\tIA\tLadora\t"),
        (CENSUS_FILE, "US\tMN\tSilver Brook Township\t"),
        (POST_FILE, "US\tNM\tClines Corners\t"),
        (POST_FILE, "US\tTX\tMcCoy\t"),
        (TRADE_FILE, "GB\tENG\tHackforth\t54.3"),
        (TRADE_FILE, "IE\tC\tSpiddal\t53.2"),
        (TRADE_FILE, "AU\t02\tTumbulgum\t-28.2"),
        (TRADE_FILE, "CA\t08\tJerseyville\t43.2"),
        (TRADE_FILE, "NZ\tF3\tLongburn\t-40.3"),
        (ALPINE_FILE, "CH\tTG\tOpfershofen\t47.5"),
        (ALPINE_FILE, "AT\t03\tNiederwaltenreith\t48.3"),
    ],
    ids=[
        *("town", "township", "hamlet", "spelling"),
        *("English village", "Irish village", "Australian village", "Canadian village", "suburb"),
        *("Swiss village", "next to its code"),
    ],
)
def test_small_places_are_in_the_files(file: Path, line: str) -> None:
    assert f"\n{line}" in gzip.decompress(file.read_bytes()).decode()


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("Athena FPSO", id="ship"),
        pytest.param("Tetney Terminal", id="terminal"),
        pytest.param("Leeds ICD", id="customs yard"),
        pytest.param("Goodwood Airport", id="airport"),
        pytest.param("Wiltshire", id="county"),
        pytest.param("Cleveland", id="large city elsewhere"),
        pytest.param("Tunbridge Well", id="slip of the pen"),
        pytest.param("Barnacle", id="common word"),
        pytest.param("Acton, Sudbury", id="addition"),
    ],
)
def test_what_trade_has_a_code_for_is_not_always_a_village(name: str) -> None:
    lines = gzip.decompress(TRADE_FILE.read_bytes()).decode().splitlines()

    assert not any(f"\t{name}\t" in line for line in lines)


@pytest.mark.parametrize(
    "file",
    [CENSUS_FILE, POST_FILE, TRADE_FILE, ALPINE_FILE],
    ids=["census", "post", "trade", "alpine"],
)
def test_small_places_are_sorted_and_hold_no_numbers_in_their_names(file: Path) -> None:
    lines = [line for line in gzip.decompress(file.read_bytes()).decode().splitlines() if line[0] != "#"]

    assert lines == sorted(lines)
    assert not any(char.isdigit() for line in lines for char in line.split("\t")[2])


def test_the_file_says_whose_it_is_and_under_which_licence() -> None:
    head = gzip.decompress(SETTLEMENTS_FILE.read_bytes()).decode()[:1000]

    assert "OpenStreetMap contributors" in head
    assert "ODbL" in head


@pytest.mark.parametrize(
    ("name", "municipality"),
    [("Isselhorst", "Gütersloh"), ("Gosenbach", "Siegen"), ("Bad Niedernau", "Rottenburg am Neckar")],
)
def test_quarters_are_in_the_file(name: str, municipality: str) -> None:
    lines = gzip.decompress(SETTLEMENTS_FILE.read_bytes()).decode().splitlines()

    assert any(line.startswith(f"{name}\t{municipality}") for line in lines)


@pytest.mark.parametrize("word", ["Rathaus", "Bahnhof", "Schule", "Am", "Ortsmitte", "Hauptstraße"])
def test_kinds_of_stops_are_not(word: str) -> None:
    lines = gzip.decompress(SETTLEMENTS_FILE.read_bytes()).decode().splitlines()

    assert not any(line.startswith(f"{word}\t") for line in lines)


PACKED = gzip.compress(b"GB\tENG\tHackforth\t54.33\t-1.65\tplace\n" * 9)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GB\tENG",
        PACKED[:-12],
        PACKED[:20] + b"\xff\xff" + PACKED[22:],
        gzip.compress(b"GB\tENG\tHackforth\t54.33\n"),
        gzip.compress(b"GB\tENG\tHackforth\t154.33\t-1.65\tplace\n"),
        gzip.compress(b"GB\tENG\tHackforth\t54.33\t-1.65\tcastle\n"),
        gzip.compress("GB\tENG\tMünster\t54.33\t-1.65\tplace\n".encode("latin-1")),
    ],
)
def test_a_file_that_is_cut_or_damaged_is_refused_by_its_name(
    file: Path, tmp_path: Path, content: bytes
) -> None:
    damaged = tmp_path / "trade_places.tsv.gz"
    damaged.write_bytes(content)

    with pytest.raises(DataFileError, match=r"trade_places\.tsv\.gz: damaged"):
        settlements([GUETERSLOH], Neighbours([GUETERSLOH]), file, {damaged: "test"})
