"""The claims report as one HTML page: everything inside, nothing that runs."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from typing import Any, Final

from gazetteer.claims.drawing import ClaimDrawing, drawing_from_json
from gazetteer.claims.report_map import Label, svg_map
from gazetteer.claims.report_text import check_cells, context_of
from gazetteer.claims.report_words import VERDICTS, word
from gazetteer.places.entries import Feature, GazetteerEntry
from gazetteer.positions import LatLon
from gazetteer.wording import spoken

_MAPS_AT_MOST: Final = 200
"""Beyond this a report would be tens of megabytes; the claims themselves are all there."""

_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"

Json = Mapping[str, Any]

Line = tuple[LatLon, ...]

_Ground = tuple[Mapping[str, Json], Mapping[tuple[str, str], Line]]
"""Places by id, and ways by rail by where they begin and end."""


def html_page(analysis_json: Json, language: str, data: Sequence[str]) -> str:
    """Return the page.

    Args:
        analysis_json: The JSON contract.
        language: `de`, else English.
        data: Lines on data and versions.
    """
    css = files("gazetteer.claims").joinpath("data", "report.css").read_text(encoding="utf-8")
    body = "\n".join(_body(analysis_json, language, data))
    return (
        f'<!DOCTYPE html>\n<html lang="{spoken(language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{html.escape(word('title', language))}</title>\n<style>\n{css}</style>\n</head>\n<body>\n"
        f"{body}\n</body>\n</html>\n"
    )


def _body(analysis_json: Json, language: str, data: Sequence[str]) -> Iterator[str]:
    articles = {article["id"]: article for article in analysis_json["articles"]}
    places = {place["id"]: place for place in analysis_json["places"]}
    ways = {(way["from"], way["to"]): _line(way) for way in analysis_json.get("ways", ())}
    claims = analysis_json["claims"]
    yield f"<h1>{_said('title', language)}</h1>"
    yield "<ul>"
    for article in analysis_json["articles"]:
        title = f": {html.escape(article['title'])}" if article["title"] else ""
        yield f"<li>{html.escape(article['source'])}{title}</li>"
    yield "</ul>"
    counted = Counter(claim["verdict"] for claim in claims)
    yield '<ul class="summary">'
    for verdict, count in counted.most_common():
        yield f'<li class="verdict {html.escape(verdict)}">{count} {_verdict(verdict, language)}</li>'
    yield "</ul>"
    yield f'<p class="legend">{_said("how", language)}</p>'
    yield f"<h2>{_said('claims', language)}</h2>"
    if not claims:
        yield f"<p>{_said('none', language)}</p>"
    for number, claim in enumerate(claims, start=1):
        yield from _claim(number, claim, articles[claim["article"]], (places, ways), language)
    yield from _crossed(analysis_json["cross_checks"], language)
    yield f"<footer><h2>{_said('data', language)}</h2><p>{_said('legend', language)}</p><ul>"
    yield from (f"<li>{html.escape(line)}</li>" for line in (*analysis_json.get("warnings", ()), *data))
    yield "</ul></footer>"


def _claim(number: int, claim: Json, article: Json, ground: _Ground, language: str) -> Iterator[str]:
    drawn = _map(claim, ground, language) if number <= _MAPS_AT_MOST else ""
    before, quote, after = context_of(claim, article)
    yield f'<section class="claim{" mapped" if drawn else ""}"><div>'
    yield f"<h3>{number}. {html.escape(claim['quote'])}</h3>"
    yield f'<p class="verdict {html.escape(claim["verdict"])}">{_verdict(claim["verdict"], language)}</p>'
    yield f"<p>{html.escape(claim['reason'])}</p>"
    marked = f"<mark>{html.escape(quote)}</mark>"
    yield f"<blockquote>{html.escape(before)}{marked}{html.escape(after)}</blockquote>"
    span = f"{_said('characters', language)} {int(claim['start'])}–{int(claim['end'])}"
    yield f'<p class="source">{_said("source", language)}: {html.escape(article["source"])}, {span}</p>'
    yield "</div>"
    if drawn:
        yield f"<figure>{drawn}</figure>"
    if claim["checks"]:
        yield from _table(claim["checks"], language)
    if claim["hypotheses"]:
        yield f'<div class="wide"><p>{_said("hypotheses", language)}:</p><ul>'
        yield from (f"<li>{html.escape(one['text'])}</li>" for one in claim["hypotheses"])
        yield "</ul></div>"
    yield "</section>"


def _table(checks: Sequence[Json], language: str) -> Iterator[str]:
    keys = ("what", "stated", "computed", "deviation", "margin", "verdict", "reason")
    heads = "".join(f'<th scope="col">{_said(key, language)}</th>' for key in keys)
    yield f'<div class="wide scroll"><table><thead><tr>{heads}</tr></thead><tbody>'
    for check in checks:
        cells = check_cells(check, language)
        row = "".join(
            f'<td class="{"number" if 1 <= column <= 4 else ""}">{html.escape(cell)}</td>'
            for column, cell in enumerate(cells)
        )
        yield f"<tr>{row}</tr>"
    yield "</tbody></table></div>"


def _crossed(checks: Sequence[Json], language: str) -> Iterator[str]:
    if not checks:
        return
    yield f"<h2>{_said('cross_checks', language)}</h2>"
    for check in checks:
        yield (
            f'<section class="claim"><div><p class="verdict {html.escape(check["verdict"])}">'
            f"{_verdict(check['verdict'], language)}</p><p>{html.escape(check['stated'])}<br>"
            f"{html.escape(check['computed'])}</p><p>{html.escape(check['reason'])}</p></div></section>"
        )


def _line(way: Json) -> Line:
    return tuple(LatLon(lat, lon) for lon, lat in way["geometry"]["coordinates"])


def _way_of(claim: Json, ways: Mapping[tuple[str, str], Line]) -> Line:
    if not any(check["facet"] in _BY_RAIL for check in claim["checks"]):
        return ()
    begins, ends = claim.get("origin") or claim.get("subject"), claim.get("reference")
    return ways.get((begins["place"], ends["place"]), ()) if begins and ends else ()


_BY_RAIL: Final = frozenset({"rail", "path_shape"})


def _map(claim: Json, ground: _Ground, language: str) -> str:
    places, ways = ground
    drawing = drawing_from_json(
        claim, lambda place_id: _entry(places.get(place_id)), rail=_way_of(claim, ways)
    )
    if drawing == ClaimDrawing():
        return ""
    named = [
        places[held["place"]]
        for role in ("subject", "reference", "origin")
        if (held := claim.get(role)) and held.get("place") in places
    ]
    labels = [Label(LatLon(place["lat"], place["lon"]), place["label"]) for place in named]
    shown = {drawing.reference, drawing.true_place}
    title = f"{word('map', language)}: {' – '.join(place['label'] for place in named)}"
    return svg_map(drawing, [label for label in labels if label.position in shown], title=title)


def _entry(place: Json | None) -> GazetteerEntry | None:
    if place is None:
        return None
    return GazetteerEntry(
        place["id"],
        place["name"],
        Feature(place["feature"]),
        place["feature_code"],
        LatLon(place["lat"], place["lon"]),
        place["country"],
        place["admin1"],
        place["population"],
        place["extent_km"],
        place["source"],
    )


def _said(key: str, language: str) -> str:
    return html.escape(word(key, language))


def _verdict(verdict: str, language: str) -> str:
    return html.escape(word(verdict, language, table=VERDICTS))
