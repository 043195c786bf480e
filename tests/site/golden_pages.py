"""Sites whose whole output is written down: `golden/NAME/` holds what goes in, `golden/NAME/expected/` what comes out.

`python -m tests.site.golden_pages` writes what comes out now. Read the difference before committing it.
"""

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.site.sample_site import copy_sample
from tests.sites import build, read_tree

HERE = Path(__file__).resolve().parent
GOLDEN = HERE / "golden"
CASES = tuple(sorted(path.name for path in GOLDEN.iterdir()))
EXPECTED = "expected"
SAMPLE_FILES = HERE / "sample_files.txt"
_PAGES = (".html", ".xml", ".json", ".txt")


def build_golden(case: str, root: Path) -> dict[str, str]:
    """Build the case in the empty folder `root` with the theme `tiny`; return its pages and feeds by path."""
    shutil.copytree(GOLDEN / case, root, ignore=shutil.ignore_patterns(EXPECTED), dirs_exist_ok=True)
    shutil.copytree(HERE / "themes", root / "themes", dirs_exist_ok=True)
    report = build(root)
    if report.problems:
        raise ValueError("; ".join(f"{problem.file}: {problem.message}" for problem in report.problems))
    return read_pages(root / "output")


def read_pages(folder: Path) -> dict[str, str]:
    """Return the pages and feeds below `folder` by path."""
    return {path: data.decode() for path, data in read_tree(folder).items() if path.endswith(_PAGES)}


def list_sample(repository: Path, root: Path) -> str:
    """Build the sample site in the empty folder `root`; return the paths of its output, a line each."""
    copy_sample(repository, root)
    build(root)
    return "".join(f"{path}\n" for path in sorted(read_tree(root / "output")))


def main() -> None:
    """Write what every case gives now, and which files the sample site comes to."""
    with TemporaryDirectory() as folder:
        SAMPLE_FILES.write_text(list_sample(HERE.parent.parent, Path(folder)), encoding="utf-8")
    for case in CASES:
        with TemporaryDirectory() as folder:
            pages = build_golden(case, Path(folder))
        shutil.rmtree(GOLDEN / case / EXPECTED, ignore_errors=True)
        for path, text in pages.items():
            target = GOLDEN / case / EXPECTED / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
        sys.stdout.write(f"wrote {len(pages)} files of {case}\n")


if __name__ == "__main__":
    main()
