"""Roles: which places a trigger speaks of, and whether one comes from, goes to, is at or crosses them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from gazetteer.geodesy import great_circle_km
from gazetteer.journeys.capitals import capital_of
from gazetteer.journeys.clauses import Clause, Hit, SentenceClauses, Token
from gazetteer.journeys.journey import EventKind
from gazetteer.journeys.measured import is_measured_from
from gazetteer.journeys.vocabulary import DESTINATION, Form, Vocabulary
from gazetteer.places.entries import Feature, GazetteerEntry
from gazetteer.places.index import Gazetteer
from gazetteer.reading.mentions import Kind, Reading
from gazetteer.reading.reader import ArticleReading
from gazetteer.reading.resolution import Resolution

_WIDE: Final = frozenset(
    {Feature.COUNTRY, Feature.REGION, Feature.CONTINENT, Feature.WATER, Feature.MOUNTAIN}
)
_LOOK_BACK_WORDS: Final = 6
_UNSURE: Final = 0.3
"""A place less sure than this is more likely another one, and a false stop is worse than a missed one."""
_FRONTED: Final = 2
"""So many clauses before its verb a place may open the sentence."""
_STATION_WORDS: Final = 3
"""So far behind a town's adjective its station may stand: `Paris's eastern station`."""
_SAME_STATION_KM: Final = 60.0
"""A station named with its town lies no farther from it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is said to happen: a place of the gazetteer, or a border yet to be found."""

    entry: GazetteerEntry | None
    border: bool = False
    countries: tuple[str, ...] = ()
    """ISO codes of the countries that the words name beside the border; possibly one or none."""


def places_of(  # noqa: C901, PLR0912 - one step after the other
    sentence: SentenceClauses,
    index: int,
    hit: Hit,
    *,
    vocabulary: Vocabulary,
    reading: ArticleReading,
    last_place: Resolution | None,
    gazetteer: Gazetteer | None = None,
) -> tuple[tuple[Place, EventKind, bool], ...]:
    """Return the places a trigger speaks of, each with the kind of event and whether it is only bound for."""
    clause = sentence.clauses[index]
    roles = hit.word.trigger.roles
    border = _border_of(sentence, index, hit, vocabulary)
    if border is not None:
        kind = EventKind.CROSSING if hit.word.trigger.crossing else EventKind(roles.get("at", "sighting"))
        return ((border, kind, False),)
    found: list[tuple[GazetteerEntry, str]] = []
    previous: str | None = None
    for place in clause.places:
        if place.entry is None or place.confidence < _UNSURE:
            continue
        if gazetteer is not None and _heads_capital(place, clause, vocabulary):
            capital = capital_of(place.entry.country or "", gazetteer)
            role = _role_of(place, clause, hit, vocabulary, previous)
            if capital is not None and role is not None:
                found.append((capital, role))
            continue
        if not _is_place(place) and not _heads_station(place, clause, vocabulary):
            continue
        role = _role_of(place, clause, hit, vocabulary, previous)
        previous = role
        if role == "from" and _is_origin(place, clause, hit, vocabulary):
            continue
        if role == "at" and "at" not in roles:
            role = _outer_role(place, clause, vocabulary) or role
        if _is_beyond(place, clause, hit, vocabulary):
            continue
        if not vocabulary.grammar.verb_second and _belongs_to_another(place, clause, hit):
            continue
        if (
            role is None
            or is_measured_from(place, reading, vocabulary)
            or _is_behind_retrospect(place, clause, hit, reading, vocabulary)
        ):
            continue
        found.append((place.entry, role))
    arriving = hit.word.trigger.name in vocabulary.words["arriving"]
    found = _one_of_two(_reached(_left(found, roles), roles, arriving=arriving), clause)
    if not found:
        found = _fronted(sentence, index, hit, vocabulary)
    if not found:
        found = _through_relative_or_anaphor(sentence, index, hit, vocabulary, last_place)
    events: dict[tuple[str, str], tuple[Place, EventKind, bool]] = {}
    for entry, role in _most_specific(found):
        said = _said_by(role, clause, hit, vocabulary)
        if said is None:
            continue
        bound = said == DESTINATION or (role == "to" and _is_line(entry, clause, hit, vocabulary))
        event = (Place(entry), EventKind.ARRIVAL if bound else EventKind(said), bound)
        events.setdefault((entry.id, event[1]), event)
    return tuple(events.values())


def _said_by(role: str, clause: Clause, hit: Hit, vocabulary: Vocabulary) -> str | None:
    """Return the kind of event that a trigger tells of a place of some role; None where it tells none."""
    trigger = hit.word.trigger
    said = trigger.roles.get(role)
    if role != "at":
        return said
    if said is None and "via" in trigger.roles and _leads_over_border(clause, vocabulary):
        said = EventKind.CROSSING
    if said is None and _names_border(clause, vocabulary):
        if trigger.roles.get("object") == EventKind.ARRIVAL:
            said = EventKind.ARRIVAL  # `erreichte die Grenze bei Hegyeshalom`
        elif trigger.roles.get("object") == EventKind.SIGHTING:
            said = EventKind.CROSSING  # `passierte die Grenze bei Medyka`
    return None if trigger.crossing and not _crosses_something(clause, vocabulary) else said


def _one_of_two(found: list[tuple[GazetteerEntry, str]], clause: Clause) -> list[tuple[GazetteerEntry, str]]:
    """Keep the town of `the Gare du Nord in Paris`, where the station's name is a far place's as well."""
    towns = [(entry, role) for entry, role in found if entry.feature not in _WIDE and role == "at"]
    objects = [entry for entry, role in found if role == "object" and entry.feature not in _WIDE]
    if not towns or not objects:
        return found
    at = {p.entry.id: p.mention.span.start for p in clause.places if p.entry is not None}
    strays = {
        entry.id
        for entry in objects
        for town, _ in towns
        if at.get(entry.id, 0) < at.get(town.id, 0)
        and great_circle_km(entry.position, town.position) > _SAME_STATION_KM
    }
    if not strays:
        return found
    # What is left in a town is the town: the role of the station passes to it.
    kept = [(entry, role) for entry, role in found if entry.id not in strays]
    return [(entry, "object" if (entry, role) in towns else role) for entry, role in kept]


def _fronted(
    sentence: SentenceClauses, index: int, hit: Hit, vocabulary: Vocabulary
) -> list[tuple[GazetteerEntry, str]]:
    """Return the place before a relative clause: `In Getafe, wo sie den Winter verbringt, traf sie ein`."""
    if index < _FRONTED or not vocabulary.grammar.verb_second or hit.index > 0:
        return []
    opening, aside = sentence.clauses[index - _FRONTED : index]
    relative = (*vocabulary.words["relatives"], *vocabulary.words["relative_at"])
    if opening.hits or len(opening.places) != 1 or not " ".join(aside.lows).startswith(relative):
        return []
    place, entry = opening.places[0], opening.places[0].entry
    before = [token.low for token in opening.tokens if token.end <= place.mention.span.start]
    role = _class_of(before[-1], vocabulary) if before else None
    return [(entry, role)] if entry is not None and role is not None and _is_place(place) else []


def _is_line(entry: GazetteerEntry, clause: Clause, hit: Hit, vocabulary: Vocabulary) -> bool:
    """Tell whether a place only says which train or ship it is: `Die Fähre nach Juist fuhr …`."""
    start = next(
        (p.mention.span.start for p in clause.places if p.entry is not None and p.entry.id == entry.id), 0
    )
    before = [n for n, token in enumerate(clause.tokens) if token.end <= start]
    at = next((n for n in reversed(before) if _class_of(clause.tokens[n].low, vocabulary) == "to"), 0)
    verb = hit.index if hit.word.form is not Form.NOUN else len(clause.tokens)
    return 0 < at < verb and vocabulary.vehicle_mode(clause.tokens[at - 1].text) is not None


def _is_origin(place: Resolution, clause: Clause, hit: Hit, vocabulary: Vocabulary) -> bool:
    """Tell whether it says whence somebody is, not whence they set out: `die 58-Jährige aus Ulm`."""
    words = clause.tokens
    before = [n for n, token in enumerate(words) if token.end <= place.mention.span.start]
    at = next((n for n in reversed(before) if _class_of(words[n].low, vocabulary) == "from"), 0)
    if at and (
        words[at - 1].low.endswith(vocabulary.words["aged"]) or vocabulary.is_party(words[at - 1].text)
    ):
        return True
    along = at > 1 and words[at - 2].low in vocabulary.words["taking_along"]
    if along and not vocabulary.vehicle_mode(words[at - 1].text):
        return True  # `mit Schülern aus Jever`
    if words[hit.index].low not in vocabulary.words["origin_verbs"]:
        return False
    return all(_class_of(low, vocabulary) not in ("to", "via") for low in clause.lows)


def _left(
    found: list[tuple[GazetteerEntry, str]], roles: Mapping[str, str]
) -> list[tuple[GazetteerEntry, str]]:
    """Drop whence those are who leave another place: `Die Reisegruppe aus Ulm hat Kiel verlassen`."""
    if roles.get("object") != EventKind.DEPARTURE or all(role != "object" for _, role in found):
        return found
    return [(entry, role) for entry, role in found if role != "from"]


def _reached(
    found: list[tuple[GazetteerEntry, str]], roles: Mapping[str, str], *, arriving: bool
) -> list[tuple[GazetteerEntry, str]]:
    """Drop where the journey should have led, or where it began: `Der Flug nach Rom landete in Pisa`."""
    arrived = EventKind.ARRIVAL
    if roles.get("to") != arrived or roles.get("at") != arrived or all(role != "at" for _, role in found):
        return found
    if not arriving and any(role == "to" for _, role in found):
        return [(entry, role) for entry, role in found if role != "at"]  # `in Ulm … nach Rom zurückgekehrt`
    return [(entry, role) for entry, role in found if role != "to"]


def _outer_role(place: Resolution, clause: Clause, vocabulary: Vocabulary) -> str | None:
    """Return the role of what lies at a place: `fuhr zum Hafen in Kiel`, `from the base at Kourou`."""
    at = place.mention.span.start
    before = [token for token in clause.tokens if token.end <= at][-_LOOK_BACK_WORDS:]
    inner = next((n for n in range(len(before) - 1, -1, -1) if _class_of(before[n].low, vocabulary)), 0)
    if inner and before[inner - 1].low in vocabulary.words["bases"]:
        return "object"  # `verließ seinen Horst in Bornheim`
    for token in reversed(before[:inner]):
        if token.low in vocabulary.words["toward_things"]:
            return "to"
        role = _class_of(token.low, vocabulary)
        if role in ("from", "to"):
            return role
        if role is not None or token.low in vocabulary.triggers or clause.is_timed(token):
            return None
    return None


def _is_place(place: Resolution) -> bool:
    return (
        place.mention.kind in (Kind.TOPONYM, Kind.PART) and place.mention.reading is not Reading.ATTRIBUTIVE
    )


def _role_of(  # noqa: C901, PLR0911, PLR0912 - one return for each case
    place: Resolution, clause: Clause, hit: Hit, vocabulary: Vocabulary, previous: str | None
) -> str | None:
    """Return the role a place plays by the words before it: `from`, `to`, `at`, `via`, `object`."""
    if place.mention.kind is Kind.PART:
        return None
    at = place.mention.span.start
    before = [token for token in clause.tokens if token.end <= at][-_LOOK_BACK_WORDS:]
    inside = next((token for token in clause.tokens if token.start <= at < token.end), None)
    if inside is not None and inside.start < at:
        return None  # part of a longer word
    if _opens_dateline(place, clause):
        return None
    if place.mention.reading is Reading.ACTOR and not (
        (before and _class_of(before[-1].low, vocabulary) in ("from", "to", "at"))
        or ("object" in hit.word.trigger.roles and _is_town(place))
    ):
        return None
    article_seen = ""
    for number, token in reversed(list(enumerate(before))):
        low = token.low
        if vocabulary.grammar.verb_second and clause.is_timed(token):
            break  # `am Mittwochmorgen Munster verlassen`: the preposition is the day's
        role = _class_of(low, vocabulary)
        heads = vocabulary.words["station_heads"]
        if role == "from" and number and heads and before[number - 1].low.endswith(heads):
            continue  # `den Hauptbahnhof von Kiew`
        directions = vocabulary.words["directions"]
        if number and before[number - 1].low in directions and low in vocabulary.words["of_directions"]:
            return "at"  # `südlich von Göttingen kam er zum Stehen`
        if low in directions:
            return "at"
        if (
            role == "at"
            and low in vocabulary.prepositions["into"]
            and article_seen in vocabulary.prepositions["into_articles"]
        ):
            return "to"
        if role is not None:
            return role
        if low in vocabulary.triggers or any(
            token.start == clause.tokens[h.index].start for h in clause.hits
        ):
            return "object" if token.start == clause.tokens[hit.index].start else None
        if (low == "," or low in vocabulary.words["list_joints"]) and previous is not None:
            return previous
        if low in vocabulary.words["before_names"]:
            article_seen = low
            continue
        if low in vocabulary.words["place_nouns"] or _is_adjective(low, vocabulary):
            continue
        break
    # The object may come first: `Pjöngjang verließ er`.
    free = vocabulary.grammar.verb_second and _is_bare(before, vocabulary)
    return "object" if free and "object" in hit.word.trigger.roles else None


def _opens_dateline(place: Resolution, clause: Clause) -> bool:
    """Tell whether the clause opens with the place and an agency: `Rom (KNA) Der Papst …`."""
    words = clause.tokens
    behind = next((n for n, token in enumerate(words) if token.start >= place.mention.span.end), None)
    return words[0].start == place.mention.span.start and behind is not None and words[behind].text == "("


def _heads_capital(place: Resolution, clause: Clause, vocabulary: Vocabulary) -> bool:
    """Tell whether a demonym stands before `capital`: `the Mongolian capital`, unless that is named too."""
    if (
        place.mention.kind is not Kind.DEMONYM
        or place.entry is None
        or place.entry.feature is not Feature.COUNTRY
    ):
        return False
    end = place.mention.span.end
    behind = [n for n, token in enumerate(clause.tokens) if token.start >= end][:2]
    if not behind or clause.tokens[behind[0]].low not in vocabulary.words["capitals"]:
        return False
    following = clause.tokens[behind[1]].start if len(behind) > 1 else -1
    return all(other.mention.span.start != following for other in clause.places)


def _heads_station(place: Resolution, clause: Clause, vocabulary: Vocabulary) -> bool:
    """Tell whether a town's adjective stands before its station or port: `den Pariser Ostbahnhof`."""
    if place.mention.kind is not Kind.DEMONYM or not _is_town(place):
        return False
    end = place.mention.span.end
    behind = [token for token in clause.tokens if token.start >= end][:_STATION_WORDS]
    stations = vocabulary.words["stations"]
    if vocabulary.grammar.compounds:
        return bool(behind) and behind[0].low.endswith(stations)
    return any(token.low in stations for token in behind)


def _is_town(place: Resolution) -> bool:
    return place.entry is not None and place.entry.feature in (Feature.CITY, Feature.FACILITY)


def _is_beyond(place: Resolution, clause: Clause, hit: Hit, vocabulary: Vocabulary) -> bool:
    """Tell whether something else has begun between verb and place: `came to Rome and will play in Pisa`."""
    verbs = {*vocabulary.words["auxiliaries"], *vocabulary.words["be"], *vocabulary.certainty["planned"]}
    verbs |= {*vocabulary.words["pluperfect_auxiliaries"]}
    tokens = clause.tokens[hit.index + 1 :]
    return any(
        one.low in vocabulary.words["conjunctions"]
        and other.low in verbs
        and other.start < place.mention.span.start
        for one, other in pairwise(tokens)
    )


def _belongs_to_another(place: Resolution, clause: Clause, hit: Hit) -> bool:
    """Tell whether another trigger stands between, where the place is named behind its verb."""
    start, verb = place.mention.span.start, clause.tokens[hit.index].start
    if start < verb:  # `a flight bound for Johannesburg turned back`
        return any(
            h.word.form is not Form.NOUN and h.index < hit.index and clause.tokens[h.index].start < start
            for h in clause.hits
        )
    between = [h for h in clause.hits if hit.index < h.index and clause.tokens[h.index].start < start]
    return any(h.word.trigger.name != hit.word.trigger.name for h in between)


def _class_of(low: str, vocabulary: Vocabulary) -> str | None:
    for role in ("from", "to", "at", "via"):
        if low in vocabulary.prepositions[role]:
            return role
    return None


def _is_adjective(low: str, vocabulary: Vocabulary) -> bool:
    if endings := vocabulary.words["phrase_endings"]:
        return low.endswith(endings)
    return low not in vocabulary.words["reporting_verbs"] and low.replace("-", "").isalpha()


def _is_bare(before: Sequence[Token], vocabulary: Vocabulary) -> bool:
    """Tell that no preposition governs the name, so it may be the verb's object."""
    return not before or before[-1].low not in vocabulary.prepositions["oblique"]


def _is_behind_retrospect(
    place: Resolution, clause: Clause, hit: Hit, reading: ArticleReading, vocabulary: Vocabulary
) -> bool:
    start, verb = clause.start, clause.tokens[hit.index].start
    # `The first ship since the invasion left Odesa`: behind the verb the news goes on.
    start = verb if verb < place.mention.span.start else start
    words = reading.article.text[start : place.mention.span.start].lower()
    return any(cue in words for cue in vocabulary.words["retrospects"])


def _most_specific(found: list[tuple[GazetteerEntry, str]]) -> list[tuple[GazetteerEntry, str]]:
    """Drop the country or region that only says where a town of the same role lies."""
    precise = {role for entry, role in found if entry.feature not in _WIDE}
    kept = []
    for entry, role in found:
        if entry.feature in _WIDE and (
            role in precise or (role in ("at", "object") and precise & {"at", "object"})
        ):
            continue
        kept.append((entry, role))
    return kept


def _through_relative_or_anaphor(  # noqa: PLR0911 - one return for each case
    sentence: SentenceClauses, index: int, hit: Hit, vocabulary: Vocabulary, last_place: Resolution | None
) -> list[tuple[GazetteerEntry, str]]:
    clause = sentence.clauses[index]
    words = " ".join(clause.lows)
    earlier = [p for c in sentence.before(index) for p in c.places if _is_place(p) and p.entry is not None]
    close = [p for p in sentence.clauses[index - 1].places if p in earlier] if index else []
    precise = [p for p in close if p.entry is not None and p.entry.feature not in _WIDE]
    antecedent = (precise or earlier)[-1].entry if earlier else None
    if index and antecedent is not None:
        if any(words.startswith(f"{start} ") for start in vocabulary.words["relative_at"]):
            return [(antecedent, "at")]
        if (
            "object" in hit.word.trigger.roles
            and not hit.word.trigger.crossing
            and clause.lows[0] in vocabulary.words["relatives"]
            and earlier[-1].mention.span.end >= clause.start - 3
        ):
            return [(antecedent, "object")]
    spoken_of = antecedent or (last_place.entry if last_place is not None else None)
    if spoken_of is None:
        return []
    if any(f"{anaphor} " in f"{words} " for anaphor in vocabulary.words["anaphors_from"]):
        return [(spoken_of, "from")]
    if any(low in vocabulary.words["anaphors_to"] for low in clause.lows):
        return [(spoken_of, "to")]
    if any(low in vocabulary.words["anaphors_at"] for low in clause.lows):
        return [(spoken_of, "at" if "at" in hit.word.trigger.roles else "to")]
    return []


def _border_of(sentence: SentenceClauses, index: int, hit: Hit, vocabulary: Vocabulary) -> Place | None:
    """Return the border that a clause speaks of, None where it speaks of none."""
    clause = sentence.clauses[index]
    trigger = hit.word.trigger
    named = [i for i, low in enumerate(clause.lows) if low in vocabulary.words["borders"]]
    if trigger.crossing and not named:
        waters = [p for p in clause.places if p.entry is not None and p.entry.feature is Feature.WATER]
        bridge = any(low in vocabulary.words["bridges"] for low in clause.lows)
        into = any(
            _class_of(token.low, vocabulary) in ("to", "at", "via") for token in clause.tokens
        ) and any(p.entry is not None and p.entry.feature is Feature.COUNTRY for p in clause.places)
        if waters or not (bridge or into):
            return None
    elif (
        not named
        or not (trigger.crossing or "at" in trigger.roles)
        or (not trigger.crossing and not _stands_at(clause, named[0], vocabulary))
    ):
        return None
    if any(
        p.entry is not None
        and p.entry.feature not in _WIDE
        and _is_place(p)
        and _role_of(p, clause, hit, vocabulary, None) != "from"
        for p in clause.places
    ):
        return None  # `in Wladiwostok an der Grenze`, `die Grenze bei Przemyśl`: the town is where
    near = [clause, *sentence.before(index)]
    for stretch in near:
        countries = tuple(
            dict.fromkeys(
                p.entry.country
                for p in stretch.places
                if p.entry is not None
                and p.entry.country
                and p.entry.feature is Feature.COUNTRY
                and (p.mention.kind is Kind.TOPONYM or stretch is clause)
            )
        )
        if countries:
            return Place(None, border=True, countries=countries[:2])
    return Place(None, border=True)


def _names_border(clause: Clause, vocabulary: Vocabulary) -> bool:
    return any(low in vocabulary.words["borders"] for low in clause.lows)


def _leads_over_border(clause: Clause, vocabulary: Vocabulary) -> bool:
    """Tell whether somebody goes over a border or bridge: `über die Grenzbrücke bei Dandong gerollt`."""
    lows = clause.lows
    via = vocabulary.prepositions["via"]
    return any(
        low in vocabulary.words["borders"] and any(before in via for before in lows[max(0, at - 3) : at])
        for at, low in enumerate(lows)
    )


def _crosses_something(clause: Clause, vocabulary: Vocabulary) -> bool:
    """Tell whether a clause names what is crossed: a border, a bridge, a water or a country."""
    words = (*vocabulary.words["borders"], *vocabulary.words["bridges"])
    wide = (Feature.WATER, Feature.COUNTRY)
    return any(low in words for low in clause.lows) or any(
        p.entry is not None and p.entry.feature in wide for p in clause.places
    )


def _stands_at(clause: Clause, at: int, vocabulary: Vocabulary) -> bool:
    before = clause.lows[max(0, at - 4) : at]
    neighbourhoods = vocabulary.words["neighbourhoods"]
    return any(low in neighbourhoods or _class_of(low, vocabulary) == "at" for low in before)
