"""Writes notebooks/TABLES.md: `python -m helpers.runs.tables`."""

from helpers.files import ROOT
from helpers.runs.tables.page import page

(ROOT / "notebooks" / "TABLES.md").write_text(page(), encoding="utf-8")
