"""W3C Web Annotation in JSON-LD: annotations beside the texts that they are about."""

from annotator.formats.format import Reader, Writer
from annotator.formats.web_annotation.read import is_web_annotation, read
from annotator.formats.web_annotation.write import HOLDS, write

WRITER = Writer("W3C Web Annotation", "", HOLDS, write, purpose="JSON-LD for programs that annotate the web")
READER = Reader("W3C Web Annotation", read, is_web_annotation)
