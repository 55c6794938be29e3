"""Journeys from texts: who was where when, merged over articles, and the ways between.

Each traveller has journeys of their own, and each trip is one; a photograph of an earlier year makes
a trip of its own year, not a stop of this one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final

from anyascii import anyascii

from gazetteer.journeys.capitals import capital_of
from gazetteer.journeys.clauses import clauses_of
from gazetteer.journeys.conflicts import mark_conflicts
from gazetteer.journeys.crossings import border_place, border_position
from gazetteer.journeys.dating import ReferenceDate, reference_dates
from gazetteer.journeys.identity import OneTraveller, travellers_apart
from gazetteer.journeys.journey import Certainty, Event, EventKind, Journey, Mode, TimeWindow
from gazetteer.journeys.legs import legs_between, main_mode
from gazetteer.journeys.reports import reports_of
from gazetteer.journeys.roles import Place
from gazetteer.journeys.travellers import cast_of
from gazetteer.journeys.trips import trips_of
from gazetteer.journeys.vocabulary import visits
from gazetteer.journeys.whereabouts import Stop, is_wide, same_place
from gazetteer.journeys.windows import dated_reports
from gazetteer.places.entries import Feature, GazetteerEntry
from gazetteer.places.index import Gazetteer
from gazetteer.positions import LatLon
from gazetteer.reading.articles import Span
from gazetteer.reading.reader import ArticleReading
from gazetteer.wording import Wording

if TYPE_CHECKING:
    from timezonefinder import TimezoneFinder

    from gazetteer.journeys.railways import RailNetwork

_MONTH_DAYS: Final = 31
_LONGEST_STAY_DAYS: Final = 45
"""A stay or visit that is dated no better than this is part of a life, not of a journey."""
_MODES: Final = {"rail": Mode.RAIL, "air": Mode.AIR, "road": Mode.ROAD, "sea": Mode.SEA}

_WHAT: Final = {
    EventKind.DEPARTURE: ("Abreise: {}", "departure: {}"),
    EventKind.ARRIVAL: ("Ankunft: {}", "arrival: {}"),
    EventKind.SIGHTING: ("gesehen: {}", "seen: {}"),
    EventKind.CROSSING: ("Grenzübertritt: {}", "border crossed: {}"),
    EventKind.STAY: ("Aufenthalt: {}", "stay: {}"),
}


def journeys_of(
    readings: Sequence[ArticleReading], gazetteer: Gazetteer, network: RailNetwork | None
) -> tuple[Journey, ...]:
    """Return the journeys that the articles report, most telling first.

    Args:
        readings: The articles, in any order; the order changes nothing.
        gazetteer: Where places at borders are looked up.
        network: The railways; without it legs are straight lines.
    """
    ordered = sorted(readings, key=lambda reading: reading.article.id)
    cast = cast_of(ordered)
    clauses = {reading.article.id: clauses_of(reading) for reading in ordered}
    references = reference_dates(ordered, cast, clauses)
    reports = [
        r for reading in ordered for r in reports_of(reading, cast, clauses[reading.article.id], gazetteer)
    ]
    dated = dated_reports(reports, references)
    journeys: list[Journey] = []
    taken: set[str] = set()
    for traveller in travellers_apart(dated):
        for stops in trips_of(traveller.reports):
            if _is_journey(stops):
                journey = _journey(
                    traveller, stops, references=references, gazetteer=gazetteer, network=network, taken=taken
                )
                taken.add(journey.id)
                journeys.append(journey)
    journeys.sort(key=lambda j: (-len(j.legs), -len(j.events), j.id))
    return tuple(journeys)


def _is_journey(stops: Sequence[Stop]) -> bool:
    """Tell whether somebody travels: to have met at one place alone is no journey."""
    told = [stop for stop in stops if stop.certainty is not Certainty.DENIED]
    moves = [
        stop
        for stop in told
        for r in stop.reports
        if (stop.window is None or stop.window.days <= _LONGEST_STAY_DAYS)
        and (stop.kind is not EventKind.STAY or r.report.words.casefold().startswith(visits()))
    ]
    places = {stop.place.entry.id if stop.place.entry else "border" for stop in told}
    narrow = [stop for stop in told if stop.window is not None and stop.window.days <= _LONGEST_STAY_DAYS]
    if len(places) >= 2 and (moves or len(narrow) >= 2):
        return True
    return bool(moves) and bool(narrow)


def _journey(
    one: OneTraveller,
    stops: Sequence[Stop],
    *,
    references: dict[str, ReferenceDate],
    gazetteer: Gazetteer,
    network: RailNetwork | None,
    taken: Iterable[str],
) -> Journey:
    mark_conflicts(stops)
    traveller = one.name
    id_ = _id(traveller, stops, taken)
    notes = [*_date_notes(stops, references), *_fork_notes(stops, one.forks)]
    _draw_countries_at_capitals(stops, gazetteer, notes)
    places = _with_borders_found(stops, gazetteer, network)
    ids = {id(stop): f"{id_}:e{number}" for number, stop in enumerate(stops, start=1)}
    events = []
    for stop, entry in zip(stops, places, strict=True):
        conflicts = tuple(sorted(ids[id(other)] for other in stop.conflicts))
        events.append(_event(ids[id(stop)], traveller, stop, entry, conflicts))
    modes = [main_mode([r.report.mode for r in stop.reports]) for stop in stops]
    line = [
        (event, mode)
        for event, mode in zip(events, modes, strict=True)
        if event.on_route and event.position is not None
    ]
    drawn = legs_between([event for event, _ in line], [mode for _, mode in line], network)
    notes += _learned_notes(stops, places)
    notes += [_conflict_note(event, events) for event in events if event.conflicts and not event.on_route]
    mode = main_mode([r.report.mode for stop in stops for r in stop.reports])
    return Journey(
        id=id_,
        traveller=traveller,
        title=_title(traveller, events, places),
        mode=_MODES.get(mode or "", Mode.UNKNOWN),
        events=tuple(events),
        legs=drawn.legs,
        notes=tuple(dict.fromkeys((*notes, *drawn.notes))),
    )


def _event(
    id_: str, traveller: str, stop: Stop, entry: GazetteerEntry | None, conflicts: tuple[str, ...]
) -> Event:
    point = entry is not None and (stop.place.border or not is_wide(Place(entry)))
    position = entry.position if entry is not None and point else None
    de, en = _WHAT[stop.kind]
    if stop.certainty is Certainty.DENIED and stop.kind is EventKind.CROSSING:
        de, en = "Grenze noch nicht überschritten: {}", "border not crossed yet: {}"
    label_de = entry.label("de") if entry is not None else "Ort nicht gefunden"
    label_en = entry.label("en") if entry is not None else "place not found"
    when = None
    if stop.window is not None:
        when = TimeWindow(
            stop.window.earliest,
            stop.window.latest,
            zone_at(entry.position) if entry is not None else None,
            stop.window.inferred,
        )
    speakers = [r.report.reported_by for r in stop.reports if r.report.reported_by]
    return Event(
        id=id_,
        kind=stop.kind,
        traveller=traveller,
        place=entry.id if entry is not None else None,
        position=position,
        when=when,
        what=Wording(de.format(label_de), en.format(label_en)),
        certainty=stop.certainty,
        reported_by=speakers[0] if speakers else None,
        sources=_spans(stop),
        conflicts=conflicts,
        on_route=position is not None and stop.certainty is not Certainty.DENIED and not stop.overtaken_by,
    )


def _spans(stop: Stop) -> tuple[Span, ...]:
    return tuple(sorted({r.report.sentence for r in stop.reports}))


def _with_borders_found(
    stops: Sequence[Stop], gazetteer: Gazetteer, network: RailNetwork | None
) -> list[GazetteerEntry | None]:
    """Return each stop's place; where a border is meant, the place where this journey meets it."""
    found: list[GazetteerEntry | None] = []
    positions: dict[tuple[str, str, tuple[str, ...]], LatLon | None] = {}
    for number, stop in enumerate(stops):
        if not stop.place.border:
            found.append(stop.place.entry)
            continue
        before = _neighbour(stops[:number][::-1])
        after = _neighbour(stops[number + 1 :])
        if before is None or after is None or before.country == after.country:
            after = after or _in_country(stops, stop.place.countries, before)
        entry = None
        if before is not None and after is not None and before.id != after.id:
            countries = stop.place.countries
            way = (before.id, after.id, countries)
            if way not in positions:
                positions[way] = border_position(network, gazetteer, before, after, countries)
            position = positions[way]
            if position is not None:
                stays = stop.kind is not EventKind.CROSSING
                pair = countries if len(countries) == 2 else (before.country, after.country)
                side = before.country if stays else None
                entry = border_place(gazetteer, position, countries=pair, side=side)
        found.append(entry)
    return found


def _neighbour(stops: Sequence[Stop]) -> GazetteerEntry | None:
    return next(
        (s.place.entry for s in stops if s.place.entry is not None and s.is_point and not s.overtaken_by),
        None,
    )


def _in_country(
    stops: Sequence[Stop], countries: Sequence[str], before: GazetteerEntry | None
) -> GazetteerEntry | None:
    """Return any town the journey names in another of the countries, even one it never reached."""
    for stop in stops:
        entry = stop.place.entry
        if entry is None or not stop.is_point or before is None or entry.country == before.country:
            continue
        if not countries or entry.country in countries:
            return entry
    return None


def _draw_countries_at_capitals(stops: Sequence[Stop], gazetteer: Gazetteer, notes: list[Wording]) -> None:
    """Let a state visit of which only the country is named pass through its capital, and say so."""
    if any(
        stop.is_point and not stop.overtaken_by and stop.certainty is not Certainty.DENIED for stop in stops
    ):
        return
    for stop in stops:
        entry = stop.place.entry
        if entry is None or entry.feature is not Feature.COUNTRY or entry.country is None:
            continue
        capital = capital_of(entry.country, gazetteer)
        if capital is None:
            continue
        stop.place = replace(stop.place, entry=capital)
        notes.append(
            Wording(
                f"Genannt ist nur {entry.label('de')}; gezeichnet ist die Hauptstadt {capital.label('de')}.",
                f"Only {entry.label('en')} is named; its capital {capital.label('en')} is drawn.",
            )
        )


def _fork_notes(stops: Sequence[Stop], forks: Sequence[Place]) -> Iterator[Wording]:
    for fork in forks:
        if fork.entry is not None and any(same_place(stop.place, fork) for stop in stops):
            yield Wording(
                f"Wie es ab {fork.entry.label('de')} weiterging, erzählen mehrere Artikel verschieden; "
                "was davon hierher gehört, ist offen, und keiner ist angeschlossen.",
                f"How it went on from {fork.entry.label('en')}, several articles tell differently; "
                "which of them belongs here is open, and none is joined.",
            )


def _date_notes(stops: Sequence[Stop], references: dict[str, ReferenceDate]) -> list[Wording]:
    notes = []
    for article in sorted({a for stop in stops for a in stop.articles}):
        reference = references.get(article)
        if reference is not None and reference.note is not None:
            notes.append(Wording(f"{article}: {reference.note.de}.", f"{article}: {reference.note.en}."))
    return notes


def _learned_notes(stops: Sequence[Stop], places: Sequence[GazetteerEntry | None]) -> list[Wording]:
    """Say which places no word of travelling led to, how likely they are, and by which words."""
    de, en = [], []
    for stop, entry in zip(stops, places, strict=True):
        told = [r.report.told for r in stop.reports]
        why = told[0]
        if why is None or entry is None or None in told:
            continue
        words = ", ".join(why.words)
        percent = round(100 * why.likelihood)
        de.append(f"{entry.label('de')} ({percent} %{': ' if words else ''}{words})")
        en.append(f"{entry.label('en')} ({percent}%{': ' if words else ''}{words})")
    if not de:
        return []
    return [
        Wording(
            f"Aus dem Zusammenhang erschlossen, vor allem aus diesen Wörtern: {'; '.join(de)}.",
            f"Inferred from the context, above all from these words: {'; '.join(en)}.",
        )
    ]


def _conflict_note(event: Event, events: Sequence[Event]) -> Wording:
    others = [other for other in events if other.id in event.conflicts]
    return Wording(
        f"„{event.what.de}“ widerspricht „{'“, „'.join(other.what.de for other in others)}“; "
        "die Linie folgt dem späteren Bericht.",
        f"“{event.what.en}” contradicts “{'”, “'.join(other.what.en for other in others)}”; "
        "the line follows the later report.",
    )


def _title(traveller: str, events: Sequence[Event], places: Sequence[GazetteerEntry | None]) -> Wording:
    line = [p for e, p in zip(events, places, strict=True) if e.on_route and p is not None] or [
        p for p in places if p is not None
    ]
    windows = [e.when for e in events if e.when is not None and (e.on_route or len(events) == 1)]
    narrow = [w for w in windows if (w.latest - w.earliest).days <= _MONTH_DAYS] or windows
    dates = sorted(window.earliest for window in narrow)
    when = f", {dates[0]:%Y-%m}" if dates else ""
    ends = list(dict.fromkeys([line[0].id, line[-1].id])) if line else []
    first_last = [next(p for p in line if p.id == end) for end in ends]
    de = " – ".join(p.label("de") for p in first_last)
    en = " – ".join(p.label("en") for p in first_last)
    return Wording(f"{traveller}: {de}{when}", f"{traveller}: {en}{when}")


def _id(traveller: str, stops: Sequence[Stop], taken: Iterable[str]) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", anyascii(unicodedata.normalize("NFC", traveller)).lower()).strip("-")
    windows = [stop.window for stop in stops if stop.window is not None]
    narrow = sorted(windows, key=lambda window: (window.days, window.earliest))
    base = f"{slug or 'traveller'}:{narrow[0].earliest:%Y-%m}" if narrow else f"{slug or 'traveller'}:undated"
    known, number = set(taken), 1
    while (id_ := base if number == 1 else f"{base}-{number}") in known:
        number += 1
    return id_


def zone_at(position: LatLon) -> str | None:
    """Return the IANA time zone of a position, None where none is known."""
    return _finder().timezone_at(lat=position.lat, lng=position.lon)


@cache
def _finder() -> TimezoneFinder:
    from timezonefinder import TimezoneFinder  # noqa: PLC0415 - slow to load, and only journeys need it

    return TimezoneFinder(in_memory=False)
