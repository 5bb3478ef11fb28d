"""A drawing as a picture of pixels, for whoever's program shows no SVG."""

import io
import warnings

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

#: pixels of the picture for one of the page, and the colours that it keeps
SCALE, COLOURS = 1.5, 256


def png(figure: Figure) -> bytes:
    """Give a drawing as PNG: the same bytes each time, without date or program.

    Words are drawn in DejaVu Sans, which comes with matplotlib; a sign that it lacks
    is a box.
    """
    figure.set_dpi(72 * SCALE)
    canvas = FigureCanvasAgg(figure)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from font")
        canvas.draw()
    pixels = Image.fromarray(np.asarray(canvas.buffer_rgba())[..., :3])
    few = pixels.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    # the edge of a drawing is white, which sharing a colour with grey would tinge
    palette, white = few.getpalette(), 3 * few.getpixel((0, 0))
    palette[white : white + 3] = [255] * 3
    few.putpalette(palette)
    out = io.BytesIO()
    few.save(out, "PNG")
    return out.getvalue()
