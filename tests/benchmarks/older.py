"""Makes a project file of an older version out of one of today: the tables and columns that it had, with what is in them.

python -m tests.benchmarks.older PROJECT OUT VERSION
"""

import sys
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

from annotator.store.migrations import migrations
from annotator.store.schema import APPLICATION_ID


def aged(project: Path, target: Path, version: int) -> Path:
    """Write the project as that version (of the schema, from 1) would have, and return where."""
    with closing(Database(target, execute_plugins=False).conn) as connection:
        db = Database(connection, execute_plugins=False)
        later = [each.name for each in migrations.pending(db)][version:]
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        migrations.apply(db, stop_before=later[0] if later else None)
        connection.execute(f"PRAGMA user_version = {version}")
        connection.commit()
        for pragma in ("foreign_keys = OFF", "synchronous = OFF"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("ATTACH ? AS today", (str(project),))
        with db.atomic():
            for table in _tables(db, "main") & _tables(db, "today"):
                columns = ", ".join(f'"{row[1]}"' for row in connection.execute(f'PRAGMA main.table_info("{table}")'))
                connection.execute(
                    f'INSERT OR REPLACE INTO main."{table}" ({columns}) SELECT {columns} FROM today."{table}"'
                )
    return target


def _tables(db: Database, schema: str) -> set[str]:
    rows = db.conn.execute(f"SELECT name FROM {schema}.sqlite_master WHERE type = 'table'")
    return {row[0] for row in rows if not row[0].startswith(("sqlite", "_sqlite"))}


if __name__ == "__main__":
    aged(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
