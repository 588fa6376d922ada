"""Label Studio: a JSON array of tasks, with the labelling configuration beside it."""

from annotator.formats.format import Reader, Writer
from annotator.formats.label_studio.read import is_label_studio, read
from annotator.formats.label_studio.write import HOLDS, write

WRITER = Writer("Label Studio", "", HOLDS, write, purpose="Tasks and labelling configuration for Label Studio")
READER = Reader("Label Studio", read, is_label_studio)
