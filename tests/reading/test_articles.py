"""Articles: what files become, and what is refused."""

import codecs
import datetime as dt

import pytest

from gazetteer.errors import ArticleError
from gazetteer.reading.articles import (
    MAX_BYTES,
    article_from_bytes,
    article_from_text,
    load_articles,
    load_readable,
)

TEXT = "Ein Zug in Brüssel\n\nDer Zug ist am Montag in der Stadt angekommen, wie die Bahn mitteilte.\n"


def test_text_is_kept_code_point_by_code_point(tmp_path):
    crlf = TEXT.replace("\n", "\r\n")
    (tmp_path / "a.txt").write_bytes(crlf.encode())

    (article,) = load_articles([tmp_path / "a.txt"])

    assert article.text == crlf
    assert article.id == "a"
    assert article.source == "a.txt"


@pytest.mark.parametrize(
    "raw",
    [
        codecs.BOM_UTF8 + TEXT.encode(),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    ],
    ids=["utf-8", "utf-16-le", "utf-16-be"],
)
def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path, raw):
    (tmp_path / "a.txt").write_bytes(raw)

    (article,) = load_articles([tmp_path])

    assert article.text == TEXT


@pytest.mark.parametrize(
    ("raw", "complaint"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00", "binary"),
        (bytes(range(1, 32)) * 20, "binary"),
        ("Brüssel".encode("latin-1"), "expected UTF-8"),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(tmp_path, raw, complaint):
    (tmp_path / "a.txt").write_bytes(raw)

    with pytest.raises(ArticleError, match=complaint):
        load_articles([tmp_path / "a.txt"])


def test_a_wrong_encoding_is_named_with_its_line(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"eins\nzwei\nBr\xfcssel\n")

    with pytest.raises(ArticleError, match=r"a\.txt:3: .*0xfc"):
        load_articles([tmp_path / "a.txt"])


@pytest.mark.parametrize(("name", "typed"), [("a; rm b.txt", "'a; rm b.txt'"), ("-l.txt", "./-l.txt")])
def test_the_remedy_for_a_wrong_encoding_can_be_typed_as_it_stands(tmp_path, name, typed):
    (tmp_path / name).write_bytes("Köln liegt am Rhein.".encode("cp1252"))

    with pytest.raises(ArticleError) as refused:
        load_articles([tmp_path / name])
    assert str(refused.value).endswith(f"iconv -f WINDOWS-1252 -t UTF-8 {typed}")


def test_a_missing_file_and_an_empty_folder_are_named_in_one_report(tmp_path):
    (tmp_path / "empty").mkdir()

    with pytest.raises(ArticleError) as refused:
        load_articles([tmp_path / "no.txt", tmp_path / "empty"])

    assert "no such file" in str(refused.value)
    assert "folder without articles" in str(refused.value)


def test_a_file_that_is_too_large_is_refused_unread(tmp_path):
    with (tmp_path / "a.txt").open("wb") as stream:
        stream.truncate(MAX_BYTES + 1)

    with pytest.raises(ArticleError, match="too large"):
        load_articles([tmp_path / "a.txt"])


def test_what_cannot_be_read_is_left_out_where_the_rest_is_wanted(tmp_path):
    (tmp_path / "good.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "bad.txt").write_bytes(b"\x00\x01")

    loaded = load_readable([tmp_path, tmp_path / "none.txt"])

    assert [article.id for article in loaded.articles] == ["good"]
    assert [why.en.rpartition("/")[2] for why in loaded.left_out] == [
        "bad.txt: a binary file, not text",
        "none.txt: no such file or folder",
    ]


def test_a_link_in_a_circle_loses_nothing_else(tmp_path):
    (tmp_path / "good.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "circle.txt").symlink_to(tmp_path / "circle.txt")

    loaded = load_readable([tmp_path])

    assert [article.id for article in loaded.articles] == ["good"]
    assert "circle.txt" in loaded.left_out[0].en


def test_a_link_to_a_name_too_long_loses_nothing_else(tmp_path):
    (tmp_path / "good.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "long.txt").symlink_to("x" * 300)

    loaded = load_readable([tmp_path])

    assert [article.id for article in loaded.articles] == ["good"]
    assert "long.txt" in loaded.left_out[0].en


def test_content_at_hand_undergoes_the_checks_of_a_file():
    assert article_from_bytes(codecs.BOM_UTF8 + TEXT.encode(), source="a.txt").text == TEXT

    with pytest.raises(ArticleError, match=r"a\.txt: the file is empty"):
        article_from_bytes(b"", source="a.txt")


def test_equal_stems_get_different_ids(tmp_path):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "news.txt").write_text(TEXT, encoding="utf-8")

    articles = load_articles([tmp_path / "a", tmp_path / "b"])

    assert [article.id for article in articles] == ["news", "news-2"]


def test_a_file_named_twice_is_read_once(tmp_path):
    (tmp_path / "news.txt").write_text(TEXT, encoding="utf-8")

    assert len(load_articles([tmp_path, tmp_path / "news.txt"])) == 1


def test_text_without_a_word_is_refused():
    with pytest.raises(ArticleError, match="no text"):
        article_from_text(" \n", source="a.txt")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Hauptstadt im Schnee\n\nEs schneit.", "Hauptstadt im Schnee"),
        ("\ufeff\n  Hauptstadt im Schnee  \nEs schneit.", "Hauptstadt im Schnee"),
        ("Der Minister am Montag\nReuters/dpa\n\nMinister tritt zurück\n\nEr ging.", "Minister tritt zurück"),
        ("12.09.2023, 14:30 Uhr\nMinister tritt zurück\n\nEr ging.", "Minister tritt zurück"),
    ],
)
def test_the_title_is_the_line_that_stands_for_itself(text, title):
    assert article_from_text(text, source="a.txt").title == title


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Stand: 12.09.2023, 14:30 Uhr", dt.date(2023, 9, 12)),
        ("Veröffentlicht am 3. März 2021", dt.date(2021, 3, 3)),
        ("Published: September 5, 2022", dt.date(2022, 9, 5)),
        ("2024-06-17", dt.date(2024, 6, 17)),
        ("Berlin, 1. Mai 2020", dt.date(2020, 5, 1)),
        ("Stand: 31.06.2023", None),
        ("Er wurde am 12.09.1969 in einem Dorf nahe der Grenze geboren und lebte dort bis 1989.", None),
    ],
)
def test_the_day_of_appearance_is_taken_from_a_line_that_says_so(line, day):
    assert article_from_text(f"Titel\n{line}\n\nText folgt hier.", source="a.txt").published == day


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Der Zug ist am Montag in der Stadt angekommen, wie die Bahn mitteilte.", "de"),
        ("The train arrived in the city on Monday, as the railway said.", "en"),
        ("Le train est arrivé dans la ville lundi, comme la compagnie l'a dit.", "und"),
        ("De trein is maandag in de stad aangekomen, zoals het bedrijf heeft gezegd.", "und"),
        ("Поезд прибыл в город в понедельник.", "und"),
        ("12 34 56", "und"),
        ("Train derails near Ussuriysk", "en"),
        ("Das hätte das Ende bedeutet.", "de"),
        ("Kreisliga A: SV Wenden - TuS Olpe 3:1, FC Lennestadt - SG Hicken 0:0, Tabelle, Trainer", "de"),
        ("Juna lähti maanantaina Helsingistä ja ajoi Tampereen kautta Ouluun.", "und"),
        ("Kereta berangkat dari Jakarta pada hari Senin dan tiba di Bandung.", "und"),
        ("The ministers of " + ", ".join(["Chad", "Mali", "Niger", "Togo"] * 20) + " met on Monday.", "en"),
    ],
)
def test_language_is_told_by_function_words(text, language):
    assert article_from_text(text, source="a.txt").language == language


@pytest.mark.parametrize(
    ("opening", "day"),
    [
        ("Hamburg, 14. März 2024 – Ein Nachtzug ist mit großer Verspätung angekommen", dt.date(2024, 3, 14)),
        ("ULAN BATOR, Sept. 12, 2023 — A special train has arrived in the city", dt.date(2023, 9, 12)),
        ("KIEW, 3.5.2022 (Reuters) - Ein Zug hat die Grenze am Morgen überquert", dt.date(2022, 5, 3)),
        ("Am 14. März 2024 – es war ein Donnerstag – kam der Zug in Hamburg an", None),
    ],
)
def test_a_dateline_dates_the_article(opening, day):
    text = f"Ein Zug kommt an\n\n{opening}, und das war für die meisten Reisenden im Zug eine Erlösung.\n"

    assert article_from_text(text, source="a.txt").published == day
