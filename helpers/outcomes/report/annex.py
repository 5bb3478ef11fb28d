"""Definitions and questions that readers ask, as far as they apply to a study."""

from typing import Any

import pandas as pd

from helpers.intake.cohort.losses import REOFFENDED_BEFORE
from helpers.outcomes.report.limits import left_out
from helpers.publication import blocks, refs
from helpers.publication.blocks import Block
from helpers.publication.labels import title
from helpers.publication.wording.annex import measures, questions
from helpers.publication.wording.annex.standards import standards
from helpers.publication.wording.number_words import in_words
from helpers.request import Outcome
from helpers.request.measures.standard import in_days, together
from helpers.runs.run import Run


def blocks_of(run: Run, results: pd.DataFrame) -> list[Block]:
    """Give how measures are worked out, what results have to meet, and questions."""
    held = set(results["outcome"])
    known = [outcome for outcome in run.request.outcomes if outcome.name in held]
    return [_definitions(run, known), _questions(run, known)]


def _definitions(run: Run, known: list[Outcome]) -> Block:
    worked_out = dict(_worked_out(outcome) for outcome in known)
    some = any(outcome.of_some for outcome in known)
    held = standards(run.request.least_people, some=some, several=run.several)
    terms = [*worked_out.items(), *held]
    line = f"Definitions: {in_words(len(terms))} terms of the results"
    data = {"terms": [list(term) for term in terms]}
    fold = blocks.fold(line)
    return blocks.words(run, "definitions", words="definitions", data=data, fold=fold)


def _worked_out(outcome: Outcome) -> tuple[str, str]:
    """Give what a measure, or those of one whole, is called and how it is made."""
    row = outcome.standard
    if row is None or outcome.own_words:
        some = measures.OF_SOME if outcome.of_some else ""
        return title(outcome), measures.OWN[outcome.kind] + some
    within = in_days(row.horizon)
    whole = row.adds_up.removesuffix(f"_{row.horizon}_days")
    name = whole or row.name.removesuffix(f"_{row.horizon}_days")
    called = together(row) if whole else title(outcome)
    how = measures.STANDARD.get(name, measures.OWN[outcome.kind])
    return called, how.format(within=within)


def _questions(run: Run, known: list[Outcome]) -> Block:
    asked = [*_of_people(run), *_of_result(run), *_of_numbers(run, known)]
    line = f"Questions that readers ask: {in_words(len(asked))}"
    data = {"questions": asked}
    fold = blocks.fold(line)
    return blocks.words(run, "questions", words="questions", data=data, fold=fold)


def _of_people(run: Run) -> list[list[Any]]:
    """Give the question why some are not in it, of the first analysis with any."""
    if run.request.data_sharing.open_data:
        return []
    for analysis in run.request.analyses:
        known = left_out(run, analysis.name)
        if not known["some_left_out"]:
            continue
        some_only = analysis.filter or analysis.treatment_filter
        said = [questions.OF_SOME] if some_only else []
        if run.request.inputs.from_records:
            found, before, similar = questions.FROM_RECORDS
            some = (cell := run.cells.get(refs.box(REOFFENDED_BEFORE))) and cell.some
            said += [found, *([before] if some else []), similar]
        return [[questions.LEFT_OUT, [*said, known["flow"], questions.COUNTED]]]
    return []


def _of_result(run: Run) -> list[list[Any]]:
    """Give the questions on what a result means, and for whom."""
    by_choice = run.request.programme.selection_by == "choice"
    significant = questions.BY_CHOICE if by_choice else questions.BY_CHANCE
    asked = (
        questions.INCONCLUSIVE, significant, questions.QUOTE, questions.HOLDS,
        questions.COMPARED,
    )  # fmt: skip
    return [_asked(question) for question in asked]


def _of_numbers(run: Run, known: list[Outcome]) -> list[list[Any]]:
    """Give the questions on sizes, on other numbers, and on those that are hidden."""
    request = run.request
    asks, answers = questions.SIZE
    asked = [(asks, answers.format(in_words(request.least_people)))]
    if any(outcome.published for outcome in known):
        asked.append(questions.NATIONAL)
    if run.several:
        asked.append(questions.SEVERAL)
    if request.inputs.from_records:
        asked.append(questions.AGAIN)
    if request.disclosure.profile != "none":
        asked.append(questions.HIDDEN)
    return [_asked(question) for question in asked]


def _asked(question: questions.Question) -> list[Any]:
    asks, answers = question
    return [asks, [answers]]
