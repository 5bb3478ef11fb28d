"""notebooks/TUTORIAL.md, carried out: its commands, its files and its pictures.

By hand: `.venv/bin/python tests/support/tutorial.py` carries the page out from top to
bottom in a copy of the kit, and writes the page and its pictures anew with what the
commands really said. It takes some minutes, and needs Chromium, LibreOffice and
pdftoppm (`apt install chromium libreoffice-calc poppler-utils`).
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml
from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
if __name__ == "__main__":  # the helpers of this folder, wherever it is started
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from support.lab import Kit, Notebook, jupyterlab  # noqa: E402

from helpers.files import typed  # noqa: E402

PAGE = ROOT / "notebooks" / "TUTORIAL.md"
PICTURES = PAGE.parent / "tutorial"

#: a block of the page that is carried out, or a picture that is taken
PIECE = re.compile(
    r"^```(?P<kind>console|yaml|python)\n(?P<text>.*?)^```$"
    r"|^!\[[^\]]*\]\(tutorial/(?P<picture>[\w-]+)\.png\)$",
    re.M | re.S,
)
REQUEST = "my-request"
Box = tuple[float, float, float, float]
TRIED = 'changes = {"matching.caliper": {"sd": 0.02, "of": "pooled"}}'


# commands --------------------------------------------------------------------------


def commands(block: str) -> list[tuple[str, str]]:
    """Give the commands of a console block, each with what the page says it said."""
    parts = re.split(r"^\$ (.+)\n", block, flags=re.M)[1:]
    return list(zip(parts[::2], parts[1::2], strict=True))


def said(output: str, root: Path) -> str:
    """Give an output as the page has it: no progress, no times, no place of its own."""
    output = output.replace(f"{root}/", "").replace(f"{root.parent}/", "../")
    output = re.sub(r"^ +\d+ s  .*\n", "", output, flags=re.M)
    output = re.sub(r"\b\d+(\.\d)? (s|seconds)\b", r"… \2", output)
    return re.sub(r"\d{4}-\d\d-\d\dT[\d:.+Z]+", "…", output)


def carry_out(command: str, root: Path) -> str:
    """Carry a command out in a copy of the kit; gives what it said, as the page has."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=root,
        env=os.environ | {"PATH": path, "VIRTUAL_ENV": sys.prefix, "COLUMNS": "100"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode and " check " not in command:  # which says that lines are lost
        raise SystemExit(f"$ {command}\n{done.stdout}")
    return said(done.stdout, root)


def fill_in(block: str, root: Path) -> None:
    """Write the keys of a block into the request that its first line names."""
    path = root / re.match(r"# (\S+)\n", block)[1]
    written = yaml.safe_load(path.read_text(encoding="utf-8"))
    _merge(written, yaml.safe_load(block))
    path.write_text(yaml.safe_dump(written, sort_keys=False), encoding="utf-8")


def _merge(into: dict[str, Any], keys: dict[str, Any]) -> None:
    for key, value in keys.items():
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            _merge(into[key], value)
        else:
            into[key] = value


def copy_of_the_kit(folder: Path) -> Path:
    """Copy what a user has of the kit: no runs, no lists."""
    root = folder / "kit"
    root.mkdir()
    leave = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
    for name in ("helpers", "notebooks", "params"):
        shutil.copytree(ROOT / name, root / name, ignore=leave)
    for path in [*ROOT.glob("environment.*"), ROOT / "pyproject.toml"]:
        shutil.copy(path, root)
    return root


# pictures --------------------------------------------------------------------------


def _sheet(sheet: int, dots: int, *parts: Box) -> Callable[[Path, Path], None]:
    """Take a picture of parts of a sheet of the list, one below the other.

    `dots` to an inch; a part is left, top, right and bottom, in points of the page.
    """

    def take(root: Path, target: Path) -> None:
        with tempfile.TemporaryDirectory() as there:
            folder = Path(there)
            book = root / "made-up" / "made-up-list.xlsx"
            convert = ["soffice", "--headless", "--convert-to", "pdf", "--outdir"]
            subprocess.run([*convert, there, book], check=True, capture_output=True)
            pdf = folder / "made-up-list.pdf"
            page = ["-f", str(sheet), "-l", str(sheet), "-r", str(dots), "-png"]
            subprocess.run(["pdftoppm", *page, pdf, folder / "page"], check=True)
            whole = Image.open(next(folder.glob("page*.png"))).convert("RGB")
        crops = [whole.crop([round(p * dots / 72) for p in part]) for part in parts]
        wide, high = max(c.width for c in crops), sum(c.height for c in crops)
        picture, below = Image.new("RGB", (wide, high), "white"), 0
        for crop in crops:
            picture.paste(crop, (0, below))
            below += crop.height
        picture.save(target, optimize=True)

    return take


@contextmanager
def _page(width: int = 1280, height: int = 800) -> Iterator[Page]:
    with sync_playwright() as playwright:
        path = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path)
        yield browser.new_page(viewport={"width": width, "height": height})
        browser.close()


def _of_page(path: str, selector: str = "") -> Callable[[Path, Path], None]:
    """Take a picture of the first screen of a page, or of a part of it."""

    def take(root: Path, target: Path) -> None:
        with _page() as page:
            page.goto((root / path).as_uri())
            if selector:
                page.locator(selector).first.screenshot(path=target)
            else:
                page.screenshot(path=target)

    return take


def _of_lab(book: str, cells: dict[str, str]) -> Callable[[Path, Path], None]:
    """Take pictures of a notebook in JupyterLab that has run: name → cell."""

    def take(root: Path, target: Path) -> None:
        own = Path(tempfile.mkdtemp())
        with jupyterlab(root, REQUEST, own) as kit, _page() as page:
            notebook = _opened(kit, page, book)
            notebook.replace("parameters", "changes = {}", TRIED)
            notebook.run()
            for name, cell in cells.items():
                output = notebook.cell(cell).locator(".jp-OutputArea").first
                output.scroll_into_view_if_needed()
                for _ in range(4):  # what is drawn above meanwhile moves it away
                    page.wait_for_timeout(1500)
                    output.evaluate("e => e.scrollIntoView()")
                page.wait_for_timeout(500)
                page.screenshot(path=target.with_stem(name))
        # as the page has it put back: JupyterLab saved the change
        shutil.copy(ROOT / "notebooks" / book, root / "notebooks" / book)

    return take


def _opened(kit: Kit, page: Page, book: str) -> Notebook:
    page.goto(f"{kit.address}/lab/tree/notebooks/{book}?token={kit.token}")
    return Notebook(page, kit.notebook(book))


#: name of a picture → how it is taken, where it stands in the page
TAKEN: dict[str, Callable[[Path, Path], None]] = {
    # the titles of six columns, and some rows of them about one with a mistake
    "list": _sheet(1, 280, (47, 53, 324, 59), (47, 404.8, 324, 468)),
    "before-you-send": _sheet(10, 150, (40, 49, 752, 440)),
    "report": _of_page(f"outputs/{REQUEST}/report.html"),
    "reviewers": _of_page(f"outputs/{REQUEST}/restricted/index.html"),
    "caliper": _of_lab("02_matching.ipynb", {"caliper": "sizes"}),
}


def smaller(path: Path) -> None:
    """Keep a picture small: 128 colours tell the same."""
    Image.open(path).convert("RGB").quantize(128).save(path, optimize=True)


# the page --------------------------------------------------------------------------


def _anew(piece: re.Match, root: Path) -> str:
    """Carry a piece of the page out; gives it with what it came to."""
    print(piece[0].partition("\n")[0] or piece[0], flush=True)
    if name := piece["picture"]:
        TAKEN[name](root, PICTURES / f"{name}.png")
        smaller(PICTURES / f"{name}.png")
        return piece[0]
    if piece["kind"] == "yaml":
        fill_in(piece["text"], root)
    elif piece["kind"] == "python":
        (root / "decide.py").write_text(piece["text"], encoding="utf-8")
        # the page has .venv/bin/python, which this copy of the kit does without
        carry_out(f"{typed(sys.executable)} decide.py", root)
    else:
        lines = [
            f"$ {one}\n{carry_out(one, root)}" for one, _ in commands(piece["text"])
        ]
        return f"```console\n{''.join(lines)}```"
    return piece[0]


def main() -> None:
    """Carry the page out, and write it and its pictures anew."""
    PICTURES.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="tutorial-"))
    root = copy_of_the_kit(folder)
    text, place = PAGE.read_text(encoding="utf-8"), 0
    while piece := PIECE.search(text, place):  # written piece by piece: it takes long
        anew = _anew(piece, root)
        place = piece.start() + len(anew)
        text = text[: piece.start()] + anew + text[piece.end() :]
        PAGE.write_text(text, encoding="utf-8")
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
