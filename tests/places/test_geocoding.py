"""Every way a server can answer, over real HTTP on this machine; waiting is counted, not done."""

import contextlib
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from gazetteer.errors import GeocodingError
from gazetteer.places.entries import Feature
from gazetteer.places.geocoding import Geocoder, GeocodingSettings
from gazetteer.positions import LatLon

KHASAN = {
    "place_id": 1,
    "lat": "42.4309",
    "lon": "130.6451",
    "display_name": "Хасан, Россия",
    "addresstype": "town",
    "address": {"country_code": "ru"},
}


@dataclass
class Server:
    """A geocoder that does as it is told, answer by answer; the last one is repeated."""

    answers: list[tuple[int, dict[str, str], bytes] | str] = field(default_factory=list)
    seen: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    release: threading.Event = field(default_factory=threading.Event)
    port: int = 0

    def will(self, *answers: object, status: int = 200, **headers: str) -> None:
        self.answers = [
            answer if isinstance(answer, str) else (status, headers, _body(answer)) for answer in answers
        ]


def _body(answer: object) -> bytes:
    return answer if isinstance(answer, bytes) else json.dumps(answer).encode()


class Clock:
    """Seconds that pass only by sleeping."""

    def __init__(self) -> None:
        self.now_s = 1_000_000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now_s

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.now_s += seconds


@pytest.fixture
def server() -> Iterator[Server]:
    told = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told.seen.append((self.path, dict(self.headers.items())))
            answer = told.answers[min(len(told.seen), len(told.answers)) - 1]
            if answer == "stall":
                told.release.wait(10)
            elif answer == "drip":
                self.send_response(200)
                self.end_headers()
                while not told.release.wait(0.02):
                    self.wfile.write(b" ")
            elif answer == "hang up":
                self.connection.close()
            else:
                status, headers, body = answer
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name.replace("_", "-"), value)
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

        def handle(self) -> None:
            with contextlib.suppress(OSError):
                super().handle()

        def finish(self) -> None:
            with contextlib.suppress(OSError, ValueError):
                super().finish()

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        http.daemon_threads = True
        told.port = http.server_address[1]
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield told
        told.release.set()
        http.shutdown()
        thread.join()


@pytest.fixture
def clock() -> Clock:
    return Clock()


def settings(server: Server, folder: Path, **changes: object) -> GeocodingSettings:
    chosen = {
        "endpoint": f"http://127.0.0.1:{server.port}",
        "timeout_s": 5.0,
        "answers": folder / "answers.sqlite",
        "options": {"proxies": {}},
        **changes,
    }
    return GeocodingSettings(**chosen)  # type: ignore[arg-type]


@pytest.fixture
def geocoder(server: Server, clock: Clock, tmp_path: Path) -> Geocoder:
    return Geocoder(settings(server, tmp_path), clock=clock, sleep=clock.sleep)


def test_an_answer_becomes_an_entry(geocoder: Geocoder, server: Server) -> None:
    server.will([KHASAN])

    entry = geocoder.resolve("Chassan")

    assert entry is not None
    assert entry.id == "geopy:nominatim:chassan"
    assert entry.position == LatLon(42.4309, 130.6451)
    assert entry.feature is Feature.CITY


def test_nothing_but_the_bare_name_leaves_the_machine(geocoder: Geocoder, server: Server) -> None:
    server.will([])

    geocoder.resolve("  Łódź\n am  Meer ")

    (path, headers), *more = server.seen
    assert not more
    assert urlsplit(path).path == "/search"
    assert parse_qs(urlsplit(path).query) == {"q": ["Łódź am Meer"], "format": ["json"], "limit": ["1"]}
    assert set(headers) == {"Host", "User-Agent", "Accept-Encoding", "Connection"}
    assert headers["User-Agent"].startswith("luftlinie/")


def test_an_answer_is_asked_for_once_and_outlives_the_process(
    geocoder: Geocoder, server: Server, clock: Clock, tmp_path: Path
) -> None:
    server.will([KHASAN])
    first = geocoder.resolve("Chassan")

    again = Geocoder(settings(server, tmp_path), clock=clock, sleep=clock.sleep).resolve("Chassan")

    assert again == first
    assert len(server.seen) == 1


def test_unknown_is_an_answer_too(geocoder: Geocoder, server: Server) -> None:
    server.will([])

    assert geocoder.resolve("Nirgendwo") is None
    assert geocoder.resolve("Nirgendwo") is None
    assert len(server.seen) == 1


def test_unknown_is_asked_again_after_a_week(geocoder: Geocoder, server: Server, clock: Clock) -> None:
    server.will([], [KHASAN])
    geocoder.resolve("Chassan")
    clock.now_s += 8 * 86_400

    assert geocoder.resolve("Chassan") is not None


def test_an_error_is_never_kept(geocoder: Geocoder, server: Server) -> None:
    server.will(b"", status=403)
    with pytest.raises(GeocodingError):
        geocoder.resolve("Chassan")
    server.will([KHASAN])

    assert geocoder.resolve("Chassan") is not None


@pytest.mark.parametrize("name", ["", "   ", "\x00", "...", "x" * 200])
def test_what_is_no_name_is_not_sent(geocoder: Geocoder, server: Server, name: str) -> None:
    assert geocoder.resolve(name) is None
    assert server.seen == []


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"<html>captive portal</html>", "not JSON"),
        (b"", "not JSON"),
        (b"\xff\xfe\x00", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"{}", "no sense"),
        (b'"text"', "no sense"),
        (b"[1, 2]", "no sense"),
        (json.dumps([KHASAN | {"lat": "NaN"}]).encode(), "NaN|nan|sense|globe"),
        (json.dumps([KHASAN | {"lat": "abc"}]).encode(), "sense"),
        (json.dumps([KHASAN | {"lat": "130.6", "lon": "42.4"}]).encode(), "lat|Latitude"),
        (json.dumps([KHASAN | {"lon": "500"}]).encode(), "lon must be in"),
        (b"[" + b" " * 2_000_000 + b"]", "larger than"),
    ],
)
def test_an_answer_without_sense_is_an_error_that_says_so(
    geocoder: Geocoder, server: Server, body: bytes, said: str
) -> None:
    server.will(body)

    with pytest.raises(GeocodingError, match=said):
        geocoder.resolve("Chassan")
    assert len(server.seen) == 1


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_server_in_trouble_is_asked_again_and_later_each_time(
    geocoder: Geocoder, server: Server, clock: Clock, status: int
) -> None:
    server.will(b"", status=status)

    with pytest.raises(GeocodingError):
        geocoder.resolve("Chassan")
    assert len(server.seen) == 3
    assert clock.slept == [1.0, 2.0]


@pytest.mark.parametrize("status", [400, 401, 403])
def test_a_server_that_refuses_is_not_asked_again(geocoder: Geocoder, server: Server, status: int) -> None:
    server.will(b"", status=status)

    with pytest.raises(GeocodingError):
        geocoder.resolve("Chassan")
    assert len(server.seen) == 1


def test_a_pause_the_server_asks_for_is_made(geocoder: Geocoder, server: Server, clock: Clock) -> None:
    server.will(b"", status=429, Retry_After="7")

    with pytest.raises(GeocodingError, match="asked us to wait"):
        geocoder.resolve("Chassan")
    assert clock.slept == [7.0, 7.0]


def test_a_pause_of_an_hour_is_not_waited_for(geocoder: Geocoder, server: Server, clock: Clock) -> None:
    server.will(b"", status=429, Retry_After="3600")

    with pytest.raises(GeocodingError, match="asked us to wait"):
        geocoder.resolve("Chassan")
    assert clock.slept == []


def test_a_redirect_is_not_followed(geocoder: Geocoder, server: Server) -> None:
    server.will(b"", status=302, Location=f"http://127.0.0.1:{server.port}/elsewhere")

    with pytest.raises(GeocodingError, match="redirected"):
        geocoder.resolve("Chassan")
    assert [urlsplit(path).path for path, _headers in server.seen] == ["/search"]


@pytest.mark.parametrize("how", ["stall", "drip"])
def test_a_server_that_does_not_finish_is_given_up(
    server: Server, clock: Clock, tmp_path: Path, how: str
) -> None:
    server.will(how)
    hasty = Geocoder(settings(server, tmp_path, timeout_s=0.2, retries=0), clock=clock, sleep=clock.sleep)

    with pytest.raises(GeocodingError, match="in time"):
        hasty.resolve("Chassan")


def test_a_connection_that_breaks_is_an_error(geocoder: Geocoder, server: Server) -> None:
    server.will("hang up")

    with pytest.raises(GeocodingError):
        geocoder.resolve("Chassan")


def test_nobody_listening_is_an_error(clock: Clock, tmp_path: Path) -> None:
    nobody = Geocoder(settings(Server(port=1), tmp_path), clock=clock, sleep=clock.sleep)

    with pytest.raises(GeocodingError, match="cannot be reached"):
        nobody.resolve("Chassan")


def test_two_names_are_asked_a_second_apart_by_whatever_process(
    server: Server, clock: Clock, tmp_path: Path
) -> None:
    server.will([])
    one = Geocoder(settings(server, tmp_path), clock=clock, sleep=clock.sleep)
    other = Geocoder(settings(server, tmp_path), clock=clock, sleep=clock.sleep)

    one.resolve("Alpha")
    other.resolve("Beta")

    assert clock.slept == [1.0]


def test_a_server_that_fails_five_names_in_a_row_is_left_alone_for_a_minute(
    geocoder: Geocoder, server: Server, clock: Clock
) -> None:
    server.will(b"", status=403)
    for name in ["Alpha", "Beta", "Gamma", "Delta", "Epsilon"]:
        with pytest.raises(GeocodingError):
            geocoder.resolve(name)

    with pytest.raises(GeocodingError, match="left alone"):
        geocoder.resolve("Zeta")
    assert len(server.seen) == 5
    clock.now_s += 61
    server.will([KHASAN])
    assert geocoder.resolve("Zeta") is not None


def test_another_service_of_geopy_is_chosen_by_name(server: Server, clock: Clock, tmp_path: Path) -> None:
    photon = Geocoder(settings(server, tmp_path, service="photon"), clock=clock, sleep=clock.sleep)
    server.will(
        {
            "features": [
                {
                    "geometry": {"coordinates": [130.6451, 42.4309]},
                    "properties": {"name": "Khasan", "osm_value": "town", "countrycode": "RU"},
                }
            ]
        }
    )

    entry = photon.resolve("Chassan")

    assert entry is not None
    assert (entry.position, entry.country, entry.feature) == (LatLon(42.4309, 130.6451), "RU", Feature.CITY)


@pytest.mark.parametrize(
    "changes", [{"service": "nobody"}, {"endpoint": "file:///etc/passwd"}, {"options": {"colour": 1}}]
)
def test_a_service_that_cannot_be_is_refused_before_anything_is_sent(
    tmp_path: Path, changes: dict[str, object]
) -> None:
    with pytest.raises(GeocodingError):
        Geocoder(settings(Server(port=1), tmp_path, **changes))


def test_a_file_of_answers_that_is_none_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "answers.sqlite").write_bytes(b"no database" * 1000)

    with pytest.raises(GeocodingError, match="earlier answers"):
        Geocoder(settings(Server(port=1), tmp_path))
