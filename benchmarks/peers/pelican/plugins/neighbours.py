"""The older and the newer neighbour of every article."""

from pelican import signals


def link(generator):
    newer = None
    for article in generator.articles:
        article.newer, article.older = newer, None
        if newer is not None:
            newer.older = article
        newer = article


def register():
    signals.article_generator_finalized.connect(link)
