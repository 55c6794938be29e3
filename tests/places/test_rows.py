from pathlib import Path

import pytest

from gazetteer.errors import DataFileError
from gazetteer.places.rows import own_names, own_rows

HEADER = (
    "id,name,name_de,name_en,names,feature,feature_code,lat,lon,country,admin1,population,extent_km,source\n"
)


def test_our_own_rows_are_all_well_formed() -> None:
    assert len(own_rows()) > 1000


def test_our_own_rows_all_have_a_source_and_a_german_name() -> None:
    assert all(row.source and row.name_de for row in own_rows())


def test_the_names_we_add_are_all_well_formed() -> None:
    assert len(own_names()) > 500


def test_all_bad_rows_are_reported_at_once_with_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "places.csv").write_text(
        HEADER
        + "a,Alpha,,,,city,PPL,120.5,20,,,,,test\n"
        + "b,Beta,,,,city,PPL,10,20,,,,,test\n"
        + "c,Gamma,,,,town,PPL,10,20,,,,,test\n"
        + "d,Delta,,,,city,PPL,10,20,,,,,\n"
        + "b,Beta,,,,city,PPL,10,20,,,,,test\n"
        + "e,Epsilon,,,,city,PPL,10\n",
        encoding="utf-8",
    )

    with pytest.raises(DataFileError) as caught:
        own_rows(tmp_path)

    message = str(caught.value)
    assert "places.csv:2: lat must be in [-90, 90], got 120.5 (lat and lon swapped?)" in message
    assert "places.csv:4: 'town'" in message
    assert "places.csv:5: every row names its source" in message
    assert "places.csv:6: id luftlinie:b is already used in" in message
    assert "places.csv:7: wrong number of columns" in message
    assert "places.csv:3" not in message.replace("used in", "").split("places.csv:6")[0]
