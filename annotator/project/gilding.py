"""Gilding: what was decided becomes gold labels, links and certificates, in an open step."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache

from annotator.model import rules
from annotator.model.adjudication import Cell
from annotator.model.annotation import Annotation, Link
from annotator.model.annotator import GOLD, Annotator
from annotator.model.article import State
from annotator.model.changes import StepKind
from annotator.model.errors import RuleError
from annotator.model.ids import id_of
from annotator.model.versions import Mark
from annotator.project.adjudication import making as made_of
from annotator.project.adjudication.book import Book
from annotator.project.adjudication.making import Making
from annotator.project.adjudication.reading import Source, gold_of, scenes
from annotator.project.adjudication.scene import Scene
from annotator.project.measuring import Measuring
from annotator.store import adjudged, annotations, codebooks, decisions, links, people
from annotator.store.clock import now
from annotator.store.database import explained
from annotator.store.history import Image, Recorder, Writing

_NAME = "Gold"
_TOUCHING = frozenset({"annotation", "link", "state", "blocks", "decision", "text", "article"})
_SCENES = 8
"""So many articles' scenes are kept."""
_MOST = 20
"""Gold labels that come of one decision, at most, where it is looked for those that no side speaks of any more."""


class Gilding(Measuring):
    """What the verbs of adjudication write with."""

    _gilded: frozenset[str] = frozenset()
    _kept: tuple[int, dict[str, Scene]] = (-1, {})
    """Scenes as they stand since the step of that number: deciding about one place after the other asks for the same."""
    _past: tuple[Scene, ...] = ()
    """Scenes as they were before the last step: what the annotators have there has hardly changed since."""
    _steady: dict[str, Scene] | None = None
    """While a step decides about one article alone: scenes of others, which it does not touch."""

    @contextmanager
    def step(
        self, title: str, *, annotator: str = "", article: str = "", kind: StepKind = StepKind.DO
    ) -> Iterator[Recorder]:
        """Open a step, and say before it ends how far gold is where labels changed: a decision may be open again."""
        self._gilded = frozenset()
        with super().step(title, annotator=annotator, article=article, kind=kind) as recorder:
            yield recorder
            with explained(self.path):
                self._say_state(recorder.writing)

    def _say_state(self, writing: Writing) -> None:
        touched = writing.touched(_TOUCHING) - self._gilded
        gold = people.AnnotatorNoun().read(self._db, self._gold_id()) if touched else None
        if gold is None:
            return
        # Read from the file: who came in with this step is not known otherwise.
        book = codebooks.codebook(self._db) or self.codebook
        source = Source(self._db, people.annotators(self._db), book, gold["id"])
        for article in sorted(touched):
            if decisions.keys_of_article(self._db, article):
                for scene in scenes(source, Cell(articles=frozenset({article}))):
                    self._write_state(writing, Making(scene, source.gold))

    def ensure_gold(self) -> Annotator:
        """Return the layer of what was decided, which is made if there is none yet."""
        found = self.gold()
        if found is None:
            with self.step("Begin gold") as step:
                self._write_gold(step.writing)
            found = self.annotator(self._gold_id())
        return found

    def _gold_id(self) -> str:
        """Return the id of the gold layer, made or not: the same in every copy of the project."""
        return gold_of(self.everybody(), self.id)

    def _write_gold(self, writing: Writing) -> None:
        names = {each.name for each in self.everybody()}
        name, number = _NAME, 1
        while name in names:
            number += 1
            name = f"{_NAME} {number}"
        made = Annotator(self._gold_id(), name, now(), kind=GOLD)
        writing.put("annotator", made.id, people.image(made), is_new=True)

    def _source(self) -> Source:
        return Source(self._db, self.everybody(), self.codebook, self._gold_id())

    def _scene(self, article: str) -> Scene:
        """Return an article as adjudication sees it."""
        if self._db.conn.in_transaction:
            return self._read_scene(article)
        number = self._file.history.last()
        if self._kept[0] != number:
            self._past = tuple(self._kept[1].values())
            self._kept = (number, {})
        kept = self._kept[1]
        if article not in kept:
            while len(kept) >= _SCENES:
                del kept[next(iter(kept))]
            kept[article] = self._read_scene(article)
            kept[article].follow(next((each for each in self._past if each.article == article), None))
        return kept[article]

    @contextmanager
    def _deciding(self, title: str, article: str, annotator: str) -> Iterator[Recorder]:
        """Open a step that decides about one article alone: what others are stays as it was read."""
        steady = {key: scene for key, scene in self._kept[1].items() if key != article}
        with self.step(title, annotator=annotator, article=article) as step:
            self._steady = steady
            try:
                yield step
            finally:
                self._steady = None
        self._past = tuple(scene for key, scene in self._kept[1].items() if key == article)
        self._kept = (self._file.history.last(), steady)

    def _read_scene(self, article: str) -> Scene:
        self.head(article)
        with explained(self.path):
            found = next(scenes(self._source(), Cell(articles=frozenset({article}))), None)
        return found or Scene(Book(self.codebook), article, (), ())

    def _gild(self, writing: Writing, making: Making) -> None:
        """Write what was decided about one article, and what follows from it."""
        # Looked up in the file: within one step, what was written before it is not known otherwise.
        if people.AnnotatorNoun().read(self._db, making.gold_id) is None:
            self._write_gold(writing)
        article = making.scene.article
        gone = [each for each in making.scene.gold if each not in making.gold]
        linked = {each.id: each for each in links.touching(self._db, [*making.scene.gold, *making.gold])}
        for link in list(linked.values()):
            if link.origin_id in gone or link.target in gone:
                writing.put("link", link.id, None)
                del linked[link.id]
        for each in gone:
            writing.put("annotation", each, None)
        self._write_marks(writing, making)
        old = {each.id: each.decision for each in making.scene.told}
        for key in making.decisions.keys() | old.keys():
            decision = making.decisions.get(key)
            if decision is not old.get(key) and (decision is None or key in old):  # most are left alone
                writing.put("decision", key, decisions.image(decision) if decision else None)
        made = {key: decisions.image(each) for key, each in making.decisions.items() if key not in old}
        writing.put_new("decision", made)
        self._write_links(writing, making, linked)
        self._write_state(writing, making)
        self._gilded |= {article}
        for other in adjudged.linking_into(self._db, making.regilded(), article):
            self._link_more(writing, other)

    def _settle_gold(self, writing: Writing, article: str) -> None:
        """Let gold follow the decisions about an article that came from elsewhere.

        Where two sides decided differently and one of them was taken, the labels that came of the other go.
        """
        scene = self._scene(article)
        spoken = {each for told in scene.told for each in told.gold}
        made = {id_of(told.id, "gold", str(n)) for told in scene.told for n in range(_MOST)}
        gone = [each for each in scene.gold if each in made and each not in spoken]
        for link in links.touching(self._db, gone):
            writing.put("link", link.id, None)
        for each in gone:
            writing.put("annotation", each, None)
        making = Making(self._scene(article) if gone else scene, self._gold_id())
        self._write_state(writing, making)

    def _write_state(self, writing: Writing, making: Making) -> None:
        """Write how far gold is with the article."""
        key = f"{making.scene.article}:{making.gold_id}"
        state, old = making.state(), people.StateNoun().read(self._db, key)
        if state is State.NEW:
            writing.put("state", key, None)
        elif old is None or old["state"] != state.value:
            row = {
                "article": making.scene.article,
                "annotator": making.gold_id,
                "state": state.value,
                "changed_at": now(),
            }
            writing.put("state", key, row)

    def _write_marks(self, writing: Writing, making: Making) -> None:
        changed = {key: mark for key, mark in making.gold.items() if making.scene.gold.get(key) != mark}
        if not changed:
            return
        text = self._text(making.scene.article)
        old = self.annotations_by_id(key for key in changed if key in making.scene.gold)
        new: dict[str, Image] = {}
        time = now()
        for key, mark in changed.items():
            annotation = self._gold_annotation(making.scene.article, mark, old.get(key), time)
            rules.check_annotation(self.codebook, annotation, len(text))
            made = annotations.image(annotation, text)
            if key in old:
                writing.put("annotation", key, made)
            else:
                new[key] = made
        writing.put_new("annotation", new)

    def _gold_annotation(self, article: str, mark: Mark, old: Annotation | None, time: str) -> Annotation:
        """Return a gold label; values that the codebook does not have (any more) are left out."""
        book = self.codebook
        values = tuple(pair for pair in mark.attributes if rules.is_value(book, mark.label, *pair))
        if old is not None:
            return replace(
                old,
                label=mark.label,
                span=mark.span,
                attributes=values,
                revision=old.revision + 1,
                codebook=book.revision,
                changed_at=time,
            )
        return Annotation(
            id=mark.annotation,
            article=article,
            annotator=mark.annotator,
            label=mark.label,
            span=mark.span,
            attributes=values,
            codebook=book.revision,
            made_at=time,
            changed_at=time,
        )

    def _write_links(self, writing: Writing, making: Making, linked: dict[str, Link]) -> None:
        """Write the gold links that follow now, and take those away that followed before and do not any more."""
        after = making.after()
        resolve = cache(self._resolved)
        wanted = made_of.gold_links(after, resolve)
        for kind, origin, target in making.links:
            to = None if target is None else made_of.gold_of(after, target, resolve)
            if target is not None and to is None:
                raise RuleError("A link leads to something that is not gold yet. Decide about that first.")
            wanted.add((kind, origin, to))
        gone = [each for each in linked.values() if (each.kind, each.origin_id, each.target) not in wanted]
        before = made_of.gold_links(making.scene, resolve) if gone else set()
        for link in gone:
            if link.origin_id in making.anew or (link.kind, link.origin_id, link.target) in before:
                writing.put("link", link.id, None)
                del linked[link.id]
        self._add_links(writing, making.gold_id, wanted, linked.values())

    def _add_links(self, writing: Writing, gold: str, wanted: Iterable[made_of.Link], standing: Iterable[Link]) -> None:
        symmetric = {each.id for each in self.codebook.relations if each.symmetric}
        known = {(each.kind, each.origin_id, each.target) for each in standing}
        known |= {(kind, target, origin) for kind, origin, target in known if kind in symmetric and target}
        places: dict[tuple[str, str], int] = {}
        for each in standing:
            places[each.kind, each.origin_id] = max(places.get((each.kind, each.origin_id), -1), each.place)
        time = now()
        for kind, origin, target in sorted(wanted, key=lambda each: (each[0], each[1], each[2] or "")):
            if (kind, origin, target) in known:
                continue
            place = places[kind, origin] = places.get((kind, origin), -1) + 1
            link = Link(
                id=id_of("link", kind, origin, target or ""),
                kind=kind,
                origin_id=origin,
                target=target,
                annotator=gold,
                place=place,
                codebook=self.codebook.revision,
                made_at=time,
                changed_at=time,
            )
            writing.put("link", link.id, links.image(link))

    def _link_more(self, writing: Writing, article: str) -> None:
        """Write the gold links of another article that can be drawn now that this one has gold."""
        scene = self._scene(article)
        if scene.gold:
            standing = links.touching(self._db, scene.gold)
            wanted = made_of.gold_links(scene, self._resolved)
            self._add_links(writing, self._gold_id(), wanted, standing)

    def _resolved(self, annotation: str) -> str | None:
        """Return the gold label that stands for a label of any article; None when there is none."""
        found = self.annotations_by_id([annotation]).get(annotation)
        if found is None:
            return None
        steady = {} if self._steady is None else self._steady
        if found.article not in steady:
            steady[found.article] = self._scene(found.article)
        return steady[found.article].gold_for(annotation)
