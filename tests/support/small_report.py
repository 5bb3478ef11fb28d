"""One small made-up study: cells, sums and blocks of every kind, for the tests."""

import re

from helpers.publication import blocks
from helpers.publication.blocks import ref, see
from helpers.publication.cells import Cell, Sum
from helpers.publication.report import contents

SHARING = {
    "purpose": "To learn what the programme does.",
    "lawful_basis": "A law.",
    "justification": "It cannot be learnt otherwise.",
    "fairness": "People were told.",
    "proportionality": "Only what is needed.",
    "approved_by": "A panel",
    "approved_on": "2026-01-12",
    "destroy_by": "2099-12-31",
}


#: the precision of its tables, so that what is hidden can be told from what is not
PRINTED = "hundredth"
LEVELS = ("value_treatment", "value_comparison", "difference", "ci_low", "ci_high")


def _measure(name, values, p, kind, counts=(None, None)):
    """Cells of one measure: two values, their difference, its interval and p."""
    base = f"all.{name}"
    both = (f"{base}.value_treatment", f"{base}.value_comparison")
    found = []
    for level, value in zip(LEVELS, values, strict=True):
        where, needs, how = f"{base}.{level}", both, ("derived", None, None)
        if where in both:
            people = counts[both.index(where)]
            how, needs = (kind, people, (100, 300)[both.index(where)]), ()
        found.append(Cell(where, value, *how, needs, rounding=PRINTED))
    p_value = Cell(f"{base}.p_value", p, "derived", needs=both, rounding="p")
    return [*found, p_value]


def cells_of_every_kind(hidden=0):
    """Cells and sums; `hidden` (0 to 3) changes the numbers that are withheld."""
    few, second = 4 + hidden, 23 - hidden  # together 27: the sum stays right
    treated = ("all.balance.sex.female.mean_treatment",)
    counts = {
        "intake.submitted": 143,
        "intake.box.not-linked": few,
        "intake.box.no-sentence": 16,
        "intake.box.early": second,
        "all.not_analysed": 43,
        "all.n_treatment": 100,
        "all.n_comparison": 300,
    }
    cells = [Cell(name, value, "count", value) for name, value in counts.items()]
    cells += [
        *_measure("rate", (46.2, 52.4, -6.2, -11.3, -1.1), 0.0173, "rate", (46, 157)),
        *_measure(
            "custody",
            (4.37 + hidden, 21.83, -17.46 + hidden, -22.91, -12.08 + hidden),
            0.00071 * (1 + hidden),
            "rate",
            (4 + hidden, 65),
        ),
        *_measure("days", (None,) * 5, None, "mean", (20, 60)),
        Cell("all.balance.age.smd_before", 31.6, "derived", rounding=PRINTED),
        Cell("all.balance.age.smd_after", -2.4, "derived", rounding=PRINTED),
        Cell(treated[0], 96.19 - hidden, "rate", 96 - hidden, 100, rounding=PRINTED),
        Cell("all.balance.sex.female.smd_before", 41.27 + hidden, "derived", None,
             None, treated, rounding=PRINTED),
        Cell("all.balance.sex.female.smd_after", 7.93 - hidden, "derived", None, None,
             treated, rounding=PRINTED),
        Cell("all.effective_comparison", 214.6, "derived", rounding="effective size"),
        Cell("all.share_matched", 87.4, "derived", rounding="whole"),
        Cell("all.match_quality", "well", "derived"),
        Cell("all.lost", "age", "derived"),
        Cell("all.width", 0.0384, "derived", rounding="thousandth"),
        Cell("all.caliper", 0.05, "setting"),
    ]  # fmt: skip
    summary = {
        "decrease": 37,
        "inconclusive": 90,
        "lower_frequency": 11,
        "increase": 7,
        "total": 134,
        "published": 136,
    }
    cells += [Cell(f"summary.{name}", n, "public") for name, n in summary.items()]
    boxes = [name for name in counts if ".box." in name]
    return cells, [
        Sum("intake.submitted", (*boxes, "all.n_treatment")),
        Sum("intake.submitted", ("all.not_analysed", "all.n_treatment")),
    ]


#: what must not be read anywhere once it is withheld, as it would be printed
WITHHELD_TEXTS = ("4.37", "17.46", "22.91", "12.08", "96.19", "41.27", "7.93")


def measure_recipe(name, kind="rate", label="reoffended", definition="within a year"):
    format_ = "days" if kind == "days" else "per_100"
    return {
        "fact": "measure",
        "outcome": name,
        "kind": kind,
        "label": label,
        "definition": definition,
        "title": f"Measure {label}",
        "few": label,
        "of_some": kind == "days",
        "own_label": True,
        "question": "",
        "reason": "Fewer than thirty people are behind it, so it is not shown."
        if kind == "days"
        else "",
        **{level: ref(f"all.{name}.{level}", format_) for level in LEVELS},
        "p_value": ref(f"all.{name}.p_value", "p"),
    }


MEASURES = {
    "rate": ("rate", "reoffended", "within a year"),
    "custody": ("rate", "went to prison", "within a year"),
    "days": ("days", "time to the first proven reoffence", ""),
}


BASE = {
    "analysis": "All",
    "several": False,
    "slug": "all",
    "noun": "people",
    "programme": "support from Mentors",
    "n_treatment": ref("all.n_treatment"),
    "n_comparison": ref("all.n_comparison"),
}
SOURCE = {
    "title": "Mentors",
    "organisation": "Mentors",
    "published": "25 June 2026",
    "edition": "first edition",
}
CITED = {
    "source": SOURCE,
    "beside_headline": False,
    "sizes": {
        "treatment": ref("all.n_treatment"),
        "comparison": ref("all.n_comparison"),
    },
}


def _words(run):
    measures = {name: measure_recipe(name, *how) for name, how in MEASURES.items()}
    main = BASE | {
        "measures": list(measures.values()),
        "not_headlined": "",
        "why": "",
        "behind": see("results"),
        "some_left_out": True,
        "open_data": False,
        "left_out": ref("all.not_analysed"),
        "reasons": [["Not found in the national records", ref("all.not_analysed")]],
        "submitted": ref("intake.submitted"),
        "flow": see("flow"),
    }
    quality = BASE | {
        "match_quality": ref("all.match_quality", "text"),
        "differences": [ref("all.balance.age.smd_after", "smd")],
        "weighted": True,
        "effective_comparison": ref("all.effective_comparison"),
        "share_matched": ref("all.share_matched", "per_cent"),
        "sizes": see("results"),
        "limited": True,
        "lost": ref("all.lost", "text"),
        "width": ref("all.width", "decimals_3"),
        "reach": "caliper",
        "caliper": ref("all.caliper", "setting"),
        "unit": "pooled",
        "scale": "on the logit of the propensity score",
        "choice": "default",
        "widened": False,
        "tried": [ref("all.caliper", "setting")],
        "widest": "",
    }
    flow = BASE | {
        "organisation": "Mentors & Co",
        "submitted": ref("intake.submitted"),
        "open_data": False,
        "listed": True,
        "some_left_out": True,
        "kept": [],
    }
    yield "main-points", blocks.words(run, "main", words="main_points", data=main)
    for name, measure in measures.items():
        data = BASE | {"measure": measure}
        yield "estimates", blocks.words(run, f"est-{name}", words="estimate", data=data)
        yield (
            "can-say",
            blocks.words(run, f"say-{name}", words="can_say", data=data | CITED),
        )
    yield "balance", blocks.words(run, "quality", words="match_quality", data=quality)
    yield "people", blocks.words(run, "flow-words", words="flow", data=flow)


def flow_table(run):
    rows = [["Submitted", ref("intake.submitted")], ["Reasons"]]
    for name in ("not-linked", "no-sentence", "early"):
        rows.append([name, ref(f"intake.box.{name}")])
    rows.append(["Not analysed", ref("all.not_analysed")])
    rows.append(["In the analysis", ref("all.n_treatment")])
    return blocks.table(
        run, "flow", caption="Where everyone went", columns=["Box", "People"], rows=rows
    )


def results_table(run):
    rows = [
        [name, *(ref(f"all.{name}.{x}", "frequency") for x in (*LEVELS, "p_value"))]
        for name in MEASURES
    ]
    columns = ["Measure", "Programme", "Comparison", "Difference", "From", "To", "p"]
    return blocks.table(run, "results", caption="Results", columns=columns, rows=rows)


def love_plot(run):
    names = {"Age": "age", "Sex: female": "sex.female"}
    rows = [
        {
            "fact": "balance",
            "label": label,
            "before": ref(f"all.balance.{name}.smd_before", "smd"),
            "after": ref(f"all.balance.{name}.smd_after", "smd"),
        }
        for label, name in names.items()
    ]
    return blocks.figure(
        run, "love", figure="love_plot", subtitle="Differences", data={"rows": rows}
    )


def summary_bar(run):
    names = ("decrease", "inconclusive", "lower_frequency", "increase", "total")
    data = {name: ref(f"summary.{name}") for name in names}
    data |= {"when": "September 2015"}
    return blocks.figure(
        run, "summary", figure="summary_bar", subtitle="Analyses", data=data
    )


def every_block(run):
    """Section and block, of every kind, in an order that is not the report's."""
    sex = "all.balance.sex.female.mean_treatment"
    found = [
        ("findings", summary_bar(run)),
        ("balance", love_plot(run)),
        ("people", flow_table(run)),
        ("results", results_table(run)),
        (
            "balance",
            blocks.table(run, "sex", caption="Sex", columns=["Sex", "Per cent"],
                         rows=[["Female", ref(sex, "frequency")]]),
        ),
    ]  # fmt: skip
    return [*found, *_words(run)]


def plain(markup):
    """Markup as a reader sees it."""
    text = re.sub(r"</(p|h\d|li|div|dd|dt|td|th|caption)>", " ", markup)
    text = re.sub(r"<[^>]+>", "", text)
    return re.sub(r"\s+", " ", text).strip()


def content(found, request, decision, version="1.0"):
    """The contents of a report of these parts."""
    return contents.contents(found, request, version, decision, private=True)


def words_block(run):
    """Sentences on a measure of which some is withheld."""
    data = {
        "analysis": "All",
        "several": False,
        "noun": "people",
        "measure": measure_recipe("custody"),
    }
    return blocks.words(run, "estimate", words="estimate", data=data)


#: each kind of block: one of it
MAKERS = {"table": results_table, "figure": love_plot, "words": words_block}
