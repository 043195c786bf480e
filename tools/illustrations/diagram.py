"""The section through the bridge: a drawing with words in it, and so an SVG."""

import math

from tools.illustrations.press import BLACK, BLUE, MIST, OCHRE, PAPER, RED, SAND, Ink, Point

_PIN: Point = (436.0, 268.0)
_OPEN = -68.0
_WORDS = 'font-family="Georgia, Liberation Serif, serif" font-size="30"'


def draw_balance() -> str:
    """Return the SVG of one half of a bascule bridge, its leaf down, and in outline up."""
    return "\n".join(
        (
            '<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="640" viewBox="0 0 1200 640">',
            f'<rect width="1200" height="640" fill="{_web(PAPER)}"/>',
            *_draw_pier(),
            _raised(),
            f'<g fill="{_web(BLUE)}">{_leaf()}</g>',
            _truss(),
            f'<g fill="{_web(RED)}">{_weight()}</g>',
            f'<circle cx="{_PIN[0]:g}" cy="{_PIN[1]:g}" r="28" fill="{_web(BLACK)}"/>',
            f'<circle cx="{_PIN[0]:g}" cy="{_PIN[1]:g}" r="21" fill="{_web(OCHRE)}"/>',
            f'<circle cx="{_PIN[0]:g}" cy="{_PIN[1]:g}" r="5" fill="{_web(BLACK)}"/>',
            _arrow(),
            *_measures(),
            "</svg>",
            "",
        )
    )


def _draw_pier() -> tuple[str, ...]:
    """Return the bank with the chamber in it, the frame that carries the pin, and the river."""
    x, y = _PIN
    return (
        f'<path d="M540 470H1200V640H540Z" fill="{_web(MIST)}"/>',
        *(
            f'<path d="M560 {top}q28 -9 56 0t56 0 56 0 56 0 56 0 56 0 56 0 56 0 56 0 56 0 56 0" fill="none" '
            f'stroke="{_web(PAPER)}" stroke-width="3"/>'
            for top in (502, 536, 570, 604)
        ),
        f'<path d="M120 250H540V640H120Z" fill="{_web(SAND)}"/>',
        f'<path d="M0 236H200V256H0Z" fill="{_web(BLACK)}"/>',
        f'<path d="M0 244H120V596H516V334H556V640H0Z" fill="{_web(BLACK)}"/>',
        f'<path d="M{x - 8:g} {y:g}L320 596H346L{x:g} {y + 70:g}L490 596H516L{x + 8:g} {y:g}Z" fill="{_web(OCHRE)}"/>',
    )


def _raised() -> str:
    """Return the outline of leaf and weight when the bridge is open."""
    return (
        f'<g transform="rotate({_OPEN:g} {_PIN[0]:g} {_PIN[1]:g})" fill="none" stroke="{_web(BLUE)}" '
        f'stroke-width="3" stroke-dasharray="3 9" stroke-linecap="round">{_leaf()}{_weight()}</g>'
    )


def _leaf() -> str:
    """Return the long arm with the short one behind the pin."""
    x, y = _PIN
    under = f"L{x + 60:g} {y + 52:g}H{x - 120:g}L{x - 250:g} {y - 4:g}Z"
    return f'<path d="M{x - 250:g} {y - 32:g}H{x + 700:g}V{y - 10:g}{under}"/>'


def _truss() -> str:
    x, y = _PIN
    bars = []
    for bay in range(7):
        left = x + 74 + bay * 84
        low = y + 40 - bay * 8.2
        bars.append(f"M{left:g} {y - 14:g}H{left + 64:g}L{left:g} {low:g}Z")
    return f'<path d="{"".join(bars)}" fill="{_web(PAPER)}"/>'


def _weight() -> str:
    x, y = _PIN
    return f'<path d="M{x - 250:g} {y - 14:g}H{x - 136:g}V{y + 132:g}H{x - 250:g}Z"/>'


def _arrow() -> str:
    """Return the way of the leaf's tip, in part."""
    radius = 560.0
    start, end = (_on_circle(radius, angle) for angle in (-7.0, -22.0))
    head = " ".join(
        f"{x:g},{y:g}"
        for x, y in (_on_circle(radius - 13, -21.5), _on_circle(radius, -24.5), _on_circle(radius + 13, -21.5))
    )
    return (
        f'<path d="M{start[0]:g} {start[1]:g}A{radius:g} {radius:g} 0 0 0 {end[0]:g} {end[1]:g}" fill="none" '
        f'stroke="{_web(BLACK)}" stroke-width="4"/><polygon points="{head}" fill="{_web(BLACK)}"/>'
    )


def _measures() -> tuple[str, ...]:
    """Return weights and distances: 410 x 11.8 is as good as 520 x 9.3."""
    pin, height = _PIN
    weight, centre = pin - 193.0, pin + 245.0
    ticks = "".join(
        f"M{x:g} {top:g}V{foot:g}" for x, top, foot in ((weight, 168, 226), (pin, 118, height - 28), (centre, 168, 226))
    )
    words = ((weight, 352, PAPER, "520 t"), (centre + 54, 384, BLACK, "410 t"))
    measures = ((weight + (pin - weight) / 2, 172, BLACK, "9.3 m"), (pin + 176, 172, BLACK, "11.8 m"))
    return (
        f'<path d="M{weight:g} 186H{centre:g}{ticks}" stroke="{_web(BLACK)}" stroke-width="2.5"/>',
        f'<path d="M{centre:g} 320V372" stroke="{_web(BLACK)}" stroke-width="4"/>',
        f'<polygon points="{centre - 12:g},368 {centre + 12:g},368 {centre:g},390" fill="{_web(BLACK)}"/>',
        *(
            f'<text x="{x:g}" y="{y:g}" fill="{_web(ink)}" text-anchor="middle" {_WORDS}>{text}</text>'
            for x, y, ink, text in (*words, *measures, (pin - 30, 138, BLACK, "pin"))
        ),
    )


def _on_circle(radius: float, angle: float) -> Point:
    turn = math.radians(angle)
    return (round(_PIN[0] + radius * math.cos(turn), 1), round(_PIN[1] + radius * math.sin(turn), 1))


def _web(ink: Ink) -> str:
    return "#{:02x}{:02x}{:02x}".format(*ink)
