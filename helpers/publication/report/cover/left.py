"""What a run left for its reviewers, as it found it when its report was made."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Left:
    """What a run left, and what it was made from; no number about people.

    copies
        The pages that lie beside the cover, by their names.
    notebooks
        Names of the executed notebooks, without ending.
    checks
        Each check: stage, check, expected, found, result.
    decisions
        How many numbers were decided on alike: rule, decision, why, count.
    ledger
        Each line of the ledger on this request: account, what happened.
    kit, python, commit, changed
        Versions of the kit and of Python, the commit, empty where it is not known, and
        whether files of the kit differ from it.
    packages
        How many packages are installed.
    seed
        What chance was drawn with; None where none was.
    inputs
        SHA-256 of every file that was read, by its name.
    release
        Files that may leave, by their names below the run's folder.
    """

    copies: tuple[str, ...] = ()
    notebooks: tuple[str, ...] = ()
    checks: tuple[tuple[str, ...], ...] = ()
    decisions: tuple[tuple[str, str, str, int], ...] = ()
    ledger: tuple[tuple[str, str], ...] = ()
    kit: str = ""
    python: str = ""
    commit: str = ""
    changed: bool = False
    packages: int = 0
    seed: int | None = None
    inputs: tuple[tuple[str, str], ...] = ()
    release: tuple[str, ...] = ()
