"""The engine fetches nothing, and nobody can have it fetch something later."""

import tempfile

import duckdb
import pytest

from helpers.intake.records import duckdb_engine

OFF = ("autoinstall_known_extensions", "autoload_known_extensions",
       "allow_community_extensions", "allow_persistent_secrets")  # fmt: skip


@pytest.fixture(params=["records", "alone"])
def connection(request, tmp_path, monkeypatch):
    if request.param == "records":
        with duckdb_engine.start(tmp_path, "1GB") as records:
            yield records.connection.con
    else:
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
        yield duckdb_engine.in_memory()


def test_the_engine_is_locked_with_its_files_in_the_run(connection, tmp_path):
    def setting(name):
        return connection.sql(f"select current_setting('{name}')").fetchall()[0][0]

    assert [setting(name) for name in OFF] == [False] * 4
    assert setting("temp_directory") == str(tmp_path / "spilled")
    with pytest.raises(duckdb.Error, match="locked"):
        connection.execute("set autoinstall_known_extensions = true")
