"""The tables of the cover: rows of what to read, of what was checked and decided."""

import html
from collections import Counter
from collections.abc import Iterator

from helpers.publication.report.cover.left import Left
from helpers.publication.report.safes.rows import code, command, counted, given
from helpers.publication.tables import Links, Markup, Row
from helpers.publication.wording.request_texts import day
from helpers.request import AnyRequest

#: pages that may lie beside the cover, and what each is
COPIES = {
    "report-reviewers.html": (
        "The reviewers’ copy",
        "The report with its code, its checks and where each number comes from.",
    ),
    "five-safes.html": (
        "The Five Safes",
        "What the run did for each, and what people still have to do.",
    ),
    "second_analyst.R": (
        "The second analyst’s script",
        "It works scores, weights and estimates out once more, in R.",
    ),
}
PUBLISHED = ("The report", "The page that is published, without code.")
NOTEBOOK = "As it was executed, with code and every number, those of few people too."
#: how the ledger begins to tell that a run was approved
APPROVED = "approved by "
#: how a check came out, what needs a look first
RESULTS = {"fail": "Failed", "warn": "Warned", "pass": "Passed"}
#: the audit trail, and what each of its files has
AUDIT = {
    "manifest.json": "When the run was made, from what, and the hash of every file",
    "request.yml": "The request with every default filled in",
    "checks.csv": "The checks of this page",
    "disclosure.csv": "What was decided on each number, and why; never its value",
    "checker.csv": "What was withheld in each table and figure, by rule",
    "packages.txt": "Every installed package with its version",
    "run.log": "How each stage ended",
}
#: what may leave, by its first name below release/
RELEASE = {
    "tables": "Every table, and the data of every figure",
    "figures": "Every figure",
    "checker": "The bundle for whoever checks what may leave",
    "result.json": "The main numbers, for programs",
    "reporting.csv": "The reporting standards, item by item",
    "annex.xlsx": "Every table in one workbook",
    "annex.ods": "The same for LibreOffice",
    "claims.md": "Sentences that may be quoted",
    "govspeak": "The report as GOV.UK takes it",
}


def to_read(left: Left) -> Iterator[Row]:
    """Give a row for each page of the run."""
    title, told = PUBLISHED
    yield [_link("../report.html", title), told]
    for name, (title, told) in COPIES.items():
        if name in left.copies:
            yield [_link(name, title), told]
    for name in left.notebooks:
        yield [_link(f"notebooks/{name}.html", f"Notebook {name}"), NOTEBOOK]


def standing(request: AnyRequest, left: Left) -> Iterator[Row]:
    """Give what comes after the run, none of it done when the page was made."""
    run_id = request.id
    earlier = any(what.startswith(APPROVED) for _, what in left.ledger)
    one = "; any in the ledger below is of an earlier run" if earlier else ""
    told = {
        "Approval by a second person": f"Not given when this page was made{one}. "
        f"{command(f'approve {run_id} --by NAME')}",
        "Publication": "Not done when this page was made. Once it is approved, and not "
        f"before {_begins(request)}: {command(f'publish {run_id}')}",
        "What happened since": "Every line of the ledger, and whether one was changed: "
        f"{command('ledger')}",
        "Comparison": "What differs from another run of this request: "
        f"{command(f'compare {run_id} FOLDER')}",
    }
    yield from ([what, Markup(how)] for what, how in told.items())


def _begins(request: AnyRequest) -> str:
    """Give from when the report may be published, as the report says it."""
    publication = request.publication
    when = day(publication.date)
    clock = (publication.release_at or "").partition(" ")[2]
    return f"{clock} on {when}, London time" if clock else when


def ledger(left: Left) -> Iterator[Row]:
    """Give the lines of the ledger on the request, numbered in their order."""
    for number, (account, what) in enumerate(left.ledger, 1):
        yield [str(number), Markup(given(what)), Markup(given(account))]


def checks(left: Left) -> Iterator[Row]:
    """Give every check, those that failed first, then those that warned."""
    order = list(RESULTS)
    rows = sorted(left.checks, key=lambda row: order.index(row[-1]))
    for stage, check, expected, found, result in rows:
        told = [Markup(given(text)) for text in (check, expected, found)]
        yield [told[0], RESULTS[result], stage, *told[1:]]


def results(left: Left) -> Iterator[Row]:
    """Give how many checks came out in which way."""
    counts = Counter(row[-1] for row in left.checks)
    yield from ([told, str(counts[result])] for result, told in RESULTS.items())


def decisions(left: Left) -> Iterator[Row]:
    """Give how many numbers were decided on in which way."""
    for rule, decision, why, count in left.decisions:
        yield [rule or "none", decision, why, f"{count:,}"]


def made_from(left: Left) -> Iterator[Row]:
    """Give what the run was made with, and the hash of every file that it read."""
    yield ["When", Markup(f"Only {_link('../audit/manifest.json', 'the manifest')} "
                          "has times")]  # fmt: skip
    yield ["Version of the kit", left.kit]
    changed = "with changes" if left.changed else "unchanged"
    at = f"{code(left.commit)}, {changed}" if left.commit else "Not known"
    yield ["Commit of the kit", Markup(at)]
    yield ["Python", left.python]
    yield ["Packages", counted(left.packages, "is installed", "are installed")]
    yield ["Seed", "None: nothing is drawn" if left.seed is None else str(left.seed)]
    for name, digest in left.inputs:
        yield [Markup(f"Input {code(name)}"), Markup(f"SHA-256 {code(digest)}")]


def audit() -> Iterator[Row]:
    """Give a row for each file of the audit trail."""
    for name, what in AUDIT.items():
        yield [what, _link(f"../audit/{name}", f"audit/{name}")]


def release(left: Left) -> Iterator[Row]:
    """Give a row for each file or folder that may leave, with its number of files."""
    counts = Counter(name.split("/")[1] for name in left.release)
    folders = {name.split("/")[1] for name in left.release if name.count("/") > 1}
    order = [*RELEASE, *sorted({*counts} - {*RELEASE})]
    for name in (one for one in order if one in counts):
        where = f"release/{name}" + ("/" if name in folders else "")
        yield [RELEASE.get(name, name), _link(f"../{where}", where), str(counts[name])]


def _link(address: str, text: str = "") -> Links:
    shown = html.escape(text or address).replace("/", "/<wbr>")
    return Links(f'<a href="{html.escape(address)}">{shown}</a>', address)
