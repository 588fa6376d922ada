"""What of the codebook is in use: which values are set, and what links join."""

from sqlite_utils import Database


def values(db: Database, annotator: str) -> list[tuple[str, str, str, int, int]]:
    """Return every label, attribute and value that occur together: in how many annotations, and how many of one's own."""
    rows = db.execute(
        "SELECT n.label, v.name, v.value, count(*), sum(n.annotator = ?) FROM attribute v"
        " JOIN annotation n ON n.id = v.annotation GROUP BY n.label, v.name, v.value ORDER BY n.label, v.name, v.value",
        (annotator,),
    )
    return rows.fetchall()


def ends(db: Database, annotator: str) -> list[tuple[str, str, str | None, int, int]]:
    """Return every kind of link with the labels at its two ends (None: not in this article).

    With each stands how many there are, and how many of these begin at a label of this annotator.
    """
    rows = db.execute(
        "SELECT l.kind, o.label, t.label, count(*), sum(o.annotator = ?) FROM link l"
        " JOIN annotation o ON o.id = l.origin_id LEFT JOIN annotation t ON t.id = l.target"
        " GROUP BY l.kind, o.label, t.label ORDER BY l.kind, o.label, t.label",
        (annotator,),
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


def several(db: Database, annotator: str) -> list[tuple[str, int, int]]:
    """Return the attributes of which annotations have more than one value: how many have, and how many of one's own."""
    rows = db.execute(
        "SELECT v.name, count(*), sum(n.annotator = ?) FROM"
        " (SELECT annotation, name FROM attribute GROUP BY annotation, name HAVING count(*) > 1) v"
        " JOIN annotation n ON n.id = v.annotation GROUP BY v.name ORDER BY v.name",
        (annotator,),
    )
    return rows.fetchall()


def kinds(db: Database) -> dict[str, int]:
    """Return how many links there are of each kind."""
    return dict(db.execute("SELECT kind, count(*) FROM link GROUP BY kind ORDER BY kind").fetchall())
