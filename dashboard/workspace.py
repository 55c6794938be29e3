"""Map, text and tables: one fragment, so that a click runs these and nothing else of the page."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard import ledger, reader, state, widgets
from dashboard.catalogue import Catalogue
from dashboard.journey_panel import TimeChoice, train
from dashboard.journey_tab import show_journeys, time_choice
from dashboard.map_scene import MapFilter, article_bounds, claim_drawing, counted, scene
from dashboard.map_view import base_map, drawn
from dashboard.messages import Messages
from dashboard.reader import ReaderPick
from dashboard.resources import asset, shelf, tile_address
from dashboard.scenes import SCENES, Written, written
from dashboard.scope import Scope, scopes_of
from dashboard.selection import (
    Selection,
    choose_claim,
    choose_leg,
    choose_mention,
    choose_passage,
    choose_place,
    open_article,
)
from gazetteer.reading.mentions import Kind, Reading

MAP_HEIGHT = 660
"""Pixels; the reader beside it is as tall."""

Bounds = list[list[float]]
"""South-west and north-east, each as latitude and longitude in degrees."""

_SIDES = (1.55, 1.0)
"""Widths of map and text, by each other."""

TABS = ("claims", "cross", "journey", "places")

_legend = st.components.v2.component("luftlinie_legend", css=asset("legend.css"), js=asset("legend.js"))


@st.fragment
def show_workspace(everything: Catalogue, words: Messages, *, told: tuple[str, ...]) -> None:
    """Show the map and the text beside each other, and the tables below.

    Args:
        everything: All articles there are; what is shown is the part of it that the visitor wants to see.
        words: The language of the page.
        told: The articles of which the page around this speaks; once it is others, all is shown anew.
    """
    catalogue = state.in_view(everything)
    if tuple(catalogue.articles) != told:
        st.rerun()
    selection = state.selection(catalogue)
    choice = time_choice(catalogue)
    left, right = st.columns(_SIDES, gap="medium", vertical_alignment="center")
    with left, st.container(horizontal=True, vertical_alignment="center", gap="small"):
        chosen = _filter_menu(catalogue, everything, words)
        _scope_choice(everything, words)
    with right:
        _article_choice(everything, selection, words)
    # On a phone the columns stand below each other: what is said of a place right under the map.
    left, right = st.columns(_SIDES, gap="medium")
    with left:
        _map(catalogue, selection, chosen, choice, words)
    with right:
        shown = reader.view(selection, catalogue, words, moves=state.moves(), dark=state.dark())
        reader.show_reader(
            shown,
            key=state.READER_WIDGET,
            on_pick=lambda: _act(reader.picked(state.READER_WIDGET), catalogue),
        )
    _legend(key="legend", data={"words": words.table("legend"), "dark": state.dark()})
    _tables(catalogue, selection, chosen, choice, words)


def act(pick: ReaderPick | None, selection: Selection, catalogue: Catalogue) -> Selection:
    """Return the view after a click, wherever it was made."""
    if pick is None:
        return selection
    steps = {
        "place": choose_place,
        "mention": choose_mention,
        "claim": choose_claim,
        "leg": choose_leg,
    }
    if pick.kind in steps:
        return steps[pick.kind](selection, pick.number, catalogue)
    if pick.kind == "passage":
        return choose_passage(selection, pick.article, pick.start, pick.end, catalogue)
    return Selection(article=selection.article)


def _act(pick: ReaderPick | None, catalogue: Catalogue) -> None:
    if pick is not None:
        state.select(act(pick, state.selection(catalogue), catalogue))


def _on_map_click(catalogue: Catalogue) -> None:
    click = widgets.clicked(state.MAP_WIDGET)
    if click is not None:
        _act(ReaderPick(click.kind, click.number), catalogue)


def _scope_choice(everything: Catalogue, words: Messages) -> None:
    """Show of which articles map, tables and downloads speak, where there is a choice."""
    own = state.own_articles(everything)
    offered = scopes_of(everything.analysis.articles, own)
    if not offered:
        return
    if state.scope() not in offered:
        state.set_scope(Scope.ALL)
    counts = {Scope.OPEN: 1, Scope.OWN: len(own), Scope.ALL: len(everything.articles)}
    st.segmented_control(
        words("scope.label"),
        options=[scope.value for scope in offered],
        format_func=lambda scope: words(f"scope.{scope}", count=counts[scope]),
        default=None if state.SCOPE_WIDGET in st.session_state else Scope.ALL.value,
        required=True,
        label_visibility="collapsed",
        key=state.SCOPE_WIDGET,
        persist_state="session",
        on_change=lambda: _look_anew(everything),
    )


def _look_anew(everything: Catalogue) -> None:
    """Put nothing in focus: what was may not be among the articles now looked at."""
    state.select(Selection(state.selection(everything).article, fit=True))


def _filter_menu(catalogue: Catalogue, everything: Catalogue, words: Messages) -> MapFilter:
    present = _present_filter()
    total = len(catalogue.mentions_of)
    label = words("control.filter", shown=len(counted(catalogue, present)), total=total)
    with st.popover(label, icon=":material/tune:", key="filter_menu"):
        st.pills(
            words("filter.readings"),
            options=[reading.value for reading in Reading],
            format_func=lambda reading: words(f"reading.{reading}"),
            selection_mode="multi",
            default=[Reading.PLACE.value],
            key=state.READINGS_FILTER,
            persist_state="session",
        )
        st.pills(
            words("filter.kinds"),
            # What stands for a name is marked in the text, but counts for nothing on the map.
            options=[kind.value for kind in Kind if kind is not Kind.ANAPHOR],
            format_func=lambda kind: words(f"kind.{kind}"),
            selection_mode="multi",
            key=state.KINDS_FILTER,
            persist_state="session",
        )
        if state.scope() is Scope.ALL:
            st.multiselect(
                words("filter.articles"),
                options=list(everything.articles),
                format_func=lambda article: everything.articles[article].title,
                placeholder=words("filter.all_articles"),
                key=state.ARTICLES_FILTER,
                persist_state="session",
                on_change=lambda: _look_anew(everything),
            )
        st.slider(
            words("filter.confidence"),
            0,
            100,
            0,
            5,
            format="%d %%",
            key=state.CONFIDENCE_FILTER,
            persist_state="session",
        )
        st.pills(
            words("filter.layers"),
            options=["claims", "journeys"],
            format_func=lambda layer: words(f"filter.layer_{layer}"),
            selection_mode="multi",
            default=["claims", "journeys"],
            key=state.LAYERS_FILTER,
            persist_state="session",
        )
    return present


def _present_filter() -> MapFilter:
    chosen = st.session_state
    layers = chosen.get(state.LAYERS_FILTER, ["claims", "journeys"])
    return MapFilter(
        kinds=frozenset(map(Kind, chosen.get(state.KINDS_FILTER, ()))),
        readings=frozenset(map(Reading, chosen.get(state.READINGS_FILTER, (Reading.PLACE,)))),
        confidence=chosen.get(state.CONFIDENCE_FILTER, 0) / 100.0,
        claims="claims" in layers,
        journeys="journeys" in layers,
    )


def _map(
    catalogue: Catalogue,
    selection: Selection,
    chosen: MapFilter,
    choice: TimeChoice | None,
    words: Messages,
) -> None:
    widgets.serve_assets()
    drawable, bounds = catalogue.remembered(
        ("scene", chosen, words.language), lambda: _scene(catalogue, chosen, words)
    )
    digest = SCENES.keep(drawable)
    tiles = tile_address() if st.session_state.get(state.TILES_WIDGET) else None
    drawing = _drawing(selection, catalogue)
    group = drawn(
        digest,
        dark=state.dark(),
        language=words.language,
        select=_numbers(selection, catalogue),
        view=_view(selection, catalogue, drawing, bounds),
        drawing=drawing,
        train=train(choice) if choice else None,
    )
    widgets.show_map(
        base_map(tiles),
        group,
        key=state.MAP_WIDGET,
        height=MAP_HEIGHT,
        on_click=lambda: _on_map_click(catalogue),
    )


def _scene(catalogue: Catalogue, chosen: MapFilter, words: Messages) -> tuple[Written, Bounds | None]:
    """Return the scene as the map fetches it, and where a first look at it goes."""
    drawable = scene(catalogue, chosen, words)
    return written(drawable), drawable["bounds"]


def _numbers(selection: Selection, catalogue: Catalogue) -> dict[str, int | None]:
    return {
        "place": catalogue.place_numbers.get(selection.place or ""),
        "claim": catalogue.claim_numbers.get(selection.claim or ""),
        "leg": catalogue.leg_number(selection.leg),
    }


def _drawing(selection: Selection, catalogue: Catalogue) -> dict[str, Any] | None:
    number = catalogue.claim_numbers.get(selection.claim or "")
    return None if number is None else claim_drawing(catalogue.claim(number), catalogue, shelf().network)


def _view(
    selection: Selection, catalogue: Catalogue, drawing: dict[str, Any] | None, bounds: Bounds | None
) -> dict[str, Any] | None:
    """Return where the map looks for a selection; None leaves it where it is.

    Args:
        selection: What was chosen.
        catalogue: What there is.
        drawing: Of the claim in focus.
        bounds: Of a first look at all of it.
    """
    nonce = state.moves()
    if selection.place in catalogue.analysis.places:
        entry = catalogue.analysis.places[selection.place]
        zoom = {"continent": 3, "country": 4, "region": 5, "water": 5}.get(entry.feature.value, 6)
        return {"center": list(entry.position.latlon()), "zoom": zoom, "nonce": nonce}
    if selection.claim in catalogue.claim_numbers:
        if drawing is not None:
            return {"bounds": drawing["bounds"], "nonce": nonce}
        claim = catalogue.claim(catalogue.claim_numbers[selection.claim])
        roles = [role for role in (claim.subject, claim.reference, claim.origin) if role and role.place]
        entries = [catalogue.analysis.places.get(role.place or "") for role in roles]
        found = next((entry for entry in entries if entry), None)
        return {"center": list(found.position.latlon()), "zoom": 5, "nonce": nonce} if found else None
    if selection.fit and selection.article:
        if len(catalogue.articles) == 1:
            bounds = article_bounds(catalogue, selection.article)
        return {"bounds": bounds, "nonce": nonce} if bounds else None
    leg = catalogue.leg_number(selection.leg)
    if leg is not None:
        line = catalogue.legs[leg].leg.geometry
        lats, lons = [fix.lat for fix in line], [fix.lon for fix in line]
        return {"bounds": [[min(lats), min(lons)], [max(lats), max(lons)]], "nonce": nonce} if line else None
    return None


def _article_choice(catalogue: Catalogue, selection: Selection, words: Messages) -> None:
    options = list(catalogue.articles)
    # The key holds the present article, so that a click elsewhere shows here, too.
    key = f"article_{selection.article}"
    st.selectbox(
        words("articles.open"),
        options=options,
        index=options.index(selection.article) if selection.article in options else None,
        format_func=lambda article: catalogue.articles[article].title or article,
        label_visibility="collapsed",
        key=key,
        on_change=lambda: _open(st.session_state.get(key), catalogue),
    )


def _open(article: str | None, catalogue: Catalogue) -> None:
    """Open an article; what it says comes first, the others are one click away."""
    state.select(open_article(state.selection(catalogue), article, catalogue))
    state.set_scope(Scope.OPEN)


def _tables(
    catalogue: Catalogue,
    selection: Selection,
    chosen: MapFilter,
    choice: TimeChoice | None,
    words: Messages,
) -> None:
    analysis = catalogue.analysis
    counts = {
        "claims": len(analysis.claims),
        "cross": len(analysis.cross_checks),
        "journey": len(analysis.journeys),
        "places": len(catalogue.mentions_of),
    }
    tab = st.segmented_control(
        words("tab.label"),
        options=TABS,
        format_func=lambda name: words(f"tab.{name}", count=counts[name]),
        default=None if state.TAB_WIDGET in st.session_state else "claims",
        required=True,
        label_visibility="collapsed",
        key=state.TAB_WIDGET,
        persist_state="session",
    )
    if tab == "cross":
        _ledger(ledger.cross_checks_table(selection, catalogue, words), "cross", catalogue, words)
    elif tab == "journey":
        show_journeys(
            catalogue,
            selection,
            choice,
            words,
            show_ledger=lambda table, name: _ledger(table, name, catalogue, words),
        )
    elif tab == "places":
        _ledger(ledger.places_table(selection, catalogue, chosen, words), "places", catalogue, words)
        unplaced = ledger.unplaced_table(catalogue, words)
        if unplaced["rows"]:
            st.subheader(words("unplaced.heading", count=len(unplaced["rows"])), anchor=False)
            _ledger(unplaced, "unplaced", catalogue, words)
    else:
        only = st.toggle(
            words("claims.measured_only"), value=True, key=state.CLAIMS_FILTER, persist_state="session"
        )
        table = ledger.claims_table(selection, catalogue, words, measured_only=only)
        _ledger(table, "claims", catalogue, words)


def _ledger(table: dict[str, Any], name: str, catalogue: Catalogue, words: Messages) -> None:
    if not table["rows"]:
        empty = words.texts.get(f"{name}.none")
        if empty:
            st.caption(empty)
        return
    key = f"ledger_{name}"
    ledger.show_ledger(table, key=key, dark=state.dark(), on_pick=lambda: _act(reader.picked(key), catalogue))
