"""Asking a geocoder on the network for a name the gazetteer does not know: the only door to the outside.

Off unless somebody makes a `Geocoder`. What leaves the machine is the bare name and our User-Agent.
Any geocoder of geopy can be named; Nominatim is the default. Every call ends within its time-out
whatever the server does, follows no redirect and reads no more than a megabyte.
"""

from __future__ import annotations

import json
import math
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any, Final

from geopy.adapters import AdapterHTTPError, BaseSyncAdapter
from geopy.exc import (
    ConfigurationError,
    GeocoderAuthenticationFailure,
    GeocoderInsufficientPrivileges,
    GeocoderNotFound,
    GeocoderParseError,
    GeocoderQueryError,
    GeocoderRateLimited,
    GeocoderServiceError,
    GeocoderTimedOut,
    GeocoderUnavailable,
    GeopyError,
)
from geopy.geocoders import get_geocoder_for_service

from gazetteer.compiled import compiled_home
from gazetteer.errors import GeocodingError, PositionError
from gazetteer.places.answers import Answers
from gazetteer.places.entries import Feature, GazetteerEntry
from gazetteer.places.names import composed, folded
from gazetteer.positions import LatLon

LARGEST_ANSWER_BYTES: Final = 1_000_000
LONGEST_NAME: Final = 120
"""Letters; what is longer is no name, and is not sent."""

_DAY_S: Final = 86_400.0
_NO_RETRY: Final = (
    GeocoderAuthenticationFailure,
    GeocoderInsufficientPrivileges,
    GeocoderParseError,
    GeocoderQueryError,
)


@dataclass(frozen=True, slots=True)
class GeocodingSettings:
    """Whom to ask, how often and how patiently."""

    service: str = "nominatim"
    """The name of a geopy geocoder, in lower case: `nominatim`, `photon`, …"""
    endpoint: str | None = None
    """Where an own server stands, as `http://host:port`; None asks the service's public one."""
    options: Mapping[str, Any] = field(default_factory=dict)
    """Further arguments of the geopy class, such as `api_key`."""
    timeout_s: float = 10.0
    """The longest one request may take, from look-up of the host to the last byte."""
    interval_s: float = 1.0
    """Time between two requests of all processes together; one second is Nominatim's rule."""
    retries: int = 2
    longest_wait_s: float = 30.0
    """A server that asks for a longer pause than this is not waited for."""
    known_days: float = 90.0
    unknown_days: float = 7.0
    failures_to_stop: int = 5
    """Failed names in a row after which the server is left alone …"""
    stop_s: float = 60.0
    """… for so long."""
    answers: Path = field(default_factory=lambda: compiled_home() / "geocoder-answers.sqlite")


class Geocoder:
    """One service, asked politely."""

    def __init__(
        self,
        settings: GeocodingSettings | None = None,
        *,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Prepare to ask; nothing is sent yet.

        Args:
            settings: Whom and how; the public Nominatim if None.
            clock: Seconds since 1970.
            sleep: Waits so many seconds.

        Raises:
            GeocodingError: If geopy knows no such service, or not these options.
        """
        self.settings: Final = settings or GeocodingSettings()
        self._clock = clock
        self._sleep = sleep
        self._service = _geopy_service(self.settings)
        self._key = f"{self.settings.service} {self.settings.endpoint or 'public'}"
        self._answers = Answers(self.settings.answers)
        self._failures = 0
        self._stopped_until_s = -math.inf
        self._lock = threading.Lock()

    def resolve(self, name: str) -> GazetteerEntry | None:
        """Return the place the service holds for the name, None if it knows none.

        Raises:
            GeocodingError: If there was no usable answer; nothing is kept then.
        """
        name = composed(name)
        if not name or len(name) > LONGEST_NAME or not folded(name):
            return None
        with self._lock:  # two threads that want the same name ask once
            known = self._answers.known(self._key, name)
            if known is not None:
                days = self.settings.known_days if known.entry else self.settings.unknown_days
                if self._clock() - known.asked_s < days * _DAY_S:
                    return known.entry
            if self._clock() < self._stopped_until_s:
                raise GeocodingError(
                    f"{self._key}: left alone for {self.settings.stop_s:g} s, as it failed again and again"
                )
            entry = self._ask_patiently(name)
            self._answers.keep(self._key, name, entry, asked_s=self._clock())
            return entry

    def _ask_patiently(self, name: str) -> GazetteerEntry | None:
        for attempt in range(self.settings.retries + 1):
            interval_s = self.settings.interval_s
            if (wait_s := self._answers.take_turn(self._key, now_s=self._clock(), interval_s=interval_s)) > 0:
                self._sleep(wait_s)
            try:
                entry = self._ask(name)
            except (GeopyError, ValueError, TypeError, KeyError, LookupError, AttributeError) as error:
                # geopy lets ValueError and others through when an answer is not what it expects.
                pause_s = self._pause_s(error, attempt)
                if pause_s is None:
                    self._count_failure()
                    raise GeocodingError(
                        f"{self._key}: {_what_happened(error)} (asked for “{name}”)"
                    ) from error
                self._sleep(pause_s)
            else:
                self._failures = 0
                return entry
        raise AssertionError("the last attempt returns or raises")

    def _pause_s(self, error: Exception, attempt: int) -> float | None:
        # None: do not try again.
        if attempt >= self.settings.retries or isinstance(error, (*_NO_RETRY, _RefusedError)):
            return None
        if not isinstance(error, GeocoderServiceError):
            return None
        pause_s = 2.0**attempt
        if isinstance(error, GeocoderRateLimited) and error.retry_after is not None:
            pause_s = max(pause_s, float(error.retry_after))
        return pause_s if pause_s <= self.settings.longest_wait_s else None

    def _count_failure(self) -> None:
        self._failures += 1
        if self._failures >= self.settings.failures_to_stop:
            self._failures = 0
            self._stopped_until_s = self._clock() + self.settings.stop_s

    def _ask(self, name: str) -> GazetteerEntry | None:
        try:
            with warnings.catch_warnings():
                # On a latitude off the globe geopy warns and then raises; the error is enough.
                warnings.simplefilter("ignore", UserWarning)
                location = self._service.geocode(name, exactly_one=True, timeout=self.settings.timeout_s)
        except GeocoderNotFound:
            return None
        if location is None:
            return None
        raw = location.raw if isinstance(location.raw, Mapping) else {}
        return GazetteerEntry(
            id=f"geopy:{self.settings.service}:{folded(name).replace(' ', '-')}",
            name=name,
            feature=_feature(raw),
            feature_code="",
            position=_position(location, raw),
            country=_country(raw),
            admin1=None,
            population=0,
            extent_km=None,
            source=str(raw.get("licence") or f"{self.settings.service} by geopy"),
        )


class _RefusedError(GeocoderServiceError):  # type: ignore[misc]
    """The server did what we do not go along with: a redirect, an answer without end."""


class _BoundedAdapter(BaseSyncAdapter):  # type: ignore[misc]
    """Gets one page for geopy, within its time and size, from the very address that was asked."""

    def __init__(self, *, proxies: Mapping[str, str] | None, ssl_context: Any) -> None:  # noqa: ANN401 - geopy's
        super().__init__(proxies=proxies, ssl_context=ssl_context)
        handlers: list[urllib.request.BaseHandler] = [_NoRedirect()]
        if proxies is not None:
            handlers.append(urllib.request.ProxyHandler(dict(proxies)))
        if ssl_context is not None:
            handlers.append(urllib.request.HTTPSHandler(context=ssl_context))
        self._opener = urllib.request.build_opener(*handlers)

    def get_json(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> Any:  # noqa: ANN401 - JSON
        text = self.get_text(url, timeout=timeout, headers=headers)
        try:
            answer = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise GeocoderParseError(f"the answer is not JSON but begins {text[:40]!r}") from error
        if not answer and answer != []:
            # geopy would take it for "no such place", and that would be kept.
            raise GeocoderParseError(f"the answer makes no sense: {text[:40]!r}")
        return answer

    def get_text(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> str:
        # A thread, because no time-out of a socket bounds the look-up of the host or a server that
        # sends a byte now and then. One that does is given up, not waited for.
        outcome: list[str | BaseException] = []
        deadline_s = time.monotonic() + timeout

        def fetch() -> None:
            try:
                outcome.append(self._fetch(url, deadline_s, headers))
            except BaseException as error:  # noqa: BLE001 - raised again where it was waited for
                outcome.append(error)

        thread = threading.Thread(target=fetch, daemon=True)
        thread.start()
        thread.join(timeout)
        if not outcome:
            raise GeocoderTimedOut(f"no complete answer within {timeout:g} s")
        if isinstance(outcome[0], BaseException):
            raise outcome[0]
        return outcome[0]

    def _fetch(self, url: str, deadline_s: float, headers: Mapping[str, str]) -> str:
        if not url.startswith(("http://", "https://")):
            raise _RefusedError(f"no address of the web: {url[:60]}")
        request = urllib.request.Request(url, headers=dict(headers))  # noqa: S310 - checked above
        left_s = max(0.01, deadline_s - time.monotonic())
        try:
            with self._opener.open(request, timeout=left_s) as response:
                return _read(response, deadline_s)
        except urllib.error.HTTPError as error:
            with error:
                if 300 <= error.code < 400:
                    raise _RefusedError(f"redirected with status {error.code}; not followed") from error
                raise AdapterHTTPError(
                    f"status {error.code} {error.reason}",
                    status_code=error.code,
                    headers={name.lower(): value for name, value in error.headers.items()},
                    text="",
                ) from error
        except TimeoutError as error:
            raise GeocoderTimedOut("no complete answer in time") from error
        except urllib.error.URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise GeocoderTimedOut("no connection in time") from error
            raise GeocoderUnavailable(f"no connection: {error.reason}") from error
        except (OSError, ValueError) as error:
            raise GeocoderServiceError(f"the connection broke: {error!r}") from error


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Leaves a redirect to be reported: it could lead to a host nobody agreed to."""

    def redirect_request(self, *_: Any, **__: Any) -> None:  # noqa: ANN401 - as in urllib
        return None


def _read(response: Any, deadline_s: float) -> str:  # noqa: ANN401 - http.client or a proxy's
    body = bytearray()
    while chunk := response.read1(65536):
        body += chunk
        if len(body) > LARGEST_ANSWER_BYTES:
            raise _RefusedError(f"the answer is larger than {LARGEST_ANSWER_BYTES:,} bytes")
        if time.monotonic() > deadline_s:
            raise GeocoderTimedOut("no complete answer in time")
    expected = response.headers.get("Content-Length")
    if expected and expected.isdigit() and len(body) < int(expected):
        raise GeocoderServiceError(f"the answer broke off after {len(body)} of {expected} bytes")
    return body.decode("utf-8", errors="replace")


def _geopy_service(settings: GeocodingSettings) -> Any:  # noqa: ANN401 - geopy is untyped
    arguments: dict[str, Any] = {
        "user_agent": f"luftlinie/{metadata.version('luftlinie')}",
        "timeout": settings.timeout_s,
        "adapter_factory": _BoundedAdapter,
        **settings.options,
    }
    if settings.endpoint:
        parts = urllib.parse.urlsplit(settings.endpoint)
        if parts.scheme not in {"http", "https"} or not parts.netloc:
            raise GeocodingError(f"endpoint must read like http://host:port, got {settings.endpoint!r}")
        arguments |= {"scheme": parts.scheme, "domain": parts.netloc + parts.path.rstrip("/")}
    try:
        return get_geocoder_for_service(settings.service)(**arguments)
    except (GeocoderNotFound, ConfigurationError, TypeError, ValueError) as error:
        raise GeocodingError(f"geopy cannot offer the service {settings.service!r}: {error}") from error


def _position(location: Any, raw: Mapping[str, Any]) -> LatLon:  # noqa: ANN401 - geopy is untyped
    # geopy turns longitude 500 into 140 without a word, so the raw figures are read where we know them.
    lat, lon = location.latitude, location.longitude
    geometry = raw.get("geometry")
    if "lat" in raw and "lon" in raw:
        lat, lon = raw["lat"], raw["lon"]
    elif isinstance(geometry, Mapping) and isinstance(geometry.get("coordinates"), list):
        lon, lat = geometry["coordinates"][:2]
    try:
        return LatLon(float(lat), float(lon))
    except PositionError as error:
        raise GeocoderParseError(f"a position off the globe: {error}") from error


_FEATURES: Final = {
    "country": Feature.COUNTRY,
    "continent": Feature.CONTINENT,
    "state": Feature.REGION,
    "region": Feature.REGION,
    "province": Feature.REGION,
    "county": Feature.REGION,
    "district": Feature.REGION,
    "administrative": Feature.REGION,
    "city": Feature.CITY,
    "town": Feature.CITY,
    "village": Feature.CITY,
    "hamlet": Feature.CITY,
    "municipality": Feature.CITY,
    "suburb": Feature.CITY,
    "borough": Feature.CITY,
    "island": Feature.ISLAND,
    "archipelago": Feature.ISLAND,
    "islet": Feature.ISLAND,
    "peak": Feature.MOUNTAIN,
    "volcano": Feature.MOUNTAIN,
    "mountain_range": Feature.MOUNTAIN,
    "water": Feature.WATER,
    "bay": Feature.WATER,
    "strait": Feature.WATER,
    "river": Feature.WATER,
    "sea": Feature.WATER,
    "ocean": Feature.WATER,
    "aerodrome": Feature.FACILITY,
    "station": Feature.FACILITY,
    "bridge": Feature.FACILITY,
}
"""OpenStreetMap's words for places, https://wiki.openstreetmap.org/wiki/Key:place and its neighbours."""


def _feature(raw: Mapping[str, Any]) -> Feature:
    properties = raw.get("properties")
    osm = properties if isinstance(properties, Mapping) else raw
    for key in ("addresstype", "type", "osm_value"):
        if (feature := _FEATURES.get(str(osm.get(key)))) is not None:
            return feature
    return Feature.OTHER


def _country(raw: Mapping[str, Any]) -> str | None:
    for part in (raw.get("address"), raw.get("properties")):
        if isinstance(part, Mapping):
            code = str(part.get("country_code") or part.get("countrycode") or "")
            if len(code) == 2 and code.isalpha():
                return code.upper()
    return None


def _what_happened(error: Exception) -> str:
    match error:
        case GeocoderTimedOut():
            return f"no answer in time: {error}"
        case GeocoderUnavailable():
            return f"cannot be reached: {error}"
        case GeocoderRateLimited():
            return "asked us to wait (too many requests)"
        case GeocoderInsufficientPrivileges() | GeocoderAuthenticationFailure():
            return f"does not let us in: {error}"
        case GeocoderServiceError():
            return f"failed: {error}"
        case _:
            return f"sent an answer that makes no sense: {type(error).__name__}: {error}"
