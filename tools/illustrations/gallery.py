"""Which drawing goes where, and how its file is written."""

import io
from collections.abc import Callable, Mapping
from pathlib import Path

from PIL import Image

from tools.illustrations.accord import draw_accord
from tools.illustrations.bridge import draw_bridge
from tools.illustrations.concert_hall import draw_concert_hall
from tools.illustrations.dark_sky import draw_dark_sky
from tools.illustrations.diagram import draw_balance
from tools.illustrations.fish_auction import draw_fish_auction
from tools.illustrations.glass_eels import draw_glass_eels
from tools.illustrations.grain import draw_grain
from tools.illustrations.lighthouse import draw_lighthouse
from tools.illustrations.night_train import draw_night_train
from tools.illustrations.pilot import draw_pilot
from tools.illustrations.projectionist import draw_projectionist
from tools.illustrations.salt_quay import draw_salt_quay
from tools.illustrations.shore_power import draw_shore_power
from tools.illustrations.storm_surge import draw_storm_surge
from tools.illustrations.tide_gauge import draw_tide_gauge
from tools.illustrations.wind_farm import draw_wind_farm

PICTURES: Mapping[str, Callable[[], Image.Image]] = {
    "content/culture/concert-hall.png": draw_concert_hall,
    "content/culture/projectionist.png": draw_projectionist,
    "content/economy/grain.png": draw_grain,
    "content/economy/shore-power.png": draw_shore_power,
    "content/economy/wind-farm.png": draw_wind_farm,
    "content/local/bridge-reopens/bridge.png": draw_bridge,
    "content/local/fish-auction.png": draw_fish_auction,
    "content/local/lighthouse.png": draw_lighthouse,
    "content/local/pilot.png": draw_pilot,
    "content/local/salt-quay.png": draw_salt_quay,
    "content/local/storm-surge.png": draw_storm_surge,
    "content/science/dark-sky.png": draw_dark_sky,
    "content/science/glass-eels.png": draw_glass_eels,
    "content/science/tide-gauge/tide-gauge.png": draw_tide_gauge,
    "content/world/night-train.png": draw_night_train,
    "static/uploads/2026/accord.png": draw_accord,
}
"""Printed pictures by path in the repository."""

DIAGRAMS: Mapping[str, Callable[[], str]] = {"content/local/bridge-reopens/balance.svg": draw_balance}
"""Drawings with words in them."""


def write_gallery(root: Path) -> tuple[str, ...]:
    """Write every drawing below `root`, and return their paths."""
    files = {path: _encode(draw()) for path, draw in PICTURES.items()}
    files |= {path: draw().encode("utf-8") for path, draw in DIAGRAMS.items()}
    for path, content in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return tuple(files)


def _encode(picture: Image.Image) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, format="PNG", optimize=True)
    return stream.getvalue()
