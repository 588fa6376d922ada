from annotator.formats.format import Options as Options
from annotator.formats.format import Taking as Taking
from annotator.formats.format import Unit as Unit
from annotator.model.adjudication import Cell as Cell
from annotator.model.adjudication import Outcome as Outcome
from annotator.model.article import Block as Block
from annotator.model.article import BlockKind as BlockKind
from annotator.model.article import Metadatum as Metadatum
from annotator.model.article import State as State
from annotator.model.assigning import Scheme as Scheme
from annotator.model.codebook import Codebook as Codebook
from annotator.model.errors import AnnotatorError as AnnotatorError
from annotator.model.span import Span as Span
from annotator.project.codebook_file import write_codebook as write_codebook
from annotator.project.project import Project as Project
from annotator.project.request import Request as Request
from annotator.project.selecting import Selection as Selection
from annotator.project.templates import find_codebook as find_codebook

__version__: str
