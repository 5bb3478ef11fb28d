"""Why a step failed, told from what venv, pip or uv printed."""

import pytest

from helpers.set_up.steps import explain

OFFLINE = """\
WARNING: Retrying (Retry(total=0, connect=None)) after connection broken by \
'NewConnectionError(...: Failed to establish a new connection)': /simple/first/
ERROR: Could not find a version that satisfies the requirement first==1.0 \
(from versions: none)
ERROR: No matching distribution found for first==1.0
"""


UV_OFFLINE = """\
Using Python 3.11.7 environment at: .venv
error: Request failed after 3 retries in 5.9s
  cause: Failed to fetch: https://index.example/simple/first/
  cause: error sending request for url (https://index.example/simple/first/)
"""

UV_MISSING = """\
error: No solution found when resolving dependencies
  cause: Because there is no version of first==1.0 and you require first==1.0, we can \
conclude that your requirements are unsatisfiable.
"""

UV_NO_WHEEL = """\
error: No solution found when resolving dependencies
  cause: Because first==1.0 has no usable wheels and you require first==1.0, we can \
conclude that your requirements are unsatisfiable.
"""

UV_HASH = """\
error: Failed to download `first==1.0`
  cause: Hash mismatch for `first==1.0`
"""

PIP_HASH = """\
ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE. If you have
"""


@pytest.mark.parametrize(
    ("output", "line"),
    [
        (OFFLINE, "The package index cannot be reached"),
        (
            # reached after a second try: this is not about the network
            OFFLINE.replace("versions: none", "versions: 0.8, 0.9"),
            "There is no ready-made first==1.0",
        ),
        (
            "The virtual environment … because ensurepip is not",
            "apt install python3-ve",
        ),
        (UV_OFFLINE, "The package index cannot be reached"),
        (UV_MISSING, "There is no ready-made first==1.0 for Python"),
        (UV_MISSING.replace("there is no version of ", ""), "There is no ready-made f"),
        (UV_NO_WHEEL, "There is no ready-made first==1.0 for Python"),
        (UV_HASH, "A package is not the file that environment.lock was made with"),
        (PIP_HASH, "A package is not the file that environment.lock was made with"),
        (
            "error: Failed to install: numpy\n  cause: Permission denied",
            "The set-up failed: Failed to install: numpy: Permission denied",
        ),
        ("  cause: No space left on device (os error 28)", "The disk is full"),
        ("ERROR: [Errno 28] No space left on device", "The disk is full"),
        ("fine\nERROR: something else\nhint", "The set-up failed: ERROR: something el"),
        ("Error: no permission\n\n", "The set-up failed: Error: no permission"),
        ("", "The set-up failed: no reason"),
    ],
)
def test_each_kind_of_failure_is_explained_in_one_line(output, line):
    explained = explain(output)
    assert explained.startswith(line) or line in explained
    assert "\n" not in explained
