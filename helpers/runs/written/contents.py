"""What a stage writes, as the bytes of its file."""

import json
from typing import Any

import pandas as pd

from helpers import files


def as_bytes(name: str, data: Any) -> bytes:
    """Give a table, text or plain data as the file of that name holds it."""
    if isinstance(data, pd.DataFrame):
        if name.endswith(".parquet"):
            return data.to_parquet(index=False)
        texts = data.select_dtypes(["object", "string", "category"]).columns
        safe = {
            name: data[name].astype("object").map(_harmless, na_action="ignore")
            for name in texts
        }
        table = data.assign(**safe).rename(columns=_harmless)
        return table.to_csv(index=False, lineterminator="\n").encode()
    if isinstance(data, bytes):
        return data
    if isinstance(data, str):
        return data.encode()
    return (json.dumps(data, indent=1, ensure_ascii=False) + "\n").encode()


def _harmless(cell: Any) -> Any:
    return files.harmless(cell) if isinstance(cell, str) else cell
