"""Why a failure should not be called one: an uncertain place is the likelier mistake, and it is ours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from gazetteer.claims.claim import Check, Claim, Relation, Role, Verdict, Via
from gazetteer.claims.evidence import Evidence
from gazetteer.claims.hypotheses import fitting_namesake, has_fitting_rival
from gazetteer.geodesy import great_circle_km
from gazetteer.places.entries import Feature, GazetteerEntry
from gazetteer.reading.resolution import Resolution
from gazetteer.wording import Wording

SURE: Final = 0.5
"""Below this confidence in a place no claim about it is called false."""

QUITE_SURE: Final = 0.9
"""Below this, a namesake that makes the claim true keeps it from being called false."""

CERTAIN: Final = 0.95
"""Confidence needed where a number is absurdly far off."""

_WELL_KNOWN: Final = 50_000
"""Inhabitants from which a town is rarely taken for another."""

_NAMESAKE_SCORE: Final = 0.1
_FAR_OFF: Final = 3.0
"""A length wrong by more than this factor speaks for a wrong place rather than a wrong number."""

_ABSURD: Final = 20.0
"""Hardly anybody is that wrong about two places: then only `CERTAIN` ones count, however well known."""

_SAME_SPOT_KM: Final = 60.0
_PRONOUN_LENGTH: Final = 3
_ON_TRUST: Final = frozenset(
    {
        Relation.BETWEEN,
        Relation.BORDER,
        Relation.COAST,
        Relation.CONTAINMENT,
        Relation.PROXIMITY,
        Relation.EVENT_PLACE,
    }
)
"""Relations without a number, where nothing but the place itself shows that it is the wrong one."""

_WHICH_PLACE: Final = Wording(
    "Welcher Ort gemeint ist, ist nicht sicher genug für ein Urteil.",
    "Which place is meant is not certain enough for a verdict.",
)
_WHICH_NAMED: Final = Wording(
    "Für einen anderen Ort, den der Satz davor nennt, stimmt es; welcher gemeint ist, ist nicht sicher.",
    "It would be true of another place that the sentence before names; which one is meant is not certain.",
)
_PRONOUN: Final = Wording(
    "Worauf sich das Fürwort bezieht, ist nicht sicher genug für ein Urteil.",
    "What the pronoun stands for is not certain enough for a verdict.",
)
_IMPLIED: Final = Wording(
    "Von wo aus gezählt wird, sagt der Satz nicht; das Gemessene ist nur eine Lesart.",
    "The sentence does not say from where it counts; what was measured is only one reading.",
)


def doubt(claim: Claim, checks: Sequence[Check], evidence: Evidence) -> Wording | None:
    """Return why the failing checks of a claim should be taken back; None if they stand."""
    roles = tuple(role for role in (claim.subject, claim.reference, claim.origin) if role)
    least = CERTAIN if any(_far_off(check, _ABSURD) for check in checks) else SURE
    needs_trust = claim.relation in _ON_TRUST or any(_far_off(check, _FAR_OFF) for check in checks)
    for role in roles:
        loose = _stands_loosely(claim, role, evidence)
        if loose is not None:
            return loose
        decision, place = evidence.resolution(role), evidence.entry(role)
        if place is None:
            continue
        if decision is None:
            if evidence.is_read(claim.span.article) and _is_guess(claim, role):
                return _WHICH_PLACE
            continue
        sure = confidence(decision, place)
        if (
            sure < least
            or _by_another_name(decision, place)
            or (needs_trust and not _beyond_doubt(decision, place))
        ):
            return _WHICH_PLACE
        # Number and direction together rarely fit another place of the name by chance.
        if (sure < QUITE_SURE or (claim.quantity and claim.direction)) and fitting_namesake(
            claim, role, evidence
        ) is not None:
            return _WHICH_PLACE
    return None


def _stands_loosely(claim: Claim, role: Role, evidence: Evidence) -> Wording | None:
    """Return why it is uncertain what a role that is no name stands for; None where it is certain enough."""
    if role.via is Via.IMPLIED and claim.relation is Relation.DISTANCE:
        return _IMPLIED
    if role.via is not Via.ANAPHOR:
        return None
    if role.span.end - role.span.start <= _PRONOUN_LENGTH:
        return _PRONOUN
    return _WHICH_NAMED if has_fitting_rival(claim, role, evidence) else None


def _is_guess(claim: Claim, role: Role) -> bool:
    """Tell whether a name was looked up here alone, and no state or country after it confirms the place."""
    words = claim.quote[max(0, role.span.start - claim.span.start) : max(0, role.span.end - claim.span.start)]
    return role.via is Via.NAMED and "," not in words


def confidence(decision: Resolution, place: GazetteerEntry) -> float:
    """Return how sure it is where a place lies, in [0, 1].

    A city and the district of its name share a mention's score, but not much depends on which is meant.
    """
    own = next((one.score for one in decision.candidates if one.entry.id == place.id), 0.0)
    if own <= 0.0:
        return decision.confidence
    here = sum(
        one.score
        for one in decision.candidates
        if great_circle_km(one.entry.position, place.position) <= _SAME_SPOT_KM
    )
    return min(1.0, decision.confidence * here / own)


def _far_off(check: Check, factor: float) -> bool:
    if check.verdict is not Verdict.FAILS or check.unit != "km" or not check.stated or check.computed is None:
        return False
    smaller, greater = sorted((abs(check.stated), abs(check.computed)))
    return greater > factor * smaller


def _beyond_doubt(decision: Resolution, place: GazetteerEntry) -> bool:
    """Tell whether a place is too well known, under this very name, to be another one."""
    if place.feature is not Feature.CITY:
        return True
    rivals = [
        one
        for one in decision.candidates
        if one.score >= _NAMESAKE_SCORE
        and one.entry.feature is Feature.CITY
        and great_circle_km(one.entry.position, place.position) > _SAME_SPOT_KM
    ]
    return place.population >= _WELL_KNOWN and not rivals and _named_so(decision.mention.surface, place)


def _by_another_name(decision: Resolution, place: GazetteerEntry) -> bool:
    """Tell whether a small place was found by a name that is not quite its own."""
    small = place.feature is Feature.CITY and place.population < _WELL_KNOWN
    return small and not _named_so(decision.mention.surface, place)


def _named_so(surface: str, place: GazetteerEntry) -> bool:
    """Tell whether a place is known by these words, an ending apart, rather than by an old or rare name."""
    said = surface.casefold()
    names = {name.casefold() for name in (place.name, place.name_de, place.name_en) if name}
    return any(said.startswith(name) and len(said) <= len(name) + 3 for name in names)
