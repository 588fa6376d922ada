"""What is known about an article besides its words: the types of its paragraphs, its metadata, its language."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from annotator.model.article import Article, Block, BlockKind, Metadatum
from annotator.model.counting import counted
from annotator.model.errors import RuleError
from annotator.model.span import Fragment
from annotator.project.blocks import checked, left_out, retyped, touches_left_out
from annotator.project.labelling import shortened
from annotator.project.merging_labels import MergingLabels
from annotator.project.repeats import Told, repeated
from annotator.store import annotations, articles
from annotator.store.database import explained
from annotator.store.history import Writing

DIRECTIONS = ("", "ltr", "rtl")


@dataclass(frozen=True, slots=True)
class Retyping:
    """What giving paragraphs another type did.

    Attributes:
        blocks: of the article, as they are now.
        labels: how many labels now cover words that take no part in annotation. They stay.
    """

    blocks: tuple[Block, ...]
    labels: int = 0


@dataclass(frozen=True, slots=True)
class LeavingOut:
    """What leaving out repeated paragraphs did: in how many articles, how many paragraphs, and labels that stand there."""

    articles: int = 0
    paragraphs: int = 0
    labels: int = 0


class Curating(MergingLabels):
    """The verbs for blocks and metadata. The text itself never changes, and so no offset moves."""

    def set_block_kind(
        self, article: str, start: int, end: int, kind: BlockKind, *, seen: Collection[str] | None = None
    ) -> Retyping:
        """Give the paragraphs that the code points ``start``-``end`` touch another type; labels in them stay.

        `seen` are the ids of the annotators whose labels are counted, everybody's when None.

        Raises:
            NotFoundError: there is no such article.
            RuleError: there is no paragraph, or no such type.
        """
        try:
            kind = BlockKind(kind)
        except ValueError as error:
            raise RuleError(f"There is no type of paragraphs “{kind}”. There are: {', '.join(BlockKind)}.") from error
        found = self._article(article)
        if not 0 <= start <= end <= len(found.text) or not found.text.strip():
            raise RuleError("There is no paragraph there. Put the caret into one first.")
        blocks = retyped(found.text, found.blocks, start, end, kind)
        return self._write_blocks(found, blocks, f"Mark as {kind_name(kind)} in “{shortened(found.title)}”", seen)

    def set_blocks(self, article: str, blocks: Iterable[Block]) -> Retyping:
        """Give an article these blocks in place of those it has; what none covers is body text.

        Raises:
            NotFoundError: there is no such article.
            RuleError: they overlap, or do not lie in the text.
        """
        found = self._article(article)
        title = f"Change paragraph types in “{shortened(found.title)}”"
        return self._write_blocks(found, checked(found.text, blocks), title)

    def _write_blocks(
        self, found: Article, blocks: tuple[Block, ...], title: str, seen: Collection[str] | None = None
    ) -> Retyping:
        if blocks != found.blocks:
            with self.step(title, article=found.id) as step:
                step.writing.put("blocks", found.id, articles.blocks_image(found.id, blocks))
        return Retyping(blocks, self._labels_left_out(found.id, blocks, seen))

    def told(self, ids: Iterable[str] | None = None) -> list[Told]:
        """Return id, text and blocks of some articles, or of all, to look for what stands more than once."""
        with explained(self.path):
            wanted = articles.ids(self._db) if ids is None else list(ids)
            return [(each, text, articles.blocks(self._db, each)) for each, _, text in self._contents(wanted)]

    def texts(self) -> list[tuple[str, str]]:
        """Return title and text of every article, to find copies of them."""
        with explained(self.path):
            return [(title, text) for _, title, text in self._contents(articles.ids(self._db))]

    def _contents(self, wanted: list[str]) -> Iterable[tuple[str, str, str]]:
        return articles.contents(self._db, wanted)

    def leave_out_copies(self, ids: Iterable[str] | None = None) -> LeavingOut:
        """Annotate first occurrences only: mark what is said again (see `repeats.repeated`) as duplicate, in one step.

        `ids` are the articles to look at, all when None. Seconds for thousands of articles: `repeated` and `leave_out`
        do it in two halves, of which the first can work in another thread.
        """
        return self.leave_out(repeated(self.told(ids)))

    def leave_out(self, found: Mapping[str, Iterable[Fragment]], *, seen: Collection[str] | None = None) -> LeavingOut:
        """Mark stretches of articles as duplicates, in one step. Nothing is deleted, and labels in them stay.

        `seen` are the ids of the annotators whose labels are counted, everybody's when None.
        """
        stretches = {key: tuple(each) for key, each in found.items()}
        if not any(stretches.values()):
            return LeavingOut()
        paragraphs = sum(len(each) for each in stretches.values())
        labels = 0
        with self.step(f"Leave out {counted(paragraphs, 'repeated paragraph')}") as step:
            for key, each in stretches.items():
                article = self._article(key)
                blocks = left_out(article.text, article.blocks, each)
                step.writing.put("blocks", key, articles.blocks_image(key, blocks))
                labels += self._labels_left_out(key, blocks, seen)
        return LeavingOut(len(stretches), paragraphs, labels)

    def _labels_left_out(self, article: str, blocks: tuple[Block, ...], seen: Collection[str] | None) -> int:
        with explained(self.path):
            found = annotations.of_article(self._db, article, "")
        return sum(touches_left_out(blocks, each.span) for each, _ in found if seen is None or each.annotator in seen)

    def set_metadata(self, article: str, metadata: Iterable[Metadatum]) -> None:
        """Give an article this metadata in place of what it has; pairs without key or value are left out.

        Raises:
            NotFoundError: there is no such article.
        """
        found = self._article(article)
        kept = tuple(
            Metadatum(" ".join(each.key.lower().split()), each.value.strip(), each.original)
            for each in metadata
            if each.key.strip() and (each.value.strip() or each.original)
        )
        if kept != found.metadata:
            title = f"Change metadata of “{shortened(found.title)}”"
            with self.step(title, article=article) as step:
                self._put(step.writing, article, metadata=articles.metadata_image(kept))

    def set_language(self, article: str, language: str, direction: str) -> None:
        """Say in what language (a BCP 47 tag, or empty) and in which direction (``ltr``, ``rtl``, or empty) it is.

        Raises:
            NotFoundError: there is no such article.
            RuleError: there is no such direction.
        """
        found = self._article(article)
        language = language.strip()
        if direction not in DIRECTIONS:
            raise RuleError("Text runs from left to right (ltr) or from right to left (rtl).")
        if (language, direction) != (found.language, found.direction):
            title = f"Change the language of “{shortened(found.title)}”"
            with self.step(title, article=article) as step:
                self._put(step.writing, article, language=language, direction=direction)

    def _put(self, writing: Writing, article: str, **values: str) -> None:
        image = articles.ArticleNoun().read(self._db, article)
        writing.put("article", article, {**(image or {}), **values})


def kind_name(kind: BlockKind) -> str:
    """Return what a person calls a type: ``body text`` for body, else its own name."""
    return "body text" if kind is BlockKind.BODY else kind.value
