"""What the analyst alone sees: drawn when displayed, and nothing registered."""

import numpy as np
import pandas as pd
import pytest
from support import small_study

from helpers.matching.report import diagnostics

NAME = small_study.NAME


@pytest.fixture
def study(tmp_path):
    """A run with asked-for matching, its group and its match."""

    def make(**matching):
        run = small_study.stage(
            tmp_path, "matching", small_study.study(matching=matching)
        )
        run.draft = True
        group = small_study.group(
            [1, 1, 1, 0, 0, 0],
            {"age": [20.0, 30, 40, 20, 30, np.nan], "sex": list("FMMFMM")},
        )
        weights = pd.Series([1, 1, 0, 0.5, 1.5, 0], group.people.index)
        match = small_study.matched(weights, group.treatment)
        return run, {NAME: group}, {NAME: match}

    return make


def html(shown):
    return shown._repr_mimebundle_()["text/html"]


def test_distributions_are_drawn_when_they_are_displayed(study, monkeypatch):
    parts = study()
    drawn = []
    monkeypatch.setattr(
        diagnostics, "distributions", lambda *of: drawn.append(of) or 1 / 0
    )
    [shown] = diagnostics.of_covariates(*parts)
    assert not drawn
    with pytest.raises(ZeroDivisionError):
        html(shown)
    assert drawn[0][3] == ["age", "sex"]


def test_figures_have_an_alternative_and_say_that_they_are_a_draft(study):
    run, *of = study()
    figures = [*diagnostics.of_covariates(run, *of)]
    figures += diagnostics.of_weights(run, *of)[:1]
    for figure in figures:
        page = html(figure)
        assert f'<img alt="{NAME}: ' in page
        assert page.startswith("<p><strong>DRAFT, not for publication.")
    assert not run.registered


def test_weights_are_told_in_numbers(study):
    figure, spread, most = diagnostics.of_weights(*study())
    # weights 0.5 and 1.5: the square of 2 over 2.5 is 1.6
    assert figure.caption == (
        f"{NAME}: weights; 2 people count as 1.6; 75.0% is on one person"
    )
    assert spread.frame["weight"]["largest"] == 1.5
    assert most.frame.index.tolist() == [5, 4]


def test_the_treated_before_and_after(study):
    [shown] = diagnostics.of_treated(*study())
    assert shown.frame.loc[0, ["mean_before", "mean_after"]].tolist() == [30, 25]


def test_other_packages_are_shown_where_the_request_asks(study):
    assert diagnostics.reconciled(*study()) == []
    shown = diagnostics.reconciled(*study(reconcile=True))
    named = ["MatchIt", "cobalt", "pstest (psmatch2)", "pstest (psmatch2), its summary"]
    assert [one.caption.partition(" has it. ")[0] for one in shown] == [
        f"{NAME}: as {name}" for name in named
    ]
    assert "Std. Mean Diff." in shown[0].frame and "%bias" in shown[2].frame
