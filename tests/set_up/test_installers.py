"""uv where it can, else pip; and what of pip's settings uv is handed."""

import ast
import sys

import pytest
from support.fake_kit import by_pip, by_uv, set_up, write_lock

from helpers.set_up import environment, installers, pins
from helpers.set_up.steps import SetUpError

OFFLINE = "error: Request failed\n  cause: Failed to fetch: https://index.example/\n"
MISSING = "ERROR: No matching distribution found for needed==7 (from versions: none)"


def whole(kit):
    return environment.state(pins.pins(kit), kit) == ""


def installed(kit):
    packages = kit / ".venv/lib/python3.11/site-packages"
    return sorted(path.name for path in packages.glob("*.dist-info"))


def test_uv_installs_what_the_lock_holds_and_checks_the_hashes(kit, capsys):
    set_up(kit)
    (call,) = by_uv(kit)
    assert "--require-hashes" in call and "--only-binary" in call
    assert not by_pip(kit)
    assert "needed-7.dist-info" in installed(kit)
    asked = (kit / ".venv/packages.txt").read_text()
    assert asked.count("--hash") == 3 and "uv==" not in asked
    assert (kit / ".venv/tool.txt").read_text().startswith("uv==0.1 \\\n    --hash=")
    assert len(capsys.readouterr().err.splitlines()) == 2


@pytest.mark.parametrize("never_kept", [True, False])
def test_bytecode_is_made_where_python_may_keep_none(kit, monkeypatch, never_kept):
    monkeypatch.setattr(installers.sys, "dont_write_bytecode", never_kept)
    set_up(kit)
    (call,) = by_uv(kit)
    assert ("--compile-bytecode" in call) == never_kept


@pytest.mark.parametrize(
    ("name", "printed", "reason"),
    [
        ("fail-uv", OFFLINE, "it reaches no package index"),
        ("fail-uv", "Illegal instruction", "see "),
        ("fail-tool", MISSING, "a package is not there for it"),
        ("config", "global.keyring-provider='import'", "to ask a keyring"),
    ],
)
def test_pip_does_what_uv_cannot_and_one_line_says_so(
    kit, capsys, name, printed, reason
):
    (kit / name).write_text(printed)
    set_up(kit)
    told = [line for line in capsys.readouterr().err.splitlines() if "uv " in line]
    assert len(told) == 1 and reason in told[0] and "pip does" in told[0]
    (call,) = by_pip(kit)
    assert "--require-hashes" in call
    assert whole(kit)


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("fail-uv", "  cause: No space left on device (os error 28)"),
        ("fail-uv", "  cause: Hash mismatch for `first==1.0`"),
        ("fail-tool", "ERROR: after connection broken by …"),
    ],
)
def test_pip_is_not_asked_where_it_could_not_or_must_not_do_it(kit, name, printed):
    (kit / name).write_text(printed)
    with pytest.raises(SetUpError) as failure:
        set_up(kit)
    assert "\n" not in str(failure.value)
    assert not by_pip(kit) and not whole(kit)


def test_a_machine_that_the_lock_does_not_cover_gets_the_versions(kit, capsys):
    # nobody offers `needed` at the version of the lock here
    (kit / "fail-uv").write_text(MISSING)
    (kit / "fail-needed").write_text(MISSING)
    set_up(kit)
    assert "environment.lock does not cover this machine" in capsys.readouterr().err
    assert ["--require-hashes" in call for call in by_pip(kit)] == [True, False]
    assert whole(kit)


def test_a_lock_that_does_not_agree_with_the_pins_is_not_used(kit, capsys):
    write_lock(kit, first="0.9")
    set_up(kit)
    assert "environment.lock is not used (it does not hold first==1.0)" in (
        capsys.readouterr().err
    )
    (call,) = by_uv(kit)
    assert "--require-hashes" not in call
    assert "first-1.0.dist-info" in installed(kit)


def test_a_changed_lock_builds_anew(kit):
    set_up(kit)
    lock = kit / "environment.lock"
    lock.write_text(lock.read_text().replace("needed==7", "needed==8"))
    assert not whole(kit)


def test_pip_itself_is_asked_for_its_settings(monkeypatch, tmp_path):
    monkeypatch.setenv("PIP_CONFIG_FILE", str(tmp_path / "pip.conf"))
    monkeypatch.setenv("PIP_EXTRA_INDEX_URL", "https://b.example/ https://c.example/")
    (tmp_path / "pip.conf").write_text(
        "[global]\nindex-url = https://a.example/\nextra-index-url = https://no.example\n"
        "[install]\nfind-links =\n    https://d.example/\n    /not/there\n"
    )
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    found = installers.for_uv(installers.pip_settings(sys.executable), {})
    assert found["UV_DEFAULT_INDEX"] == "https://a.example/"
    assert found["UV_INDEX"] == "https://b.example/ https://c.example/"
    assert found["UV_FIND_LINKS"] == "https://d.example/"


def test_certificates_and_switches_are_handed_on():
    found = installers.for_uv(
        {"no-index": "true", "trusted-host": "a.example\nb.example"},
        {"REQUESTS_CA_BUNDLE": "/etc/bundle.pem"},
    )
    assert found["UV_NO_INDEX"] == "true"
    assert found["UV_INSECURE_HOST"] == "a.example b.example"
    assert found["SSL_CERT_FILE"] == "/etc/bundle.pem"
    assert "UV_NO_INDEX" not in installers.for_uv({"no-index": "0"}, {})
    own = installers.for_uv({"cert": "/own.pem"}, {"CURL_CA_BUNDLE": "/other.pem"})
    assert own["SSL_CERT_FILE"] == "/own.pem"


def test_uv_is_handed_the_settings_and_never_fetches_a_python(kit):
    (kit / "config").write_text("global.index-url='https://a.example/simple'")
    set_up(kit)
    settings = ast.literal_eval((kit / "settings").read_text())
    assert settings["UV_DEFAULT_INDEX"] == "https://a.example/simple"
    assert settings["UV_PYTHON_DOWNLOADS"] == "never"
    assert "a.example" not in by_uv(kit)[0]
