"""Sizes of images, from their headers alone."""

import re
import warnings
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from xml.parsers import expat

from sitegen.storage.files import explain_failures

if TYPE_CHECKING:
    from PIL.Image import Image

_FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "AVIF")
_EXIF_ORIENTATION = 0x0112
_TURNED = frozenset({5, 6, 7, 8})
_SVG_HEAD = 65536
_SVG_NAMESPACE = "http://www.w3.org/2000/svg"
_LENGTH = re.compile(r"\s*\+?(\d+\.?\d*|\.\d+)(?:px)?\s*")
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_BOX = 4


def read_image_size(path: Path) -> tuple[int, int] | None:
    """Return width and height in pixels as a browser shows the image; None for what is no readable image.

    Raises MachineError for a file that cannot be read.
    """
    if path.suffix.lower() == ".svg":
        return _read_svg_size(path)
    from PIL import Image  # noqa: PLC0415 -- costs 60 ms, and most builds read no new image

    with explain_failures(path):
        stream = path.open("rb")
    with stream, warnings.catch_warnings():
        # Only the header is read, so that an image of a billion pixels costs nothing here.
        warnings.simplefilter("ignore")
        limit, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None
        try:
            with Image.open(stream, formats=_FORMATS) as image:
                width, height = image.size
                turned = _is_turned(image)
        except Exception:  # noqa: BLE001 -- decoders raise anything about damaged files
            return None
        finally:
            Image.MAX_IMAGE_PIXELS = limit
    return (height, width) if turned else (width, height)


def _is_turned(image: "Image") -> bool:
    # What stands behind the pixels of a PNG would be found only by decoding them, and browsers pass it over.
    if "exif" not in image.info and image.format == "PNG":
        return False
    try:
        return image.getexif().get(_EXIF_ORIENTATION) in _TURNED
    except Exception:  # noqa: BLE001 -- as above
        return False


def _read_svg_size(path: Path) -> tuple[int, int] | None:
    """Return what `width` and `height`, else `viewBox`, of the root element say (SVG 2, section 8)."""
    with explain_failures(path), path.open("rb") as stream:
        head = stream.read(_SVG_HEAD)
    root = _read_root(head)
    sizes = [_LENGTH.fullmatch(root.get(name, "")) for name in ("width", "height")]
    box = [float(number) for number in _NUMBER.findall(root.get("viewBox", ""))]
    if sizes[0] and sizes[1]:
        width, height = float(sizes[0][1]), float(sizes[1][1])
    elif len(box) == _BOX:
        width, height = box[2:]
    else:
        return None
    known = all(0 < length < float("inf") for length in (width, height))
    return (round(width), round(height)) if known else None


def _read_root(head: bytes) -> dict[str, str]:
    """Return the attributes of the root element of an SVG file that begins with `head`."""
    found: list[dict[str, str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if not found:
            found.append(attributes if name.rpartition(" ")[::2] in _ROOTS else {})

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    with suppress(expat.ExpatError, ValueError, LookupError):  # what comes after the root element does not matter here
        parser.Parse(head, False)  # noqa: FBT003 -- whether this is the end
    return found[0] if found else {}


_ROOTS = frozenset({(_SVG_NAMESPACE, "svg"), ("", "svg")})
