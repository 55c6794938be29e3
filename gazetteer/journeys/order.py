"""Order: the turn in which the stops of one trip were reached, also where the text leaves the time open.

What is dated stands by its date. For the rest the text is the guide: it tells forward from what it told
last, a pluperfect goes back before the news, and what is planned lies behind what has been.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from gazetteer.journeys.journey import EventKind
from gazetteer.journeys.whereabouts import Stop, same_place
from gazetteer.journeys.windows import UNDER_WAY, Window
from gazetteer.reading.articles import Span

Moments = dict[int, dt.datetime]
"""The moments known so far, by the identity of the stop."""

_LOOSE_WINDOW_DAYS: Final = 20.0
"""A wider window says nothing about the order within a trip."""
_TWO_DAYS: Final = 2.1
_ABOUT_A_DAY: Final = (0.9, 1.3)
_MINUTE: Final = dt.timedelta(minutes=1)
_UNDATED: Final = dt.datetime.fromisoformat("0001-01-01")


def ordered(stops: Sequence[Stop]) -> tuple[Stop, ...]:
    """Order by time; what only its day is known of stands by what can be said of a day."""
    moments: Moments = {}
    for stop in stops:
        if stop.window is not None and stop.window.days <= _LOOSE_WINDOW_DAYS:
            moments[id(stop)] = _moment(stop, stop.window, stops)
    _put_news_behind(stops, moments)
    _keep_told_order(stops, moments)
    if not moments:  # nothing dates them, but weekdays may tell their turn
        turns = ((stop, next((r.turn for r in stop.reports if r.turn is not None), None)) for stop in stops)
        moments = {id(stop): _moment(stop, turn, stops) for stop, turn in turns if turn is not None}
    for stop in stops:
        if id(stop) not in moments:
            moments[id(stop)] = _loose_moment(stop, stops, moments)

    def key(stop: Stop) -> tuple[dt.datetime, bool, str, int, bool]:
        first = min(stop.reports, key=lambda r: (r.report.article, r.report.at)).report
        loose = stop.window is None or stop.window.days > _LOOSE_WINDOW_DAYS
        return moments[id(stop)], loose, first.article, first.at, stop.kind is EventKind.ARRIVAL

    return tuple(sorted(stops, key=key))


def _put_news_behind(stops: Sequence[Stop], moments: Moments) -> None:
    """Let news of which only the day is known stand behind what had happened before it on that day."""
    flashbacks: dict[str, list[dt.datetime]] = {}
    for stop in stops:
        if id(stop) in moments and stop.reports[0].assertion.before:
            flashbacks.setdefault(stop.reports[0].report.article, []).append(moments[id(stop)])
    for stop in stops:
        window, first = stop.window, stop.reports[0]
        if window is None or id(stop) not in moments or stop.kind is EventKind.DEPARTURE:
            continue
        if first.assertion.before or not _ABOUT_A_DAY[0] <= window.days <= _ABOUT_A_DAY[1]:
            continue
        within = [
            m for m in flashbacks.get(first.report.article, ()) if moments[id(stop)] <= m < window.latest
        ]
        if within:
            moments[id(stop)] = max(within) + _MINUTE


def _keep_told_order(stops: Sequence[Stop], moments: Moments) -> None:
    """Let what one sentence tells stand as told, where a wide window leaves room for it.

    `It passed the tunnel on Thursday morning and arrived in London at 6:40.`
    """
    told: dict[Span, list[Stop]] = {}
    for stop in stops:
        first = stop.reports[0]
        if id(stop) in moments and stop.kind is not EventKind.DEPARTURE and not first.assertion.before:
            told.setdefault(first.report.sentence, []).append(stop)
    for together in told.values():
        together.sort(key=lambda stop: stop.reports[0].report.at)
        for stop, following in pairwise(together):
            window, later = stop.window, moments[id(following)]
            if window is not None and window.earliest < later < moments[id(stop)]:
                moments[id(stop)] = _just_before(later)


def _moment(stop: Stop, window: Window, stops: Sequence[Stop]) -> dt.datetime:
    """Return a moment for the order: the middle of some hours, else one that fits what happened."""
    if window.days < 0.9:
        return window.middle
    set_out = window.latest - UNDER_WAY
    if stop.kind is EventKind.ARRIVAL and stop.reports[0].report.en_route and set_out > window.earliest:
        midnight = dt.datetime.combine(window.earliest.date() + dt.timedelta(days=1), dt.time())
        if (
            window.days < _TWO_DAYS
            and set_out.date() <= midnight.date()
            and window.earliest.time() != dt.time()
        ):
            return min(set_out, midnight)  # the words time the setting out
    hour = 12
    if window.days <= 1.3 and stop.kind is EventKind.DEPARTURE:
        arrived = any(
            same_place(stop.place, other.place)
            and other.kind is not EventKind.DEPARTURE
            and other.window is not None
            and other.window.earliest.date() == window.earliest.date()
            for other in stops
        )
        hour = 20 if arrived else 1
    return window.earliest + dt.timedelta(hours=hour)


def _just_before(moment: dt.datetime) -> dt.datetime:
    """Return a minute earlier; what has no date at all stands on the first day there is."""
    return max(moment, _UNDATED + _MINUTE) - _MINUTE


def _told_before(stop: Stop, other: Stop) -> bool:
    first, second = stop.reports[0].report, other.reports[0].report
    return first.article == second.article and first.at < second.at


def _loose_moment(stop: Stop, stops: Sequence[Stop], moments: Moments) -> dt.datetime:
    """Return a moment for the order only: behind what the text said before, or where it belongs."""
    found = (rule(stop, stops, moments) for rule in _BY_THE_TEXT)
    known = next((moment for moment in found if moment is not None), None)
    return _among_all(stop, stops, moments) if known is None else known


def _before_the_news(stop: Stop, stops: Sequence[Stop], moments: Moments) -> dt.datetime | None:
    """Place what had happened before: it is told in a pluperfect, without a time."""
    if not stop.reports[0].assertion.before or stop.window is not None or _leads_to(stop, stops):
        return None
    return _in_flashback(stop, stops, moments)


def _at_its_place(stop: Stop, stops: Sequence[Stop], moments: Moments) -> dt.datetime | None:
    """Place a departure behind what else was there, and what else was there before a departure."""
    here = [o for o in stops if id(o) in moments and same_place(o.place, stop.place)]
    if stop.kind is EventKind.DEPARTURE:
        if here and not _leads_to(stop, stops):
            return max(moments[id(o)] for o in here)
        told = stop.reports[0].report.sentence
        reached = [
            moments[id(o)]
            for o in stops
            if id(o) in moments
            and o.kind is not EventKind.DEPARTURE
            and any(r.report.sentence == told for r in o.reports)
        ]
        # `arrived five days after leaving Paris`
        return _just_before(min(reached)) if reached else None
    left = [moments[id(o)] for o in here if o.kind is EventKind.DEPARTURE and _told_before(stop, o)]
    # Who leaves a place was there before.
    return _just_before(min(left)) if left and stop.window is None else None


def _on_its_way(stop: Stop, stops: Sequence[Stop], moments: Moments) -> dt.datetime | None:
    """Place a sighting before the arrival that the same words tell: `fuhr über Dnipro nach Lwiw`."""
    if stop.kind is not EventKind.SIGHTING:
        return None
    first = stop.reports[0].report
    bound = [
        moments[id(o)]
        for o in stops
        if id(o) in moments
        and o.kind is EventKind.ARRIVAL
        and any(r.report.article == first.article and r.report.at == first.at for r in o.reports)
    ]
    return _just_before(min(bound)) if bound else None


def _behind_what_was_told(stop: Stop, stops: Sequence[Stop], moments: Moments) -> dt.datetime | None:
    """Place a stop behind what the text told before it, as far as its window and its tense allow."""
    first = stop.reports[0].report
    before = [
        # The latest that an earlier sentence tells: "to Kyiv on Tuesday after flying in on Monday".
        (r.report.at if r.report.sentence == first.sentence else r.report.sentence.start, moments[id(other)])
        for other in stops
        for r in other.reports
        if id(other) in moments and r.report.article == first.article and r.report.at <= first.at
    ]
    if stop.window is not None:
        inside = [moment for _, moment in before if stop.window.earliest <= moment <= stop.window.latest]
        return max(inside, default=stop.window.earliest)
    if not stop.is_firm and first.assertion.future:
        # What is still to come lies behind all that has been, and behind the plans told before it.
        been = [moments[id(o)] + 2 * _MINUTE for o in stops if id(o) in moments and o.is_firm]
        if been:
            return max([*been, *(moment for _, moment in before)])
    return max(before)[1] if before else None


def _among_all(stop: Stop, stops: Sequence[Stop], moments: Moments) -> dt.datetime:
    """Place a stop before which the text tells nothing: a departure first, an arrival or a stay last."""
    if not moments:
        return _UNDATED
    if stop.kind in (EventKind.SIGHTING, EventKind.CROSSING):
        article = stop.reports[0].report.article
        following = [
            (r.report.at, moments[id(other)])
            for other in stops
            for r in other.reports
            if id(other) in moments and r.report.article == article and not r.assertion.before
        ]
        if following:  # `It called at York before reaching Edinburgh at 5:40 p.m.`
            return _just_before(min(following)[1])
    return min(moments.values()) if stop.kind is EventKind.DEPARTURE else max(moments.values())


def _leads_to(stop: Stop, stops: Sequence[Stop]) -> bool:
    """Tell whether the same words tell where it led: `had arrived in Rome from Vienna`."""
    first = stop.reports[0].report
    return stop.kind is EventKind.DEPARTURE and any(
        other.kind is EventKind.ARRIVAL and (r.report.article, r.report.at) == (first.article, first.at)
        for other in stops
        for r in other.reports
    )


def _in_flashback(stop: Stop, stops: Sequence[Stop], moments: Moments) -> dt.datetime:
    """Return a moment for what had happened: behind what had happened before it, else before the news."""
    first = stop.reports[0].report
    told = [
        (r.report.at, r.assertion.before, moments[id(other)])
        for other in stops
        for r in other.reports
        if id(other) in moments and r.report.article == first.article and r.report.at < first.at
    ]
    earlier = [(at, moment) for at, before, moment in told if before]
    if earlier:
        return max(earlier)[1]
    news = [moment for _, before, moment in told if not before]
    if news:
        return _just_before(min(news))
    return min(moments.values(), default=_UNDATED)


def _between_ends(stop: Stop, stops: Sequence[Stop], moments: Moments) -> dt.datetime | None:
    """Return a moment on the way, where the text told the arrival first and its departure with it.

    `The convoy arrived in Kassel on Monday, a week after leaving Kiel. It was held up in Celle.`
    """
    first = stop.reports[0].report
    if stop.kind not in (EventKind.SIGHTING, EventKind.CROSSING) or stop.window is not None:
        return None
    if first.afterwards:
        return None
    told = [
        (r.report, moments[id(other)])
        for other in stops
        for r in other.reports
        if id(other) in moments and r.report.article == first.article and r.report.at < first.at
    ]
    last = max((report.sentence.start for report, _ in told), default=None)
    own = [(report, moment) for report, moment in told if report.sentence.start == last]
    left = [moment for report, moment in own if report.kind is EventKind.DEPARTURE]
    reached = [moment for report, moment in own if report.kind is EventKind.ARRIVAL]
    if left and reached and max(left) < min(reached):
        return max(left)
    return None


_BY_THE_TEXT: Final = (_before_the_news, _at_its_place, _on_its_way, _between_ends, _behind_what_was_told)
"""What is tried in turn to place a stop of which no day is known."""
