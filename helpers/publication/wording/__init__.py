"""Sentences of the report, made from released numbers only."""

from collections.abc import Callable

from helpers.publication.wording import (
    balance,
    claims,
    findings,
    limits,
    main_points,
    results,
)

#: name in a recipe -> function from the resolved data to HTML
WORDS: dict[str, Callable[[dict], str]] = {
    "main_points": main_points.main_points,
    "estimate": findings.estimate,
    "can_say": claims.can_say,
    "match_quality": balance.match_quality,
    "flow": balance.flow,
    "limits": limits.limits,
    "how_matched": limits.how_matched,
    "how_estimated": limits.how_estimated,
    "placed": results.placed,
    "sentences": results.sentences,
}
