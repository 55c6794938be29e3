"""What a claims report calls things, in German and English."""

from __future__ import annotations

from typing import Final

from gazetteer.wording import Wording

VERDICTS: Final = {
    "holds": Wording("stimmt", "holds"),
    "holds_loosely": Wording("stimmt ungefähr", "holds loosely"),
    "partly": Wording("stimmt zum Teil", "holds in part"),
    "fails": Wording("stimmt nicht", "fails"),
    "consistent": Wording("widerspruchsfrei", "consistent"),
    "unverifiable": Wording("nicht prüfbar", "cannot be checked"),
    "agree": Wording("passt zusammen", "agree"),
    "contradiction": Wording("Widerspruch", "contradiction"),
    "suspicious": Wording("auffällig", "suspicious"),
}

FACETS: Final = {
    "distance": Wording("Entfernung", "distance"),
    "direction": Wording("Richtung", "direction"),
    "rail": Wording("Schienenweg", "by rail"),
    "road": Wording("Straße", "by road"),
    "air_line": Wording("Luftlinie (zur Auskunft)", "straight line (for information)"),
    "duration": Wording("Dauer", "duration"),
    "speed": Wording("Geschwindigkeit", "speed"),
    "internal": Wording("im selben Satz", "within the sentence"),
    "external": Wording("Kalender und Ereignisse", "calendar and events"),
    "cross_document": Wording("andere Artikel", "other articles"),
    "proximity": Wording("Nähe", "proximity"),
    "topology": Wording("Lage", "topology"),
    "containment": Wording("Zugehörigkeit", "containment"),
    "path_shape": Wording("Streckenführung", "shape of the way"),
    "order": Wording("Reihenfolge", "order"),
}

LABELS: Final = {
    "title": Wording(
        "Prüfbericht: Entfernungen, Richtungen, Zeiten", "Report on distances, directions and times"
    ),
    "articles": Wording("Artikel", "Articles"),
    "claims": Wording("Behauptungen", "Claims"),
    "cross_checks": Wording("Gegeneinander gehalten", "Held against each other"),
    "data": Wording("Daten und Versionen", "Data and versions"),
    "source": Wording("Quelle", "Source"),
    "characters": Wording("Zeichen", "characters"),
    "what": Wording("Prüfung", "Check"),
    "stated": Wording("gesagt", "stated"),
    "computed": Wording("berechnet", "computed"),
    "deviation": Wording("Abweichung", "deviation"),
    "margin": Wording("Spielraum", "margin"),
    "verdict": Wording("Urteil", "verdict"),
    "reason": Wording("Begründung", "reason"),
    "hypotheses": Wording("Was es wahr machen könnte (Vermutungen)", "What could make it true (conjectures)"),
    "places": Wording("Orte", "Places"),
    "none": Wording(
        "Keine Behauptung gefunden, die sich messen ließe.", "No claim was found that can be measured."
    ),
    "warnings": Wording("Hinweise", "Notes"),
    "map": Wording("Karte", "Map"),
    "legend": Wording(
        "Ring: genannte Entfernung mit Spielraum. Fächer: genannte Richtung. Voller Punkt: der Ort, wo er "
        "ist. "
        "Hohler Punkt: wo er nach den Angaben läge. Linie: die Luftlinie. Gestrichelt: der Weg auf der "
        "Schiene.",
        "Ring: stated distance with its tolerance. Fan: stated direction. Full dot: the place where it is. "
        "Hollow "
        "dot: where it would be by the statement. Line: the straight line. Dashed: the way by rail.",
    ),
    "how": Wording(
        "Luftlinien sind Geodäten auf dem Ellipsoid WGS84 zwischen den Mitten der Orte. Eine Zahl stimmt, "
        "wenn "
        "der berechnete Wert in dem Bereich liegt, den Rundung und Wörter wie „etwa“ offenlassen; ungefähr, "
        "wenn er knapp daneben liegt. „Stimmt nicht“ steht nur da, wo keine Lesart den Satz wahr macht.",
        "Straight lines are geodesics on the WGS84 ellipsoid between the centres of places. A number holds "
        "where "
        "the computed value lies in the interval that rounding and words such as “about” leave open; loosely "
        "where it just misses it. “Fails” is said only where no reading makes the sentence true.",
    ),
    "natural_earth": Wording(
        "Grenzen und Küsten: Natural Earth 1:10 Mio. (gemeinfrei), über world-atlas 2.0.2; Linien, wie sie "
        "tatsächlich gehalten werden, umstrittene Gebiete werden nicht beurteilt",
        "Borders and coasts: Natural Earth 1:10 million (public domain), by way of world-atlas 2.0.2; "
        "lines as "
        "they are held in fact, disputed areas are not judged",
    ),
    "rails": Wording(
        "Schienenwege: © OpenStreetMap-Mitwirkende (ODbL) und veröffentlichte Kilometer",
        "Ways by rail: © OpenStreetMap contributors (ODbL) and published kilometres",
    ),
    "text_digest": Wording("SHA-256 des Textes", "SHA-256 of the text"),
}


def word(key: str, language: str, *, table: dict[str, Wording] | None = None) -> str:
    """Return the words for a key; the key itself where there are none."""
    found = (LABELS if table is None else table).get(key)
    return found.in_language(language) if found else key
