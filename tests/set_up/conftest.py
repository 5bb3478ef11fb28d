"""What the tests of the set-up share."""

import pytest
from support import fake_kit


@pytest.fixture
def kit(tmp_path):
    """A checkout with three pins and a fake Python, in a folder with a space."""
    return fake_kit.make((tmp_path / "the kit").resolve())
