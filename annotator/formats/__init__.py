"""Annotations in and out: one module a format, or a folder of that name where it needs two. No SQL, no Qt.

How annotations go out (`annotator.project.exchange` calls these)::

    records of the project, only what was chosen
      -> giving.fit.losses(writer, …)     what the format cannot hold, how many, what is done about it: before writing
      -> giving.fit.Fitted(writer, …)     the records without that; can be gone through several times
      -> writer.write(project, fitted, options)   yields OutFiles, whose bytes are made while they are written
      -> giving.output.written(files, path)       beside the place, and moved there when whole
      -> giving.compare.compared_while_read(…, reader.read, …)   before it is moved; where links go across articles, or
         something differs, reader.read(…) and giving.compare.compare(holds, fitted, reading)

How annotations come in::

    recognise(path)  ->  reader.read(path, taking)  ->  Reading(values, problems, told)
      -> annotator.project.adopt (labels found in, or added to, the project's codebook)  ->  annotator.project.intake

Rules for a format (``doccano.py`` is an ordinary one):

- It ends with ``WRITER = Writer(…)`` and ``READER = Reader(…)``, and stands in the dicts of ``registry`` under a short name. One
  that is only written has no READER; it is not compared after writing, and the report says so.
- `Holds` says truly what comes back equal. The table in ``docs/formats.md`` is made from it (`table`), the losses are
  counted by it, and the comparison after writing goes by it. What a format needs beyond that (tokens, a policy for
  overlaps that the person chose) is its own ``fit(project, record, options, losses)``: it returns the record as it will
  come back and counts what is lost with ``losses.add(what, done_about_it)``. Nothing is ever lost anywhere else.
- ``write`` gets records that fit. It is a generator of `OutFile`s (``giving.output.text_file``): one without a name for
  a format of one file, named ones for a folder. It opens no file. Where `Holds.annotators` is `APART` it goes through
  ``giving.people.by_annotator`` and names a file or folder after each annotator. It does not look at the split unless
  it says so (`Writer.splits`); it is called once a part otherwise. Only ``project.codebooks[-1]`` is written.
- Labels, roles, relations, attributes and values are written by their ids (plain words), so that they come back; names
  where the format has a place for a name. Where a format allows fewer characters: ``names.slugs``, and a file with the
  mapping. File names: ``names.file_names``. Offsets: the covered text beside them wherever the format allows.
- ``read`` makes `taking.document.Document`s with the file's own words and offsets, and gives them (best a generator) to
  ``taking.gather.gather``, which checks the quotes, finds the unit, normalises, derives ids, makes the codebook and
  tells the progress. A reader computes no code point and no id, and drops nothing: what it cannot understand is a
  `Problem` with file and line, in one whole sentence that says what to do, in the list it hands to ``gather``.
  It raises nothing but `StoppedError`. `taking.files` finds the files of a folder, their annotators, and reads text.
- Files are not to be trusted: XML without entities and network, zip members bounded, numbers checked (a bool is no
  number), depth bounded (`RecursionError` is a problem). Nothing is fetched.
- Libraries that are heavy or extras are imported inside the function that needs them, with ``# noqa: PLC0415`` and the
  reason; `Writer.needs` names the library, and the person is told before anything is done.
- Tests: ``tests/formats/test_<name>.py`` begins with the law, one line with ``tests/formats/law.py``: any project
  made to fit comes back equal (and importing it twice adds nothing). Then what the format's own rules demand, then every
  kind of broken file. The format's own library reads what we wrote where it installs.
"""

OUT = (
    "jsonl",
    "brat",
    "doccano",
    "doccano-relations",
    "label-studio",
    "prodigy",
    "csv",
    "xlsx",
    "conll",
    "conllu",
    "huggingface",
    "huggingface-tokens",
    "huggingface-parquet",
    "uima-json",
    "uima-xmi",
    "webanno-tsv",
    "refi-qda",
    "spacy",
    "tei",
    "web-annotation",
)
"""Names of the formats that can be written, as ``registry`` has them, which loads them all: these are known at once."""

IN = (
    "jsonl",
    "brat",
    "csv",
    "xlsx",
    "prodigy",
    "conllu",
    "conll",
    "doccano",
    "doccano-relations",
    "refi-qda",
    "spacy",
    "parc3",
    "web-annotation",
    "inception",
    "uima-json",
    "uima-xmi",
    "webanno-tsv",
    "label-studio",
    "huggingface",
    "huggingface-tokens",
    "huggingface-parquet",
    "table",
)
"""Names of the formats that can be read, as ``registry`` has them."""
