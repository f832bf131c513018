"""A store is backed up, lost, and restored by the command line."""

import json
import zipfile

from click.testing import CliRunner

from tocsin.cli import tocsin


def invoke(*arguments):
    return CliRunner().invoke(tocsin, [str(each) for each in arguments])


def test_store_comes_back_from_its_backup(crisis, tmp_path):
    kept = invoke("backup", tmp_path / "crisis.backup", "--store", crisis)
    assert kept.exit_code == 0
    articles = kept.stdout.partition(" in ")[0]
    back = invoke("restore", tmp_path / "crisis.backup", "--store", tmp_path / "again")
    assert back.exit_code == 0
    assert back.stdout.startswith(articles)
    assert "as of 20" in back.stdout
    assert invoke("verify", "--store", tmp_path / "again").stdout == "The store is sound.\n"


def test_words_of_a_backup_do_nothing_to_a_terminal(crisis, tmp_path):
    invoke("backup", tmp_path / "b", "--store", crisis)
    with zipfile.ZipFile(tmp_path / "b") as packed:
        manifest = json.loads(packed.read("manifest.json"))
        store = packed.read("tocsin.sqlite")
    manifest |= {"counts": {"\x1b]0;owned\x07articles": 1}, "made": "now\x1b[2J\u202e"}
    with zipfile.ZipFile(tmp_path / "b", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("tocsin.sqlite", store)
        packed.writestr("manifest.json", json.dumps(manifest))
    back = invoke("restore", tmp_path / "b", "--store", tmp_path / "again")
    assert back.exit_code == 0
    assert not set("\x1b\x07\u202e") & set(back.stdout)


def test_restoring_over_a_store_is_refused(crisis, tmp_path):
    invoke("backup", tmp_path / "b", "--store", crisis)
    refused = invoke("restore", tmp_path / "b", "--store", crisis)
    assert refused.exit_code == 8
    assert "nothing is ever restored over a store" in refused.stderr


def test_restoring_what_is_no_backup_is_refused(tmp_path):
    refused = invoke("restore", __file__, "--store", tmp_path / "again")
    assert refused.exit_code == 3
    assert "no backup of a store" in refused.stderr
    assert not (tmp_path / "again").exists()


def test_backup_of_no_store_is_refused(tmp_path):
    refused = invoke("backup", tmp_path / "b", "--store", tmp_path / "none")
    assert refused.exit_code == 8
    assert not (tmp_path / "b").exists()
