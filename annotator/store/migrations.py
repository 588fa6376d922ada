"""The diary of the schema: numbered steps, added to, never edited."""

from sqlite_utils import Database, Migrations

from annotator.store.schema import EXTENTS, GOLD, IN_WORDS, PREPARED, REVIEWS, SPLITS, STATISTICS, TABLES, TEAM

migrations = Migrations("annotator")
"""In the order of `PRAGMA user_version`: a file at version n has had the first n."""


@migrations()
def m001_first(db: Database) -> None:
    """The first schema."""
    for statement in TABLES:
        db.execute(statement.strip())


@migrations()
def m002_team(db: Database) -> None:
    """Assignments, notes and questions, and what merging needs to know of copies."""
    for statement in TEAM:
        db.execute(statement.strip())


@migrations()
def m003_splits(db: Database) -> None:
    """Divisions of the articles for training and testing."""
    for statement in SPLITS:
        db.execute(statement.strip())


@migrations()
def m004_gold(db: Database) -> None:
    """Gold, and the decisions that it came of."""
    for statement in GOLD:
        db.execute(statement.strip())


@migrations()
def m005_statistics(db: Database) -> None:
    """What measuring agreement counted, kept."""
    for statement in STATISTICS:
        db.execute(statement.strip())


@migrations()
def m006_reviews(db: Database) -> None:
    """Reports of agreement, kept."""
    for statement in REVIEWS:
        db.execute(statement.strip())


@migrations()
def m007_prepared(db: Database) -> None:
    """What counting agreement begins with, kept when it is known."""
    for statement in PREPARED:
        db.execute(statement.strip())


@migrations()
def m008_extents(db: Database) -> None:
    """What was counted for agreement, so that labels can be chosen among."""
    for statement in EXTENTS:
        db.execute(statement.strip())


@migrations()
def m009_in_words(db: Database) -> None:
    """What was counted in words for agreement, kept."""
    for statement in IN_WORDS:
        db.execute(statement.strip())
