"""The tab about journeys: which one, at which moment, how fast at most, and by whose word."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Final

import streamlit as st

from dashboard import journey_panel, ledger, state
from dashboard.catalogue import Catalogue
from dashboard.journey_panel import TimeChoice
from dashboard.messages import Messages
from dashboard.selection import Selection
from gazetteer.claims.claim import Relation
from gazetteer.journeys.journey import Journey
from gazetteer.journeys.timing import DEFAULT_TOP_SPEED_KMH, sightings_of

ShowLedger = Callable[[dict[str, Any], str], None]

_FASTEST_KMH: Final = 600.0


def time_choice(catalogue: Catalogue) -> TimeChoice | None:
    """Return what the visitor set in the tab, or None when it is closed or the journey has no times."""
    if st.session_state.get(state.TAB_WIDGET) != "journey":
        return None
    journey = _journey(catalogue)
    span = journey_panel.span_of(journey) if journey else None
    if journey is None or span is None:
        return None
    start, end = span
    moment = state.moment(journey.id) or start + (end - start) / 2
    speed = st.session_state.get(_speed_key(journey), default_speed_kmh(catalogue))
    trusted = st.session_state.get(_trust_key(journey), _trusted(journey))
    return TimeChoice(journey, min(end, max(start, moment)), float(speed), frozenset(trusted))


def default_speed_kmh(catalogue: Catalogue) -> float:
    """Return the top speed the articles themselves state, else a usual one."""
    stated = [
        claim.quantity.si_value * 3.6
        for claim in catalogue.analysis.claims
        if claim.relation is Relation.SPEED and claim.quantity is not None
    ]
    speeds = [speed for speed in stated if math.isfinite(speed) and 5.0 <= speed <= _FASTEST_KMH]
    return float(math.ceil(max(speeds))) if speeds else DEFAULT_TOP_SPEED_KMH


def show_journeys(
    catalogue: Catalogue,
    selection: Selection,
    choice: TimeChoice | None,
    words: Messages,
    *,
    show_ledger: ShowLedger,
) -> None:
    """Show one journey: its time, its events in order, its legs."""
    journey = _choose_journey(catalogue, words)
    if journey is None:
        st.caption(words("journey.none"))
        return
    if journey.legs:
        length = f"{words.number(journey.length_km)} km"
        st.caption(words("journey.total", length=length, count=len(journey.legs)))
    if choice is not None:
        _show_time(catalogue, choice, words)
    show_ledger(ledger.events_table(journey, words), f"events_{journey.id}")
    if journey.legs:
        show_ledger(ledger.legs_table(journey, selection, catalogue, words), f"legs_{journey.id}")
    if journey.notes:
        with st.expander(f"{words('journey.notes')} ({len(journey.notes)})"):
            for note in journey.notes:
                st.text(titled(note.in_language(words.language), catalogue, words))


def titled(note: str, catalogue: Catalogue, words: Messages) -> str:
    """Return a note with the title of the article it begins with, which names it by its id."""
    name, colon, rest = note.partition(": ")
    article = catalogue.articles.get(name) if colon else None
    return f"{words.quoted(article.title)}: {rest}" if article and article.title else note


def _show_time(catalogue: Catalogue, choice: TimeChoice, words: Messages) -> None:
    key = f"diagram_{choice.journey.id}"

    def on_move() -> None:
        moment = journey_panel.moved(key)
        if moment is not None:
            state.set_moment(choice.journey.id, moment)

    journey_panel.show_diagram(
        journey_panel.diagram(choice, catalogue, words, dark=state.dark()), key=key, on_move=on_move
    )
    left, right = st.columns([1, 3], gap="medium")
    left.number_input(
        words("journey.speed"),
        min_value=5.0,
        max_value=_FASTEST_KMH,
        value=default_speed_kmh(catalogue),
        step=5.0,
        format="%.0f",
        help=words("journey.speed_help"),
        key=_speed_key(choice.journey),
    )
    trust_key = _trust_key(choice.journey)
    right.multiselect(
        words("journey.trusted"),
        options=list(_reports(choice.journey)),
        default=None if trust_key in st.session_state else _trusted(choice.journey),
        format_func=lambda event: catalogue.events[event].what.in_language(words.language),
        key=trust_key,
        on_change=lambda: _remember_trust(choice.journey),
    )
    if found := journey_panel.conflicts(choice, catalogue, words):
        with st.expander(f"{words('journey.conflicts')} ({len(found)})"):
            for text in found:
                st.text(text)


def _journeys(catalogue: Catalogue) -> list[Journey]:
    # Journeys with a way come first, the one with the most events before the others.
    return sorted(catalogue.analysis.journeys, key=lambda j: (not j.legs, -len(j.events)))


def _journey(catalogue: Catalogue) -> Journey | None:
    journeys = {journey.id: journey for journey in _journeys(catalogue)}
    chosen = st.session_state.get(state.JOURNEY_WIDGET)
    return journeys[chosen] if chosen in journeys else next(iter(journeys.values()), None)


def _choose_journey(catalogue: Catalogue, words: Messages) -> Journey | None:
    titles = {journey.id: journey.title.in_language(words.language) for journey in _journeys(catalogue)}
    if titles:
        state.choose_known(state.JOURNEY_WIDGET, list(titles))
        st.selectbox(
            words("journey.choose"),
            options=list(titles),
            format_func=titles.__getitem__,
            label_visibility="collapsed",
            key=state.JOURNEY_WIDGET,
        )
    return _journey(catalogue)


def _speed_key(journey: Journey) -> str:
    return f"speed_{journey.id}"


def _reports(journey: Journey) -> dict[str, frozenset[state.Told]]:
    """Return what tells each event that fixes the journey in time, by its id."""
    events = {event.id: event for event in journey.events}
    shown = [events[sighting.event] for sighting in sightings_of(journey)]
    return {one.id: frozenset((one.kind, one.place, said) for said in one.sources) for one in shown}


def _trusted(journey: Journey) -> list[str]:
    doubted = state.doubted()
    return [event for event, told in _reports(journey).items() if doubted.isdisjoint(told)]


def _remember_trust(journey: Journey) -> None:
    reports, chosen = _reports(journey), st.session_state.get(_trust_key(journey), ())
    doubted = [told for event, tellings in reports.items() if event not in chosen for told in tellings]
    state.doubt(doubted, among={told for tellings in reports.values() for told in tellings})


def _trust_key(journey: Journey) -> str:
    # With other articles the same ids may stand for other events: then the choice is made anew.
    return f"trust_{journey.id}_{hash(tuple(_reports(journey).items()))}"
