"""A thousand real posts that nobody here wrote: each is published, skipped by what it says itself, or refused."""

import json
import re
from pathlib import Path

from tests.real.build_real import balance_report, copy_posts, list_problems, run_build


def test_every_real_post_is_published_skipped_or_refused_with_its_place(real_news: Path, tmp_path: Path) -> None:
    expected = json.loads((real_news / "expected.json").read_text(encoding="utf-8"))
    site = tmp_path / "site"
    posts = copy_posts(real_news, site)
    assert posts == expected["posts"]

    code, report = run_build(site, "--clock", "2026-06-01T00:00:00Z")
    balance = balance_report(posts, report)
    assert balance.unaccounted == 0
    assert (code, balance.drafts, balance.scheduled) == (1, expected["drafts"], 0)

    errors = [problem for problem in list_problems(report) if problem["severity"] == "error"]
    duplicates = {f"content/news/{entry['file']}" for entry in expected["duplicate_keys"]}
    assert duplicates <= set(balance.refused)
    assert [problem for problem in errors if problem["line"] is None] == []
    pages = [
        path for path in (site / "output").rglob("index.html") if re.search(r"/\d{4}/\d\d/[^/]+/", path.as_posix())
    ]
    assert len(pages) >= balance.published


def test_the_account_of_the_posts_counts_a_file_once() -> None:
    problem = {"severity": "error", "file": "content/news/a.md", "line": 3}
    index = {"severity": "error", "file": "content/news/_index.md", "line": 1}
    report = {"articles": 5, "drafts": 1, "scheduled": 0, "expired": 2, "problems": [problem, problem, index]}
    balance = balance_report(10, report)
    assert balance.refused == ("content/news/a.md",)
    assert balance.unaccounted == 1
