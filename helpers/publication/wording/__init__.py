"""Sentences of the report, made from released numbers only.

number_words   numbers of the method and the request in words
intervals      a difference and its interval in words
verdicts       the verdict on one measure
measure/       what one measure is called, its groups and what the data allow
findings       what a measure shows
main_points    the main points of an analysis
claims/        what can and cannot be said, each sentence to be cited
balance        how alike the groups are, and who was left out
alike          the lines of folds on people and balance
limits         the strengths and limits that apply, in sentences
annex/         definitions, and questions that readers ask
without_result/  an analysis without a result: why, and what would be needed
beside/        what stands beside the estimates of an analysis
ladders        what moves between the rungs of a ladder
robustness/    whether the answer holds: how sure a reader can be, every doubt
results/       the published results so far
linkage        whom the linkage found less often than others
five_safes     data sharing as the Five Safes
request_texts  what the request itself writes
glossary       the terms that need explaining
"""

from collections.abc import Callable

from helpers.publication.wording import (
    alike,
    balance,
    findings,
    ladders,
    limits,
    linkage,
    main_points,
)
from helpers.publication.wording.annex import shown as annex
from helpers.publication.wording.beside import (
    contrasts,
    lines,
    over_time,
    power,
    precision,
    sites,
)
from helpers.publication.wording.claims import shown as claims
from helpers.publication.wording.measure import line
from helpers.publication.wording.results import (
    by_size,
    by_year,
    periodic,
    pooled,
    so_far,
)
from helpers.publication.wording.robustness import (
    earlier,
    estimators,
    gate,
    hidden_bias,
    in_brief,
    placebo,
    tests,
)
from helpers.publication.wording.without_result import hidden, not_made

#: name in a recipe -> function from the resolved data to HTML
WORDS: dict[str, Callable[[dict], str]] = {
    "main_points": main_points.main_points,
    "more_points": main_points.more_points,
    "line": line.line,
    "estimate": findings.estimate,
    "can_say": claims.can_say,
    "can_say_in_brief": claims.line,
    "match_quality": balance.match_quality,
    "match_sizes": balance.match_sizes,
    "flow": balance.flow,
    "set_aside": balance.set_aside,
    "in_brief": alike.in_brief,
    "needs": alike.needs,
    "line_of_flow": alike.flow,
    "line_of_alike": alike.alike,
    "line_of_largest": alike.largest,
    "line_of_analysed": alike.analysed,
    "line_of_overlap": alike.overlap,
    "line_of_sizes": alike.sizes,
    "line_in_analysis": alike.in_analysis,
    "line_matched": alike.matched,
    "line_of_needs": alike.of_needs,
    "limits": limits.limits,
    "limits_in_brief": limits.limits_in_brief,
    "limits_line": limits.limits_line,
    "definitions": annex.definitions,
    "questions": annex.questions,
    "how_matched": limits.how_matched,
    "how_estimated": limits.how_estimated,
    "linkage": linkage.linkage,
    "split_in_brief": so_far.split_in_brief,
    "collected": so_far.collected,
    "collected_in_brief": so_far.collected_in_brief,
    "counting": so_far.counting,
    "placed": so_far.placed,
    "sentences": so_far.sentences,
    "periodic_main_points": periodic.main_points,
    "periodic_limits": periodic.limits,
    "taken_together": pooled.taken_together,
    "pooled": pooled.pooled,
    "results_by_size": by_size.by_size,
    "results_by_year": by_year.by_year,
    "hidden": hidden.hidden,
    "not_made": not_made.not_made,
    "ladder": ladders.ladder,
    "estimators": estimators.estimators,
    "over_time": over_time.over_time,
    "contrasts": contrasts.contrasts,
    "how_soon": lines.how_soon,
    "sub_groups": lines.sub_groups,
    "by_place": lines.by_place,
    "size_found": lines.size_found,
    "as_ratios": lines.as_ratios,
    "sites": sites.sites,
    "power": power.power,
    "power_method": power.power_method,
    "power_no_falls": power.power_no_falls,
    "precision": precision.precision,
    "gate": gate.gate,
    "earlier": earlier.earlier,
    "placebo": placebo.placebo,
    "hidden_bias": hidden_bias.hidden_bias,
    "tests": tests.tests,
    "holds": in_brief.holds,
    "ways_in_brief": in_brief.ways_line,
    "earlier_in_brief": in_brief.earlier_line,
    "made_up_in_brief": in_brief.made_up_line,
    "found_in_brief": in_brief.found_line,
}
