"""Villages known only by their town: a check that the exact place would decide decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from gazetteer.claims.claim import Check, Claim, Facet, Verdict
from gazetteer.claims.evidence import Evidence
from gazetteer.claims.phrasing import kilometres, sentence
from gazetteer.claims.weighing import Weighed
from gazetteer.geodesy import destination, geodesic_km
from gazetteer.places.entries import GazetteerEntry
from gazetteer.positions import LatLon
from gazetteer.wording import Wording

Checks = Callable[[Evidence], tuple[Weighed, ...]]

_VILLAGE_KM: Final = 1.0
"""Radius of a village, wherever it lies."""

_STEP_DEG: Final = 30
"""Between two of the spots tried on the circle in which a village lies."""

_RIGHT: Final = frozenset({Verdict.HOLDS, Verdict.HOLDS_LOOSELY})


def wherever_it_lies(claim: Claim, evidence: Evidence, checks: Checks) -> tuple[Weighed, ...]:
    """Return the checks of a claim, those left open that depend on where exactly a village lies.

    Args:
        claim: Its places tell whether there is anything to doubt.
        evidence: Knows the places.
        checks: What to hold against some evidence.

    Returns:
        The checks as they are where every place is known well. Else those with the village at its town,
        and `unverifiable` what comes out otherwise with the village elsewhere in its surroundings.
    """
    roles = (claim.subject, claim.reference, claim.origin)
    places = {entry.id: entry for role in roles if (entry := evidence.entry(role)) is not None}
    off_km = sum(one.off_by_km or 0.0 for one in places.values())
    if not off_km:
        return checks(evidence)
    village = max(places.values(), key=lambda one: one.off_by_km or 0.0)
    others = [one for one in places.values() if one.id != village.id]
    seen = [checks(evidence.moved(_at(village, spot))) for spot in _spots(village, others, off_km)]
    tried = [{one.check.facet: one.check for one in found} for found in seen]
    return tuple(
        _left_open(one, village, evidence) if _depends(one.check.facet, tried) else one for one in seen[0]
    )


def _at(village: GazetteerEntry, spot: LatLon) -> GazetteerEntry:
    return replace(village, position=spot, extent_km=_VILLAGE_KM)


def _spots(village: GazetteerEntry, others: Sequence[GazetteerEntry], off_km: float) -> Iterator[LatLon]:
    """Yield where a village may lie, its town first: around it, and beside another place close by."""
    yield village.position
    for bearing_deg in range(0, 360, _STEP_DEG):
        yield destination(village.position, bearing_deg, off_km)
    for other in others:
        if geodesic_km(village.position, other.position) <= off_km:
            yield other.position


def _depends(facet: Facet, tried: Sequence[dict[Facet, Check]]) -> bool:
    """Tell whether a facet comes out differently at some spots, or would at one between them."""
    checks = [found[facet] for found in tried if facet in found]
    if len(checks) < len(tried) or len({_side(check.verdict) for check in checks}) > 1:
        return True
    lengths = [check.computed for check in checks if check.unit == "km" and check.computed is not None]
    stated = checks[0].stated
    wrong = checks[0].verdict is Verdict.FAILS
    return wrong and bool(lengths) and stated is not None and min(lengths) <= stated <= max(lengths)


def _side(verdict: Verdict) -> Verdict:
    return Verdict.HOLDS if verdict in _RIGHT else verdict


def _left_open(weighed: Weighed, village: GazetteerEntry, evidence: Evidence) -> Weighed:
    name, off = evidence.label(village), kilometres(village.off_by_km or 0.0)
    clause = Wording(
        f"die Lage von {name.de} ist nur auf etwa {off.de} bekannt",
        f"the position of {name.en} is known only to about {off.en}",
    )
    check = weighed.check
    left = Check(check.facet, check.stated, None, check.unit, None, Verdict.UNVERIFIABLE, sentence(clause))
    return Weighed(left, clause, decides=weighed.decides)
