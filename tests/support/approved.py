"""The lines of a request that approve tables of the extract."""

from typing import Any

from helpers.request.sharing import LEAST_TIER


def sources(*tables: str) -> list[dict[str, Any]]:
    """Give a line for each of these tables, or for every table there is."""
    return [
        {"table": table, "tier": LEAST_TIER[table], "approved_by": "Panel",
         "approved_on": "2026-01-12"}
        for table in tables or LEAST_TIER
    ]  # fmt: skip
