"""What a run did to keep its data safe, as it found it when its report was made."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Safeguards:
    """What a run looked at and counted; a row of the page tells of nothing else.

    list_sha256
        SHA-256 of the provider's list; empty where no list was sent.
    list_as_received
        Whether that is the one in the agreement; None where no list was sent.
    opened, unopened
        Tables of national records that were opened, and those beside them that were
        not.
    looked_through, identifying
        How many tables about people were looked through by the headings of their
        columns, and which files have names, dates of birth, numbers or postcodes.
    key
        The file that leads from the run's own numbers back to the ids people came with.
    closed, open_to_others
        How many files and folders are closed to every other account, and which are not;
        `closed` is None on a machine without such modes.
    temporary
        Files that were meant for a while and lie outside the place for such files.
    inside
        Whether that place lies within the run.
    kernels
        How the kernels of the run were spoken to: transport, address, encrypted.
    git
        Whether git could be asked whether it takes up the places of people's files.
    commit, changed
        The commit of the kit, empty where it is not known, and whether files of the
        kit differ from it.
    classes
        How many files the run has of each class.
    openings
        How often the ledger has each event of this request.
    ledger
        What is wrong with the ledger, a line each; none where it is whole.
    passed, warned
        How many checks did; one that fails as a gate stops the run.
    shown, hidden, ranges
        Numbers of the report by what was decided on them.
    other_runs, editions
        Finished runs and published editions that the disclosure decision looked at.
    bundle, records
        Files of the bundle for an output checker, and the tables and figures in it.
    read_back
        Pages that were read back after they were built.
    """

    list_sha256: str = ""
    list_as_received: bool | None = None
    opened: tuple[str, ...] = ()
    unopened: tuple[str, ...] = ()
    looked_through: int = 0
    identifying: tuple[str, ...] = ()
    key: str = ""
    closed: int | None = None
    open_to_others: tuple[str, ...] = ()
    temporary: tuple[str, ...] = ()
    inside: bool = False
    kernels: tuple[tuple[str, str, bool], ...] = ()
    git: bool = False
    commit: str = ""
    changed: bool = False
    classes: dict[str, int] = field(default_factory=dict)
    openings: dict[str, int] = field(default_factory=dict)
    ledger: tuple[str, ...] = ()
    passed: int = 0
    warned: int = 0
    shown: int = 0
    hidden: int = 0
    ranges: int = 0
    other_runs: int = 0
    editions: int = 0
    bundle: int = 0
    records: int = 0
    read_back: tuple[str, ...] = ()
