"""Destroying what a request holds about people; aggregates and audit trail stay."""

import getpass
import os
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from helpers import files
from helpers.errors import RequestError
from helpers.files import ROOT, is_plain, shown
from helpers.jupyter import strip_files
from helpers.life_cycle import certificate, deletion
from helpers.life_cycle.holdings import Holding, holdings
from helpers.runs import whole
from helpers.runs.written import ledger


def destroy(
    run_id: str, outputs: Path, agreed: Callable[[list[str]], object] | None = None
) -> list[str]:
    """Delete every file about people that a request has in `outputs`.

    The run, its drafts, its attempts, and what it shares with other requests on the
    same extract, which the next of them builds again; the report, release/ and audit/
    of a finished run stay. Leaves a certificate, which lists the inputs that the
    operator must destroy. Gives the lines to print; done twice, it says when it was
    done. `agreed` is told what is about to go, a line a folder, and raises an error to
    keep it. Raises RequestError for an unknown id, a run at work and files that cannot
    be deleted.
    """
    _known(run_id, outputs)
    whole.settle(outputs)
    with whole.locked(outputs, run_id) as ours:
        if not ours:
            raise RequestError(
                f"{shown(outputs / run_id)}: is being made by a run; wait for it, or "
                "stop it"
            )
        try:
            with _shared_by_nobody(run_id, outputs):
                going = _about_to_go(run_id, outputs)
            if agreed and going is not None:
                # other runs go on while somebody is asked
                agreed([*deletion.in_brief(*going), *_besides(outputs)])
            with _shared_by_nobody(run_id, outputs):
                if _about_to_go(run_id, outputs) != going:
                    raise RequestError(
                        f"{run_id}: nothing was destroyed: since it was asked, files "
                        "were written or moved; run destroy again"
                    )
                return _destroy(run_id, outputs)
        except OSError as error:
            raise RequestError(
                f"{error.filename}: {error.strerror}; nothing is certified until "
                "destroy can read and write there"
            ) from error


@contextmanager
def _shared_by_nobody(run_id: str, outputs: Path) -> Iterator[None]:
    """Keep every run from what this request shares with others, while it is deleted."""
    with ExitStack() as ours:
        for held in _held(run_id, outputs):
            lock = files.in_use(held.folder)
            if held.shared and not ours.enter_context(files.locked(lock)):
                raise RequestError(
                    f"{shown(held.folder)}: is used by a run or an open notebook on "
                    "the same extract; wait for it, or stop it, then run destroy again"
                )
        yield


class _Seen(NamedTuple):
    """What there is of a request: its folders, certificate, inputs and files to go."""

    held: list[Holding]
    path: Path
    done: dict[str, Any]
    inputs: list[dict[str, Any]]
    found: list[Path]

    @property
    def gone(self) -> bool:
        """Tell whether it was destroyed before, and nothing has come since."""
        return not self.found and self.done.get("status") == "complete"


def _look(run_id: str, outputs: Path) -> _Seen:
    held, path = _held(run_id, outputs), _certificate(run_id, outputs)
    _refuse_links(path)
    done = certificate.read(path)
    inputs = certificate.inputs(held, done.get("inputs", []))
    return _Seen(held, path, done, inputs, deletion.about_people(held, inputs))


def _about_to_go(run_id: str, outputs: Path) -> tuple[list[Path], list[Holding]] | None:
    """Give what will go, and its folders; None where it was destroyed before."""
    seen = _look(run_id, outputs)
    return None if seen.gone else (seen.found, seen.held)


def _destroy(run_id: str, outputs: Path) -> list[str]:
    seen = _look(run_id, outputs)
    held, path, done, inputs, found = seen
    kept_by_disk: list[str] = []
    if seen.gone:
        said = f"was destroyed on {done['at'][:10]} by {done['by']}"
    else:
        of_whom = "" if certificate.of_nobody(held) else " about people"
        before = certificate.gone(done, outputs)
        done = {
            "id": run_id,
            "status": "begun",
            "by": getpass.getuser(),
            "at": certificate.now(),
            "destroy_by": certificate.last_day(held) or done.get("destroy_by"),
            "files": [*before, *certificate.described(found, held, outputs)],
            "inputs": [*inputs, *certificate.led_to(found, held)],
            "in_ledger": False,
        }
        certificate.begin(path, done)  # were this killed, what it was at is known
        deletion.delete(found, held, inputs, done, path)
        said = f"{deletion.counted(found)}{of_whom} destroyed"
        kept_by_disk = [certificate.IN_BRIEF] if of_whom else []
    untold = _recorded(run_id, outputs, done)
    certificate.complete(path, done)
    lines = [
        f"{run_id}: {said}; {shown(path.with_suffix('.txt'))} certifies it.",
        *certificate.still_there(done),
        *kept_by_disk,
        *_index_removed(outputs),
        *_stripped(),
    ]
    if untold:  # the files are gone all the same
        raise RequestError([*lines, *untold])
    return lines


def _index_removed(outputs: Path) -> list[str]:
    """Remove the page of requests carried out together: a line of it may count people.

    It is of the last batch, whichever requests that had, and the next one writes it.
    """
    page = outputs / whole.INDEX
    if not os.path.lexists(page):
        return []
    page.unlink()
    return [f"{shown(page)}, which the next batch writes anew, was removed."]


def _stripped() -> list[str]:
    """Strip the outputs of notebooks that a hosted JupyterLab saved beside the kit's.

    Nothing in one tells of which request its outputs are: all of them go.
    """
    done, left = strip_files.strip_all(ROOT / "notebooks")
    return [
        *(
            f"{shown(path)}: was stripped of its outputs, which may be about people"
            for path in done
        ),
        *(
            f"{shown(path)}: could not be stripped; look whether it holds outputs "
            "about people, and delete it if so"
            for path in left
        ),
    ]


def _recorded(run_id: str, outputs: Path, done: dict[str, Any]) -> list[str]:
    """Put what was destroyed into the ledger, once; gives why that cannot be done.

    The hashes are keyed: from that of a small file, what was in it could be guessed.
    """
    if done.get("in_ledger", True):
        return []
    try:
        key = ledger.key(outputs)
        files = [
            [file["file"], file["sha256"] and ledger.keyed(key, file["sha256"])]
            for file in done["files"]
        ]
        ledger.record(outputs, ledger.DESTROYED, run_id, files=files)
    except (RequestError, OSError) as error:
        return [
            f"{run_id}: was destroyed, and the ledger does not say so: {error}; then "
            "run destroy again, which adds the line"
        ]
    done["in_ledger"] = True
    return []


def _refuse_links(path: Path) -> None:
    """Refuse to write a certificate in the place of what is no file of the kit."""
    for name in (path, path.with_suffix(".txt")):
        if os.path.lexists(name) and not is_plain(name):
            raise RequestError(
                f"{shown(name)}: is a link, a folder or a device, and the certificate "
                "is to be written there; move it away, then run destroy again"
            )


def _besides(outputs: Path) -> list[str]:
    """Tell what goes that may be about other requests too, each in a line."""
    page, books = outputs / whole.INDEX, ROOT / "notebooks"
    lines = []
    if os.path.lexists(page):
        lines.append(f"{shown(page)}: will go; the next batch writes it anew")
    if saved := strip_files.look_through(books)[0]:
        many = deletion.counted(saved)
        lines.append(f"{shown(books)}: outputs saved in {many} will go")
    return lines


def _known(run_id: str, outputs: Path) -> None:
    ids = sorted({held.run_id for held in holdings(outputs, ROOT / "params")})
    plain = re.fullmatch(r"[a-z0-9][a-z0-9-]*", run_id) is not None
    if run_id not in ids and not (plain and _certificate(run_id, outputs).exists()):
        raise RequestError(
            f"{run_id}: {shown(outputs)} holds no run, draft or attempt with this id; "
            f"it holds {', '.join(ids) or 'none'} (--outputs names another folder)"
        )


def _held(run_id: str, outputs: Path) -> list[Holding]:
    everything = holdings(outputs, ROOT / "params")
    return [held for held in everything if held.run_id == run_id]


def _certificate(run_id: str, outputs: Path) -> Path:
    folder = outputs / run_id
    audit = folder / "audit"
    if audit.is_dir() and not audit.is_symlink() and not folder.is_symlink():
        return folder / "audit" / "destroyed.json"
    return outputs / f"{run_id}.destroyed.json"
