"""Latitude and longitude: the equator, a polar circle, the 38th parallel; places compared by them."""

from __future__ import annotations

import functools
import math
import re
from dataclasses import dataclass
from typing import Final

from gazetteer.claims.claim import Check, Claim, Facet, Relation, StatedDirection, Verdict
from gazetteer.claims.cues import cues
from gazetteer.claims.evidence import POINT_LIKE, Evidence, extent_km
from gazetteer.claims.phrasing import compass, kilometres, number, sentence
from gazetteer.claims.tolerance import Tolerance
from gazetteer.claims.weighing import Weighed
from gazetteer.geodesy import angle_between_deg, geodesic_km
from gazetteer.places.entries import GazetteerEntry
from gazetteer.positions import LatLon
from gazetteer.reading.folders import languages_with
from gazetteer.reading.quantities import Dimension, Quantity
from gazetteer.wording import Wording

OBLIQUITY_DEG: Final = 23.436
"""Tilt of the Earth's axis in 2026; the tropics lie at it, the polar circles as far from the poles.

Source:
    IAU 2006 precession, https://doi.org/10.1051/0004-6361:20031539; it shrinks by 0.013 a century.
"""

_LATITUDES: Final = {
    "equator": 0.0,
    "arctic": 90.0 - OBLIQUITY_DEG,
    "antarctic": OBLIQUITY_DEG - 90.0,
    "cancer": OBLIQUITY_DEG,
    "capricorn": -OBLIQUITY_DEG,
}
_POLE_DEG: Final = 90.0
_HALF_TURN_DEG: Final = 180.0
_ALONG_MERIDIAN: Final = {"N": 0.0, "S": 180.0}
_ALONG_PARALLEL: Final = frozenset({"E", "W"})
_DRAWN_DEG: Final = 30
"""How far a circle is drawn to the east and west of a place."""
_STEP_DEG: Final = 2
_BORDERLINE_KM: Final = 5.0
"""A parallel is a line on the ground to the metre, the middle of a town is not."""


@dataclass(frozen=True, slots=True)
class Parallel:
    """A circle of latitude as a text names it."""

    latitude_deg: float
    """In [-90, 90]."""
    either_side: bool
    """Whether the words leave open north or south of the equator: `der Polarkreis`, `the 45th parallel`."""

    def around(self, position: LatLon) -> tuple[LatLon, ...]:
        """Return a stretch of the circle on either side of a position's meridian, from west to east."""
        foot = self.nearest_to(position)
        steps = range(-_DRAWN_DEG, _DRAWN_DEG + 1, _STEP_DEG)
        return tuple(LatLon(foot.lat, math.remainder(foot.lon + step, 360.0)) for step in steps)

    def nearest_to(self, position: LatLon) -> LatLon:
        """Return the point of the circle on the meridian of a position."""
        southern = self.either_side and position.lat < 0.0
        return LatLon(-self.latitude_deg if southern else self.latitude_deg, position.lon)


@functools.cache
def parallel_pattern(language: str) -> re.Pattern[str]:
    """Return the pattern of a circle of latitude with its article, each kind a named group."""
    known = cues(language)
    kinds = "|".join(
        rf"(?P<{name}>{known.either('parallels', name)})" for name in (*_LATITUDES, "polar_circle")
    )
    north, south = (known.either("parallels", name) for name in ("north", "south"))
    sides = rf"(?:(?P<north>{north})|(?P<south>{south}))"
    ordinal = known.either("parallels", "ordinal_ends")
    return re.compile(
        rf"(?:(?:{known.either('anaphora', 'definites')})\s)?(?:{kinds}"
        rf"|(?P<degrees>\d{{1,2}})(?:{ordinal})\s(?:{sides}\s)?(?:{known.either('parallels', 'numbered')})"
        rf"(?:\s(?:(?P<north_behind>{north})|(?P<south_behind>{south})))?)(?!\w)",
        re.IGNORECASE,
    )


def parallel_in(words: str, language: str) -> Parallel | None:
    """Return the circle of latitude that words name, None where they name none that exists."""
    match = parallel_pattern(language).search(words)
    if match is None:
        return None
    for name, latitude_deg in _LATITUDES.items():
        if match[name]:
            return Parallel(latitude_deg, either_side=False)
    if match["polar_circle"]:
        return Parallel(_LATITUDES["arctic"], either_side=True)
    latitude_deg = float(match["degrees"])
    if latitude_deg >= _POLE_DEG:
        return None
    is_south = bool(match["south"] or match["south_behind"])
    is_north = bool(match["north"] or match["north_behind"])
    return Parallel(-latitude_deg if is_south else latitude_deg, either_side=not (is_south or is_north))


def parallel_quoted(quote: str) -> Parallel | None:
    """Return the circle of latitude that a claim's words name in any language that is read."""
    found = (parallel_in(quote, language) for language in languages_with("relations.toml"))
    return next((parallel for parallel in found if parallel is not None), None)


def counts_from_parallel(claim: Claim, evidence: Evidence) -> Parallel | None:
    """Return the circle of latitude that a claim counts from, None where it counts from a place."""
    reading = evidence.readings.get(claim.span.article)
    if reading is None or claim.reference is None or claim.reference.place is not None:
        return None
    span = claim.reference.span
    return parallel_in(reading.article.text[span.start : span.end], reading.article.language)


def parallel_checks(
    claim: Claim, subject: GazetteerEntry, parallel: Parallel, evidence: Evidence
) -> tuple[Weighed, ...]:
    """Hold what is said of a place and a circle of latitude against the way along the meridian."""
    if subject.feature not in POINT_LIKE:
        return ()
    foot = parallel.nearest_to(subject.position)
    away_km = geodesic_km(subject.position, foot)
    found = []
    if claim.quantity is not None and claim.quantity.dimension is Dimension.LENGTH:
        found.append(_distance(claim.quantity, subject, away_km))
    if claim.direction is not None:
        found.append(_side(claim.direction, subject, foot, away_km, evidence))
    return tuple(found)


def _distance(quantity: Quantity, subject: GazetteerEntry, away_km: float) -> Weighed:
    tolerance, stated_km = Tolerance.of(quantity).scaled(0.001), quantity.si_value / 1000.0
    verdict = tolerance.grade(away_km, uncertainty=_doubt_km(subject))
    clause = Wording(
        f"bis zum Breitenkreis sind es {kilometres(away_km).de}, gesagt sind {kilometres(stated_km).de}",
        f"to the circle of latitude it is {kilometres(away_km).en}, stated is {kilometres(stated_km).en}",
    )
    off_km, margin = stated_km - away_km, tolerance.margin(away_km)
    check = Check(Facet.DISTANCE, stated_km, away_km, "km", off_km, verdict, sentence(clause), margin)
    return Weighed(check, clause)


def _side(
    direction: StatedDirection, subject: GazetteerEntry, foot: LatLon, away_km: float, evidence: Evidence
) -> Weighed:
    """Hold `north of the Arctic Circle` against the latitudes; what lies east of a circle is not said."""
    true_deg = 0.0 if subject.position.lat > foot.lat else 180.0
    stated_deg = _ALONG_MERIDIAN.get(direction.wind)
    verdict = (
        Verdict.UNVERIFIABLE
        if stated_deg is None or away_km <= _doubt_km(subject)
        else Verdict.HOLDS
        if stated_deg == true_deg
        else Verdict.FAILS
    )
    latitudes = number(abs(subject.position.lat), digits=2), number(abs(foot.lat), digits=2)
    clause = Wording(
        f"{evidence.label(subject).de} liegt {kilometres(away_km).de} {compass(true_deg).de} davon "
        f"({latitudes[0].de}° gegen {latitudes[1].de}°)",
        f"{evidence.label(subject).en} lies {kilometres(away_km).en} {compass(true_deg).en} of it "
        f"({latitudes[0].en}° against {latitudes[1].en}°)",
    )
    if stated_deg is not None and verdict is Verdict.UNVERIFIABLE:
        clause = _more(clause, Wording("zu nahe für ein Urteil", "too close to tell"))
    off_deg = angle_between_deg(direction.bearing_deg, true_deg)
    check = Check(Facet.DIRECTION, direction.bearing_deg, true_deg, "deg", off_deg, verdict, sentence(clause))
    return Weighed(check, clause)


def _more(clause: Wording, note: Wording) -> Wording:
    return Wording(f"{clause.de}, {note.de}", f"{clause.en}, {note.en}")


def is_compared(claim: Claim, evidence: Evidence) -> bool:
    """Tell whether a direction is said of two places' latitudes or longitudes: `weiter östlich als Prag`."""
    reading = evidence.readings.get(claim.span.article)
    if reading is None or claim.relation is not Relation.DIRECTION or claim.direction is None:
        return False
    behind = reading.article.text[claim.direction.span.end : claim.span.end].lower().split()
    return not cues(reading.article.language).words("closer", "than").isdisjoint(behind)


def compared_check(
    direction: StatedDirection, subject: GazetteerEntry, other: GazetteerEntry, evidence: Evidence
) -> Weighed | None:
    """Hold `further west than` against latitudes or longitudes; None for winds between the four."""
    if direction.wind not in _ALONG_PARALLEL and direction.wind not in _ALONG_MERIDIAN:
        return None
    a, b = subject.position, other.position
    by_latitude = direction.wind in _ALONG_MERIDIAN
    ahead_deg = a.lat - b.lat if by_latitude else a.lon - b.lon
    ahead_deg = -ahead_deg if direction.wind in ("S", "W") else ahead_deg
    level = LatLon(b.lat, a.lon) if by_latitude else LatLon(a.lat, b.lon)
    ahead_km = geodesic_km(a, level)
    # Where the 180th meridian lies between, east and west are a matter of the map.
    is_open = ahead_km <= _doubt_km(subject) + _doubt_km(other) or (
        not by_latitude and abs(a.lon - b.lon) > _HALF_TURN_DEG
    )
    verdict = Verdict.UNVERIFIABLE if is_open else Verdict.HOLDS if ahead_deg > 0.0 else Verdict.FAILS
    true_deg = direction.bearing_deg if ahead_deg > 0.0 else (direction.bearing_deg + 180.0) % 360.0
    names, away = (evidence.label(subject), evidence.label(other)), kilometres(ahead_km)
    clause = Wording(
        f"{names[0].de} liegt {away.de} weiter {compass(true_deg).de} als {names[1].de}",
        f"{names[0].en} lies {away.en} further {compass(true_deg).en} than {names[1].en}",
    )
    if is_open:
        clause = _more(clause, Wording("was nichts entscheidet", "which decides nothing"))
    off_deg = angle_between_deg(direction.bearing_deg, true_deg)
    check = Check(Facet.DIRECTION, direction.bearing_deg, true_deg, "deg", off_deg, verdict, sentence(clause))
    return Weighed(check, clause)


def _doubt_km(entry: GazetteerEntry) -> float:
    return max(_BORDERLINE_KM, extent_km(entry))
