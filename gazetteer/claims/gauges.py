"""Break of gauge: where wheels or bogies are changed is where the rails change, at the border.

Source:
    `data/gauges.csv`: main-line gauges by country, each row with its source.
"""

from __future__ import annotations

import csv
import io
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Final

from gazetteer.claims.claim import Check, Claim, Facet, Verdict
from gazetteer.claims.evidence import POINT_LIKE, Evidence
from gazetteer.claims.phrasing import kilometres, number
from gazetteer.claims.vocabulary import words_in
from gazetteer.claims.weighing import Weighed
from gazetteer.places.entries import GazetteerEntry
from gazetteer.wording import Wording

_SAME_MM: Final = 5
"""1,520 and 1,524 mm are run through without a change."""

_AT_BORDER_KM: Final = (30.0, 75.0)
"""Changing stations lie within the first of the border; beyond the second none does."""


def gauges_mm(country: str) -> tuple[int, ...]:
    """Return the main-line gauges of a country (ISO alpha-2) in millimetres; empty where unknown."""
    return _table().get(country, ())


def gauge_breaks(a: str, b: str) -> bool:
    """Tell whether no main line runs through from one country to the other."""
    pairs = [(one, other) for one in gauges_mm(a) for other in gauges_mm(b)]
    return bool(pairs) and all(abs(one - other) > _SAME_MM for one, other in pairs)


def gauge_check(claim: Claim, place: GazetteerEntry, evidence: Evidence) -> Weighed | None:
    """Hold the place of a change of wheels against the border where the gauge changes."""
    if not words_in(claim.quote, "gauge_change") or place.country is None or place.feature not in POINT_LIKE:
        return None
    borders = evidence.borders
    pairs = [pair for pair in _country_pairs(claim, evidence) if gauge_breaks(*pair)]
    away = [
        (km, pair)
        for pair in pairs
        if (km := borders.distance_to_border_km(place.position, *pair)) is not None
    ]
    if not away:
        return None
    away_km, (a, b) = min(away)
    near, far = _AT_BORDER_KM
    verdict = Verdict.HOLDS if away_km <= near else Verdict.FAILS if away_km > far else Verdict.UNVERIFIABLE
    name, gauges = evidence.label(place), (number(gauges_mm(a)[0]), number(gauges_mm(b)[0]))
    clause = Wording(
        f"die Spurweite wechselt an der Grenze ({gauges[0].de} auf {gauges[1].de} mm), "
        f"{kilometres(away_km).de} "
        f"Luftlinie von {name.de}",
        f"the gauge changes at the border ({gauges[0].en} to {gauges[1].en} mm), {kilometres(away_km).en} "
        "in a "
        f"straight line from {name.en}",
    )
    if verdict is Verdict.FAILS:
        clause = Wording(
            f"{clause.de}: die Räder müssen vorher gewechselt sein",
            f"{clause.en}: the wheels must have been changed before",
        )
    reason = Wording(
        f"{clause.de[:1].upper()}{clause.de[1:]} (Spurweiten der Länder; Grenze nach Natural Earth 1:10 "
        "Mio.).",
        f"{clause.en[:1].upper()}{clause.en[1:]} (national gauges; border from Natural Earth 1:10 million).",
    )
    check = Check(Facet.ORDER, 0.0, away_km, "km", -away_km, verdict, reason, far - away_km)
    return Weighed(check, clause)


def _country_pairs(claim: Claim, evidence: Evidence) -> tuple[tuple[str, str], ...]:
    """Return the pairs of countries that the trip crosses, from journeys or the article's own trips."""
    article = claim.span.article
    chains: list[list[GazetteerEntry | None]] = [
        [evidence.place(end) for leg in journey.legs for end in (leg.origin, leg.destination)]
        for journey in evidence.journeys_told_in(article)
    ]
    chains += [
        [evidence.entry(one.origin), evidence.entry(one.reference)] for one in evidence.claims_of(article)
    ]
    found: dict[tuple[str, str], None] = {}
    for chain in chains:
        # A bridge on the border belongs to no country and is passed over.
        countries = [end.country for end in chain if end is not None and end.country is not None]
        for pair in pairwise(countries):
            if pair[0] != pair[1]:
                found[min(pair), max(pair)] = None
    return tuple(found)


@cache
def _table() -> dict[str, tuple[int, ...]]:
    text = files("gazetteer.claims").joinpath("data", "gauges.csv").read_text(encoding="utf-8")
    return {
        row["country"]: tuple(int(mm) for mm in row["gauges_mm"].split())
        for row in csv.DictReader(io.StringIO(text))
    }
