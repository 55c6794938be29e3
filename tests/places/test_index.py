import shutil
from pathlib import Path

import pytest

from gazetteer.errors import IndexDamagedError, IndexMissingError, UnknownPlaceError
from gazetteer.places.entries import Feature, Match
from gazetteer.places.index import Gazetteer
from gazetteer.places.rows import NameUse
from gazetteer.positions import LatLon


def test_the_larger_namesake_comes_first(colliding: Gazetteer) -> None:
    found = colliding.lookup("Frankfurt")

    assert [c.entry.id for c in found] == ["geonames:2925533", "geonames:2925535"]


def test_paris_in_texas_is_a_candidate(colliding: Gazetteer) -> None:
    assert [c.entry.country for c in colliding.lookup("Paris")] == ["FR", "US"]


def test_the_country_comes_before_the_state_of_its_name(colliding: Gazetteer) -> None:
    assert [c.entry.feature for c in colliding.lookup("Georgia")] == [Feature.COUNTRY, Feature.REGION]


def test_korea_is_the_peninsula_and_no_state(colliding: Gazetteer) -> None:
    assert [c.entry.id for c in colliding.lookup("Korea")] == ["luftlinie:korea"]


@pytest.mark.parametrize(
    ("name", "match"),
    [
        ("Köln", Match.EXACT),
        ("Koeln", Match.FOLDED),
        ("KÖLN", Match.FOLDED),
        ("Kölns", Match.INFLECTED),
        ("St. Petersburg", Match.FOLDED),
        ("Париж", Match.EXACT),
        ("Wostotschny", Match.INFLECTED),
    ],
)
def test_a_candidate_says_how_the_name_led_to_it(colliding: Gazetteer, name: str, match: Match) -> None:
    assert colliding.lookup(name)[0].match is match


@pytest.mark.parametrize("name", ["Frankfurt", "Paris", "Georgia", "Koeln", "VVO", "Wostotschny"])
def test_scores_lie_between_0_and_1_together(colliding: Gazetteer, name: str) -> None:
    scores = [c.score for c in colliding.lookup(name)]

    assert scores == sorted(scores, reverse=True)
    assert 0.0 < sum(scores) <= 1.0 + 1e-9


def test_a_code_is_trusted_less_than_a_name(colliding: Gazetteer) -> None:
    assert colliding.lookup("VVO")[0].score < 0.2 < colliding.lookup("Vladivostok")[0].score


def test_every_candidate_has_its_reason_in_both_languages(colliding: Gazetteer) -> None:
    why = colliding.lookup("Wladiwostok")[0].why

    assert why.de == "heißt „Wladiwostok“, 604.901 Einwohner"
    assert why.en == "is called “Wladiwostok”, population 604,901"


@pytest.mark.parametrize("name", ["", " ", "-", "\x00", "Nirgendwo", "x" * 10_000, "🚂"])
def test_what_nobody_knows_has_no_candidates(colliding: Gazetteer, name: str) -> None:
    assert colliding.lookup(name) == ()


@pytest.mark.parametrize("typo", ["Vladivostock", "Vladivotsok", "Vladivstok"])
def test_a_slip_of_the_keyboard_is_a_near_miss(colliding: Gazetteer, typo: str) -> None:
    found = colliding.near_misses(typo)

    assert found[0].entry.id == "geonames:2013348"
    assert found[0].match is Match.NEAR_MISS


def test_an_entry_is_found_by_its_id(colliding: Gazetteer) -> None:
    assert colliding.entry("luftlinie:vostochny").position == LatLon(51.88, 128.33)


@pytest.mark.parametrize("place_id", ["", "geonames:1", "iso:", "geonames:2013348 "])
def test_an_unknown_id_is_an_error_that_names_it(colliding: Gazetteer, place_id: str) -> None:
    with pytest.raises(UnknownPlaceError, match=repr(place_id)):
        colliding.entry(place_id)


def test_all_names_of_a_place_are_told(colliding: Gazetteer) -> None:
    assert colliding.names_of("geonames:2013348") == ("VVO", "Vladivostok", "Wladiwostok")


def test_the_nearest_place_comes_first_and_the_far_ones_not_at_all(colliding: Gazetteer) -> None:
    near = colliding.nearest(LatLon(50.9, 7.0), within_km=200.0)

    assert [entry.name for entry in near] == ["Köln", "Frankfurt am Main"]


def test_nearness_crosses_the_antimeridian(colliding: Gazetteer) -> None:
    near = colliding.nearest(LatLon(-16.7, 180.0), within_km=60.0)

    assert {entry.name for entry in near} == {"Taveuni", "Vanua Levu"}


def test_the_longest_name_at_a_word_comes_first(colliding: Gazetteer) -> None:
    text = "aus Frankfurt am Main gemeldet"

    ends = [end for end, _number in colliding.names_at(text, 4)]

    assert [text[4:end] for end in ends] == ["Frankfurt am Main", "Frankfurt"]


def test_a_name_ends_where_a_word_ends(colliding: Gazetteer) -> None:
    assert colliding.names_at("Parisienne", 0) == ()


def test_a_name_may_be_closed_by_an_ending(colliding: Gazetteer) -> None:
    assert [end for end, _number in colliding.names_at("Kölns Dom", 0, endings=("s",))] == [4]


def test_the_features_of_a_name_are_known_before_any_text_is_read(colliding: Gazetteer) -> None:
    known = colliding.features_of(colliding.name_number("Georgia"))

    assert known.places == 2
    assert known.kinds == {Feature.COUNTRY, Feature.REGION}
    assert known.best_population == 3_731_000
    assert known.uses & NameUse.MAIN


def test_a_name_that_is_only_a_code_says_so(colliding: Gazetteer) -> None:
    assert colliding.features_of(colliding.name_number("PAR")).uses == NameUse.CODE


def test_an_unknown_name_has_no_number(colliding: Gazetteer) -> None:
    assert colliding.name_number("Nirgendwo") == -1


def test_a_gazetteer_that_was_never_built_says_how_to_build_it(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match="luftlinie gazetteer build"):
        Gazetteer(tmp_path / "nowhere")


@pytest.mark.parametrize("file", ["names.marisa", "place_latlon.npy", "texts.bin", "manifest.json"])
def test_a_truncated_file_is_noticed(compiled: Path, tmp_path: Path, file: str) -> None:
    damaged = tmp_path / "damaged"
    shutil.copytree(compiled, damaged)
    (damaged / file).write_bytes((damaged / file).read_bytes()[:-3])

    with pytest.raises(IndexDamagedError, match="--force"):
        Gazetteer(damaged)


@pytest.mark.parametrize("file", ["names.marisa", "place_id.npy"])
def test_garbage_of_the_right_size_is_no_traceback(compiled: Path, tmp_path: Path, file: str) -> None:
    damaged = tmp_path / "damaged"
    shutil.copytree(compiled, damaged)
    (damaged / file).write_bytes(b"\x80" * (damaged / file).stat().st_size)

    with pytest.raises(IndexDamagedError):
        Gazetteer(damaged)
