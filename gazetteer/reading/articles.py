"""Articles as they come from files, and the spans that everything later points back to."""

from __future__ import annotations

import codecs
import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from gazetteer.errors import ArticleError
from gazetteer.reading.language import language_of
from gazetteer.reading.mastheads import published_in, title_of

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


def load_articles(paths: Iterable[Path]) -> tuple[Article, ...]:
    """Read articles from text files, and from the text files in folders.

    Args:
        paths: Files, of any suffix, and folders, of which `.txt`, `.text` and `.md` files are read.

    Returns:
        One article per file in the order given, a folder's files by name; a file named twice is read
        once. Ids are made unique by a number behind the stem.

    Raises:
        ArticleError: If anything cannot be read; one message names every bad file.
    """
    articles: list[Article] = []
    complaints: list[str] = []
    taken: set[str] = set()
    seen: set[Path] = set()
    for path in paths:
        try:
            for file in _files_of(path):
                if file.resolve() in seen:
                    continue
                seen.add(file.resolve())
                try:
                    article = article_from_text(_text_of(file), source=_printable(file.name))
                except ArticleError as error:
                    complaints.append(str(error))
                    continue
                articles.append(replace(article, id=_unique(article.id, taken)))
        except ArticleError as error:
            complaints.append(str(error))
    if complaints:
        raise ArticleError("\n".join(complaints))
    return tuple(articles)


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
        raise ArticleError(f"{source}: expected an article, found no text")
    if (broken := _SURROGATE.search(text)) is not None:
        raise ArticleError(
            f"{source}: half a character (U+{ord(broken[0]):04X}) at {broken.start()}; not Unicode"
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
    try:
        if path.is_dir():
            files = sorted(f for f in path.iterdir() if f.suffix.lower() in _SUFFIXES and f.is_file())
            if not files:
                raise ArticleError(f"{path}: a folder without articles; expected files named *.txt")
            yield from files
        elif path.exists():
            yield path
        else:
            raise ArticleError(f"{path}: no such file or folder")
    except OSError as error:
        raise ArticleError(f"{path}: cannot be opened: {error.strerror or error}") from error
    except ValueError as error:  # a NUL in the name
        if isinstance(error, ArticleError):
            raise
        raise ArticleError(f"{path!s}: not a usable path: {error}") from error


def _text_of(file: Path) -> str:
    try:
        if file.is_fifo() and not str(file).startswith(_STREAMS):
            raise ArticleError(f"{file}: a named pipe, not a file; waiting for its writer might never end")
        with file.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)  # never more: some devices have no end
        if len(raw) > MAX_BYTES:
            raise ArticleError(
                f"{file}: too large for one article, at most {MAX_BYTES / 1e6:.0f} MB; "
                "split it into one file per article"
            )
    except OSError as error:
        raise ArticleError(f"{file}: cannot be read: {error.strerror or error}") from error
    if not raw.strip(b"\xef\xbb\xbf \t\r\n"):
        raise ArticleError(f"{file}: the file is empty")
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS if raw.startswith(mark)), "utf-8")
    if encoding == "utf-8" and b"\x00" in raw[:65536]:
        raise ArticleError(f"{file}: a binary file, not text")
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise ArticleError(_wrong_encoding(file, raw, error)) from error
    if len(_CONTROL.findall(text[:65536])) > _MAX_CONTROL_SHARE * len(text[:65536]):
        raise ArticleError(f"{file}: full of control characters; a binary file?")
    return text


def _wrong_encoding(file: Path, raw: bytes, error: UnicodeDecodeError) -> str:
    odd = sum(byte < 32 and byte not in b"\t\n\r\f" for byte in raw[:65536])
    if odd > _MAX_CONTROL_SHARE * len(raw[:65536]):
        return f"{file}: a binary file, not text"
    line = raw.count(b"\n", 0, error.start) + 1
    return (
        f"{file}:{line}: expected UTF-8, found byte 0x{raw[error.start]:02x}; "
        f"saved as Windows-1252? convert with: iconv -f WINDOWS-1252 -t UTF-8 {file.name}"
    )


def _printable(name: str) -> str:
    """Return a file's name as text that can be written down, whatever bytes it is made of."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _unique(stem: str, taken: set[str]) -> str:
    name, number = stem, 2
    while name in taken:
        name, number = f"{stem}-{number}", number + 1
    taken.add(name)
    return name
