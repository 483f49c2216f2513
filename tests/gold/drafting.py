"""The gold set through the whole of drafting."""

from pathlib import Path

from bot.corpus import seeds
from bot.corpus.seeds import Seeds
from bot.drafting import draft
from bot.drafting.intake import manuscript
from bot.drafting.values import Manuscript
from bot.record import Dating
from tests.gold.articles import COLLECTION, Marked, read
from tests.gold.judging import Tally, judge, proposed


def judged(folder: Path) -> dict[str, Tally]:
    """What came of every article of a folder, by name."""
    collection = seeds.load(COLLECTION)
    return {marked.name: judge_one(marked, collection) for marked in read(folder)}


def judge_one(marked: Marked, collection: Seeds) -> Tally:
    """Draft one article, and compare."""
    article = manuscript.read(marked.path, told(marked))
    drafted = draft.draft(article, draft.parsed(article), collection)
    return judge(article.text, marked.gold(article.text), proposed(drafted))


def told(marked: Marked) -> manuscript.Told:
    """What whoever drafts an article says about it."""
    options = dict(marked.options)
    published = options.pop("published", None)
    return manuscript.Told(published=Dating.parse(published) if published else None, **options)


def known(article: Manuscript) -> dict[str, str | None]:
    """What was found out about an article, under the names that gold files use."""
    return {
        "published": article.published.edtf if article.published else None,
        "outlet": article.outlet or None,
        "title": article.title or None,
        "byline": article.byline or None,
        "url": article.url or None,
    }
