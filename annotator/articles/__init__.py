"""Paper in: files that researchers have -> articles or problems. No SQL, no Qt.

How a file becomes articles::

    read.draft -> walk (folders), archive (zip files) -> kinds.kind_of(source) -> readers.READERS[kind].read(source)
               -> Reading(articles, problems)

Rules for a reader (``plain.py`` is the shortest one, ``mail.py`` an ordinary one):

- One module a kind, with one public function ``read_<kind>(source: Source) -> Reading``. It stands in the hand-written
  dict ``readers.READERS`` with the words that a person knows the kind by, its suffixes and its limit; the signature by
  which its content is known stands in ``kinds.py``. Content beats suffix.
- It takes its bytes from `Source`: ``read()`` for what is small enough to be held, ``open()`` for what is read as a
  stream (a table, a WARC). It opens no other file and fetches nothing.
- It makes a `Page` of `Piece`s for each article and gives it to ``compose.compose`` (or, where a news database may have
  written the file, all pieces of the file to ``databases.read_pieces``). `compose` normalises, joins the pieces with a
  blank line, has kinds proposed for pieces without one, and adds dates, language, direction, fingerprint, provenance.
  A reader never computes an offset and drops no words: what is no article is a piece of kind furniture.
- A whole file that gives nothing raises `UnreadableError` with a sentence that says why and what to do, without naming
  the file. Anything smaller is ``source.problem(sentence, line)`` in the `Reading`, and the rest is read.
- Heavy libraries (lxml, trafilatura, pypdfium2, calamine, warcio …) are imported inside the function that
  needs them, with ``# noqa: PLC0415`` and the reason: starting the program and reading plain text must stay as fast as
  they were. So READERS imports all reader modules at the top, and a test asserts that nothing heavy comes along.
- XML is parsed by ``markup.parse_xml`` only (no entities, no network, bounded); zip members are read through
  ``archive.Members`` only (ratio, size, count).
- A table is a ``table.Table`` of rows for ``table.read_table``, and has a preview in READERS; what its columns hold is
  proposed by ``columns.propose_columns`` or said by the person (`Source.columns`).
- What a word processor wrote is a ``document.Document``. What a news database wrote is recognised in ``databases.py``,
  whatever the kind of file, and each article is a ``record.Record``.
- No library that a small file can make take all memory, or crash, runs in this process: see ``pdf.py``,
  ``sheet_extent.py``.
- Many files, and the files in one (zip, WARC), are read through ``source.spread``: one by one, or by the processes of a
  `crew.Crew` once that is worth while. What is handed over is a function of a module and values; a `Source` arrives there
  without those who listen.
- A reader of many articles asks ``source.cancelled()`` before each and calls ``source.told(count)`` after each.
"""
