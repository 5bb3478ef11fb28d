"""A kernel that did not come up is started once more, and only that one."""

import pytest

from helpers.jupyter.kernel import execute_quietly


def failing(*errors):
    """Fails with each error in turn, then goes well; and how often it was called."""
    left, calls = list(errors), []

    def execute(*arguments, **options):
        calls.append((arguments, options))
        if left:
            raise left.pop(0)

    return execute, calls


@pytest.mark.parametrize(
    "said",
    [
        "Kernel died before replying to kernel_info",
        "Kernel didn't respond in 60 seconds",
    ],
)
def test_a_kernel_that_never_came_up_gets_a_second_start(said):
    died = RuntimeError(said)
    execute, calls = failing(died)
    execute_quietly(execute, "in", target="out")
    assert calls == [(("in",), {"target": "out"})] * 2
    execute, calls = failing(died, died)
    with pytest.raises(RuntimeError, match=said):
        execute_quietly(execute)
    assert len(calls) == 2


def test_any_other_failure_is_not_tried_again():
    execute, calls = failing(RuntimeError("a cell failed"))
    with pytest.raises(RuntimeError, match="a cell failed"):
        execute_quietly(execute)
    assert len(calls) == 1
