"""Conflicts: reports of one trip that cannot be true together, and plans that later reports overtook.

Nothing is dropped: the overtaken plan stays as an event, only the line no longer passes through it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from gazetteer.geodesy import great_circle_km
from gazetteer.journeys.journey import Certainty, EventKind
from gazetteer.journeys.whereabouts import Stop, same_place

_ELSEWHERE_KM: Final = 30.0
"""So far apart, two destinations are two."""
_DAY_TRIP_KM: Final = 300.0
"""So far apart, two places are not both visited on a day by plan."""
_ONE_DAY: Final = 1.3
"""A window of about a day, in days."""


def mark_conflicts(stops: Sequence[Stop]) -> None:
    """Note on each stop which others it excludes and which overtook it."""
    for stop in stops:
        if stop.is_firm or stop.certainty is Certainty.DENIED:
            continue
        for other in stops:
            if other is stop or other.certainty is Certainty.DENIED:
                continue
            if _overtakes(other, stop):
                stop.overtaken_by.append(other)
                _join(stop, other)
    for number, stop in enumerate(stops):
        for other in stops[number + 1 :]:
            if _exclude(stop, other):
                _join(stop, other)


def _join(stop: Stop, other: Stop) -> None:
    if other not in stop.conflicts:
        stop.conflicts.append(other)
        other.conflicts.append(stop)


def _overtakes(later: Stop, plan: Stop) -> bool:  # noqa: PLR0911 - one return for each case
    """Tell whether a fresher report leaves no room for a plan."""
    if _same_event_other_time(later, plan):
        return later.is_firm or later.freshness > plan.freshness
    if _is_alternative(plan, later) or _turns_from(later, plan):
        return True
    if plan.kind is EventKind.DEPARTURE or later.kind is EventKind.DEPARTURE:
        return False
    if not _lies_elsewhere(later, plan) or later.articles & plan.articles:
        return False
    if later.freshness <= plan.freshness:
        return False
    if not later.is_firm:
        # A later report names another destination; a stop planned for afterwards may still stand.
        return plan.window is None or later.window is None or plan.window.earliest <= later.window.latest
    if plan.window is None or later.window is None:
        return False
    if plan.certainty is Certainty.SPECULATED and plan.window.latest < later.window.earliest:
        return True
    on_days = max(plan.window.days, later.window.days) <= _ONE_DAY
    return on_days and plan.window.overlaps(later.window) and _lies_elsewhere(later, plan, km=_DAY_TRIP_KM)


def _turns_from(stop: Stop, goal: Stop) -> bool:
    """Tell whether turning back leaves a goal unreached: `bound for Rome, it turned back`."""
    turned = {r.report.article for r in stop.reports if r.report.turning and stop.is_firm}
    bound = {r.report.article for r in goal.reports if r.report.bound}
    return bool(turned & bound) and len(bound) == len(goal.articles) and stop.place != goal.place


def _is_alternative(guess: Stop, later: Stop) -> bool:
    """Tell whether a mere possibility falls on a day for which one is said to be far away."""
    if guess.certainty is not Certainty.SPECULATED or later.certainty is Certainty.SPECULATED:
        return False
    if guess.window is None or later.window is None or later.kind is EventKind.DEPARTURE:
        return False
    on_days = max(guess.window.days, later.window.days) <= _ONE_DAY
    same_day = guess.window.earliest.date() == later.window.earliest.date()
    return on_days and same_day and _lies_elsewhere(later, guess, km=_DAY_TRIP_KM)


def _same_event_other_time(stop: Stop, other: Stop) -> bool:
    """Tell whether both say the same of one place, for times that exclude each other."""
    if stop.kind is not other.kind or stop.window is None or other.window is None:
        return False
    if not same_place(stop.place, other.place) or stop.place.border:
        return False
    return not stop.window.overlaps(other.window) and stop.kind is not EventKind.STAY


def _lies_elsewhere(stop: Stop, other: Stop, *, km: float = _ELSEWHERE_KM) -> bool:
    here, there = stop.place.entry, other.place.entry
    if here is None or there is None or not (stop.is_point and other.is_point):
        return False
    return great_circle_km(here.position, there.position) > km


def _exclude(stop: Stop, other: Stop) -> bool:
    """Tell whether two firm reports contradict: one event at two times, or two places in one short hour."""
    if not (stop.is_firm and other.is_firm) or stop.window is None or other.window is None:
        return False
    if _same_event_other_time(stop, other):
        gap = max(stop.window.earliest, other.window.earliest) - min(stop.window.latest, other.window.latest)
        return gap.days < 2 and stop.kind is EventKind.DEPARTURE
    if not _lies_elsewhere(stop, other):
        return False
    both = stop.window.days < 0.1 and other.window.days < 0.1
    return both and stop.window.overlaps(other.window)
