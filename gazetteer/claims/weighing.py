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

    The worst facet counts; where one holds and another fails the claim is partly right, and where
    nothing on Earth could be computed but other claims agree it is consistent.
    """
    checks = [one.check for one in weighed if one.decides and one.check.verdict is not Verdict.UNVERIFIABLE]
    verdicts = {check.verdict for check in checks}
    if not verdicts:
        return Verdict.UNVERIFIABLE
    if Verdict.FAILS in verdicts:
        return Verdict.PARTLY if verdicts & _GOOD else Verdict.FAILS
    if all(check.facet in _NOT_ON_EARTH for check in checks):
        return Verdict.CONSISTENT
    return Verdict.HOLDS_LOOSELY if Verdict.HOLDS_LOOSELY in verdicts else Verdict.HOLDS


def reason_of(weighed: Sequence[Weighed]) -> Wording:
    """Return one sentence: what was computed and what follows, deciding checks first."""
    chosen = [one for one in weighed if one.decides] or list(weighed)
    if any(one.check.verdict is not Verdict.UNVERIFIABLE for one in chosen):
        chosen = [one for one in chosen if one.check.verdict is not Verdict.UNVERIFIABLE]
    if not chosen:
        return NOTHING_TO_MEASURE
    clauses = [chosen[0].clause]
    for before, one in pairwise(chosen):
        differs = (before.check.verdict in _GOOD) != (one.check.verdict in _GOOD)
        clauses.append(one.contrast if differs and one.contrast else one.clause)
    return sentence(
        Wording("; ".join(clause.de for clause in clauses), "; ".join(clause.en for clause in clauses))
    )


def unsure(weighed: Weighed, note: Wording) -> Weighed:
    """Take back a failure that rests on doubtful ground, and say why."""
    check = weighed.check
    if check.verdict is not Verdict.FAILS:
        return weighed
    reason = Wording(f"{check.reason.de} {note.de}", f"{check.reason.en} {note.en}")
    clause = Wording(
        f"{weighed.clause.de}; {note.de[:1].lower()}{note.de[1:].rstrip('.')}",
        f"{weighed.clause.en}; {note.en[:1].lower()}{note.en[1:].rstrip('.')}",
    )
    return replace(
        weighed,
        check=replace(check, verdict=Verdict.UNVERIFIABLE, reason=reason),
        clause=clause,
        contrast=None,
    )


NOTHING_TO_MEASURE: Final = Wording(
    "Hier ist nichts zu messen: Es fehlt ein Ort, eine Zahl oder eine Bezugsgröße.",
    "There is nothing to measure here: a place, a number or something to compare with is missing.",
)
