import os
import pwd
from dataclasses import fields
from pathlib import Path

import pytest

from tocsin.errors import ValueNotUnderstood
from tocsin.reference.layers import list_layers
from tocsin.settings import Settings, describe_settings, load_settings


def test_load_settings_takes_the_environment_over_the_defaults():
    settings = load_settings({"TOCSIN_MAX_BYTES": "7", "TOCSIN_DATA_DIR": "here"})
    assert settings.max_bytes == 7
    assert settings.data_dir == Path("here")
    assert settings.pipeline == Settings().pipeline


def test_load_settings_names_variable_and_value_it_cannot_read():
    with pytest.raises(ValueNotUnderstood, match=r"TOCSIN_MAX_BYTES.*many"):
        load_settings({"TOCSIN_MAX_BYTES": "many"})


def test_describe_settings_describes_every_setting():
    assert len(describe_settings()) == len(fields(Settings))
    assert all(what for _, _, what in describe_settings())


def test_tests_do_not_see_what_whoever_runs_them_imported():
    assert Path.home() != Path(pwd.getpwuid(os.getuid()).pw_dir)
    assert list_layers(Settings().data_dir) == list_layers(load_settings().data_dir) == ()
