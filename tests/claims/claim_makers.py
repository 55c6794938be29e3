"""Claims and places made by hand, for tests of the checks."""

from __future__ import annotations

from gazetteer.claims.checking import check_claims
from gazetteer.claims.claim import Claim, Path, Relation, Role, StatedDirection, Via
from gazetteer.errors import UnknownPlaceError
from gazetteer.places.entries import Candidate, Feature, GazetteerEntry, Match
from gazetteer.positions import LatLon
from gazetteer.reading.articles import Article, Sentence, Span
from gazetteer.reading.intervals import interval
from gazetteer.reading.mentions import Kind, Mention, Reading
from gazetteer.reading.quantities import Hedge, HedgeKind, Quantity
from gazetteer.reading.reader import ArticleReading
from gazetteer.reading.resolution import Resolution
from gazetteer.reading.units import UNITS
from gazetteer.wording import Wording

_SI = {"length": "m", "speed": "m/s", "duration": "s"}
_NOTE = Wording.same("by hand")

_ROWS = """
pyongyang|Pyongyang|city|39.0339|125.7543|KP|12|Pjöngjang
vladivostok|Vladivostok|city|43.1056|131.8735|RU|20|Wladiwostok
ussuriysk|Ussuriysk|city|43.8047|131.9573|RU|7|Ussurijsk
vostochny|Vostochny Cosmodrome|facility|51.884|128.334|RU|15|Kosmodrom Wostotschny
khasan|Khasan|city|42.4283|130.6456|RU|2|Chassan
moscow|Moscow|city|55.7522|37.6156|RU|25|Moskau
berlin|Berlin|city|52.5244|13.4105|DE|18|
potsdam|Potsdam|city|52.3989|13.0657|DE|6|
hamburg|Hamburg|city|53.5507|9.993|DE|15|
munich|Munich|city|48.1374|11.5755|DE|11|München
cologne|Cologne|city|50.9333|6.95|DE|10|Köln
passau|Passau|city|48.5665|13.4312|DE|4|
kharkiv|Kharkiv|city|49.9808|36.2527|UA|10|Charkiw
belgorod|Belgorod|city|50.6107|36.5802|RU|6|
simferopol|Simferopol|city|44.9572|34.1108|UA|5|
frankfurt|Frankfurt am Main|city|50.1155|8.6842|DE|10|
frankfurt_oder|Frankfurt (Oder)|city|52.3471|14.5506|DE|5|
slubice|Słubice|city|52.3506|14.5606|PL|2|
tokyo|Tokyo|city|35.6895|139.6917|JP|25|Tokio
suva|Suva|city|-18.1416|178.4415|FJ|5|
apia|Apia|city|-13.8333|-171.7667|WS|4|
brest|Brest|city|52.0975|23.6877|BY|6|
paris|Paris|city|48.8534|2.3488|FR|11|
germany|Germany|country|51.5|10.5|DE||Deutschland
north_korea|North Korea|country|40.0|127.0|KP||Nordkorea
russia|Russia|country|60.0|100.0|RU||Russland
ukraine|Ukraine|country|49.0|32.0|UA||
poland|Poland|country|52.0|20.0|PL||Polen
austria|Austria|country|47.33|13.33|AT||Österreich
japan|Japan|country|35.7|139.7|JP||
far_east|Russian Far East|region|59.0|140.0|RU|1800|Ferner Osten
hamlet|Hamlet|city|52.2|13.2|DE|15|
trebbin|Trebbin|city|52.23|13.24|DE|2|
""".strip().splitlines()


def _entry(row: str) -> GazetteerEntry:
    slug, name, feature, lat, lon, country, extent, german = row.split("|")
    return GazetteerEntry(
        f"test:{slug}",
        name,
        Feature(feature),
        "PPLL" if slug == "hamlet" else "",  # one known by its town, to fifteen kilometres
        LatLon(float(lat), float(lon)),
        country,
        None,
        0,
        float(extent) if extent else None,
        "by hand",
        german,
        "",
    )


PLACES = {row.split("|")[0]: _entry(row) for row in _ROWS}


class Places:
    """Knows the places above by id, as the gazetteer knows its own."""

    def entry(self, place_id: str) -> GazetteerEntry:
        try:
            return PLACES[place_id.removeprefix("test:")]
        except KeyError:
            raise UnknownPlaceError(place_id) from None


def length_of(value, unit="km", hedge=None, *, article="a", value2=None, start=0) -> Quantity:
    """Make a quantity of any dimension as the recogniser would."""
    kind = HedgeKind(hedge) if hedge else None
    low, high, granularity = interval(value, value2, unit, kind)
    span = Span(article, start, start + 5)
    known = UNITS[unit]
    return Quantity(
        span,
        value,
        value2,
        unit,
        known.dimension,
        value * known.factor,
        _SI[known.dimension.value],
        granularity,
        Hedge(span, hedge, kind) if kind else None,
        low,
        high,
    )


def role_of(slug, *, article="a", start=0) -> Role | None:
    """Make a role; `None` for one that is not said, `?` for words without a place."""
    if slug is None:
        return None
    place = None if slug == "?" else f"test:{slug}"
    return Role(place, Span(article, start, start + 4), Via.NAMED)


_WINDS = ["N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW"]


def claim_of(
    relation,
    *,
    subject=None,
    reference=None,
    origin=None,
    quantity=None,
    wind=None,
    path="unspecified",
    quote="words",
    article="a",
    start=0,
) -> Claim:
    """Make a claim that nobody has checked yet."""
    span = Span(article, start, start + max(1, len(quote)))
    direction = StatedDirection(span, wind, _WINDS.index(wind) * 22.5, wind) if wind else None
    return Claim(
        f"{article}:c{start}",
        span,
        quote,
        Relation(relation),
        quantity,
        direction,
        role_of(subject, article=article, start=start),
        role_of(reference, article=article, start=start + 5),
        role_of(origin, article=article, start=start + 10),
        Path(path),
    )


def reading_of(article="a", *, places=(), published=None, confidence=1.0, candidates=()) -> ArticleReading:
    """Make a reading that is one sentence long and names some places, the first at offset 0."""
    found = tuple(
        Resolution(
            Mention(
                Span(article, nth * 5, nth * 5 + 4),
                PLACES[slug].name,
                Kind.TOPONYM,
                Reading.PLACE,
            ),
            PLACES[slug],
            confidence,
            tuple(Candidate(PLACES[one], 0.3, Match.EXACT, _NOTE) for one in (slug, *candidates)),
            _NOTE,
        )
        for nth, slug in enumerate(places)
    )
    text = Article(article, f"{article}.txt", "", "de", published, " " * 500)
    return ArticleReading(text, (Sentence(Span(article, 0, 500)),), (), found)


def checked(*claims, readings=None, journeys=(), network=None) -> tuple[Claim, ...]:
    """Check claims against the places above."""
    articles = dict.fromkeys(claim.span.article for claim in claims)
    told = readings if readings is not None else [reading_of(article) for article in articles]
    return check_claims(claims, told, Places(), network, journeys)


def verdicts_of(claim) -> dict[str, str]:
    """Return the verdict of each facet."""
    return {check.facet.value: check.verdict.value for check in claim.checks}
