"""Writes params/request.schema.json: `python -m helpers.request`."""

import json

from helpers.files import ROOT
from helpers.request import schema

text = json.dumps(schema(), indent=1, ensure_ascii=False)
(ROOT / "params" / "request.schema.json").write_text(f"{text}\n", encoding="utf-8")
