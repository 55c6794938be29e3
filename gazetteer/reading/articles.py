"""Articles as they come from files, and the spans that everything later points back to."""

from __future__ import annotations

import codecs
import datetime as dt
import re
import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from gazetteer.errors import ArticleError
from gazetteer.reading.language import language_of
from gazetteer.reading.mastheads import published_in, title_of
from gazetteer.wording import Wording

MAX_BYTES: Final = 20_000_000
"""Largest file read as one article; a novel has about one million."""

_SUFFIXES: Final = frozenset({".txt", ".text", ".md"})
_BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAX_CONTROL_SHARE: Final = 0.02
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BREAKS = re.compile("[\n\v\f\r\x85\u2028\u2029]")
_STREAMS: Final = ("/dev/", "/proc/")
"""Where the shell's own pipes are: `<(command)` and `/dev/stdin`."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points in one article's text: `text[start:end]`."""

    article: str
    """The article's id."""
    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Tell whether both share at least one code point of the same article."""
        return self.article == other.article and self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        """Tell whether `other` lies wholly inside."""
        return self.article == other.article and self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Article:
    """One news article, its text exactly as in the file."""

    id: str
    """The file's stem; made unique within one analysis."""
    source: str
    """The file's name."""
    title: str
    language: str
    """ISO 639-1; `und` where it is none we read."""
    published: dt.date | None
    """The date the text itself gives for its appearance, if any."""
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, headline or caption; together they cover all words of the article."""

    span: Span


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of files and folders."""

    articles: tuple[Article, ...]
    left_out: tuple[Wording, ...]
    """For each file that could not be read: its name, and why."""


def load_articles(paths: Iterable[Path]) -> tuple[Article, ...]:
    """Read articles from text files, and from the text files in folders, all or none.

    Args:
        paths: Files, of any suffix, and folders, of which `.txt`, `.text` and `.md` files are read.

    Returns:
        One article per file in the order given, a folder's files by name; a file named twice is read
        once. Ids are made unique by a number behind the stem.

    Raises:
        ArticleError: If anything cannot be read; one message names every bad file.
    """
    loaded = load_readable(paths)
    if loaded.left_out:
        raise ArticleError(*loaded.left_out)
    return loaded.articles


def load_readable(paths: Iterable[Path]) -> Loaded:
    """Read articles as `load_articles` does, and leave out what cannot be read instead of refusing all."""
    articles: list[Article] = []
    left_out: list[Wording] = []
    taken: set[str] = set()
    seen: set[Path] = set()
    for path in paths:
        try:
            for file in _files_of(path):
                if (target := _target_of(file)) in seen:
                    continue
                seen.add(target)
                try:
                    article = article_from_text(_text_of(file), source=_printable(file.name))
                except ArticleError as error:
                    left_out += error.complaints
                    continue
                articles.append(replace(article, id=_unique(article.id, taken)))
        except ArticleError as error:
            left_out += error.complaints
    return Loaded(tuple(articles), tuple(left_out))


def article_from_bytes(raw: bytes, *, source: str) -> Article:
    """Build an article from a file's content at hand, with the checks that a file undergoes.

    Raises:
        ArticleError: If it is empty, too large, no text, or not UTF-8.
    """
    return article_from_text(_decoded(raw, source), source=source)


def article_from_text(text: str, *, source: str, id: str | None = None) -> Article:  # noqa: A002
    """Build an article from text at hand.

    Args:
        text: Kept as it is; all later offsets count its code points.
        source: File name, or any other name for where the text comes from.
        id: Defaults to the stem of `source`.

    Raises:
        ArticleError: If there is no word in the text.
    """
    if not text.strip("\ufeff\x00 \t\r\n"):
        raise ArticleError(
            Wording(f"{source}: kein Text darin", f"{source}: expected an article, found no text")
        )
    if (broken := _SURROGATE.search(text)) is not None:
        half = f"(U+{ord(broken[0]):04X})"
        raise ArticleError(
            Wording(
                f"{source}: ein halbes Zeichen {half} an Stelle {broken.start()}; kein Unicode",
                f"{source}: half a character {half} at {broken.start()}; not Unicode",
            )
        )
    language = language_of(text)
    return Article(
        id=id or Path(source).stem or source,
        source=source,
        title=title_of(text),
        language=language,
        published=published_in(text),
        text=text,
    )


def _files_of(path: Path) -> Iterator[Path]:
    name = _printable(str(path))
    try:
        if path.is_dir():
            files = sorted(f for f in path.iterdir() if f.suffix.lower() in _SUFFIXES and not _is_folder(f))
            if not files:
                raise ArticleError(
                    Wording(
                        f"{name}: ein Ordner ohne Artikel; erwartet werden Dateien namens *.txt",
                        f"{name}: a folder without articles; expected files named *.txt",
                    )
                )
            yield from files
        elif path.exists():
            yield path
        else:
            raise ArticleError(
                Wording(f"{name}: keine solche Datei, kein solcher Ordner", f"{name}: no such file or folder")
            )
    except OSError as error:
        why = error.strerror or error
        raise ArticleError(
            Wording(f"{name}: lässt sich nicht öffnen: {why}", f"{name}: cannot be opened: {why}")
        ) from error
    except ValueError as error:  # a NUL in the name
        if isinstance(error, ArticleError):
            raise
        raise ArticleError(
            Wording(f"{path!s}: kein brauchbarer Pfad: {error}", f"{path!s}: not a usable path: {error}")
        ) from error


def _is_folder(path: Path) -> bool:
    """Tell whether a folder stands there; what cannot be asked is a file that cannot be read."""
    try:
        return path.is_dir()
    except OSError:  # a link to a name too long, or into a folder that is closed to us
        return False


def _target_of(file: Path) -> Path:
    """Return the file that a link leads to; of one that leads in a circle, the link itself."""
    try:
        return file.resolve()
    except (OSError, RuntimeError):
        return file


def _text_of(file: Path) -> str:
    name = _printable(str(file))
    try:
        if file.is_fifo() and not str(file).startswith(_STREAMS):
            raise ArticleError(
                Wording(
                    f"{name}: eine benannte Röhre, keine Datei; auf den, der hineinschreibt, wartete man "
                    "vielleicht ewig",
                    f"{name}: a named pipe, not a file; waiting for its writer might never end",
                )
            )
        with file.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)  # never more: some devices have no end
    except OSError as error:
        why = error.strerror or error
        raise ArticleError(
            Wording(f"{name}: lässt sich nicht lesen: {why}", f"{name}: cannot be read: {why}")
        ) from error
    return _decoded(raw, name)


def _decoded(raw: bytes, name: str) -> str:
    if len(raw) > MAX_BYTES:
        most = f"{MAX_BYTES / 1e6:.0f} MB"
        raise ArticleError(
            Wording(
                f"{name}: zu groß für einen Artikel, höchstens {most}; aufteilen in eine Datei je Artikel",
                f"{name}: too large for one article, at most {most}; split it into one file per article",
            )
        )
    if not raw.strip(b"\xef\xbb\xbf \t\r\n"):
        raise ArticleError(Wording(f"{name}: die Datei ist leer", f"{name}: the file is empty"))
    encoding = next((form for mark, form in _BYTE_ORDER_MARKS if raw.startswith(mark)), "utf-8")
    if encoding == "utf-8" and b"\x00" in raw[:65536]:
        raise ArticleError(_binary(name))
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise ArticleError(_wrong_encoding(name, raw, error)) from error
    if len(_CONTROL.findall(text[:65536])) > _MAX_CONTROL_SHARE * len(text[:65536]):
        raise ArticleError(
            Wording(
                f"{name}: voller Steuerzeichen; eine Binärdatei?",
                f"{name}: full of control characters; a binary file?",
            )
        )
    return text


def _wrong_encoding(name: str, raw: bytes, error: UnicodeDecodeError) -> Wording:
    odd = sum(byte < 32 and byte not in b"\t\n\r\f" for byte in raw[:65536])
    if odd > _MAX_CONTROL_SHARE * len(raw[:65536]):
        return _binary(name)
    line = raw.count(b"\n", 0, error.start) + 1
    file = Path(name).name
    remedy = f"iconv -f WINDOWS-1252 -t UTF-8 {shlex.quote(f'./{file}' if file.startswith('-') else file)}"
    return Wording(
        f"{name}:{line}: kein UTF-8, Byte 0x{raw[error.start]:02x}; gespeichert als Windows-1252? "
        f"umwandeln mit: {remedy}",
        f"{name}:{line}: expected UTF-8, found byte 0x{raw[error.start]:02x}; "
        f"saved as Windows-1252? convert with: {remedy}",
    )


def _binary(name: str) -> Wording:
    return Wording(f"{name}: eine Binärdatei, kein Text", f"{name}: a binary file, not text")


def _printable(name: str) -> str:
    """Return a file's name as text that can be written in a line, whatever bytes it is made of."""
    return _BREAKS.sub("\ufffd", name.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))


def _unique(stem: str, taken: set[str]) -> str:
    name, number = stem, 2
    while name in taken:
        name, number = f"{stem}-{number}", number + 1
    taken.add(name)
    return name
