"""Hatching: slanted lines over a box, which tell it from others without colour."""

from matplotlib.axes import Axes

from helpers.publication.figures import common

STEP = 8  # from one line to the next


def hatch(
    axes: Axes,
    inside: tuple[float, float, float, float],
    colour: str,
    *,
    falling: bool = False,
) -> None:
    """Draw lines over a box (left, right, top, bottom), rising to the right."""
    left, right, top, bottom = inside
    reach = bottom - top
    for shift in range(-int(reach) + STEP, int(right - left), STEP):
        # a line from the lower edge to the upper one, cut at the sides
        x0, x1 = max(left + shift, left), min(left + shift + reach, right)
        ys = (bottom - (x0 - left - shift), bottom - (x1 - left - shift))
        if falling:
            ys = (top + bottom - ys[0], top + bottom - ys[1])
        common.line(axes, (x0, x1), ys, colour, 1)
