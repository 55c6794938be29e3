"""The command `luftlinie`: what people type, and what they get when they typed it wrong.

Results go to standard output, progress and errors to standard error. Exit codes: 0 for an answer, 3 for one
without some of the files, which could not be read, 2 for a mistake in the input, 130 when interrupted.
"""

from __future__ import annotations

import argparse
import errno
import gc
import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from gazetteer.errors import GazetteerError
from gazetteer.ports import HIGHEST_PORT
from gazetteer.wording import harmless

EXIT_BAD_INPUT: Final = 2
EXIT_INTERRUPTED: Final = 130
_MOST_ALTERNATIVES: Final = 5

_CANNOT_WRITE: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})

_DESCRIPTION = """\
Reads news articles, finds every place they name, follows the journey they report along real railway
lines, and measures what they claim. Works offline; nothing leaves this machine unless you say --online.

Without a command the dashboard opens in your browser."""

_EXAMPLES = """\
examples:
  luftlinie                                   open the dashboard
  luftlinie open reports/*.txt                open it on your own articles
  luftlinie check seeds/*.txt                 which claims hold, and by how much
  luftlinie read seeds/*.txt --geojson -o map.geojson
  luftlinie where Wladiwostok                 where is that, and which places share the name
  luftlinie route Pjöngjang Wladiwostok --via Chassan
  luftlinie gazetteer build                   compile places and railways again

exit codes: 0 answered · 2 wrong input · 3 answered, but some files could not be read · 130 interrupted
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    _mend_standard_output()
    parser = _parser()
    arguments = parser.parse_args(argv)
    # Nearly all that a command makes lives until it ends: looking for garbage so often finds none.
    gc.set_threshold(50_000, 20, 20)
    try:
        # Each command imports what it needs when it runs, so that --help answers at once.
        from gazetteer import commands  # noqa: PLC0415

        run = getattr(commands, arguments.run)
        code: int = run(arguments)
        sys.stdout.flush()  # here, where a full disk can still be reported
    except GazetteerError as error:
        _complain(str(error))
        return EXIT_BAD_INPUT
    except KeyboardInterrupt:
        _complain("interrupted")
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        # The reader (`| head`) has seen enough. Python would complain once more while closing stdout.
        _abandon_standard_output()
        return 0
    except OSError as error:
        if error.errno not in _CANNOT_WRITE:
            raise
        _complain(f"standard output: cannot be written: {error.strerror}")
        _abandon_standard_output()
        return EXIT_BAD_INPUT
    return code


def _complain(words: str) -> None:
    """Say what went wrong; where standard error is full or closed, the exit code alone tells it."""
    with suppress(OSError):
        print(f"luftlinie: {harmless(words)}", file=sys.stderr, flush=True)  # noqa: T201


def _mend_standard_output() -> None:
    """Make sure that there is a standard output, and that it takes every character in some way."""
    if sys.stdout is None:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - open until the process ends
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def _abandon_standard_output() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _count(word: str) -> int:
    if not word.isascii() or not word.isdigit() or not 1 <= int(word) <= _MOST_ALTERNATIVES:
        raise argparse.ArgumentTypeError(f"expected a number from 1 to {_MOST_ALTERNATIVES}, got {word!r}")
    return int(word)


def _port(word: str) -> int:
    if not (word.isascii() and word.isdigit() and 1 <= int(word[:6]) <= HIGHEST_PORT):
        raise argparse.ArgumentTypeError(f"expected a port from 1 to {HIGHEST_PORT}, got {word!r}")
    return int(word)


if TYPE_CHECKING:
    # argparse names no public type for what add_subparsers returns, and its class takes no [] at run time.
    _Commands: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="luftlinie",
        description=_DESCRIPTION,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"luftlinie {version('luftlinie')}")
    parser.set_defaults(run="open_dashboard", paths=[], port=None, online=False, headless=False)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    _add_open(commands)
    _add_read(commands)
    _add_check(commands)
    _add_report(commands)
    _add_where(commands)
    _add_route(commands)
    _add_gazetteer(commands)
    languages = _command(commands, "languages", "languages", "which languages are read; checks their tables")
    _add_language(languages, default="the terminal's")
    _add_evaluate(commands)
    return parser


def _add_open(commands: _Commands) -> None:
    command = _command(
        commands, "open", "open_dashboard", "open the dashboard, on your own articles if named"
    )
    command.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="text files, or folders of them")
    command.add_argument("--port", type=_port, help="port to listen on (default: 8501, or the next free one)")
    command.add_argument("--headless", action="store_true", help="do not open a browser window")
    _add_online(command)


def _add_read(commands: _Commands) -> None:
    command = _command(commands, "read", "read", "read articles: places, claims, journeys")
    _add_articles(command)
    form = command.add_mutually_exclusive_group()
    for name, words in (
        ("json", "the whole analysis as one JSON object"),
        ("geojson", "places, claims and journeys for a map"),
        ("csv", "one row for each mention"),
        ("claims-csv", "one row for each facet of each claim"),
        ("events-csv", "one row for each event of a journey"),
        ("tracks-geojson", "the journeys with their times"),
        ("gpx", "the journeys as GPX tracks"),
        ("kml", "the journeys as KML"),
    ):
        form.add_argument(f"--{name}", dest="form", action="store_const", const=name, help=words)
    _add_output(command)
    _add_language(command)
    _add_online(command)


def _add_check(commands: _Commands) -> None:
    command = _command(commands, "check", "check", "measure what articles claim")
    _add_articles(command)
    _add_language(command)
    _add_online(command)


def _add_report(commands: _Commands) -> None:
    command = _command(commands, "report", "report", "write a claims report to attach to an article")
    _add_articles(command)
    command.add_argument("--html", action="store_true", help="self-contained HTML with a map of each claim")
    _add_output(command)
    _add_language(command)
    _add_online(command)


def _add_where(commands: _Commands) -> None:
    command = _command(commands, "where", "where", "where is a place, and what else bears its name")
    command.add_argument("name", metavar="NAME", help="a place name, in any language or inflection")
    command.add_argument("--json", action="store_true", help="print the candidates as JSON")
    _add_language(command, default="the terminal's")
    _add_online(command)


def _add_route(commands: _Commands) -> None:
    command = _command(commands, "route", "route", "the way by rail between two places")
    command.add_argument("origin", metavar="A")
    command.add_argument("destination", metavar="B")
    command.add_argument("--via", action="append", default=[], metavar="C", help="pass through C; repeatable")
    command.add_argument(
        "--avoid", action="append", default=[], metavar="CC", help="keep out of a country (two-letter code)"
    )
    command.add_argument(
        "--within", action="append", default=[], metavar="CC", help="stay inside these countries"
    )
    command.add_argument("--alternatives", type=_count, default=0, metavar="N", help="N other ways besides")
    command.add_argument(
        "--lines",
        action="append",
        default=[],
        type=Path,
        metavar="FILE",
        help="add railway lines of your own (GeoJSON or GeoPackage)",
    )
    form = command.add_mutually_exclusive_group()
    form.add_argument("--json", dest="form", action="store_const", const="json", help="lengths and legs")
    form.add_argument("--geojson", dest="form", action="store_const", const="geojson", help="the line itself")
    _add_output(command)
    _add_language(command, default="the terminal's")


def _add_gazetteer(commands: _Commands) -> None:
    command = _command(commands, "gazetteer", "gazetteer_info", "the compiled places and railways")
    actions = command.add_subparsers(title="actions", metavar="ACTION")
    build = _command(actions, "build", "gazetteer_build", "compile places and railways")
    build.add_argument("--force", action="store_true", help="compile again even if nothing changed")
    info = _command(actions, "info", "gazetteer_info", "what is compiled, and from which sources")
    for one in (command, info):
        _add_language(one, default="the terminal's")


def _add_evaluate(commands: _Commands) -> None:
    command = _command(commands, "evaluate", "evaluate", "score reading against annotated text (JSONL)")
    command.add_argument("file", type=Path, metavar="FILE", help="JSONL with gold annotations")
    command.add_argument(
        "--predictions", type=Path, metavar="OUT", help="write what was read in the same JSONL form"
    )
    command.add_argument(
        "--alone",
        dest="peer",
        action="store_false",
        help="leave out the peers: a plain dictionary, and flashgeotext if installed",
    )
    _add_language(command, default="the terminal's")


def _command(
    commands: _Commands,
    name: str,
    run: str,
    words: str,
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=words, description=words[0].upper() + words[1:] + ".")
    command.set_defaults(run=run)
    return command


def _add_articles(command: argparse.ArgumentParser) -> None:
    command.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="text files, or folders of them")


def _add_output(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="FILE",
        help="write here instead of to the screen; its ending tells the form",
    )


def _add_language(command: argparse.ArgumentParser, *, default: str = "the articles'") -> None:
    command.add_argument("--lang", choices=("de", "en"), help=f"language of the answer (default: {default})")


def _add_online(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--online",
        action="store_true",
        help="ask a geocoder for names we do not know; only the bare name leaves this machine",
    )


if __name__ == "__main__":
    sys.exit(main())
