"""What may stand behind a route: the bundled network, or a routing server for those who outgrow it.

The bundled engine answers from memory. A server such as OSRM with a railway profile answers in under a
millisecond and is the way up from one machine: a client implements `RoutingEngine` by asking the server
for the polyline through the stops (`/route/v1/train/lon,lat;lon,lat?overview=full&geometries=geojson`)
and by building one `RouteLeg` for each leg of the answer, with `official_km=0.0` and a `source` that
names the server. It belongs beside the geocoder, the one place that may speak to the network. Mind that
OSRM measures the line as drawn, which simplified data makes shorter than the track.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from gazetteer.journeys.railways import RailNetwork
from gazetteer.journeys.routes import Route, route
from gazetteer.positions import LatLon


class RoutingEngine(Protocol):
    """Finds the way along the rails through stops."""

    def route(
        self,
        stops: Sequence[LatLon],
        *,
        via: Iterable[LatLon] = (),
        avoid: Iterable[str | LatLon] = (),
        within: Iterable[str] = (),
        names: Sequence[str] = (),
    ) -> Route:
        """Return the way; arguments and errors as for `gazetteer.journeys.routes.route`."""
        ...


@dataclass(frozen=True, slots=True)
class BundledEngine:
    """Answers from the compiled railway network."""

    network: RailNetwork
    max_snap_km: float = 25.0

    def route(
        self,
        stops: Sequence[LatLon],
        *,
        via: Iterable[LatLon] = (),
        avoid: Iterable[str | LatLon] = (),
        within: Iterable[str] = (),
        names: Sequence[str] = (),
    ) -> Route:
        """Return the way through the stops; see `gazetteer.journeys.routes.route`."""
        return route(
            self.network,
            stops,
            via=via,
            avoid=avoid,
            within=within,
            max_snap_km=self.max_snap_km,
            names=names,
        )
