"""The command about published results: catalogue add."""

import argparse
import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

from helpers.commands.console import command, outputs_option, say
from helpers.errors import RequestError
from helpers.files import ROOT, sha256, shown

CATALOGUE = """\
Look after the catalogue of published results, beside which every report stands."""

ADD = """\
Add what a finished run found to the catalogue of its request (findings.catalogue): a
row in results.csv for each headline that measured the one-year proven reoffending
rate. The row holds what the report shows, from release/result.json and nothing else; a
number that is withheld there is empty here. Later reports show it from the end of the
month of publication.date, and the run's own report never does. A newer edition takes
the place of the last one. Results that may share people with it are named. Made-up
people go into no catalogue but one of your own (--catalogue). ID is the id of the
request."""

FOLDER = "another catalogue: the folder of results.csv, counts.csv and types.csv"
#: of a run, what is read
RESULT, REQUEST = "release/result.json", "audit/request.yml"


def add(names: argparse._SubParsersAction) -> None:
    """Add these commands to the command line."""
    line = "add a finished run to the published results"
    made = command(names, catalogue, line, CATALOGUE)
    made.set_defaults(action=None, shown=made)
    verbs = made.add_subparsers(dest="verb", metavar="VERB")
    made = command(verbs, catalogue, line, ADD, name="add")
    made.add_argument("id", metavar="ID")
    outputs_option(made)
    made.add_argument("--catalogue", type=Path, metavar="FOLDER", help=FOLDER)
    made.add_argument(
        "--source",
        default="",
        metavar="URL",
        help="the address where the report was published",
    )


def catalogue(options: argparse.Namespace) -> int:
    """Add a finished run's released result to a catalogue."""
    from helpers.charts.catalogue import add as adding

    outputs = options.outputs.absolute() if options.outputs else ROOT / "outputs"
    _known_address(options.source)
    request, result = _released(options.id, outputs)
    if request.get("id") != options.id:
        raise RequestError(
            f"{options.id}: the folder of this name holds the run of "
            f"{request.get('id')}; give it that name again"
        )
    if "analyses" not in request:
        raise RequestError(
            f"{options.id}: is a summary of published results and has none of its own"
        )
    folder = _folder(options.catalogue, request)
    for line in adding.add(request, result, folder, source=options.source):
        say(line)
    return 0


def _known_address(source: str) -> None:
    from helpers.request.reading.table import unseen

    address = re.fullmatch(r"https?://[^\s/]+\.\S+", source)
    if source and (unseen(source) or not address):
        raise RequestError(
            f"--source must be an address; found {source!r}; write for example "
            "https://www.gov.uk/…, or leave it out"
        )


def _folder(asked: Path | None, request: dict[str, Any]) -> Path:
    """Give the folder of the catalogue; made-up people only go where they are asked."""
    from helpers.charts.catalogue import row

    ours = ROOT / "params" / "catalogue"
    folder = asked.absolute() if asked else ROOT / request["findings"]["catalogue"]
    if row.made_up(request) and (not asked or folder.resolve() == ours.resolve()):
        raise RequestError(
            f"{request['id']}: its people, or its list, are made up, and made-up "
            "results do not belong among published ones; to try this out, copy "
            f"{shown(ours)} and name the copy with --catalogue"
        )
    return folder


def _released(run_id: str, outputs: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give the request and the released result of a finished run, as it wrote them."""
    import yaml

    from helpers.life_cycle.refusals import refuse_unfinished
    from helpers.runs import whole

    whole.settle(outputs)
    refuse_unfinished(run_id, outputs)
    with whole.locked(outputs, run_id) as ours:
        if not ours:
            raise RequestError(f"{run_id}: is being made by a run; wait for it")
        folder = outputs / run_id
        _of_this_kit(folder)
        try:
            request = yaml.safe_load((folder / REQUEST).read_text("utf-8"))["request"]
            told = (folder / RESULT).read_text("utf-8")
            return request, json.loads(told, parse_float=Decimal)
        except (OSError, ValueError, yaml.YAMLError, KeyError, TypeError) as error:
            raise RequestError(
                f"{shown(folder)}: {RESULT} or {REQUEST} cannot be read; run the "
                "request again with --overwrite"
            ) from error


def _of_this_kit(folder: Path) -> None:
    """Refuse a result of another version of the kit, or one edited since."""
    from helpers.runs import manifest, whole

    told = whole.finished(folder) or {}
    version = told.get("kit_version")
    if version != manifest.VERSION:
        raise RequestError(
            f"{folder.name}: was made with version {version} of the kit, and this is "
            f"{manifest.VERSION}; run it again with --overwrite, or add the row by "
            "hand (params/catalogue/README.md)"
        )
    written = told.get("outputs", {})
    for name in (RESULT, REQUEST):
        path = folder / name
        if name not in written or not path.is_file():
            raise RequestError(
                f"{shown(path)}: is not there, so there is no result to add"
            )
        if sha256(path) != written[name]["sha256"]:
            raise RequestError(
                f"{shown(path)}: is not as the run wrote it; put it back, or run the "
                "request again with --overwrite"
            )
