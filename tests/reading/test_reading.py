"""Reading whole sentences: golden cases, and laws that hold for any text."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gazetteer.errors import GeocodingError
from gazetteer.places.entries import Feature, GazetteerEntry, Match
from gazetteer.positions import LatLon
from gazetteer.reading.articles import Article
from gazetteer.reading.mentions import Kind
from gazetteer.reading.reader import read_article, read_articles

CASES = json.loads((Path(__file__).parent.parent / "golden" / "mentions.json").read_text(encoding="utf-8"))


def read(text, gazetteer, language="de", geocoder=None):
    article = Article("a", "a.txt", "", language, None, text)
    return read_article(article, gazetteer, geocoder=geocoder)


def cases():
    for case in CASES:
        marks = [pytest.mark.xfail(reason=case["fails"])] if "fails" in case else []
        yield pytest.param(case, id=case["text"][:40], marks=marks)


@pytest.mark.parametrize("case", list(cases()))
def test_golden(case, gazetteer):
    reading = read(case["text"], gazetteer, case["language"])

    found = [
        [r.mention.surface, r.mention.kind.value, r.mention.reading.value, r.entry and r.entry.id]
        for r in reading.resolutions
        if r.mention.kind is not Kind.ANAPHOR and r.mention.surface not in case.get("also", ())
    ]
    wanted = [[*w[:3], w[3] or f[3]] for w, f in zip(case["mentions"], found, strict=False)]
    assert found == wanted or found == case["mentions"], case["why"]
    assert len(found) == len(case["mentions"]), case["why"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(
            ["Berlin", "in", "der", "Kim", "US-", "Moskauer", "„", "“", ",", ".", "\n", "Mu\u0308nchen", "1"]
        ),
        max_size=30,
    ),
    st.sampled_from(["", " "]),
    st.sampled_from(["de", "en"]),
)  # fmt: skip
def test_spans_slice_back_to_their_surface_and_do_not_overlap(gazetteer, pieces, joint, language):
    text = joint.join(pieces)

    resolutions = read(text, gazetteer, language).resolutions

    end = 0
    for resolution in resolutions:
        span = resolution.mention.span
        assert text[span.start : span.end] == resolution.mention.surface
        assert end <= span.start < span.end
        end = span.end


def test_every_resolution_says_why_and_ranks_its_candidates(gazetteer):
    (resolution,) = read("Er fuhr am Montag nach Frankfurt.", gazetteer).resolutions

    assert resolution.why.de
    assert resolution.why.en
    assert len(resolution.candidates) > 1
    scores = [candidate.score for candidate in resolution.candidates]
    assert scores == sorted(scores, reverse=True)
    assert sum(scores) <= 1.0 + 1e-9
    assert resolution.candidates[0].entry == resolution.entry
    assert 0.0 <= resolution.confidence <= 1.0


def test_one_name_means_one_place_throughout_an_article(gazetteer):
    text = "In Paris, Texas, brannte es. Die Feuerwehr von Paris kam sofort."

    places = {r.entry.id for r in read(text, gazetteer).resolutions if r.mention.surface == "Paris"}

    assert places == {"geonames:4717560"}


def test_a_language_we_do_not_read_is_said_so(gazetteer):
    reading = read("Le train est arrivé à Paris lundi.", gazetteer, "und")

    assert reading.resolutions == ()
    assert reading.warnings


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "\x00\x01", "1234", "ÄÖÜ", "🚂" * 50, "a" * 1000, "A-" * 1000]
)
def test_text_without_places_gives_none(gazetteer, text):
    assert read(text, gazetteer).resolutions == ()


def test_the_order_of_articles_changes_nothing(gazetteer, seed_articles):
    forwards = read_articles(seed_articles, gazetteer)
    backwards = read_articles(seed_articles[::-1], gazetteer)

    assert forwards == backwards[::-1]


class _Answers:
    """A geocoder that knows one name."""

    def __init__(self, entry=None, error=None):
        self.asked = []
        self._entry, self._error = entry, error

    def resolve(self, name) -> GazetteerEntry | None:
        self.asked.append(name)
        if self._error:
            raise self._error
        return self._entry


def _geocoded(name):
    return GazetteerEntry(
        id=f"geopy:test:{name.lower()}",
        name=name,
        feature=Feature.CITY,
        feature_code="",
        position=LatLon(50.0, 8.0),
        country=None,
        admin1=None,
        population=0,
        extent_km=None,
        source="test",
    )


UNKNOWN = "Die Polizei sperrte die Kleinkuxhausener Straße in Oberquixhausen am Montag."


def test_the_geocoder_is_asked_only_for_sure_names_we_do_not_know(gazetteer):
    geocoder = _Answers(_geocoded("Oberquixhausen"))

    reading = read(UNKNOWN.replace("Montag", "Montag. Er fuhr nach Paris"), gazetteer, geocoder=geocoder)

    assert "Oberquixhausen" in geocoder.asked
    assert "Paris" not in geocoder.asked
    answers = {r.mention.surface: r for r in reading.resolutions}
    assert answers["Oberquixhausen"].entry.id == "geopy:test:oberquixhausen"
    assert answers["Oberquixhausen"].candidates[0].match is Match.GEOCODED


def test_a_geocoder_that_fails_leaves_a_warning_and_the_rest(gazetteer):
    geocoder = _Answers(error=GeocodingError("no answer within 5 s"))

    reading = read(f"{UNKNOWN} Er fuhr nach Paris.", gazetteer, geocoder=geocoder)

    assert len(geocoder.asked) == 1
    assert "no answer within 5 s" in reading.warnings[0].en
    assert any(r.entry and r.entry.id == "geonames:2988507" for r in reading.resolutions)


def test_a_name_nobody_knows_is_kept_with_the_reason(gazetteer):
    unresolved = [r for r in read(UNKNOWN, gazetteer).resolutions if r.entry is None]

    assert unresolved
    assert all("not resolved" in r.why.en for r in unresolved)
