"""A small analysis made by hand: two articles, four places, two claims, one journey."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from dashboard.catalogue import Catalogue
from gazetteer.analysis import Analysis
from gazetteer.claims.claim import Check, Claim, CrossCheck, Facet, Path, Relation, Role, Verdict, Via
from gazetteer.geodesy import geodesic_km
from gazetteer.journeys.journey import Certainty, Event, EventKind, Journey, Leg, Mode, TimeWindow
from gazetteer.places.entries import Candidate, Feature, GazetteerEntry, Match
from gazetteer.positions import LatLon
from gazetteer.reading.articles import Article, Sentence, Span
from gazetteer.reading.mentions import Kind, Mention, Reading
from gazetteer.reading.quantities import Dimension, Quantity
from gazetteer.reading.reader import ArticleReading
from gazetteer.reading.resolution import Resolution
from gazetteer.wording import Wording

FIRST = "Von Hamm nach Unna\n\nHamm liegt 20 km nördlich von Unna. Der Zug fuhr ab Hamm.\nBerlin schweigt."
SECOND = "Fidschi\n\nHamm grüßt Suva und Apia."


def entry(place, name, lat, lon, feature=Feature.CITY):
    return GazetteerEntry(
        place, name, feature, "PPL", LatLon(lat, lon), "DE", None, 60_000, None, "GeoNames (CC BY 4.0)"
    )


HAMM = entry("geonames:1", "Hamm", 51.68, 7.81)
UNNA = entry("geonames:2", "Unna", 51.53, 7.68)
BERLIN = entry("geonames:3", "Berlin", 52.52, 13.41)
SUVA = entry("geonames:4", "Suva", -18.14, 178.44)
APIA = entry("geonames:5", "Apia", -13.83, -171.77)


def span(article, text, words, nth=0):
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span(article, start, start + len(words))


def resolution(article, text, words, place, *, nth=0, reading=Reading.PLACE, confidence=0.9):
    found = span(article, text, words, nth)
    mention = Mention(found, words, Kind.TOPONYM, reading)
    candidates = (Candidate(place, 0.9, Match.EXACT, Wording("der Name", "the name")),) if place else ()
    return Resolution(mention, place, confidence, candidates, Wording("der einzige", "the only one"))


def stand_in(article, text, words, place):
    mention = Mention(span(article, text, words), words, Kind.ANAPHOR, Reading.PLACE)
    return Resolution(mention, place, 0.7, (), Wording("steht für Hamm", "stands for Hamm"))


def sentences(article, text):
    found, start = [], 0
    for line in text.split("\n"):
        for part in line.split(". "):
            begin = text.index(part, start) if part else start
            if part:
                found.append(Sentence(Span(article, begin, begin + len(part))))
            start = begin + len(part)
    return tuple(found)


def made_analysis(first=FIRST, second=SECOND):
    one = Article("eins", "eins.txt", first.split("\n")[0], "de", dt.date(2024, 5, 6), first)
    two = Article("zwei", "zwei.txt", second.split("\n")[0], "de", None, second)
    readings = (
        ArticleReading(
            one,
            sentences("eins", first),
            (),
            (
                resolution("eins", first, "Hamm", HAMM),
                resolution("eins", first, "Unna", UNNA),
                resolution("eins", first, "Hamm", HAMM, nth=1),
                resolution("eins", first, "Unna", UNNA, nth=1),
                resolution("eins", first, "Hamm", HAMM, nth=2),
                resolution("eins", first, "Berlin", BERLIN, reading=Reading.ACTOR, confidence=0.5),
            ),
        ),
        ArticleReading(
            two,
            sentences("zwei", second),
            (),
            (
                resolution("zwei", second, "Fidschi", None, confidence=0.2),
                resolution("zwei", second, "Hamm", HAMM),
                resolution("zwei", second, "Suva", SUVA),
                resolution("zwei", second, "Apia", APIA),
            ),
        ),
    )
    stated = span("eins", first, "20 km nördlich von Unna")
    number = span("eins", first, "20 km")
    quantity = Quantity(
        number, 20.0, None, "km", Dimension.LENGTH, 20_000.0, "m", 10.0, None, 15_000.0, 25_000.0
    )
    far = geodesic_km(UNNA.position, HAMM.position)
    check = Check(Facet.DISTANCE, 20.0, far, "km", 20.0 - far, Verdict.HOLDS, Wording("rund", "round"))
    named = {
        "subject": Role(HAMM.id, span("eins", first, "Hamm", 1), Via.NAMED),
        "reference": Role(UNNA.id, span("eins", first, "Unna", 1), Via.NAMED),
    }
    claims = (
        Claim(
            f"eins:c{stated.start}",
            stated,
            "20 km nördlich von Unna",
            Relation.DISTANCE,
            quantity,
            None,
            **named,
            origin=None,
            path=Path.AIR,
            checks=(check,),
            verdict=Verdict.HOLDS,
            reason=Wording("gerundet", "rounded"),
        ),
        Claim(
            "zwei:c9",
            span("zwei", second, "Suva und Apia"),
            "Suva und Apia",
            Relation.PROXIMITY,
            None,
            None,
            subject=Role(APIA.id, span("zwei", second, "Apia"), Via.NAMED),
            reference=Role(SUVA.id, span("zwei", second, "Suva"), Via.NAMED),
            origin=None,
            path=Path.UNSPECIFIED,
        ),
    )
    crossed = CrossCheck(
        tuple(claim.id for claim in claims),
        "same_pair",
        Wording.same("20 km"),
        Wording.same("19 km"),
        "agree",
        Wording("beide gleich", "both alike"),
    )
    source = span("eins", first, "Der Zug fuhr ab Hamm")
    morning = TimeWindow(
        dt.datetime.fromisoformat("2024-05-06T08:00"),
        dt.datetime.fromisoformat("2024-05-06T09:00"),
        "Europe/Berlin",
        False,
    )
    evening = TimeWindow(
        dt.datetime.fromisoformat("2024-05-06T10:00"),
        dt.datetime.fromisoformat("2024-05-06T11:00"),
        "Europe/Berlin",
        False,
    )
    events = tuple(
        Event(
            name,
            EventKind.SIGHTING,
            "train",
            place.id,
            place.position,
            when,
            Wording(f"Zug in {place.name}", f"train at {place.name}"),
            Certainty.REPORTED,
            None,
            (source,),
        )
        for name, place, when in (("e1", HAMM, morning), ("e2", UNNA, evening))
    )
    leg = Leg(
        HAMM.id,
        UNNA.id,
        Mode.RAIL,
        22.0,
        far,
        (HAMM.position, UNNA.position),
        Wording("gemessen", "measured"),
        Certainty.REPORTED,
        ("e1", "e2"),
    )
    journey = Journey("train", "train", Wording("Der Zug", "The train"), Mode.RAIL, events, (leg,))
    places = {place.id: place for place in (HAMM, UNNA, BERLIN, SUVA, APIA)}
    return Analysis(readings, claims, (crossed,), (journey,), places)


@pytest.fixture
def catalogue():
    return Catalogue(made_analysis())


@pytest.fixture
def with_stand_in(catalogue):
    """The same analysis, in which `Der Zug` stands for Hamm."""
    first, second = catalogue.analysis.readings
    phrase = stand_in("eins", FIRST, "Der Zug", HAMM)
    return Catalogue(replace(catalogue.analysis, readings=(replace(first, anaphors=(phrase,)), second)))
