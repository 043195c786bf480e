"""Builds a scratch site from real news posts and accounts for every one of them: `make real`.

The posts are no part of the repository. Some of them have duplicate keys, which are errors: the build is expected to
publish what is sound, to list what is not, and to exit with 1.
"""

import json
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SITE = Path(__file__).resolve().parent / "site"


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """What became of the posts; the parts add up to `posts`."""

    posts: int
    """Posts that were copied."""
    published: int
    """Posts that have a page."""
    drafts: int
    """Posts that say that they are drafts."""
    scheduled: int
    """Posts whose date lies in the future."""
    expired: int
    """Posts whose expiry date is past."""
    refused: tuple[str, ...]
    """Files with an error, so that they are not published."""

    @property
    def unaccounted(self) -> int:
        """How many posts vanished, or were counted twice; 0 is right."""
        skipped = self.drafts + self.scheduled + self.expired
        return self.posts - self.published - skipped - len(self.refused)


def copy_posts(source: Path, site: Path) -> int:
    """Lay out a fresh site below `site` with the posts under `content/news/`; return how many there are.

    Raises FileExistsError where `site` is something else.
    """
    if site.exists() and any(site.iterdir()) and not (site / "sitegen.toml").is_file():
        raise FileExistsError(f"{site} is not a site that an earlier run made")
    shutil.rmtree(site / "content", ignore_errors=True)
    shutil.copytree(SITE, site, dirs_exist_ok=True)
    shutil.copytree(source / "content", site / "content" / "news")
    return sum(path.name != "_index.md" for path in (site / "content").rglob("*.md"))


def run_build(site: Path, *options: str) -> tuple[int, Mapping[str, object]]:
    """Build with `--keep-going`; return the exit code and what `--json` printed."""
    sitegen = str(Path(sys.executable).with_name("sitegen"))
    command = [sitegen, "-C", str(site), "-q", "build", "--keep-going", "--json", *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if not done.stdout:
        raise RuntimeError(f"the build printed nothing and exited with {done.returncode}\n{done.stderr}")
    report: Mapping[str, object] = json.loads(done.stdout)
    return done.returncode, report


def list_problems(report: Mapping[str, object]) -> Sequence[Mapping[str, object]]:
    """Return the problems of a report."""
    problems = report["problems"]
    return problems if isinstance(problems, list) else []


def balance_report(posts: int, report: Mapping[str, object]) -> Balance:
    """Return what the report says of `posts` posts."""
    errors = [problem for problem in list_problems(report) if problem["severity"] == "error"]
    refused = {str(problem["file"]) for problem in errors if not str(problem["file"]).endswith("/_index.md")}
    counts = {name: int(str(report[name])) for name in ("articles", "drafts", "scheduled", "expired")}
    return Balance(
        posts=posts,
        published=counts["articles"],
        drafts=counts["drafts"],
        scheduled=counts["scheduled"],
        expired=counts["expired"],
        refused=tuple(sorted(refused)),
    )


def describe(report: Mapping[str, object], balance: Balance) -> str:
    """Return every error, warnings by kind, and the account of the posts."""
    lines = []
    warnings: Counter[object] = Counter()
    for problem in list_problems(report):
        if problem["severity"] == "error":
            place = ":".join(str(problem[part]) for part in ("file", "line", "column") if problem[part] is not None)
            lines.append(f"{place}: error[{problem['code']}]: {problem['message']}")
        else:
            warnings[problem["code"]] += 1
    lines += [f"{count:5} warnings: {code}" for code, count in warnings.most_common()]
    lines += [
        f"{balance.published:5} published",
        f"{balance.expired:5} expired",
        f"{balance.scheduled:5} scheduled",
        f"{balance.drafts:5} drafts",
        f"{len(balance.refused):5} refused, with file and line above",
        f"{balance.posts:5} posts, {balance.unaccounted or 'none'} unaccounted for",
    ]
    return "\n".join(lines)


def main() -> None:
    """Build the posts of the first argument in the folder of the second, and say what became of them."""
    source, site = (Path(argument) for argument in sys.argv[1:3])
    if not (source / "content").is_dir():
        sys.exit(f"{source} has no content/: name the folder of real posts, make real REAL=/path/to/digitalgov")
    posts = copy_posts(source, site)
    code, report = run_build(site)
    balance = balance_report(posts, report)
    print(describe(report, balance))
    print(f"the site is in {site / 'output'}; the build took {report['seconds']} s and exited with {code}")
    if balance.unaccounted or code not in {0, 1}:
        sys.exit(1)
    if code == 1:
        print("1 is right here: posts with duplicate keys are errors, and everything sound is published")


if __name__ == "__main__":
    main()
