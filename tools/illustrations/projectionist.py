"""A man beside a film projector, whose beam falls through a small window."""

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
    Sheet,
    Stencil,
    flat,
    glow,
    ring,
    screen,
    sweep,
    within,
)


def draw_projectionist() -> Image.Image:
    """Draw a man beside a film projector, whose beam falls through a small window."""
    sheet = Sheet(BLACK)
    booth = Stencil().box(0, 0, WIDTH, HEIGHT)
    sheet.cover(within(booth, screen(glow(590, 320, 640, 0.72, 0.0))), BLUE)
    wall = Stencil().polygon(((872, 0), (WIDTH, 0), (WIDTH, HEIGHT), (872, HEIGHT)))
    sheet.cover(wall, RED)
    sheet.glaze(within(wall, screen(glow(880, 300, 420, 0.25, 0.95))), BLUE)
    bricks = Stencil()
    for row in range(17):
        y = row * 41
        bricks.line(((872, y), (WIDTH, y)), 2)
        for place in range(5):
            x = 872 + place * 82 + (row % 2) * 41
            bricks.line(((x, y), (x, y + 41)), 2)
    sheet.cover(within(bricks, wall), BLACK)
    sheet.cover(Stencil().box(958, 232, 1106, 356), BLACK)
    hole = Stencil().box(970, 244, 1094, 344)
    sheet.cover(hole, SAND)
    sheet.cover(within(hole, screen(glow(1032, 290, 90, 0.0, 0.8))), OCHRE)
    _print_reels(sheet)
    beam = Stencil().polygon(((708, 281), (708, 301), (1032, 344), (1032, 244)))
    sheet.cover(within(beam, screen(sweep(708, 1.0, 1060, 0.55))), PAPER)
    sheet.cover(_projector(), BLACK)
    sheet.cover(_projector_edges(), OCHRE)
    sheet.cover(_operator(), BLACK)
    sheet.cover(_operator_edge(), OCHRE)
    shelf = Stencil().box(0, 596, 330, 608)
    tins = Stencil()
    for x, count in ((70, 4), (190, 6), (286, 3)):
        for level in range(count):
            tins.box(x - 52, 592 - level * 19 - 15, x + 52, 592 - level * 19)
    sheet.cover(tins, MIST)
    sheet.glaze(within(tins, screen(sweep(0, 1.0, 360, 0.3))), BLUE)
    sheet.cover(shelf, RED)
    sheet.cover(Stencil().box(0, 608, WIDTH, HEIGHT), BLACK)
    return sheet.finish()


def _reel(x: float, y: float, radius: float) -> tuple[Stencil, Stencil]:
    disc = Stencil().disc(x, y, radius)
    for place in range(5):
        angle = math.radians(place * 72 + 18)
        disc.disc(x + radius * 0.56 * math.cos(angle), y + radius * 0.56 * math.sin(angle), radius * 0.24, 0)
    disc.disc(x, y, radius * 0.07, 0)
    return disc, Stencil().line(ring(x, y, radius, radius, 250, 420), 3)


def _print_reels(sheet: Sheet) -> None:
    for x, y, radius in ((560, 122, 106), (560, 486, 84)):
        disc, edge = _reel(x, y, radius)
        film = Stencil().disc(x, y, radius * 0.92)
        sheet.cover(within(film, screen(flat(0.6))), BLACK)
        sheet.cover(disc, MIST)
        sheet.glaze(within(disc, screen(sweep(x - radius, 0.95, x + radius, 0.1))), BLUE)
        sheet.cover(edge, PAPER)


def _projector() -> Stencil:
    body = Stencil().polygon(((430, 222), (640, 222), (650, 236), (650, 372), (430, 372)))
    body.polygon(((300, 240), (432, 232), (432, 362), (300, 352))).box(330, 214, 400, 242).line(
        ((365, 214), (365, 120), (330, 60), (330, -10)), 34
    )
    body.box(648, 258, 684, 326).box(684, 268, 712, 314)
    body.box(500, 110, 524, 226).box(500, 366, 524, 500).line(((512, 128), (560, 122)), 16).line(
        ((512, 486), (560, 486)), 16
    )
    body.polygon(((470, 372), (600, 372), (640, 610), (430, 610)))
    return body.line(((452, 224), (470, 140), (476, 100)), 4)


def _projector_edges() -> Stencil:
    edges = (
        Stencil()
        .line(((434, 223), (640, 223), (650, 237)), 3)
        .line(((649, 258), (684, 258)), 3)
        .line(((684, 269), (711, 269)), 3)
    )
    edges.line(((302, 241), (430, 233)), 3).disc(712, 291, 11)
    for place in range(5):
        edges.box(322 + place * 19, 268, 330 + place * 19, 326)
    return edges.disc(470, 262, 7).disc(470, 290, 7).line(ring(590, 298, 34, 34, 0, 360), 3)


def _operator() -> Stencil:
    man = Stencil()
    man.polygon(((742, 682), (734, 540), (744, 482), (782, 452), (822, 452), (858, 478), (872, 540), (876, 682)))
    man.oval(800, 398, 35, 43).polygon(((786, 426), (818, 426), (822, 464), (780, 464)))
    man.polygon(((766, 394), (755, 410), (768, 416)))
    man.polygon([*ring(800, 380, 40, 26, 180, 360), (842, 386), (758, 386)]).line(((760, 385), (742, 389)), 7)
    man.line(((754, 494), (696, 512), (650, 412)), 27).disc(648, 406, 15)
    return man


def _operator_edge() -> Stencil:
    edge = Stencil().line(((764, 396), (754, 410), (766, 417), (767, 432), (784, 446)), 3)
    edge.line(ring(800, 380, 40, 26, 185, 340, 20), 3)
    return edge.line(((744, 484), (701, 497), (660, 402)), 3).line(((826, 453), (859, 479), (872, 540)), 3)
