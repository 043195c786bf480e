"""Sizes of images, from their headers alone."""

import re
import warnings
from pathlib import Path

from sitegen.storage.files import explain_failures

_EXIF_ORIENTATION = 0x0112
_TURNED = frozenset({5, 6, 7, 8})
_SVG_TAG = re.compile(rb"<svg\b[^>]*>", re.DOTALL)
_SVG_HEAD = 65536
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)(?:px)?\s*")


def read_image_size(path: Path) -> tuple[int, int] | None:
    """Return width and height in pixels as a browser shows the image; None for what is no readable image."""
    if path.suffix.lower() == ".svg":
        return _read_svg_size(path)
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 -- costs 60 ms, and most builds read no new image

    with warnings.catch_warnings():
        # Only the header is read, so that an image of a billion pixels costs nothing here.
        warnings.simplefilter("ignore")
        limit, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None
        try:
            with Image.open(path) as image:
                width, height = image.size
                turned = image.getexif().get(_EXIF_ORIENTATION) in _TURNED
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError, OverflowError):
            return None
        finally:
            Image.MAX_IMAGE_PIXELS = limit
    return (height, width) if turned else (width, height)


def _read_svg_size(path: Path) -> tuple[int, int] | None:
    """Return what `width` and `height`, else `viewBox`, of the root element say (SVG 2, section 8)."""
    with explain_failures(path), path.open("rb") as stream:
        head = stream.read(_SVG_HEAD)
    tag = _SVG_TAG.search(head)
    if not tag:
        return None
    text = tag[0].decode("utf-8", "replace")
    sizes = [_LENGTH.fullmatch(_attribute(text, name)) for name in ("width", "height")]
    if sizes[0] and sizes[1]:
        return round(float(sizes[0][1])), round(float(sizes[1][1]))
    box = re.findall(r"-?\d+(?:\.\d+)?", _attribute(text, "viewBox"))
    return (round(float(box[2])), round(float(box[3]))) if len(box) == _BOX else None


_BOX = 4


def _attribute(tag: str, name: str) -> str:
    match = re.search(rf"""\s{name}\s*=\s*(["'])(.*?)\1""", tag, re.DOTALL)
    return match[2] if match else ""
