"""From checks to one verdict and one sentence: which facets decide, and what they add up to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from gazetteer.claims.claim import Check, Facet, Verdict
from gazetteer.claims.phrasing import sentence
from gazetteer.wording import Wording

_GOOD: Final = frozenset({Verdict.HOLDS, Verdict.HOLDS_LOOSELY})
_NOT_ON_EARTH: Final = frozenset({Facet.CROSS_DOCUMENT, Facet.INTERNAL})
"""Facets that hold a claim against other claims only."""


_CARRY_THE_NUMBER: Final = frozenset({Facet.DISTANCE, Facet.RAIL, Facet.ROAD})
"""Where this cannot be checked, a right direction alone does not make the claim right."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A check with its share in the verdict."""

    check: Check
    clause: Wording
    """Half a sentence for the claim's reason, without a full stop."""
    contrast: Wording | None = None
    """The same with `aber`, `but`: used after a clause that judges the other way."""
    decides: bool = True
    """False for what is information only, such as the air line of a trip by rail."""


def verdict_of(weighed: Sequence[Weighed]) -> Verdict:
    """Return what the deciding checks add up to.

    The worst facet counts. Where one holds and another fails, the claim is partly right; where its
    number cannot be checked, neither can the claim; and where nothing on Earth could be computed but
    other claims agree, it is consistent.
    """
    deciding = [one.check for one in weighed if one.decides]
    checks = [check for check in deciding if check.verdict is not Verdict.UNVERIFIABLE]
    verdicts = {check.verdict for check in checks}
    if not verdicts:
        return Verdict.UNVERIFIABLE
    if Verdict.FAILS in verdicts:
        return Verdict.PARTLY if verdicts & _GOOD else Verdict.FAILS
    if all(check.facet in _NOT_ON_EARTH for check in checks):
        return Verdict.CONSISTENT
    if any(check.facet in _CARRY_THE_NUMBER for check in deciding if check not in checks):
        return Verdict.UNVERIFIABLE
    wholly = len(checks) == len(deciding) and verdicts == {Verdict.HOLDS}
    return Verdict.HOLDS if wholly else Verdict.HOLDS_LOOSELY


def reason_of(weighed: Sequence[Weighed]) -> Wording:
    """Return one sentence: what was computed and what follows, deciding checks first."""
    chosen = [one for one in weighed if one.decides] or list(weighed)
    if not chosen:
        return NOTHING_TO_MEASURE
    clauses = [chosen[0].clause]
    for before, one in pairwise(chosen):
        differs = (before.check.verdict in _GOOD) != (one.check.verdict in _GOOD)
        clauses.append(one.contrast if differs and one.contrast else one.clause)
    said = dict.fromkeys(clauses)  # two facets may be left open for one reason
    return sentence(Wording("; ".join(clause.de for clause in said), "; ".join(clause.en for clause in said)))


def unsure(weighed: Weighed, note: Wording) -> Weighed:
    """Take back a failure that rests on doubtful ground, and say why."""
    check = weighed.check
    if check.verdict is not Verdict.FAILS:
        return weighed
    reason = Wording(f"{check.reason.de} {note.de}", f"{check.reason.en} {note.en}")
    return replace(weighed, check=replace(check, verdict=Verdict.UNVERIFIABLE, reason=reason), contrast=None)


def left_open(weighed: Weighed) -> Weighed:
    """Keep what holds from deciding, since another half of the statement is open."""
    if weighed.check.verdict not in _GOOD:
        return weighed
    return replace(weighed, check=replace(weighed.check, verdict=Verdict.UNVERIFIABLE), contrast=None)


NOTHING_TO_MEASURE: Final = Wording(
    "Hier ist nichts zu messen: Es fehlt ein Ort, eine Zahl oder eine Bezugsgröße.",
    "There is nothing to measure here: a place, a number or something to compare with is missing.",
)
