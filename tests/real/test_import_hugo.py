"""A thousand real posts of a site of Hugo, imported: each file becomes something or is counted."""

import json
from pathlib import Path

from sitegen.app.importing import ImportTools, import_source
from sitegen.app.site import load_site
from sitegen.importers.generators.hugo import read_documents
from sitegen.importers.records import ImportRequest
from tests.samples import CLOCK
from tests.sites import write_site


def test_every_real_file_is_accounted_for(real_news: Path, tmp_path: Path) -> None:
    expected = json.loads((real_news / "expected.json").read_text(encoding="utf-8"))
    root = write_site(tmp_path / "site")
    site = load_site(root, None)
    request = ImportRequest(inputs=(str(real_news / "content"),), config=site.config, clock=CLOCK, section="news")
    report = import_source(site, read_documents, request, ImportTools(), dry_run=False)
    read = report.tally.read
    assert read["files"] == expected["posts"] + len(expected["section_files"])
    assert read["files"] == read["articles"] + read["sections"] + report.tally.skipped.total()
    assert report.tally.skipped["front matter that cannot be read"] == len(expected["duplicate_keys"])
    assert report.written["drafts"] == expected["drafts"]
    assert len(list(root.glob("content/news/**/*.md"))) == read["articles"]
