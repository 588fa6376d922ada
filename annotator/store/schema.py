"""The tables of a project file. The comments stay in the file: the schema is the manual.

Read them with ``sqlite3 PROJECT.annotator .schema``.
"""

APPLICATION_ID = 0x416E6E6F
"""``Anno`` in ASCII, at byte 68 of every project file."""

TABLES = (
    """
CREATE TABLE project (
  -- One row: the project itself.
  id TEXT PRIMARY KEY,          -- UUID; copies of a project share it, and it tells that they can be merged
  name TEXT NOT NULL,
  made_at TEXT NOT NULL,        -- every time in this file: ISO 8601, UTC, with milliseconds
  made_with TEXT NOT NULL       -- version of the program that made the file
) STRICT
""",
    """
CREATE TABLE annotator (
  -- A person who labels.
  id TEXT PRIMARY KEY,          -- UUID
  name TEXT NOT NULL UNIQUE,
  made_at TEXT NOT NULL
) STRICT
""",
    """
CREATE TABLE codebook (
  -- Every revision of the codebook, whole. A change is a new row; no row is ever changed.
  revision INTEGER PRIMARY KEY, -- counts from 1
  content TEXT NOT NULL,        -- JSON: labels, attributes, roles, relations, clauses
  note TEXT NOT NULL,           -- why it was changed
  annotator TEXT REFERENCES annotator (id), -- who changed it; NULL for the first
  made_at TEXT NOT NULL
) STRICT
""",
    """
CREATE TABLE text (
  -- The text of an article. Stored once, never changed: every offset in this file counts code points into it.
  id TEXT PRIMARY KEY,          -- UUID
  fingerprint TEXT NOT NULL,    -- SHA-256 of content in UTF-8, hex: equal texts are found by it
  length INTEGER NOT NULL,      -- code points
  content TEXT NOT NULL         -- line feeds only; normalised at import. Last: what stands behind it is slow to read
) STRICT
""",
    "CREATE INDEX text_fingerprint ON text (fingerprint)",
    """
CREATE TABLE article (
  -- What is known about an article. Its text stands in text.
  id TEXT PRIMARY KEY,          -- UUID
  text TEXT NOT NULL REFERENCES text (id),
  title TEXT NOT NULL,
  place INTEGER NOT NULL,       -- order in the list
  language TEXT NOT NULL,       -- BCP 47, empty when unknown
  direction TEXT NOT NULL,      -- ltr, rtl, or empty: the text decides
  metadata TEXT NOT NULL,       -- JSON: [[key, value, original string], …] in order
  source TEXT NOT NULL,         -- name of the file it came from, or "pasted text"
  source_hash TEXT NOT NULL,    -- SHA-256 of the file's bytes, hex
  importer TEXT NOT NULL,       -- which reader took it
  encoding TEXT NOT NULL,       -- the character encoding taken, and how it was found
  report TEXT NOT NULL,         -- JSON: what normalising changed, in sentences
  added_at TEXT NOT NULL
) STRICT
""",
    "CREATE INDEX article_text ON article (text)",
    "CREATE INDEX article_place ON article (place, id)",
    """
CREATE TABLE block (
  -- What a stretch of an article is: headline, subhead, byline, dateline, body, caption, credit, furniture, comment,
  -- duplicate. What no block covers is body. A block never moves an offset.
  article TEXT NOT NULL REFERENCES article (id),
  place INTEGER NOT NULL,       -- order, from 0
  kind TEXT NOT NULL,
  start INTEGER NOT NULL CHECK (start >= 0), -- first code point
  "end" INTEGER NOT NULL CHECK ("end" > start), -- one past the last
  PRIMARY KEY (article, place)
) STRICT, WITHOUT ROWID
""",
    """
CREATE TABLE annotation (
  -- A label on a set of fragments of one article, by one annotator.
  id TEXT PRIMARY KEY,          -- UUID
  article TEXT NOT NULL REFERENCES article (id),
  annotator TEXT NOT NULL REFERENCES annotator (id),
  label TEXT NOT NULL,          -- id of a label in the codebook
  note TEXT NOT NULL,
  codebook INTEGER NOT NULL REFERENCES codebook (revision), -- revision it was made or last changed under
  revision INTEGER NOT NULL,    -- 1 when made, one more with every change
  origin TEXT NOT NULL,         -- hand, import or proposal
  made_at TEXT NOT NULL,
  changed_at TEXT NOT NULL
) STRICT, WITHOUT ROWID
""",
    "CREATE INDEX annotation_article ON annotation (article, annotator, label)",
    """
CREATE TABLE tally (
  -- How many annotations of a label an annotator has made in an article. Kept in step by whatever writes annotations,
  -- because counting a million of them would hold up every opening; no row says none. It is checked.
  annotator TEXT NOT NULL,
  article TEXT NOT NULL,
  label TEXT NOT NULL,
  count INTEGER NOT NULL CHECK (count > 0),
  PRIMARY KEY (annotator, article, label)
) STRICT, WITHOUT ROWID
""",
    """
CREATE TABLE fragment (
  -- One contiguous stretch of an annotation: code points, half-open. Fragments of one annotation are in order and apart;
  -- those of different annotations may overlap, nest, and cross in any way.
  annotation TEXT NOT NULL REFERENCES annotation (id),
  place INTEGER NOT NULL,       -- order, from 0
  start INTEGER NOT NULL CHECK (start >= 0), -- first code point
  "end" INTEGER NOT NULL CHECK ("end" > start), -- one past the last
  covered TEXT NOT NULL,        -- the characters it covers: must equal the article's, and is checked
  PRIMARY KEY (annotation, place)
) STRICT, WITHOUT ROWID
""",
    """
CREATE TABLE attribute (
  -- One value of one attribute of an annotation.
  annotation TEXT NOT NULL REFERENCES annotation (id),
  name TEXT NOT NULL,           -- id of an attribute in the codebook
  value TEXT NOT NULL,          -- id of a value in the codebook, or free text
  PRIMARY KEY (annotation, name, value)
) STRICT, WITHOUT ROWID
""",
    """
CREATE TABLE link (
  -- A role in a frame (attribution -> source, content) or a relation (denial -> claim), across articles too.
  id TEXT PRIMARY KEY,          -- UUID
  kind TEXT NOT NULL,           -- id of a role or relation in the codebook
  origin_id TEXT NOT NULL REFERENCES annotation (id), -- where the arrow leaves: the frame, the denial
  target TEXT REFERENCES annotation (id), -- what it points at; NULL is the recorded fact "not in this article"
  annotator TEXT NOT NULL REFERENCES annotator (id),
  place INTEGER NOT NULL,       -- order among links of one kind from one annotation
  codebook INTEGER NOT NULL REFERENCES codebook (revision),
  revision INTEGER NOT NULL,
  origin TEXT NOT NULL,         -- hand, import or proposal
  made_at TEXT NOT NULL,
  changed_at TEXT NOT NULL
) STRICT
""",
    "CREATE INDEX link_origin ON link (origin_id)",
    "CREATE INDEX link_target ON link (target)",
    """
CREATE TABLE state (
  -- How far an annotator is with an article. No row: new.
  article TEXT NOT NULL REFERENCES article (id),
  annotator TEXT NOT NULL REFERENCES annotator (id),
  state TEXT NOT NULL,          -- in progress, done, nothing found (read to the end, nothing to label)
  changed_at TEXT NOT NULL,
  PRIMARY KEY (article, annotator)
) STRICT, WITHOUT ROWID
""",
    "CREATE INDEX state_annotator ON state (annotator, article)",
    """
CREATE TABLE step (
  -- One gesture: one transaction, one entry of undo. Steps are only ever added.
  number INTEGER PRIMARY KEY,   -- counts from 1
  id TEXT NOT NULL,             -- UUID: copies of a project share a past as far as these are the same
  title TEXT NOT NULL,          -- what was done, in words that fit after "Undo"
  kind TEXT NOT NULL,           -- start (came with the project, cannot be undone), do, undo or redo
  annotator TEXT NOT NULL,      -- id of who did it; empty when nobody in particular
  article TEXT NOT NULL,        -- id of the article it happened in; empty when in none or many
  inverts INTEGER REFERENCES step (number), -- the step that this one takes back
  undone_by INTEGER REFERENCES step (number), -- the step that took this one back; NULL while it stands
  made_at TEXT NOT NULL
) STRICT
""",
    "CREATE INDEX step_standing ON step (kind, number) WHERE undone_by IS NULL",
    """
CREATE TABLE change (
  -- What a step touched, and what stood there before: undo, redo, trash and provenance in one.
  step INTEGER NOT NULL REFERENCES step (number),
  place INTEGER NOT NULL,       -- order within the step, from 0; undo goes backwards
  noun TEXT NOT NULL,           -- project, annotator, codebook, text, article, blocks, annotation, link or state
  key TEXT NOT NULL,            -- the row's id
  before TEXT,                  -- JSON: the row with all that belongs to it, as it was; NULL when there was none
  PRIMARY KEY (step, place)
) STRICT, WITHOUT ROWID
""",
    "CREATE INDEX change_key ON change (key, step)",
    "CREATE INDEX change_replaced ON change (noun, step) WHERE before IS NOT NULL",
)

TEAM = (
    "ALTER TABLE annotator ADD COLUMN short TEXT NOT NULL DEFAULT '' /* a short name or initials; empty: from the name */",
    "ALTER TABLE annotator ADD COLUMN color TEXT NOT NULL DEFAULT '' /* #rrggbb; empty: given by the order of names */",
    "ALTER TABLE annotator ADD COLUMN email TEXT NOT NULL DEFAULT '' /* an address, or empty */",
    """
ALTER TABLE annotator ADD COLUMN repeats TEXT REFERENCES annotator (id)
  /* whose second, blind reading this is; NULL: a person's first one */
""",
    """
CREATE TABLE setting (
  -- What the coordinator has settled for this file. Merging leaves it alone.
  name TEXT PRIMARY KEY,        -- blind: "no" once annotators may see each other's labels
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID
""",
    """
CREATE TABLE assignment (
  -- Which annotator is to label which article.
  article TEXT NOT NULL REFERENCES article (id),
  annotator TEXT NOT NULL REFERENCES annotator (id),
  place INTEGER NOT NULL,       -- order in which this annotator reads, from 0
  made_at TEXT NOT NULL,
  PRIMARY KEY (article, annotator)
) STRICT, WITHOUT ROWID
""",
    "CREATE INDEX assignment_annotator ON assignment (annotator, place)",
    """
CREATE TABLE thread (
  -- A note or question on a span of an article, or on the article as a whole. What is said stands in message.
  id TEXT PRIMARY KEY,          -- UUID
  article TEXT NOT NULL REFERENCES article (id),
  annotator TEXT NOT NULL REFERENCES annotator (id), -- who began it
  fragments TEXT NOT NULL,      -- JSON: [[start, end, covered text], …] in code points, half-open; [] for the whole article
  settled INTEGER NOT NULL CHECK (settled IN (0, 1)), -- 1: nobody waits for an answer any more
  made_at TEXT NOT NULL,
  changed_at TEXT NOT NULL
) STRICT
""",
    "CREATE INDEX thread_article ON thread (article)",
    """
CREATE TABLE message (
  -- The note or question that begins a thread, or an answer to it.
  id TEXT PRIMARY KEY,          -- UUID
  thread TEXT NOT NULL REFERENCES thread (id),
  annotator TEXT REFERENCES annotator (id), -- who wrote it; NULL in a handed-out copy, where it was somebody else
  content TEXT NOT NULL,
  made_at TEXT NOT NULL,
  changed_at TEXT NOT NULL
) STRICT
""",
    "CREATE INDEX message_thread ON message (thread)",
    """
CREATE TABLE handout (
  -- A copy that was made for one annotator, in the project and in the copy: merging begins where they parted.
  id TEXT PRIMARY KEY,          -- UUID; in the copy the id of its first step too
  annotator TEXT NOT NULL REFERENCES annotator (id), -- for whom
  articles INTEGER NOT NULL,    -- how many articles it held
  made_at TEXT NOT NULL
) STRICT
""",
    """
CREATE TABLE visit (
  -- A copy that was merged into this file.
  id TEXT PRIMARY KEY,          -- id of the copy's last step then: merging the same state again finds it
  file TEXT NOT NULL,           -- the copy's name, for people
  untaken TEXT NOT NULL,        -- JSON: [[noun, key], …] that were not taken, and are offered again the next time
  alias TEXT NOT NULL,          -- JSON: [[noun, key in the copy, key here], …] of what was the same under two ids
  made_at TEXT NOT NULL
) STRICT
""",
    """
CREATE TABLE visited (
  -- The steps that a merged copy had made by itself: how far it is known, and when its annotator worked at what.
  visit TEXT NOT NULL REFERENCES visit (id),
  place INTEGER NOT NULL,       -- order, from 0
  step TEXT NOT NULL,           -- the step's id in the copy
  annotator TEXT NOT NULL,      -- id, as in this file; empty when nobody in particular
  article TEXT NOT NULL,        -- id; empty when in none or many
  made_at TEXT NOT NULL,
  PRIMARY KEY (visit, place)
) STRICT, WITHOUT ROWID
""",
    "CREATE INDEX visited_step ON visited (step)",
    "CREATE INDEX step_id ON step (id)",
)
"""What a team needs: assignments, notes and questions, copies handed out and merged. The second migration."""

SPLITS = (
    """
CREATE TABLE split (
  -- A division of the articles for training and testing, recorded so that every export uses the same one.
  id TEXT PRIMARY KEY,          -- UUID
  name TEXT NOT NULL UNIQUE,
  "by" TEXT NOT NULL,           -- story or article: what never lies on both sides; copies of one text never do
  seed INTEGER NOT NULL,        -- of the dice: the same project, shares and seed give the same parts
  shares TEXT NOT NULL,         -- JSON: [[part, share], …] in order
  made_at TEXT NOT NULL
) STRICT
""",
    """
CREATE TABLE part (
  -- In which part of a split an article is. An article may have been removed since: it comes back where it was.
  split TEXT NOT NULL REFERENCES split (id),
  article TEXT NOT NULL,        -- id of an article
  part TEXT NOT NULL,           -- train, dev, test …
  PRIMARY KEY (split, article)
) STRICT, WITHOUT ROWID
""",
)

GOLD = (
    """
ALTER TABLE annotator ADD COLUMN kind TEXT NOT NULL DEFAULT '' CHECK (kind IN ('', 'gold'))
  /* empty: a person; gold: what was decided from the persons' labels is kept as the labels of this one */
""",
    "CREATE UNIQUE INDEX annotator_gold ON annotator (kind) WHERE kind = 'gold'",
    """
CREATE TABLE decision (
  -- What was decided where annotators differ, or agree: the birth certificate of gold labels, and of "no span here".
  id TEXT PRIMARY KEY,          -- UUID, made of the article and the labels that it is about: the same in every copy
  article TEXT NOT NULL REFERENCES article (id),
  kind TEXT NOT NULL,           -- missed, boundary, category, structure, attribute, role, target or agreed
  part TEXT NOT NULL,           -- of links: id of the role or relation in the codebook; else empty
  start INTEGER NOT NULL CHECK (start >= 0), -- first code point of what it is about
  "end" INTEGER NOT NULL CHECK ("end" > start), -- one past the last
  held TEXT NOT NULL,           -- JSON: [[annotator, [[annotation, label, [[start, end], …], [[name, value], …]], …], [target, …]], …]:
                                -- what everybody had then; nothing is an empty list; the target null: not in this article
  outcome TEXT NOT NULL,        -- version, union, overlap, edited, none, majority, all; asked: nothing decided yet
  gold TEXT NOT NULL,           -- JSON: [annotation, …], gold labels that came of it
  targets TEXT NOT NULL,        -- JSON: [annotation or null, …], of links: where those lead that hold
  annotator TEXT REFERENCES annotator (id), -- who decided; NULL: nobody in particular
  reason TEXT NOT NULL,         -- a word of a short list, or empty
  note TEXT NOT NULL,           -- the reason in free words
  clause TEXT NOT NULL,         -- id of the clause of the codebook that was cited, or empty
  thread TEXT NOT NULL,         -- id of the question that was asked about it, or empty
  codebook INTEGER NOT NULL REFERENCES codebook (revision),
  made_at TEXT NOT NULL,
  changed_at TEXT NOT NULL
) STRICT
""",
    "CREATE INDEX decision_article ON decision (article)",
)
"""The layer of what was decided from the annotators' labels, and why."""

STATISTICS = (
    """
CREATE TABLE statistic (
  -- What measuring agreement counted in an article. Derived: whatever changes the article's labels, states or blocks takes
  -- the row away in the same step, and it is counted again when it is needed. Not in copies that are handed out.
  article TEXT PRIMARY KEY REFERENCES article (id),
  method INTEGER NOT NULL,      -- the way of counting; rows of another one are not read
  annotators TEXT NOT NULL,     -- JSON: ids of those who have finished it; what follows holds places in this list
  labels TEXT NOT NULL,         -- JSON: ids of labels, likewise
  is_wide INTEGER NOT NULL CHECK (is_wide IN (0, 1)), -- whether numbers take many bytes
  words INTEGER NOT NULL,       -- words in what is not left out
  waiting TEXT NOT NULL,        -- JSON: [[annotator, label, count], …] of annotations by those who have not finished it
  sets BLOB NOT NULL,           -- by two annotators and two sets of labels: over how many characters they had them
  spans BLOB NOT NULL,          -- by two annotators and label: spans, and how many of them are the same
  lost BLOB NOT NULL,           -- by two annotators and label: over how many characters they differ, and how
  made BLOB NOT NULL,           -- by annotator and label: spans
  fragments BLOB NOT NULL,      -- annotator, label, annotation, start and end of every fragment, without blanks at edges
  keys TEXT NOT NULL            -- ids of these annotations, a line each
) STRICT
""",
)
"""What agreement was counted from. The fifth migration."""

REVIEWS = (
    # Without the ids of annotations, which are read from the annotations where they are needed. All of it is counted again.
    "DROP TABLE statistic",
    STATISTICS[0].replace(
        """
  fragments BLOB NOT NULL,      -- annotator, label, annotation, start and end of every fragment, without blanks at edges
  keys TEXT NOT NULL            -- ids of these annotations, a line each
""",
        """
  fragments BLOB NOT NULL       -- annotator, label, annotation, start and end of every fragment, without blanks at edges
""",
    ),
    """
CREATE TABLE review (
  -- Reports of agreement that were computed, so that they are shown at once. Derived: a report is shown only as long as no
  -- step has been taken since, and can always be computed again. Not in copies that are handed out.
  number INTEGER PRIMARY KEY,   -- order in which they were kept
  asked TEXT NOT NULL,          -- what was asked: SHA-256 of the request, hex
  revision INTEGER NOT NULL,    -- number of the last step when it was computed
  method TEXT NOT NULL,         -- version of the program and way of counting; those of another one are not read
  content TEXT NOT NULL         -- JSON: the report
) STRICT
""",
)
"""Reports of agreement. The sixth migration."""

PREPARED = (
    """
CREATE TABLE outline (
  -- What counting asks of a text, found when the text came: a text never changes. Derived; it is checked.
  text TEXT PRIMARY KEY REFERENCES text (id),
  method INTEGER NOT NULL,      -- the way of finding it; rows of another one are not read
  words INTEGER NOT NULL,       -- how many there are, blank-separated
  sentences BLOB NOT NULL       -- start and end of each, code points, half-open: 4 bytes each, the lowest first
) STRICT
""",
    """
CREATE TABLE work (
  -- The labels of an article in few bytes, so that counting agreement anew need not look for each. Derived: made when an
  -- annotator has finished the article, and taken away in the same step in which a label of it changes. It is checked. Not
  -- in copies that are handed out.
  article TEXT PRIMARY KEY REFERENCES article (id),
  method INTEGER NOT NULL,      -- the way of writing it; rows of another one are not read
  annotators TEXT NOT NULL,     -- JSON: ids; what follows holds places in this list
  labels TEXT NOT NULL,         -- JSON: ids, likewise
  runs BLOB NOT NULL,           -- annotator, label, and how many fragments follow of these: 4 bytes each, the lowest first
  fragments BLOB NOT NULL       -- 8 bytes each, the lowest first: 31 bits of the end, 31 of the start, without the blanks at
                                -- the edges; then whether it goes on with the annotation before
) STRICT
""",
)
"""What counting agreement begins with. The seventh migration."""

EXTENTS = (
    # With what of spans depends on which labels are compared. All of it is counted again.
    "DROP TABLE statistic",
    REVIEWS[1].replace(
        """
  fragments BLOB NOT NULL       -- annotator,""",
        """
  faced BLOB NOT NULL,          -- by two annotators, label and other labels: spans that meet spans of these others only
  extents BLOB NOT NULL,        -- by two annotators, extent and label: labels that only one of them has on it
  fragments BLOB NOT NULL       -- annotator,""",
    ),
)
"""What of agreement depends on the choice of labels. The eighth migration."""

IN_WORDS = (
    """
CREATE TABLE word_statistic (
  -- What measuring agreement counted in words in an article, once tokens or a tolerance were asked for. Derived: it goes with
  -- what was counted in characters, and is counted again when it is needed. Not in copies that are handed out.
  article TEXT PRIMARY KEY REFERENCES statistic (article) ON DELETE CASCADE,
  method INTEGER NOT NULL,      -- the way of finding words and of counting; rows of another one are not read
  annotators TEXT NOT NULL,     -- JSON: ids of those who have finished it; what follows holds places in this list
  labels TEXT NOT NULL,         -- JSON: ids of labels, likewise
  is_wide INTEGER NOT NULL CHECK (is_wide IN (0, 1)), -- whether numbers take many bytes
  tokens INTEGER NOT NULL,      -- how many there are in what is not left out
  sets BLOB NOT NULL,           -- by two annotators and two sets of labels: over how many tokens they had them
  lost BLOB NOT NULL,           -- by two annotators and label: over how many tokens they differ, and how
  edges BLOB NOT NULL,          -- by two annotators and label: where edges differ, over how many characters and words
  places BLOB NOT NULL          -- start and end in tokens of each of the fragments of what was counted in characters
) STRICT
""",
)
"""What agreement was counted from in words. The ninth migration."""
