"""A market hall of iron and glass in the early morning."""

import math

from PIL import Image

from tools.illustrations.press import (
    BLACK,
    BLUE,
    HEIGHT,
    MIST,
    OCHRE,
    PAPER,
    RED,
    SAND,
    WIDTH,
    Point,
    Sheet,
    Stencil,
    fall,
    glow,
    ring,
    screen,
    together,
    within,
)


def draw_fish_auction() -> Image.Image:
    """Draw a market hall of iron and glass in the early morning."""
    sheet = Sheet(SAND)
    centre, eye = 600.0, 400.0
    whole = Stencil().box(0, 0, WIDTH, HEIGHT)
    sheet.glaze(within(whole, screen(glow(centre, 210, 640, 0.0, 0.75))), OCHRE)
    _print_end_wall(sheet, centre)
    rays = Stencil()
    for start, end in ((250, -120), (420, 190), (600, 560), (780, 960), (930, 1260)):
        rays.polygon(((start, 40), (start + 70, 40), (end + 170, HEIGHT), (end, HEIGHT)))
    sheet.cover(within(rays, screen(fall(60, 0.5, 560, 0.0))), PAPER)
    floor = Stencil().polygon(((0, HEIGHT), (WIDTH, HEIGHT), (centre + 150, 452), (centre - 150, 452)))
    sheet.cover(floor, MIST)
    sheet.glaze(within(floor, screen(fall(450, 0.65, HEIGHT, 0.1))), BLUE)
    tiles = Stencil()
    for place in range(-9, 10):
        tiles.line(((centre + place * 17, 452), (centre + place * 96, HEIGHT)), 1.6)
    for y in (458, 468, 482, 502, 530, 568, 620):
        tiles.line(((0, y), (WIDTH, y)), 1.4)
    sheet.glaze(within(tiles, floor), MIST)
    for size in (0.3, 0.42, 0.6, 0.86, 1.24):
        sheet.cover(_hall_arch(centre, eye, size), BLACK)
        if size > 0.35:
            _print_stalls(sheet, centre, eye, size)
    sheet.cover(_auction_people(), BLACK)
    _print_crates(sheet)
    return sheet.finish()


def _print_end_wall(sheet: Sheet, centre: float) -> None:
    wall = Stencil().polygon(
        [
            (centre - 150, 452),
            (centre - 150, 300),
            *ring(centre, 300, 150, 130, 180, 360),
            (centre + 150, 300),
            (centre + 150, 452),
        ]
    )
    sheet.cover(wall, PAPER)
    bars = Stencil()
    for place in range(-5, 6):
        x = centre + place * 26
        bars.line(((x, 452), (x, 300 - 130 * math.sqrt(max(0.0, 1 - (place * 26 / 150) ** 2)))), 2.4)
    for y in (300, 352, 404):
        bars.line(((centre - 150, y), (centre + 150, y)), 2.4)
    bars.line(ring(centre, 300, 96, 84, 180, 360), 2.4).line(ring(centre, 300, 46, 40, 180, 360), 2.4)
    sheet.cover(bars, BLUE)
    sheet.cover(Stencil().disc(centre, 336, 26), BLACK)
    sheet.cover(Stencil().disc(centre, 336, 21), PAPER)
    sheet.cover(
        Stencil().line(((centre, 336), (centre + 9, 328)), 3).line(((centre, 336), (centre + 3, 351)), 3), BLACK
    )


def _hall_arch(centre: float, eye: float, size: float) -> Stencil:
    """Return a rib of the roof with its two columns; `size` is 1 for one that just fills the picture."""
    reach, spring = 560 * size, eye - 150 * size
    foot = eye + 172 * size
    rib = Stencil()
    rise = 300 * size
    rib.line(ring(centre, spring, reach, rise, 180, 360), 13 * size)
    rib.line(ring(centre, spring + 26 * size, reach - 4 * size, rise - 34 * size, 180, 360), 5 * size)
    for step in range(1, 24):
        angle = 180 + step * 7.5
        outer = ring(centre, spring, reach, rise, angle, angle, 1)[0]
        inner = ring(
            centre, spring + 26 * size, reach - 4 * size, rise - 34 * size, angle + 3.6 * (-1) ** step, angle, 1
        )[0]
        rib.line((outer, inner), 3.4 * size)
    rib.line(((centre - reach, spring + 10 * size), (centre + reach, spring + 10 * size)), 3 * size)
    rib.line(((centre, spring + 10 * size), (centre, spring - rise + 40 * size)), 2.4 * size)
    for side in (-1, 1):
        x = centre + side * reach
        rib.box(x - 11 * size, spring, x + 11 * size, foot)
        rib.box(x - 20 * size, spring - 4 * size, x + 20 * size, spring + 12 * size).box(
            x - 20 * size, foot - 14 * size, x + 20 * size, foot
        )
        rib.line(
            ring(
                x - side * 62 * size,
                spring + 10 * size,
                62 * size,
                70 * size,
                0 if side > 0 else 90,
                90 if side > 0 else 180,
                12,
            ),
            5 * size,
        )
    return rib


def _print_stalls(sheet: Sheet, centre: float, eye: float, size: float) -> None:
    for side in (-1, 1):

        def at(across: float, up: float, side: int = side) -> Point:
            return (centre + side * across * size, eye + up * size)

        sheet.cover(Stencil().polygon((at(380, 40), at(640, 40), at(640, 176), at(380, 176))), BLACK)
        sheet.cover(Stencil().polygon((at(352, 84), at(640, 84), at(640, 112), at(352, 112))), SAND)
        heap = Stencil()
        for place in range(6):
            x, y = at(376 + place * 46, 84)
            heap.oval(x, y, 26 * size, 13 * size)
        sheet.cover(heap, MIST if side < 0 else RED)
        awning = Stencil()
        stripes = Stencil()
        for place in range(9):
            left, right = 330 + place * 40, 370 + place * 40
            strip = (at(left + 24, -66), at(right + 24, -66), at(right, -8), at(left, -8))
            (stripes if place % 2 else awning).polygon(strip)
            x, y = at(left + 20, -8)
            (stripes if place % 2 else awning).oval(x, y, 20 * size, 11 * size)
        sheet.cover(awning, PAPER)
        sheet.cover(stripes, RED if side < 0 else BLUE)
        sheet.glaze(within(together(awning, stripes), screen(fall(eye - 66 * size, 0.0, eye + 6 * size, 0.42))), BLUE)


def _auction_people() -> Stencil:
    people = Stencil()
    for x, y, size in (
        (508, 548, 0.8),
        (545, 540, 0.74),
        (668, 546, 0.78),
        (706, 556, 0.84),
        (742, 542, 0.72),
        (470, 566, 0.92),
    ):
        _person(people, x, y, size)
    people.box(592, 508, 640, 534)
    _person(people, 616, 510, 0.84)
    people.line(((620, 436), (664, 404)), 7.5)
    return people


def _person(stencil: Stencil, x: float, foot: float, size: float) -> None:
    stencil.oval(x, foot - 104 * size, 11 * size, 13 * size).box(
        x - 15 * size, foot - 112 * size, x + 15 * size, foot - 108 * size
    )
    stencil.polygon(
        (
            (x - 21 * size, foot - 42 * size),
            (x - 19 * size, foot - 84 * size),
            (x - 9 * size, foot - 92 * size),
            (x + 9 * size, foot - 92 * size),
            (x + 19 * size, foot - 84 * size),
            (x + 21 * size, foot - 42 * size),
        )
    )
    stencil.polygon(
        (
            (x - 16 * size, foot - 48 * size),
            (x + 16 * size, foot - 48 * size),
            (x + 13 * size, foot),
            (x + 3 * size, foot),
            (x, foot - 34 * size),
            (x - 3 * size, foot),
            (x - 13 * size, foot),
        )
    )


def _print_crates(sheet: Sheet) -> None:
    boards, gaps, ice, fish, eyes = (Stencil() for _ in range(5))
    for left, top, width in ((300, 588, 190), (516, 604, 200), (742, 588, 190)):
        ice.oval(left + width / 2, top, width * 0.49, 34)
        boards.polygon(((left, top), (left + width, top), (left + width - 10, top + 74), (left + 10, top + 74)))
        gaps.line(((left + 4, top + 24), (left + width - 4, top + 24)), 3).line(
            ((left + 6, top + 49), (left + width - 6, top + 49)), 3
        )
        for place in range(4):
            x = left + 30 + place * (width - 60) / 3
            middle = top - 12 - 7 * (place % 2)
            fish.oval(x, middle, 27, 8.5)
            fish.polygon(((x + 20, middle), (x + 38, middle - 10), (x + 34, middle), (x + 38, middle + 10)))
            eyes.disc(x - 17, middle - 2, 2.2)
    sheet.cover(ice, PAPER)
    sheet.cover(fish, BLUE)
    sheet.cover(eyes, PAPER)
    sheet.cover(boards, OCHRE)
    sheet.glaze(within(boards, screen(fall(590, 0.1, 680, 0.6))), RED)
    sheet.cover(gaps, BLACK)
