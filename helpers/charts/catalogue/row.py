"""Rows of results.csv from the released result of a finished run.

Numbers are written as the report prints them; what the result does not hold is empty.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from helpers.charts.catalogue.columns import MADE_UP
from helpers.charts.catalogue.period import years
from helpers.charts.catalogue.printed import LEAST_P, count, limit, p_value, whole
from helpers.errors import RequestError
from helpers.files import harmless
from helpers.request.disclosure import ROUND_TO
from helpers.request.measures.standard import PUBLISHED, STANDARD
from helpers.request.types import Type, named

FREQUENCY, TIME = "reoffending_frequency", "time_to_first_reoffence"
POOR = (
    "was not added: its groups could not be made alike enough to compare, so that its "
    "report shows no result"
)
NO_MAIN_POINT = "was not added: its report does not show it among the main points"
NO_RESULT = "was not added: it could not be analysed"

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Offered:
    """Rows for results.csv, and a line for each analysis that gives none."""

    rows: list[dict[str, str]] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def edition(request: Values) -> int:
    """Give the edition of a request, as its file has it."""
    return int(request["publication"].get("edition", 1))


def made_up(request: Values) -> bool:
    """Tell whether a request's people are made up, or its list is marked as such."""
    inputs = request["inputs"]
    files = [str(inputs.get(name) or "") for name in ("cohort", "submission")]
    marked = any("made-up" in file.lower().replace("_", "-") for file in files)
    return bool(inputs.get("made_up")) or marked


def offered(
    request: Values, result: Values, types: Iterable[Type], source: str = ""
) -> Offered:
    """Give a row for each headline that measured the published rate, and who has none.

    `request` is the mapping under `request:` of audit/request.yml, `result` that of
    release/result.json with its decimals as Decimal, `source` the address where the
    report was published. Raises RequestError where the published rate was not measured.
    """
    measures = _standard(request)
    kinds = named(
        request["programme"]["intervention_type"],
        request["organisation"]["sector_type"],
        types,
        "audit/request.yml",
    )
    same = _about(request, kinds, source)
    headlines = [analysis for analysis in result["analyses"] if analysis["headline"]]
    several = len(headlines) > 1
    given = Offered()
    for analysis in headlines:
        if why := _left_out(analysis):
            given.left_out.append(f'{request["id"]}: "{analysis["name"]}" {why}')
            continue
        own = _named(same, analysis["name"]) if several else {}
        given.rows.append(_row(same | own, request, analysis, measures))
    return given


def _standard(request: Values) -> set[str]:
    """Give the published measures that a request counts in the kit's own words."""
    given = {outcome["name"]: outcome for outcome in request["outcomes"]}
    own = {
        name
        for name in (PUBLISHED, FREQUENCY, TIME)
        if name in given
        and any(
            given[name].get(words, standard) != standard
            for words, standard in (
                ("label", STANDARD[name].label),
                ("definition", STANDARD[name].definition),
            )
        )
    }
    start = (
        f"{request['id']}: the catalogue holds results on the one-year proven "
        "reoffending rate, and this request"
    )
    if PUBLISHED not in given:
        raise RequestError(f"{start} did not measure that rate; nothing to add")
    if PUBLISHED in own:
        counted = f"{given[PUBLISHED]['label']} {given[PUBLISHED]['definition']}"
        raise RequestError(
            f'{start} counted people who "{counted.strip()}"; nothing to add'
        )
    return {name for name in (PUBLISHED, FREQUENCY, TIME) if name in given} - own


def _about(request: Values, kinds: Mapping[str, str], source: str) -> dict[str, str]:
    """Give what a row says of the request, whatever the analysis."""
    programme, day = request["programme"], str(request["publication"]["date"])
    first, last = years(programme.get("period") or "")
    whose = MADE_UP if made_up(request) else request["organisation"]["name"]
    return {
        "id": _as_id(request["id"]),
        "organisation": harmless(whose),
        "programme": harmless(programme["name"]),
        "intervention_type": kinds["intervention"],
        "sector": kinds["sector"],
        "setting": programme.get("setting") or "",
        "cohort_from": first,
        "cohort_to": last,
        "published": day[:7],
        "source_url": source
        or f"not published at an address; request {request['id']}, edition "
        f"{edition(request)}",
        "source_kind": "report of this kit",
        "grade": "B",
        "request": request["id"],
    }


def _named(same: Values, analysis: str) -> dict[str, str]:
    """Tell the headlines of one request apart."""
    return {
        "id": f"{same['id']}_{_as_id(analysis)}",
        "programme": f"{same['programme']} ({analysis})",
    }


def _as_id(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "_", name.lower()).strip("_") or "x"


def _left_out(analysis: Values) -> str:
    """Say why a headline gives no row; empty where it gives one."""
    if analysis["match_quality"] == "poorly":
        return POOR
    outcomes = {outcome["outcome"] for outcome in analysis["outcomes"]}
    if PUBLISHED not in outcomes:
        return NO_RESULT
    if "headlined" not in analysis:
        raise RequestError(
            "release/result.json does not say which analyses are main points; run the "
            "request again with --overwrite"
        )
    return "" if analysis["headlined"] == "yes" else NO_MAIN_POINT


def _row(
    same: Values, request: Values, analysis: Values, measures: set[str]
) -> dict[str, str]:
    """Give the row of one analysis."""
    by_name = {
        outcome["outcome"]: outcome
        for outcome in analysis["outcomes"]
        if outcome["outcome"] in measures
    }
    rate = by_name[PUBLISHED]
    p, n = rate["p_value"], rate["n_treatment"]
    rounded = request["disclosure"]["profile"] == "rounded" and n is not None
    notes = [f"edition {edition(request)}"]
    if rounded:
        notes.append(f"sizes rounded to {ROUND_TO}")
    if p is not None and p < LEAST_P:
        notes.append("p printed as <0.01")
    if rate["difference"] is None:
        notes.append("figures withheld to protect people")
    return {
        **same,
        "n_submitted": count(analysis["n_submitted"]),
        "n_treat": count(n),
        "n_comp": count(rate["n_comparison"]),
        "size_note": f"about {n:,}" if rounded else "",
        "rate_treat": whole(rate["value_treatment"], 100),
        "rate_comp": whole(rate["value_comparison"], 100),
        "diff_printed": limit(rate["difference"], 100),
        "ci_low": limit(rate["ci_low"], 100),
        "ci_high": limit(rate["ci_high"], 100),
        "p_value": p_value(p),
        **_verdict(rate, "rate", "down", "up"),
        **_frequency(by_name.get(FREQUENCY)),
        **_time(by_name.get(TIME)),
        "conclusion": _conclusion(rate),
        "note": "; ".join(notes),
    }


def _frequency(measure: Values | None) -> dict[str, str]:
    """Give reoffences for every 100 people, and the finding on them."""
    if measure is None:
        return {}
    return {
        "freq_treat_per100": whole(measure["value_treatment"], 100),
        "freq_comp_per100": whole(measure["value_comparison"], 100),
        "freq_diff_per100": limit(measure["difference"], 100),
        "freq_ci_low": limit(measure["ci_low"], 100),
        "freq_ci_high": limit(measure["ci_high"], 100),
        **_verdict(measure, "freq", "down", "up"),
    }


def _time(measure: Values | None) -> dict[str, str]:
    """Give days to the first reoffence of those who reoffended, and the finding."""
    if measure is None:
        return {}
    return {
        "days_treat": whole(measure["value_treatment"]),
        "days_comp": whole(measure["value_comparison"]),
        "days_diff": limit(measure["difference"]),
        "days_ci_low": limit(measure["ci_low"]),
        "days_ci_high": limit(measure["ci_high"]),
        "reoffenders_treat": count(measure["n_treatment"]),
        **_verdict(measure, "time", "sooner", "later"),
    }


def _verdict(measure: Values, of: str, less: str, more: str) -> dict[str, str]:
    """Give the finding on a measure and its direction; empty where none was printed."""
    if measure["significant"] is None:
        return {}
    # a difference that is printed as nought has the side of its interval
    side = measure["difference"] or measure["ci_low"] + measure["ci_high"]
    direction = less if side < 0 else more
    return {
        f"sig_{of}": "Y" if measure["significant"] else "N",
        f"dir_{of}": direction if measure["significant"] or side else "",
    }


def _conclusion(rate: Values) -> str:
    if rate["difference"] is None:
        return "figures not found"
    if rate["significant"] is None:
        return "not tested: too few people reoffended, or too few did not"
    if not rate["significant"]:
        return "not significant; more people needed"
    way = _verdict(rate, "rate", "reduction", "increase")["dir_rate"]
    return f"significant {way}"
