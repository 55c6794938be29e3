"""Answers as a terminal shows them. Text from articles is printed as text, never as markup."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from gazetteer.analysis import Analysis
from gazetteer.claims.claim import Claim, Facet, Verdict
from gazetteer.places.entries import Candidate, Feature, GazetteerEntry
from gazetteer.wording import harmless, notation, spoken

if TYPE_CHECKING:
    from gazetteer.evaluation import EvaluationReport
    from gazetteer.journeys.railways import RailNetwork
    from gazetteer.languages_read import LanguageRead
    from gazetteer.places.index import Gazetteer

_WORDS: Final = {
    "de": {
        "place": "Ort", "kind": "Art", "country": "Land", "position": "Lage", "mentions": "Nennungen",
        "people": "Einwohner", "why": "Warum", "source": "Quelle", "quote": "Zitat", "stated": "gesagt",
        "computed": "gerechnet", "verdict": "Urteil", "reason": "Begründung", "article": "Artikel",
        "from": "von", "to": "nach", "rail": "Schiene", "air": "Luftlinie", "total": "zusammen",
        "language": "Sprache", "read_for": "gelesen werden", "read_places": "Orte",
        "read_demonyms": "Bewohner und Beiwörter", "read_quantities": "Zahlen und Einheiten",
        "read_claims": "Behauptungen", "read_dates": "Zeitangaben", "read_journeys": "Reisen",
        "lost": "Bewohner und Beiwörter von Orten, die das Ortsverzeichnis nicht hat",
        "when": "wann", "what": "was", "no_claims": "Keine messbaren Angaben gefunden.",
        "no_places": "Keine Orte gefunden.", "journey": "Reise", "crossed": "Gegeneinander gehalten",
    },
    "en": {
        "place": "place", "kind": "kind", "country": "country", "position": "position",
        "mentions": "mentions",
        "people": "people", "why": "why", "source": "source", "quote": "quote", "stated": "stated",
        "computed": "computed", "verdict": "verdict", "reason": "reason", "article": "article",
        "from": "from", "to": "to", "rail": "by rail", "air": "air line", "total": "total",
        "language": "language", "read_for": "read for", "read_places": "places",
        "read_demonyms": "demonyms", "read_quantities": "quantities",
        "read_claims": "claims", "read_dates": "dates", "read_journeys": "journeys",
        "lost": "demonyms of places the gazetteer does not have",
        "when": "when", "what": "what", "no_claims": "No measurable claims found.",
        "no_places": "No places found.", "journey": "journey", "crossed": "Held against each other",
    },
}  # fmt: skip

_VERDICTS: Final[dict[Verdict, tuple[str, str, str]]] = {
    Verdict.HOLDS: ("green", "stimmt", "holds"),
    Verdict.HOLDS_LOOSELY: ("yellow", "stimmt ungefähr", "holds loosely"),
    Verdict.PARTLY: ("yellow", "teils", "partly"),
    Verdict.FAILS: ("red", "stimmt nicht", "fails"),
    Verdict.CONSISTENT: ("cyan", "widerspruchsfrei", "consistent"),
    Verdict.UNVERIFIABLE: ("dim", "nicht prüfbar", "unverifiable"),
}

_FEATURES: Final = {
    Feature.CITY: "Ort",
    Feature.COUNTRY: "Land",
    Feature.REGION: "Gebiet",
    Feature.CONTINENT: "Erdteil",
    Feature.WATER: "Gewässer",
    Feature.MOUNTAIN: "Berg",
    Feature.ISLAND: "Insel",
    Feature.FACILITY: "Anlage",
    Feature.OTHER: "Stelle",
}
"""What kind of place it is, in German; the English word is the value itself."""

_MEASURING_FACETS: Final = (Facet.DISTANCE, Facet.RAIL, Facet.DIRECTION, Facet.INTERNAL, Facet.PROXIMITY)


class Screen(Console):
    """Standard output; a reader who has gone (`| head`) is the caller's business, not an exit code 1."""

    def on_broken_pipe(self) -> None:
        """Let the error through."""
        raise BrokenPipeError


def print_overview(analysis: Analysis, language: str | None) -> None:
    """Print places with their mentions, claims, and journeys."""
    speech = language or analysis.language
    words, console = _WORDS[spoken(speech)], Screen()
    counted = Counter(
        resolution.entry.id
        for reading in analysis.readings
        for resolution in reading.resolutions
        if resolution.entry is not None
    )
    table = table_of(words["place"], words["kind"], words["country"], words["position"], words["mentions"])
    for place_id, count in counted.most_common():
        entry = analysis.places[place_id]
        table.add_row(
            _text(entry.label(speech)),
            _feature(entry, speech),
            entry.country or "",
            _position(entry),
            str(count),
        )
    console.print(table if counted else words["no_places"])
    print_claims(analysis, language)
    for journey in analysis.journeys:
        events = table_of(words["when"], words["place"], words["what"])
        events.title = _text(f"{words['journey']}: {journey.title.in_language(speech)}", style="bold")
        for event in journey.events:
            place = analysis.places.get(event.place or "")
            when = f"{event.when.earliest:%d.%m.%Y}" if event.when else "?"
            label = _text(place.label(speech) if place else "?")
            events.add_row(when, label, _text(event.what.in_language(speech)))
        console.print(events)


def print_claims(analysis: Analysis, language: str | None) -> None:
    """Print each article's claims, one row each, and beneath them what they say about each other."""
    speech = language or analysis.language
    words, console = _WORDS[spoken(speech)], Screen()
    if not analysis.claims:
        console.print(words["no_claims"])
        return
    for article in analysis.articles:
        claims = [claim for claim in analysis.claims if claim.span.article == article.id]
        if not claims:
            continue
        table = table_of(
            words["quote"], words["stated"], words["computed"], words["verdict"], words["reason"]
        )
        table.title = _text(article.title, style="bold").append(
            harmless(f"  {article.source}"), style="dim not bold"
        )
        for claim in claims:
            stated, computed = _numbers(claim, speech)
            verdict = _verdict(claim.verdict, speech)
            table.add_row(
                _text(claim.quote), stated, computed, verdict, _text(claim.reason.in_language(speech))
            )
        console.print(table, "")
    if analysis.cross_checks:
        console.print(Text(words["crossed"], style="bold"))
    for crossed in analysis.cross_checks:
        console.print(_text(f"• {crossed.reason.in_language(speech)}"))


def print_candidates(name: str, candidates: tuple[Candidate, ...], language: str) -> None:
    """Print what a name may denote, best first, each with its reason."""
    words = _WORDS[spoken(language)]
    table = table_of(
        words["place"], words["kind"], words["country"], words["position"], words["people"], words["why"]
    )
    table.title = _text(name, style="bold")
    for candidate in candidates:
        entry = candidate.entry
        region = "/".join(part for part in (entry.country, entry.admin1) if part)
        people = f"{entry.population:,}".replace(",", "\u202f") if entry.population else ""
        label = _text(f"{entry.label(language)}\n").append(entry.id, style="dim")
        table.add_row(
            label,
            _feature(entry, language),
            region,
            _position(entry),
            people,
            _text(candidate.why.in_language(language)),
        )
    Screen().print(table)


def candidates_json(candidates: tuple[Candidate, ...], language: str) -> list[dict[str, Any]]:
    """Return the candidates as plain objects."""
    return [
        {
            "id": candidate.entry.id,
            "name": candidate.entry.name,
            "label": candidate.entry.label(language),
            "feature": candidate.entry.feature.value,
            "country": candidate.entry.country,
            "admin1": candidate.entry.admin1,
            "lat": candidate.entry.position.lat,
            "lon": candidate.entry.position.lon,
            "population": candidate.entry.population,
            "score": round(candidate.score, 4),
            "match": candidate.match.value,
            "why": candidate.why.in_language(language),
            "source": candidate.entry.source,
        }
        for candidate in candidates
    ]


def print_entry(entry: GazetteerEntry, language: str) -> None:
    """Print one place that a geocoder knew."""
    Screen().print(_text(f"{entry.label(language)}  {_position(entry)}  {entry.source}"))


def print_sources(gazetteer: Gazetteer, network: RailNetwork, language: str) -> None:
    """Print what is compiled and from which sources."""
    table = table_of("", "")
    for label, text in (*gazetteer.summary(), *network.summary()):
        table.add_row(label.in_language(language), _text(text.in_language(language)))
    Screen().print(table)


def print_languages(read: Sequence[LanguageRead], speech: str) -> None:
    """Print which languages are read, and what for."""
    words = _WORDS[spoken(speech)]
    table = table_of(words["language"], "", words["read_for"])
    for language in read:
        parts = (words[f"read_{part}"] for part in ("places", *language.parts))
        table.add_row(language.code, _text(language.name.in_language(speech)), ", ".join(parts))
    screen = Screen()
    screen.print(table)
    for language in read:
        if language.unknown_places:
            lost = ", ".join(language.unknown_places)
            screen.print(Text(f"{language.code}: {words['lost']}: {lost}"))


def print_evaluation(report: EvaluationReport, language: str) -> None:
    """Print the scores of one file."""
    Screen().print(_text(report.text(language)), soft_wrap=True)  # its columns are aligned already


def _numbers(claim: Claim, language: str) -> tuple[str, str]:
    """Return stated and computed as short text: the quantity, and each facet's figure."""
    stated = ""
    if claim.quantity:
        stated = f"{plain(claim.quantity.value, language)} {claim.quantity.unit}"
    if claim.direction:
        stated = f"{stated} {claim.direction.wind}".strip()
    figures = [
        f"{plain(check.computed, language)} {'°' if check.unit == 'deg' else check.unit}"
        for check in claim.checks
        if check.computed is not None and check.facet in _MEASURING_FACETS
    ]
    return stated, "\n".join(figures)


def plain(number: float, language: str) -> str:
    """Write a number as the language does, with one digit behind the point if any."""
    return notation(f"{number:,.1f}".removesuffix(".0"), language)


def _text(words: str, style: str = "") -> Text:
    """Return words that stay words on a terminal, whoever wrote them."""
    return Text(harmless(words), style=style)


def _verdict(verdict: Verdict, language: str) -> Text:
    style, german, english = _VERDICTS[verdict]
    return Text(german if spoken(language) == "de" else english, style=style)


def _feature(entry: GazetteerEntry, language: str) -> str:
    return _FEATURES[entry.feature] if spoken(language) == "de" else entry.feature.value


def _position(entry: GazetteerEntry) -> str:
    if entry.off_by_km is not None:
        return f"{entry.position.lat:.1f}, {entry.position.lon:.1f} ± {entry.off_by_km:.0f} km"
    return f"{entry.position.lat:.3f}, {entry.position.lon:.3f}"


def table_of(*columns: str) -> Table:
    """Return an empty table in our style."""
    table = Table(box=None, pad_edge=False, header_style="bold", title_justify="left")
    for column in columns:
        table.add_column(column, overflow="fold")
    return table
