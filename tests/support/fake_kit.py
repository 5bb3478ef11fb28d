"""A checkout with a small program in the place of Python, pip and uv."""

import sys

from helpers.set_up import environment

#: makes an environment as venv, pip and uv would, without packages; files beside
#: environment.yml say how they go wrong: `fail`, `fail-uv`, `fail-tool` and
#: `fail-needed` (what they print), `slow` (seconds) and `config` (pip's settings)
FAKE = """#!{python}
import os, re, sys, time
from pathlib import Path
ROOT = Path({root!r})
arguments = sys.argv[1:]
told = {{path.name: path.read_text() for path in ROOT.iterdir() if path.is_file()}}
with (ROOT / "calls").open("a") as calls:
    calls.write(" ".join(arguments) + "\\n")
if arguments[:2] == ["-m", "venv"]:
    folder = Path(arguments[-1])
    (folder / "lib/python3.11/site-packages").mkdir(parents=True, exist_ok=True)
    (folder / "bin").mkdir(exist_ok=True)
    target = folder / "bin/python"
    target.write_text(told["base"])
    target.chmod(0o755)
elif arguments[2:4] == ["config", "list"]:
    print(told.get("config", ""))
elif "install" in arguments:
    file = Path(arguments[-1])
    asked = re.findall(r"^([\\w.-]+)==([^ ;\\n]+)", file.read_text(), re.M)
    print("Collecting", *asked[-1], flush=True)
    tool = file.name == "tool.txt"
    if not tool and "slow" in told:
        time.sleep(float(told["slow"]))
    name = "fail-tool" if tool else "fail-uv" if "uv" in arguments else "fail"
    if name in told or (name == "fail-uv" and "fail" in told):
        sys.exit(told.get(name) or told["fail"])
    if name == "fail" and "needed" in dict(asked):
        if "fail-needed" in told:
            sys.exit(told["fail-needed"])
    if "uv" in arguments:
        (ROOT / "settings").write_text(str(dict(os.environ)))
    packages = ROOT / ".venv/lib/python3.11/site-packages"
    for name, version in asked:
        info = packages / f"{{name.replace('-', '_').lower()}}-{{version}}.dist-info"
        info.mkdir(exist_ok=True)
        (info / "METADATA").write_text(f"Name: {{name}}\\nVersion: {{version}}\\n")
else:
    print(told["version"])
"""


def write_lock(root, *, first="1.0"):
    pins = {"first": first, "needed": "7", "second-one": "2.1", "uv": "0.1"}
    digest = "0" * 64
    (root / "environment.lock").write_text(
        "# made\n"
        + "".join(f"{n}=={v} \\\n    --hash=sha256:{digest}\n" for n, v in pins.items())
    )


def make(root):
    """A checkout with three pins and a fake Python, in a folder with a space."""
    root.mkdir()
    (root / "environment.yml").write_text(
        "dependencies:\n  - pip\n  - pip:\n    - first==1.0\n"
        "    - Second-one==2.1  # why\n    - uv==0.1\n    - -e .\n"
    )
    write_lock(root)
    (root / "version").write_text("3 11 cpython")
    (root / "base").write_text(FAKE.format(python=sys.executable, root=str(root)))
    (root / "base").chmod(0o755)
    return root


def set_up(root):
    return environment.prepared(root, str(root / "base"))


def calls(root):
    return (root / "calls").read_text().splitlines()


def by_uv(root):
    return [call for call in calls(root) if call.startswith("-m uv pip install")]


def by_pip(root):
    """What pip installed, uv itself left aside."""
    found = [call for call in calls(root) if call.startswith("-m pip install")]
    return [call for call in found if not call.endswith("tool.txt")]
