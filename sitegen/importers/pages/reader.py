"""`sitegen import page`: one article for every file."""

from collections.abc import Iterator

from sitegen.errors import ContentError, UsageError, error
from sitegen.importers.pages.facts import build_document, fill_in
from sitegen.importers.pages.files import CODE, read_page
from sitegen.importers.pages.text_page import read_text_page
from sitegen.importers.pages.times import SourceTimes
from sitegen.importers.records import ImportedDocument, ImportRequest, Tally


def read_pages(request: ImportRequest, tally: Tally) -> Iterator[ImportedDocument]:
    """Yield the articles in saved pages; raises as every reader does."""
    told = {"--title": request.title, "--date": request.date, "--url": request.url}
    if len(request.inputs) > 1 and (given := [option for option, value in told.items() if value is not None]):
        raise UsageError(f"{given[0]} is for one page, and {len(request.inputs)} are given", "import one at a time")
    times = SourceTimes(request)
    for name in request.inputs:
        page = read_page(name)
        request.advance(page.file.stat().st_size)
        if page.is_html:
            raise ContentError([error(CODE, "is HTML", name, hint="save the page as text")])
        tally.read["articles"] += 1
        facts = read_text_page(page, request.title, times, tally)
        fill_in(facts, request, times)
        yield build_document(facts, page, times, tally)
