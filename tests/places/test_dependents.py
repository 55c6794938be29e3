"""Quarters and districts, known by the town they belong to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from gazetteer.errors import DataFileError
from gazetteer.places.dependents import dependents
from gazetteer.places.entries import Feature
from gazetteer.places.rows import NameUse, PlaceRow
from gazetteer.positions import LatLon

HEAD = "town,kind,names,source\n"


def town(name: str, lat: float, lon: float, population: int = 1000) -> PlaceRow:
    row = PlaceRow(
        f"test:{name}", name, Feature.CITY, "PPL", LatLon(lat, lon), "test", "DE", "06", population=population
    )
    row.add_name(name, NameUse.MAIN)
    return row


GOETTINGEN = town("Göttingen", 51.534, 9.932)


def rows_of(folder: Path, lines: str, *known: PlaceRow) -> dict[str, PlaceRow]:
    (folder / "quarters.csv").write_text(HEAD + lines, encoding="utf-8")
    return {row.name: row for row in dependents([GOETTINGEN], [GOETTINGEN, *known], folder)}


def test_a_quarter_lies_where_its_town_lies(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, "DE.06:Göttingen,quarter,Grone|Weende,test\n")

    assert rows["Weende"].position == GOETTINGEN.position
    assert "Göttingen-Weende" in rows["Weende"].names


def test_a_town_that_shares_its_name_is_told_by_its_number(tmp_path: Path) -> None:
    lesser = town("Richmond", 54.4, -1.7)
    greater = replace(town("Richmond", 51.5, -0.3, population=20_000), id="test:other")
    (tmp_path / "quarters.csv").write_text(f"{HEAD}{lesser.id},village,Reeth,test\n", encoding="utf-8")

    (reeth,) = dependents([lesser, greater], [], tmp_path)

    assert reeth.position == lesser.position


def test_a_town_whose_name_may_mean_another_as_large_is_reported_with_both_numbers(tmp_path: Path) -> None:
    lesser = town("Homberg", 50.73, 9.0, population=7_863)
    greater = replace(town("Homberg", 51.03, 9.4, population=14_903), id="test:other")
    (tmp_path / "quarters.csv").write_text(f"{HEAD}DE.06:Homberg,village,Mardorf,test\n", encoding="utf-8")

    with pytest.raises(DataFileError, match=r"quarters.csv:2: .*test:other or test:Homberg"):
        dependents([lesser, greater], [], tmp_path)


def test_a_town_that_is_by_far_the_largest_of_its_name_needs_no_number(tmp_path: Path) -> None:
    lesser = replace(town("Buxton", 52.75, 1.31, population=1_316), id="test:other")
    greater = town("Buxton", 53.26, -1.91, population=20_048)
    (tmp_path / "quarters.csv").write_text(f"{HEAD}DE.06:Buxton,village,Wormhill,test\n", encoding="utf-8")

    (wormhill,) = dependents([lesser, greater], [], tmp_path)

    assert wormhill.position == greater.position


def test_a_quarter_that_is_known_is_not_added_again(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, "DE.06:Göttingen,quarter,Grone|Weende,test\n", town("Weende", 51.56, 9.94))

    assert set(rows) == {"Grone"}


@pytest.mark.parametrize(("kind", "extent_km"), [("village", 15.0), ("outlying", 40.0)])
def test_a_village_lies_somewhere_around_its_town(tmp_path: Path, kind: str, extent_km: float) -> None:
    village = rows_of(tmp_path, f"DE.06:Göttingen,{kind},Bremke,test\n")["Bremke"]

    assert (village.position, village.extent_km) == (GOETTINGEN.position, extent_km)
    assert set(village.names) == {"Bremke"}


def test_a_village_may_tell_its_own_position(tmp_path: Path) -> None:
    village = rows_of(tmp_path, "DE.06:Göttingen,village,Bremke (51.42 10.05),test\n")["Bremke"]

    assert (village.position, village.extent_km, village.source) == (LatLon(51.42, 10.05), 3.0, "test")


def test_a_position_that_is_none_is_reported_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match=r"quarters.csv:2: .*lat"):
        rows_of(tmp_path, "DE.06:Göttingen,village,Bremke (151.42 10.05),test\n")


@pytest.mark.parametrize("name", ["Landkreis Göttingen", "Kreis Göttingen", "Landkreises Göttingen"])
def test_a_district_is_called_landkreis_or_kreis(tmp_path: Path, name: str) -> None:
    rows = rows_of(tmp_path, "DE.06:Göttingen,district,Göttingen,test\n")

    assert name in rows["Landkreis Göttingen"].names


def test_the_bare_name_is_left_to_the_town(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, "DE.06:Göttingen,district,Göttingen,test\n")

    assert "Göttingen" not in rows["Landkreis Göttingen"].names


@pytest.mark.parametrize("name", ["Rhein-Sieg-Kreis", "Märkischer Kreis", "Saalekreis"])
def test_a_district_whose_name_says_so_needs_no_landkreis(tmp_path: Path, name: str) -> None:
    rows = rows_of(tmp_path, f"DE.06:Göttingen,district,{name},test\n")

    assert set(rows[name].names) == {name}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("DE.06:Atlantis,quarter,Grone,test\n", "no town DE.06:Atlantis"),
        (
            "DE.06:Göttingen,hamlet,Grone,test\n",
            "kind must be quarter, village, outlying, district, got hamlet",
        ),
    ],
)
def test_a_bad_row_is_told_with_its_line(tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(DataFileError, match=r"quarters.csv:2: ") as caught:
        rows_of(tmp_path, line)

    assert said in str(caught.value)


@pytest.mark.parametrize(
    "line",
    [
        "DE.06:Göttingen,village,Grone (51.5 9.9\n",
        "DE.06:Göttingen,village,Grone (51.5; 9.9),test\n",
        "DE.06:Göttingen,village,Grone (51.5 9.9.1),test\n",
        "DE.06:Göttingen,village,Grone||Weende,test\n",
        "DE.06:Göttingen,village\n",
        "DE.06:Göttingen,village,Grone,test,more\n",
        "DE.06:Göttingen,district,,test\n",
    ],
)
def test_a_row_that_is_cut_or_mistyped_is_refused_by_its_line(tmp_path: Path, line: str) -> None:
    with pytest.raises(DataFileError, match=r"quarters\.csv:2: "):
        rows_of(tmp_path, line)


def test_another_encoding_is_refused_by_the_name_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "quarters.csv").write_bytes(f"{HEAD}DE.06:Göttingen,quarter,Grone,test\n".encode("latin-1"))

    with pytest.raises(DataFileError, match=r"quarters\.csv:"):
        dependents([GOETTINGEN], [GOETTINGEN], tmp_path)
