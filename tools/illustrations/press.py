"""A small printing press: stencils, halftone screens and a sheet of paper, on which inks are laid one over another.

Coordinates are pixels of the finished picture, with the origin at the top left. Everything is drawn at twice that size
and reduced in the end, which smooths the edges.
"""

import math
import random
from collections.abc import Callable, Iterable
from typing import Self

from PIL import Image, ImageChops, ImageDraw

WIDTH, HEIGHT = 1200, 675
_SCALE = 2
_FULL = (WIDTH * _SCALE, HEIGHT * _SCALE)
_CELL = 16
_COLOURS = 40
_COARSE = 8

Ink = tuple[int, int, int]
Point = tuple[float, float]
Mask = Image.Image
"""Grey values in drawing size: 255 where ink goes, 0 where none does; as a tone, the share of the area it covers."""

PAPER: Ink = (245, 237, 221)
BLACK: Ink = (27, 36, 48)
BLUE: Ink = (49, 92, 120)
MIST: Ink = (140, 173, 180)
RED: Ink = (200, 82, 56)
OCHRE: Ink = (224, 168, 72)
SAND: Ink = (233, 212, 172)


class Stencil:
    """A mask under construction; every method returns the stencil itself."""

    def __init__(self) -> None:
        """Begin with nothing cut out."""
        self.mask: Mask = Image.new("L", _FULL, 0)
        self._draw = ImageDraw.Draw(self.mask)

    def polygon(self, points: Iterable[Point], tone: int = 255) -> Self:
        """Fill the area within `points`."""
        self._draw.polygon(_scale(points), fill=tone)
        return self

    def box(self, left: float, top: float, right: float, bottom: float, tone: int = 255) -> Self:
        """Fill a rectangle."""
        corners = ((left, top), (right, top), (right, bottom), (left, bottom))
        return self.polygon(corners, tone)

    def disc(self, x: float, y: float, radius: float, tone: int = 255) -> Self:
        """Fill a circle."""
        return self.oval(x, y, radius, radius, tone)

    def oval(self, x: float, y: float, across: float, down: float, tone: int = 255) -> Self:
        """Fill an ellipse around (`x`, `y`) with the two radii."""
        self._draw.ellipse(_scale(((x - across, y - down), (x + across, y + down))), fill=tone)
        return self

    def line(self, points: Iterable[Point], width: float, tone: int = 255) -> Self:
        """Draw a line with round joints."""
        path = _scale(points)
        broad = max(1, round(width * _SCALE))
        self._draw.line(path, fill=tone, width=broad, joint="curve")
        return self

    def arc(self, box: tuple[float, float, float, float], start: float, end: float, width: float) -> Self:
        """Draw part of an ellipse within `box`, clockwise from `start` to `end` degrees."""
        left, top, right, bottom = (value * _SCALE for value in box)
        self._draw.arc((left, top, right, bottom), start, end, fill=255, width=max(1, round(width * _SCALE)))
        return self


class Sheet:
    """The paper."""

    def __init__(self, ground: Ink = PAPER) -> None:
        """Take a sheet of the colour `ground`."""
        self._image = Image.new("RGB", _FULL, ground)

    def cover(self, mask: Mask | Stencil, ink: Ink) -> None:
        """Lay on opaque ink."""
        if found := _cut_out(mask):
            box, piece = found
            self._image.paste(ink, box, piece)

    def glaze(self, mask: Mask | Stencil, ink: Ink) -> None:
        """Lay on transparent ink, which darkens what is below."""
        if found := _cut_out(mask):
            box, piece = found
            layer = Image.new("RGB", piece.size, (255, 255, 255))
            layer.paste(ink, mask=piece)
            self._image.paste(ImageChops.multiply(self._image.crop(box), layer), box)

    def finish(self) -> Image.Image:
        """Return the picture in its final size, with a palette."""
        reduced = self._image.reduce(_SCALE)
        return reduced.quantize(_COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)


def dice(seed: int) -> random.Random:
    """Return a source of accidents that are the same every time."""
    return random.Random(seed)  # noqa: S311 -- nothing secret is made of them


def flat(tone: float) -> Mask:
    """Return an even tone between 0 and 1."""
    return Image.new("L", _FULL, round(tone * 255))


def fall(top: float, first: float, bottom: float, last: float) -> Mask:
    """Return a tone that goes from `first` at the height `top` to `last` at `bottom`, and stays what it is beyond."""
    column = Image.new("L", (1, HEIGHT))
    column.putdata([_blend(y, top, first, bottom, last) for y in range(HEIGHT)])
    return column.resize(_FULL, Image.Resampling.BILINEAR)


def sweep(left: float, first: float, right: float, last: float) -> Mask:
    """Return a tone that goes from `first` at `left` to `last` at `right`."""
    row = Image.new("L", (WIDTH, 1))
    row.putdata([_blend(x, left, first, right, last) for x in range(WIDTH)])
    return row.resize(_FULL, Image.Resampling.BILINEAR)


def glow(x: float, y: float, radius: float, centre: float, rim: float) -> Mask:
    """Return a tone that goes from `centre` at (`x`, `y`) to `rim` at `radius`, and stays what it is beyond."""

    def tone(across: float, down: float) -> float:
        return centre + (rim - centre) * min(1.0, math.hypot(across - x, down - y) / radius)

    return field(tone)


def screen(tone: Mask, cell: int = _CELL) -> Mask:
    """Return `tone` as a halftone: dots at 45 degrees whose size says how dark it is. `cell` is in drawing pixels."""
    wave = [math.cos(2 * math.pi * (place + 0.5) / cell) for place in range(cell)]
    tile = Image.new("L", (cell, cell))
    tile.putdata([_clamp(127.5 + 126.5 * across * down) for down in wave for across in wave])
    return ImageChops.subtract(tone, _repeat(tile)).point([0, *[255] * 255])


def field(tone: Callable[[float, float], float]) -> Mask:
    """Return the tone that `tone` gives for (x, y), smoothed between places 8 pixels apart."""
    coarse = Image.new("L", (WIDTH // _COARSE, HEIGHT // _COARSE + 1))
    places = ((x * _COARSE, y * _COARSE) for y in range(coarse.height) for x in range(coarse.width))
    coarse.putdata([_clamp(tone(x, y) * 255) for x, y in places])
    grown = coarse.resize((_FULL[0], coarse.height * _COARSE * _SCALE), Image.Resampling.BICUBIC)
    return grown.crop((0, 0, *_FULL))


def hatch(tone: Mask, pitch: int = 12) -> Mask:
    """Return `tone` as horizontal lines whose breadth says how dark it is."""
    tile = Image.new("L", (1, pitch))
    tile.putdata([_clamp(127.5 + 126.5 * math.cos(2 * math.pi * (place + 0.5) / pitch)) for place in range(pitch)])
    return ImageChops.subtract(tone, _repeat(tile)).point([0, *[255] * 255])


def within(*masks: Mask | Stencil) -> Mask:
    """Return what lies in all of `masks`."""
    first, *others = map(_mask_of, masks)
    for other in others:
        first = ImageChops.multiply(first, other)
    return first


def without(mask: Mask | Stencil, *others: Mask | Stencil) -> Mask:
    """Return `mask` less what lies in `others`."""
    left = _mask_of(mask)
    for other in others:
        left = ImageChops.subtract(left, _mask_of(other))
    return left


def together(*masks: Mask | Stencil) -> Mask:
    """Return what lies in any of `masks`."""
    first, *others = map(_mask_of, masks)
    for other in others:
        first = ImageChops.lighter(first, other)
    return first


def shift(mask: Mask | Stencil, x: float, y: float) -> Mask:
    """Return `mask` moved, as by a plate that is not quite in register."""
    moved = Image.new("L", _FULL, 0)
    moved.paste(_mask_of(mask), (round(x * _SCALE), round(y * _SCALE)))
    return moved


def wave_line(start: float, end: float, y: float, height: float, length: float, phase: float = 0) -> list[Point]:
    """Return a sine curve from left to right."""
    steps = range(math.floor(start), math.ceil(end) + 1, 4)
    return [(x, y + height * math.sin(2 * math.pi * (x / length + phase))) for x in steps]


def ring(x: float, y: float, across: float, down: float, start: float, end: float, steps: int = 60) -> list[Point]:
    """Return points on an ellipse, from `start` to `end` degrees, clockwise from the right."""
    turns = [math.radians(start + (end - start) * step / steps) for step in range(steps + 1)]
    return [(x + across * math.cos(turn), y + down * math.sin(turn)) for turn in turns]


def _cut_out(mask: Mask | Stencil) -> tuple[tuple[int, int, int, int], Mask] | None:
    """Return where `mask` has anything, and that part of it."""
    whole = _mask_of(mask)
    box = whole.getbbox()
    return (box, whole.crop(box)) if box else None


def _mask_of(mask: Mask | Stencil) -> Mask:
    return mask.mask if isinstance(mask, Stencil) else mask


def _scale(points: Iterable[Point]) -> list[Point]:
    return [(x * _SCALE, y * _SCALE) for x, y in points]


def _clamp(value: float) -> int:
    return max(0, min(255, round(value)))


def _blend(place: float, start: float, first: float, end: float, last: float) -> int:
    share = max(0.0, min(1.0, (place - start) / (end - start)))
    return _clamp((first + (last - first) * share) * 255)


def _repeat(tile: Image.Image) -> Mask:
    """Return a mask full of `tile`."""
    result = Image.new("L", _FULL)
    strip = Image.new("L", (_FULL[0], tile.height))
    for x in range(0, _FULL[0], tile.width):
        strip.paste(tile, (x, 0))
    for y in range(0, _FULL[1], tile.height):
        result.paste(strip, (0, y))
    return result
