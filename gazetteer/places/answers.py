"""What a geocoder has answered, kept on disk: nobody asks twice, and processes take turns.

One SQLite file in WAL mode, shared by every process of the user. "Unknown" is an answer and is kept;
an error is none and is not.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from gazetteer.errors import GeocodingError
from gazetteer.places.entries import Feature, GazetteerEntry
from gazetteer.positions import LatLon

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS answer (
    service TEXT NOT NULL, name TEXT NOT NULL, place TEXT, asked_s REAL NOT NULL,
    PRIMARY KEY (service, name)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS turn (service TEXT PRIMARY KEY, next_s REAL NOT NULL) WITHOUT ROWID;
"""

_BUSY_S: Final = 10.0
"""Seconds to wait for another process that is writing."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service said of a name, and when."""

    entry: GazetteerEntry | None
    """None if the service knows no such place."""
    asked_s: float
    """Seconds since 1970."""


class Answers:
    """The file of answers; `service` names the service together with its address."""

    def __init__(self, path: Path) -> None:
        """Open the file, and make it if it is not there.

        Raises:
            GeocodingError: If it cannot be opened.
        """
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with self._connection() as connection:
                connection.execute("PRAGMA journal_mode=WAL")
                connection.executescript(_SCHEMA)
        except (OSError, sqlite3.Error) as error:
            raise GeocodingError(f"{path}: the file of earlier answers cannot be used: {error}") from error

    def known(self, service: str, name: str) -> Answer | None:
        """Return what the service has said of this name, None if it has not been asked."""
        with self._connection() as connection:
            query = "SELECT place, asked_s FROM answer WHERE service = ? AND name = ?"
            row = connection.execute(query, (service, name)).fetchone()
        if row is None:
            return None
        return Answer(entry=_entry(row[0]) if row[0] else None, asked_s=row[1])

    def keep(self, service: str, name: str, entry: GazetteerEntry | None, *, asked_s: float) -> None:
        """Keep an answer; a later one replaces it."""
        place = _text(entry) if entry else None
        with self._connection() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?)", (service, name, place, asked_s)
            )

    def take_turn(self, service: str, *, now_s: float, interval_s: float) -> float:
        """Reserve the next moment at which the service may be asked, for all processes.

        Returns:
            Seconds to wait until then, from `now_s`.
        """
        with self._connection() as connection:
            connection.execute("BEGIN IMMEDIATE")
            row = connection.execute("SELECT next_s FROM turn WHERE service = ?", (service,)).fetchone()
            # A clock that was set back must not lock everybody out.
            turn_s = min(max(now_s, row[0]), now_s + 60.0 * interval_s) if row else now_s
            connection.execute("INSERT OR REPLACE INTO turn VALUES (?, ?)", (service, turn_s + interval_s))
        return max(0.0, turn_s - now_s)

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        connection = sqlite3.connect(self.path, timeout=_BUSY_S)
        try:
            with connection:
                yield connection
        except sqlite3.Error as error:
            raise GeocodingError(f"{self.path}: the file of earlier answers failed: {error}") from error
        finally:
            connection.close()


def _text(entry: GazetteerEntry) -> str:
    return json.dumps(
        {
            "id": entry.id,
            "name": entry.name,
            "feature": entry.feature.value,
            "lat": entry.position.lat,
            "lon": entry.position.lon,
            "country": entry.country,
            "extent_km": entry.extent_km,
            "source": entry.source,
        },
        ensure_ascii=False,
    )


def _entry(text: str) -> GazetteerEntry:
    place = json.loads(text)
    return GazetteerEntry(
        id=place["id"],
        name=place["name"],
        feature=Feature(place["feature"]),
        feature_code="",
        position=LatLon(place["lat"], place["lon"]),
        country=place["country"],
        admin1=None,
        population=0,
        extent_km=place["extent_km"],
        source=place["source"],
    )
