"""What of the codebook is in use: which values are set, and what links join."""

from sqlite_utils import Database


def values(db: Database) -> list[tuple[str, str, str, int]]:
    """Return every label, attribute and value that occur together, and in how many annotations."""
    rows = db.execute(
        "SELECT n.label, v.name, v.value, count(*) FROM attribute v JOIN annotation n ON n.id = v.annotation"
        " GROUP BY n.label, v.name, v.value ORDER BY n.label, v.name, v.value"
    )
    return rows.fetchall()


def ends(db: Database) -> list[tuple[str, str, str | None, int]]:
    """Return every kind of link with the labels at its two ends (None: not in this article), and how many there are."""
    rows = db.execute(
        "SELECT l.kind, o.label, t.label, count(*) FROM link l JOIN annotation o ON o.id = l.origin_id"
        " LEFT JOIN annotation t ON t.id = l.target GROUP BY l.kind, o.label, t.label ORDER BY l.kind, o.label, t.label"
    )
    return rows.fetchall()


def with_value(db: Database, label: str, name: str, value: str) -> list[str]:
    """Return the ids of the annotations of a label that have one value of one attribute."""
    rows = db.execute(
        "SELECT n.id FROM attribute v JOIN annotation n ON n.id = v.annotation"
        " WHERE n.label = ? AND v.name = ? AND v.value = ? ORDER BY n.id",
        (label, name, value),
    )
    return [row[0] for row in rows]


def several(db: Database) -> dict[str, int]:
    """Return the attributes of which some annotations have more than one value, and how many annotations those are."""
    rows = db.execute(
        "SELECT name, count(*) FROM (SELECT name FROM attribute GROUP BY annotation, name HAVING count(*) > 1)"
        " GROUP BY name"
    )
    return dict(rows.fetchall())


def kinds(db: Database) -> dict[str, int]:
    """Return how many links there are of each kind."""
    return dict(db.execute("SELECT kind, count(*) FROM link GROUP BY kind ORDER BY kind").fetchall())
