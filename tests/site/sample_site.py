"""The sample site of the repository, copied so that building it leaves the checkout alone."""

import shutil
from pathlib import Path

PARTS = ("content", "static", "themes", "sitegen.toml", "permalinks.lock")


def copy_sample(repository: Path, root: Path) -> None:
    """Copy the sample site into the folder `root`."""
    for name in PARTS:
        source = repository / name
        if source.is_dir():
            shutil.copytree(source, root / name)
        elif source.exists():
            shutil.copy(source, root / name)
