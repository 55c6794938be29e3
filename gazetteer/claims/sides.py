"""On which side of a country a coast or border lies: `an der Westküste Australiens`, `im Norden an Polen`."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import Final

from gazetteer.claims.claim import Check, Claim, Facet, Verdict
from gazetteer.claims.compass import bearing_of, compass_pattern, wind_of
from gazetteer.claims.cues import cue_pattern, cues
from gazetteer.claims.evidence import Evidence
from gazetteer.claims.phrasing import compass, sentence
from gazetteer.claims.weighing import Weighed
from gazetteer.outlines.borders import Borders
from gazetteer.places.entries import Feature, GazetteerEntry
from gazetteer.positions import LatLon
from gazetteer.reading.folders import languages_with
from gazetteer.wording import Wording

_RIGHT_SHARE: Final = 0.6
"""From this share of the ground about it on, a place is on the side said."""

_WRONG_SHARE: Final = 0.15
"""Up to this share of the ground about it, a place is on the opposite side."""

_HALF: Final = 0.5
_OTHER_HALF: Final = 0.4
_BRIDGED_DEG: Final = 0.3
"""Water this wide, a bay or a strait, does not part a country's ground."""

_LEAST_DEG: Final = 0.6
"""Narrower ground has no sides to be sure of."""

_SAMPLES: Final = 9
"""Points of a border that are looked at."""

_ALONG: Final = {"N": (False, 1.0), "S": (False, -1.0), "E": (True, 1.0), "W": (True, -1.0)}
"""For each letter of a wind, whether it counts along the parallel, and which way."""


def coast_side_check(
    claim: Claim, subject: GazetteerEntry, reference: GazetteerEntry | None, evidence: Evidence
) -> Weighed | None:
    """Tell whether a place is on the side of its country where the coast is said to be.

    Returns:
        None where no side is said. Only what is far off, by the ground about the place and by all of the
        country, plainly fails; of regions and islands there are no outlines, so that nothing fails there.
    """
    wind = _wind_in(claim, evidence, _coast_side)
    if wind is None:
        return None
    country = reference.country if reference is not None and _is_whole(reference) else None
    code = country or (reference.country if reference is not None else None) or subject.country
    shares = _shares(evidence.borders, subject.position, code, wind) if code is not None else ()
    verdict = (
        Verdict.UNVERIFIABLE
        if not shares
        else Verdict.HOLDS
        if all(near >= _HALF for near, _, _ in shares) and any(near >= _RIGHT_SHARE for near, _, _ in shares)
        else Verdict.FAILS
        if country and all(_is_opposite(share) for share in shares)
        else Verdict.UNVERIFIABLE
    )
    return _weighed(verdict, wind, evidence.label(subject), _land(reference), evidence)


def _land(reference: GazetteerEntry | None) -> GazetteerEntry | None:
    return reference if reference is not None and reference.feature is Feature.COUNTRY else None


def _is_whole(reference: GazetteerEntry) -> bool:
    """Tell whether a place is a country, or the coast of one that has a name of its own."""
    plain = (cue_pattern(language, "coast", "plain") for language in languages_with("relations.toml"))
    is_coast = any(pattern.search(reference.name) for pattern in plain)
    return reference.feature is Feature.COUNTRY or (is_coast and reference.admin1 is None)


def border_side_check(
    claim: Claim, subject: GazetteerEntry, reference: GazetteerEntry, evidence: Evidence
) -> Weighed | None:
    """Tell whether a country's border with another lies on the side said; None where none is said."""
    wind = _wind_in(claim, evidence, _border_side)
    if wind is None or subject.country is None or reference.country is None:
        return None
    lines = evidence.borders.shared_border(subject.country, reference.country)
    points = [point for line in lines for point in line]
    step = max(1, len(points) // _SAMPLES)
    found = [_shares(evidence.borders, point, subject.country, wind) for point in points[step // 2 :: step]]
    nears = [near for shares in found for near, _, _ in shares]
    share = sum(nears) / len(nears) if nears else _HALF
    verdict = (
        Verdict.HOLDS
        if share >= _RIGHT_SHARE
        else Verdict.FAILS
        if share <= _WRONG_SHARE
        else Verdict.UNVERIFIABLE
    )
    return _weighed(verdict, wind, evidence.label(reference), subject, evidence)


def _wind_in(claim: Claim, evidence: Evidence, pattern: Callable[[str], re.Pattern[str]]) -> str | None:
    """Return the wind that the words of a claim name outside the name of its country."""
    reading = evidence.readings.get(claim.span.article)
    if reading is None:
        return None
    text, language = reading.article.text, reading.article.language
    parts = [(claim.span.start, claim.span.end)]
    named = claim.reference.span if claim.reference is not None else None
    if pattern is _border_side and named is not None:
        parts = [(claim.span.start, named.start), (named.end, claim.span.end)]
    for start, end in parts:
        match = pattern(language).search(text, start, end)
        if match is not None:
            return wind_of(match["dir"] or match["part"], language)
    return None


def _parts(language: str) -> str:
    return "|".join(sorted(map(re.escape, cues(language).compass.parts), key=len, reverse=True))


@functools.cache
def _coast_side(language: str) -> re.Pattern[str]:
    """Return the pattern of `Westküste`, `east coast`, `northern coast`."""
    plain, part = cues(language).either("coast", "plain"), _parts(language)
    joined = rf"(?P<part>(?:{part})(?:-?(?:{part}))?)-?(?:{plain})"
    return re.compile(rf"(?<!\w)(?:{joined}|{compass_pattern(language)}\s(?:{plain}))(?!\w)", re.IGNORECASE)


@functools.cache
def _border_side(language: str) -> re.Pattern[str]:
    """Return the pattern of `im Norden`, `in the north`."""
    leads = cues(language).either("border", "sides")
    lead = rf"(?:{leads})\s" if cues(language).words("border", "sides") else ""
    return re.compile(rf"(?<!\w){lead}{compass_pattern(language)}(?P<part>)(?!\w)", re.IGNORECASE)


Share = tuple[float, float, float]
"""Where a position is between the ends of the ground, 1 being the side said: of the ground about it and of
all the country's; and how wide the ground about it is, in degrees."""


def _shares(borders: Borders, position: LatLon, country: str, wind: str) -> tuple[Share, ...]:
    found = []
    for letter in sorted(set(wind)):
        eastward, sign = _ALONG[letter]
        stretches = borders.stretches(position, country, eastward=eastward)
        if not stretches:
            return ()
        low, high = _about(stretches)
        near, whole = _share(low, high, sign), _share(stretches[0][0], stretches[-1][1], sign)
        found.append((near, whole, high - low))
    return tuple(found)


def _about(stretches: tuple[tuple[float, float], ...]) -> tuple[float, float]:
    """Return the ends of the ground nearest to the position, over narrow water."""
    merged = [stretches[0]]
    for low, high in stretches[1:]:
        if low - merged[-1][1] <= _BRIDGED_DEG:
            merged[-1] = (merged[-1][0], high)
        else:
            merged.append((low, high))
    return min(merged, key=lambda one: max(one[0], -one[1], 0.0))


def _share(low: float, high: float, sign: float) -> float:
    if high <= low:
        return _HALF
    share = min(1.0, max(0.0, -low / (high - low)))
    return share if sign > 0.0 else 1.0 - share


def _is_opposite(share: Share) -> bool:
    near, whole, width_deg = share
    return near <= _WRONG_SHARE and whole <= _OTHER_HALF and width_deg >= _LEAST_DEG


def _weighed(
    verdict: Verdict, wind: str, name: Wording, country: GazetteerEntry | None, evidence: Evidence
) -> Weighed:
    bearing = bearing_of(wind)
    side, area = compass(bearing), Wording("", "") if country is None else evidence.label(country)
    there = Wording(f" ({area.de})", f" of {area.en}") if area.en else area
    said = {
        Verdict.HOLDS: Wording("liegt dort, wo es heißt", "lies on the side said"),
        Verdict.FAILS: Wording("liegt auf der anderen Seite", "lies on the opposite side"),
    }.get(verdict, Wording("liegt auf keiner eindeutigen Seite", "lies on no side to be sure of"))
    clause = Wording(f"{name.de} {said.de}: {side.de}{there.de}", f"{name.en} {said.en}: {side.en}{there.en}")
    return Weighed(Check(Facet.DIRECTION, bearing, None, "deg", None, verdict, sentence(clause)), clause)
