"""Sizes of images as a browser shows them, from the header alone."""

import struct
import zlib
from collections.abc import Mapping
from pathlib import Path
from random import Random

import pytest
from PIL import Image

from sitegen.errors import MachineError
from sitegen.storage.images import read_image_size
from tests.patience import patience

FORMATS: Mapping[str, str] = {"PNG": ".png", "JPEG": ".jpg", "GIF": ".gif", "WEBP": ".webp", "AVIF": ".avif"}
_ORIENTATION = 0x0112


def save(folder: Path, kind: str, orientation: int | None = None) -> Path:
    path = folder / f"image{FORMATS[kind]}"
    exif = Image.Exif()
    if orientation:
        exif[_ORIENTATION] = orientation
    Image.new("RGB", (40, 30)).save(path, kind, **({"exif": exif} if orientation else {}))
    return path


def write_svg(folder: Path, text: str | bytes) -> Path:
    path = folder / "image.svg"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def write_png(path: Path, width: int, height: int, chunk: bytes = b"") -> Path:
    """A PNG that claims a size and holds next to nothing."""

    def pack(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    extra = pack(b"zTXt", chunk) if chunk else b""
    body = pack(b"IHDR", header) + extra + pack(b"IDAT", zlib.compress(b"\0" * 99)) + pack(b"IEND", b"")
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + body)
    return path


@pytest.mark.parametrize("kind", FORMATS)
def test_width_and_height(tmp_path: Path, kind: str) -> None:
    assert read_image_size(save(tmp_path, kind)) == (40, 30)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "AVIF"])
@pytest.mark.parametrize(
    ("orientation", "size"), [(1, (40, 30)), (3, (40, 30)), (5, (30, 40)), (6, (30, 40)), (8, (30, 40)), (99, (40, 30))]
)
def test_a_camera_that_was_turned(tmp_path: Path, kind: str, orientation: int, size: tuple[int, int]) -> None:
    assert read_image_size(save(tmp_path, kind, orientation)) == size


def test_the_content_counts_and_not_the_name(tmp_path: Path) -> None:
    save(tmp_path, "PNG").rename(tmp_path / "image.jpg")
    assert read_image_size(tmp_path / "image.jpg") == (40, 30)


@pytest.mark.parametrize("kind", ["BMP", "TIFF", "PPM", "EPS"])
def test_what_no_browser_shows_is_not_opened(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "image.png"
    Image.new("RGB", (40, 30)).save(path, kind)
    assert read_image_size(path) is None


@pytest.mark.parametrize("data", [b"", b"<html>", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF89a", b"RIFF....WEBP"])
def test_what_is_no_image_has_no_size(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "image.png"
    path.write_bytes(data)
    assert read_image_size(path) is None


@pytest.mark.parametrize("kind", FORMATS)
def test_damaged_images_raise_nothing(tmp_path: Path, kind: str) -> None:
    path = save(tmp_path, kind, 6 if kind != "GIF" else None)
    data = path.read_bytes()
    random = Random(kind)
    for end in range(0, len(data), max(1, len(data) // 60)):
        path.write_bytes(data[:end])
        read_image_size(path)
    for _ in range(150):
        damaged = bytearray(data)
        for _ in range(random.randint(1, 4)):
            damaged[random.randrange(len(damaged))] = random.randrange(256)
        path.write_bytes(damaged)
        read_image_size(path)


def test_a_billion_pixels_cost_nothing(tmp_path: Path) -> None:
    path = write_png(tmp_path / "image.png", 60_000, 60_000)
    with patience():
        assert read_image_size(path) == (60_000, 60_000)


def test_a_compressed_text_that_explodes_is_not_unpacked(tmp_path: Path) -> None:
    bomb = b"Comment\0\0" + zlib.compress(b"a" * 50_000_000, 9)
    path = write_png(tmp_path / "image.png", 10, 20, bomb)
    with patience():
        assert read_image_size(path) in (None, (10, 20))


def test_a_missing_file_is_a_failure_of_the_machine(tmp_path: Path) -> None:
    for name in ("a.png", "a.svg"):
        with pytest.raises(MachineError, match="no such file"):
            read_image_size(tmp_path / name)


_NAMESPACE = 'xmlns="http://www.w3.org/2000/svg"'


@pytest.mark.parametrize(
    ("text", "size"),
    [
        (f'<svg {_NAMESPACE} width="40" height="30"/>', (40, 30)),
        (f'<svg {_NAMESPACE} width="40px" height=" 30.4px "/>', (40, 30)),
        (f"<svg {_NAMESPACE} width='.6' height='+2'/>", (1, 2)),
        (f'<svg {_NAMESPACE} width="4" height="3" viewBox="0 0 40 30"/>', (4, 3)),
        (f'<svg {_NAMESPACE} viewBox="0 0 40 30"/>', (40, 30)),
        (f'<svg {_NAMESPACE} viewBox="-1.5,-2, 4e1,30"/>', (40, 30)),
        (f'<svg {_NAMESPACE} width="100%" height="100%" viewBox="0 0 40 30"/>', (40, 30)),
        ('<svg width="40" height="30"></svg>', (40, 30)),
        ('<s:svg xmlns:s="http://www.w3.org/2000/svg" width="40" height="30"/>', (40, 30)),
        (
            f'<?xml version="1.0"?>\n<!-- <svg width="1" height="1"> -->\n<svg {_NAMESPACE} width="4" height="3">',
            (4, 3),
        ),
        (f'<!DOCTYPE svg [<!ENTITY e "1">]><svg {_NAMESPACE} data-x="a>b" width="4" height="3">&e;', (4, 3)),
        (f'<svg {_NAMESPACE} width="4" height="3"><broken', (4, 3)),
        (f'<svg {_NAMESPACE} width="4" height="3"><svg width="40" height="30"/></svg>', (4, 3)),
        (f'<svg {_NAMESPACE} width="4" height="3"/>'.encode("utf-16"), (4, 3)),
        (f'<svg {_NAMESPACE} width="40"/>', None),
        (f'<svg {_NAMESPACE} width="10em" height="5em"/>', None),
        (f'<svg {_NAMESPACE} width="0" height="30"/>', None),
        (f'<svg {_NAMESPACE} viewBox="0 0 40"/>', None),
        (f'<svg {_NAMESPACE} viewBox="0 0 -40 30"/>', None),
        (f'<svg {_NAMESPACE} viewBox="0 0 1e999 30"/>', None),
        (f"<svg {_NAMESPACE}/>", None),
        ('<html><svg width="40" height="30"/></html>', None),
        ('<svg xmlns="urn:else" width="40" height="30"/>', None),
        ("no xml", None),
        (b"\x1f\x8b\x08", None),
        ("", None),
    ],
)
def test_sizes_of_vector_images(tmp_path: Path, text: str | bytes, size: tuple[int, int] | None) -> None:
    assert read_image_size(write_svg(tmp_path, text)) == size


def test_a_vector_image_that_explodes_is_bounded(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "x" * 50}">' for n in range(12))
    path = write_svg(tmp_path, f'<!DOCTYPE svg [{entities}]><svg {_NAMESPACE} width="&e11;" height="3"/>')
    with patience():
        assert read_image_size(path) is None


@pytest.mark.parametrize("text", ["<svg " * 20_000, "<!--" * 20_000, '<svg a="' + "<" * 200_000, "<" * 100_000])
def test_a_long_head_takes_linear_time(tmp_path: Path, text: str) -> None:
    with patience():
        assert read_image_size(write_svg(tmp_path, text)) is None
