"""`sitegen import page`: one article for every file."""

from collections.abc import Iterator

from sitegen.errors import UsageError
from sitegen.importers.pages.facts import build_document, fill_in
from sitegen.importers.pages.files import read_page
from sitegen.importers.pages.headline import read_origin
from sitegen.importers.pages.html_page import read_html_page
from sitegen.importers.pages.text_page import read_text_page
from sitegen.importers.pages.thread import build_thread
from sitegen.importers.pages.times import SourceTimes
from sitegen.importers.records import ImportedDocument, ImportRequest, Tally


def read_pages(request: ImportRequest, tally: Tally) -> Iterator[ImportedDocument]:
    """Yield the articles in saved pages; raises as every reader does."""
    options = {"--title": request.title, "--date": request.date, "--url": request.url}
    if len(request.inputs) > 1 and (given := [option for option, value in options.items() if value is not None]):
        raise UsageError(f"{given[0]} is for one page, and {len(request.inputs)} are given", "import one at a time")
    told = SourceTimes(request)
    for name in request.inputs:
        page = read_page(name)
        request.advance(page.file.stat().st_size)
        tally.read["articles"] += 1
        if page.is_html:
            origin = read_origin(page.text)
            times = told.at_capture(origin.at)
            facts = read_html_page(page, origin, request, times, tally)
        else:
            times = told
            facts = read_text_page(page, request.title, times, tally)
        fill_in(facts, request, times)
        thread = build_thread(facts, page, times, tally)
        yield build_document(facts, thread, page, times, tally)
