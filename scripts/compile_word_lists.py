"""Compile the word lists that tell names from ordinary words.

    pip install wordfreq HanTa Faker names
    python scripts/compile_word_lists.py
    python scripts/compile_word_lists.py nl morphmodel_dutch.pgz "N(eigen" FOLDER/nl/words.tsv.gz

With arguments, writes the words of a further language: its code, its model in `HanTa`, what that model's
tags of proper nouns begin with, and where to. Without, writes, below gazetteer/reading/languages/:

- `de/words.tsv.gz`, `en/words.tsv.gz`: the commonest words, lower case, with two digits each: the
  Zipf frequency (0 to 9, `wordfreq`, data CC BY-SA 4.0) and the share of proper-noun readings of the
  capitalised form (0 to 9, part-of-speech weights of `HanTa`, LGPL-3.0-or-later).
- `person_names.tsv.gz`: given names (`g`), surnames (`s`) or both (`b`), from `Faker` (MIT) and the
  1990 census lists in `names` (public domain).
"""

from __future__ import annotations

import gzip
import importlib
import math
import sys
from pathlib import Path

import names
import wordfreq
from HanTa import HanoverTagger

TARGET = Path(__file__).parent.parent / "gazetteer" / "reading" / "languages"
WORDS_PER_LANGUAGE = 70_000
MODELS = {"de": ("morphmodel_ger.pgz", "NE"), "en": ("morphmodel_en.pgz", "NP0")}
LOCALES = [
    "cs_CZ",
    "da_DK",
    "de_AT",
    "de_CH",
    "de_DE",
    "en_GB",
    "en_US",
    "en_IN",
    "es_ES",
    "es_MX",
    "fi_FI",
    "fr_FR",
    "hr_HR",
    "hu_HU",
    "it_IT",
    "nl_NL",
    "no_NO",
    "pl_PL",
    "pt_BR",
    "pt_PT",
    "ro_RO",
    "sk_SK",
    "sl_SI",
    "sv_SE",
    "tr_TR",
    "id_ID",
    "vi_VN",
    "ga_IE",
    "lt_LT",
    "lv_LV",
    "et_EE",
]
CENSUS_SURNAMES = 12_000
TRANSLITERATED = [
    "Wladimir",
    "Vladimir",
    "Dmitri",
    "Dmitry",
    "Dmitrij",
    "Dimitri",
    "Sergej",
    "Sergei",
    "Sergey",
    "Andrej",
    "Andrei",
    "Andrey",
    "Alexej",
    "Alexei",
    "Alexey",
    "Nikolai",
    "Nikolaj",
    "Nikolay",
    "Michail",
    "Mikhail",
    "Igor",
    "Oleg",
    "Boris",
    "Jewgeni",
    "Yevgeny",
    "Evgeny",
    "Maxim",
    "Pawel",
    "Pavel",
    "Juri",
    "Yuri",
    "Jurij",
    "Wolodymyr",
    "Volodymyr",
    "Oleksandr",
    "Olexandr",
    "Dmytro",
    "Serhij",
    "Witali",
    "Vitali",
    "Vitaly",
    "Anatoli",
    "Anatoly",
    "Gennadi",
    "Gennady",
    "Konstantin",
    "Kirill",
    "Roman",
    "Ruslan",
    "Ramsan",
    "Ramzan",
    "Rustem",
    "Stanislaw",
    "Swetlana",
    "Svetlana",
    "Natalja",
    "Olga",
    "Tatjana",
    "Galina",
    "Irina",
    "Ljudmila",
    "Mohammed",
    "Mohamed",
    "Muhammad",
    "Ahmed",
    "Ahmad",
    "Ali",
    "Hassan",
    "Hussein",
    "Hossein",
    "Mahmud",
    "Mahmoud",
    "Abdul",
    "Abdullah",
    "Ibrahim",
    "Omar",
    "Osama",
    "Mustafa",
    "Jusuf",
    "Yusuf",
    "Khalid",
    "Chalid",
    "Said",
    "Salman",
    "Faisal",
    "Hamid",
    "Karim",
    "Baschar",
    "Bashar",
    "Muammar",
    "Saddam",
    "Benjamin",
    "Yitzhak",
    "Ehud",
    "Ariel",
    "Avigdor",
    "Xi",
    "Li",
    "Wang",
    "Zhang",
    "Chen",
    "Liu",
    "Yang",
    "Zhao",
    "Deng",
    "Hu",
    "Jinping",
    "Keqiang",
    "Qiang",
    "Kim",
    "Park",
    "Lee",
    "Choi",
    "Moon",
    "Jong",
    "Shinzo",
    "Fumio",
    "Yoshihide",
    "Junichiro",
    "Narendra",
    "Manmohan",
    "Imran",
    "Nawaz",
    "Pervez",
    "Hamid",
    "Aung",
    "Recep",
    "Tayyip",
]


def main() -> None:
    """Write the three files, or the one asked for."""
    if sys.argv[1:]:
        language, model, proper, target = sys.argv[1:]
        write(Path(target), word_rows(language, model, proper))
        return
    for language, (model, proper) in MODELS.items():
        write(TARGET / language / "words.tsv.gz", word_rows(language, model, proper))
    given, surnames = person_names()
    write(
        TARGET / "person_names.tsv.gz",
        [
            f"{name}\t{'b' if name in given and name in surnames else 'g' if name in given else 's'}\n"
            for name in sorted(given | surnames)
        ],
    )


def word_rows(language: str, model: str, proper: str) -> list[str]:
    """Return a language's words with their two digits."""
    tagger = HanoverTagger.HanoverTagger(model)
    rows = []
    for word in wordfreq.top_n_list(language, WORDS_PER_LANGUAGE):
        if len(word) < 2 or not word.replace("-", "").replace("'", "").isalpha():
            continue
        zipf = min(9, int(wordfreq.zipf_frequency(word, language)))
        rows.append(f"{word}\t{zipf}{proper_share(tagger, word, proper)}\n")
    return rows


def proper_share(tagger: HanoverTagger.HanoverTagger, word: str, proper: str) -> int:
    """Return 0 to 9: how much of the capitalised word's probability goes to proper-noun tags."""
    readings = tagger.tag_word(word[0].upper() + word[1:], cutoff=12)
    weights = {tag: math.exp(float(score)) for tag, score in readings}
    # What is common in lower case, such as a verb, counts as an ordinary reading too.
    for tag, score in tagger.tag_word(word, cutoff=12):
        weights[f"lower {tag}"] = math.exp(float(score)) if float(score) > -16 else 0.0
    total = sum(weights.values())
    proper = sum(weight for tag, weight in weights.items() if tag.startswith(proper))
    return min(9, int(10 * proper / total)) if total else 0


def person_names() -> tuple[set[str], set[str]]:
    """Return given names and surnames, in Latin letters."""
    given: set[str] = set(TRANSLITERATED)
    surnames: set[str] = set()
    for locale in LOCALES:
        try:
            provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        except ModuleNotFoundError:
            continue  # not every release has every locale
        for attribute in dir(provider):
            values = getattr(provider, attribute)
            if attribute.startswith("first_names") and isinstance(values, (tuple, list, dict)):
                given.update(values)
            elif attribute.startswith("last_names") and isinstance(values, (tuple, list, dict)):
                surnames.update(values)
    for sex in ("male", "female"):
        with Path(names.FILES[f"first:{sex}"]).open() as stream:
            given.update(line.split()[0].capitalize() for line in stream)
    with Path(names.FILES["last"]).open() as stream:
        surnames.update(
            line.split()[0].capitalize() for line, _ in zip(stream, range(CENSUS_SURNAMES), strict=False)
        )
    return latin(given), latin(surnames)


def latin(found: set[str]) -> set[str]:
    """Return the names of three to nineteen Latin letters."""
    return {
        name
        for name in found
        if name.replace("-", "").isalpha()
        and name[0].isupper()
        and 2 < len(name) < 20
        and ord(name[0]) < 0x250
    }


def write(path: Path, rows: list[str]) -> None:
    """Write a compressed file that is the same whenever its rows are."""
    path.write_bytes(gzip.compress("".join(rows).encode(), compresslevel=9, mtime=0))
    print(path, len(rows), path.stat().st_size)


if __name__ == "__main__":
    main()
