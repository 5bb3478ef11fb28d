"""Put the packages into .venv: by uv where it can, else by pip.

uv reads none of pip's settings, so that it is handed those that say where packages are.
"""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from helpers.set_up import lock
from helpers.set_up.pins import prebuilt
from helpers.set_up.process import python_of
from helpers.set_up.steps import SetUpError, Work, carry_out, say

#: the set-up's own tool: a machine that cannot have it gets the kit all the same
TOOL = "uv"

PIP = "--no-input --disable-pip-version-check --progress-bar off".split() + prebuilt()
UV = "--no-progress --color never".split() + prebuilt()

#: what uv is told beside what pip's settings say
UV_SETTINGS = {
    "UV_PYTHON_DOWNLOADS": "never",
    "UV_SYSTEM_CERTS": "1",
    # every index counts alike, as for pip; the hashes say which file is meant
    "UV_INDEX_STRATEGY": "unsafe-best-match",
}

#: pip's settings and what uv calls them
CALLED = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "no-index": "UV_NO_INDEX",
    "trusted-host": "UV_INSECURE_HOST",
    "default-timeout": "UV_HTTP_TIMEOUT",
    "timeout": "UV_HTTP_TIMEOUT",
    "cert": "SSL_CERT_FILE",
    "client-cert": "SSL_CLIENT_CERT",
    "proxy": "HTTPS_PROXY",
}

#: failures that another installer would meet as well, or must not get round
FINAL = ("full", "hash", "venv")

SHORT = {
    "unreached": "it reaches no package index",
    "missing": "a package is not there for it",
    "keyring": "pip is set to ask a keyring",
}


def install(wanted: dict[str, str], root: Path, work: Work) -> None:
    """Put the pins and what they need into .venv, with hashes where they are known."""
    venv = root / ".venv"
    entries = lock.read(root)
    reason = lock.uncovered(wanted, entries)
    if reason:
        say(f"{lock.NAME} is not used ({reason}): versions alone are checked.")
        entries = []
    tool, packages = _files(venv, wanted, entries)
    # pip fetches uv: what it does not reach then, it will not reach for the rest either
    final = (*FINAL, "unreached")
    try:
        carry_out("Looking for uv", _pip(venv, tool), work)
        final = FINAL
        carry_out("Looking for packages", _uv(venv, packages), work, _for_uv(venv))
        return
    except SetUpError as error:
        if error.kind in final:
            raise
        short = SHORT.get(error.kind, f"see {work.log}")
        say(f"uv cannot do it here ({short}); pip does, in one to two minutes.")
    try:
        carry_out("Looking for packages", _pip(venv, packages), work)
    except SetUpError as error:
        if not entries or error.kind != "missing":
            raise
        say(f"{lock.NAME} does not cover this machine: versions alone are checked.")
        packages = _files(venv, wanted, [])[1]
        carry_out("Looking for packages", _pip(venv, packages), work)


def _files(
    venv: Path, wanted: dict[str, str], entries: list[lock.Entry]
) -> tuple[list[str], list[str]]:
    """Give the options of pip and uv for uv itself, and for all the rest."""
    asked = entries or [
        lock.Entry(lock.plain(name), version, f"{name}=={version}\n")
        for name, version in wanted.items()
    ]
    options = []
    for name, mine in (("tool", True), ("packages", False)):
        path = venv / f"{name}.txt"
        lines = [entry.text for entry in asked if (entry.name == TOOL) == mine]
        path.write_text("".join(lines), encoding="utf-8")
        hashes = ["--require-hashes"] if entries else []
        options.append([*hashes, "--requirement", str(path)])
    return tuple(options)


def _pip(venv: Path, asked: list[str]) -> list[str]:
    compiled = ["--compile" if bytecode() else "--no-compile"]
    return [str(python_of(venv)), "-m", "pip", "install", *PIP, *compiled, *asked]


def _uv(venv: Path, asked: list[str]) -> list[str]:
    python = str(python_of(venv))
    command = [python, "-m", "uv", "pip", "install", "--python", python, *UV]
    return [*command, *(["--compile-bytecode"] if bytecode() else []), *asked]


def bytecode() -> bool:
    """Tell whether bytecode has to be made while packages are installed.

    Elsewhere Python keeps that of what it imports, and that of the rest takes longer
    than the whole set-up. Where it may keep none, each kernel would make it anew.
    """
    return sys.dont_write_bytecode


def _for_uv(venv: Path) -> dict[str, str]:
    return for_uv(pip_settings(str(python_of(venv))), os.environ)


def pip_settings(python: str) -> dict[str, str]:
    """Tell what pip's files and variables say, in pip's order: the last said counts."""
    answer = subprocess.run(
        [python, "-m", "pip", "config", "list"], capture_output=True, text=True
    )
    found = re.findall(
        r"^(global|install|:env:)\.([\w-]+)=(.*)$", answer.stdout, re.MULTILINE
    )
    settings = {}
    for level in ("global", "install", ":env:"):
        said = {key: value for at, key, value in found if at == level}
        settings |= {key: str(ast.literal_eval(value)) for key, value in said.items()}
    return settings


def for_uv(settings: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    """pip's settings as variables of uv: on the command line others could read them."""
    if settings.get("keyring-provider", "auto") not in ("auto", "disabled"):
        raise SetUpError("pip is set to ask a keyring", "keyring")
    bundle = given.get("REQUESTS_CA_BUNDLE") or given.get("CURL_CA_BUNDLE")
    variables = {"SSL_CERT_FILE": bundle} if bundle else {}
    for key, name in CALLED.items():
        value = " ".join(settings.get(key, "").split())
        if key == "find-links":
            # pip passes over a folder that is not there; uv would end
            links = [w for w in value.split() if "://" in w or Path(w).exists()]
            value = ",".join(links)
        elif key == "no-index":
            value = value if value.lower() in ("1", "true", "yes", "on") else ""
        if value:
            variables[name] = value
    return UV_SETTINGS | variables
