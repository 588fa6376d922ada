"""What is exchanged: a project as values, an article a record."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from annotator.model.annotation import Annotation, Link
from annotator.model.annotator import Annotator
from annotator.model.article import Article
from annotator.model.codebook import Codebook
from annotator.model.problem import Problem


@dataclass(frozen=True, slots=True)
class StateRecord:
    """How far an annotator (by id) is with the article."""

    annotator: str
    state: str
    changed_at: str


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """An article with everything in it. `links` are those that leave an annotation of this article."""

    article: Article
    annotations: tuple[Annotation, ...] = ()
    links: tuple[Link, ...] = ()
    states: tuple[StateRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class ProjectRecord:
    """What belongs to a project as a whole: its name, its annotators, every revision of its codebook."""

    id: str
    name: str
    annotators: tuple[Annotator, ...]
    codebooks: tuple[Codebook, ...]

    @property
    def names(self) -> Mapping[str, str]:
        """Names of the annotators by id."""
        return {annotator.id: annotator.name for annotator in self.annotators}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader understood, and what it did not."""

    project: ProjectRecord | None
    records: tuple[ArticleRecord, ...]
    problems: tuple[Problem, ...] = field(default=())
