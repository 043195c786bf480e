"""Files that are copied as they are, and the sizes of the images among them."""

from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from sitegen.app.rescue import Keys
from sitegen.model.codec import decode, encode
from sitegen.model.digests import digest_value
from sitegen.model.facts import AssetFacts
from sitegen.model.names import Digest
from sitegen.model.source import SourceFile
from sitegen.storage.images import read_image_size
from sitegen.storage.state import State

_IMAGES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg"})


def measure_assets(
    files: Iterable[SourceFile], root: Path, engine: Digest, state: State
) -> tuple[Mapping[str, AssetFacts], Mapping[str, Keys]]:
    """Return the facts of `files` by path, and under which keys the sizes of images are remembered in `state`."""
    assets = tuple(files)
    keys = {file.path: _image_key(file, engine) for file in assets if _suffix(file) in _IMAGES}
    known = state.load_many("image", list(keys.values()))
    sizes: dict[str, tuple[int, int] | None] = {}
    fresh: list[tuple[Digest, bytes]] = []
    for path, key in keys.items():
        if key in known:
            sizes[path] = decode(known[key], tuple[int, int] | None)  # type: ignore[arg-type]
        else:
            sizes[path] = read_image_size(root / path)
            fresh.append((key, encode(sizes[path])))
    state.store("image", fresh)
    facts = {file.path: _describe(file, sizes.get(file.path)) for file in assets}
    return facts, {path: (key,) for path, key in keys.items()}


def _describe(file: SourceFile, size: tuple[int, int] | None) -> AssetFacts:
    width, height = size or (None, None)
    return AssetFacts(path=file.path, digest=file.digest, width=width, height=height)


def _suffix(file: SourceFile) -> str:
    return PurePosixPath(file.path).suffix.lower()


def _image_key(file: SourceFile, engine: Digest) -> Digest:
    """Return the key of a size: it depends on the bytes, and on what their name says they are."""
    return digest_value(("image", _suffix(file), file.digest, engine))
