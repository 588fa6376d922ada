"""What a copy says, row by row and part by part of its codebook, in the words of the project."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from annotator.project.copies import parts
from annotator.project.copies.names import Names
from annotator.project.copies.naming import HomelessError, Translation, content_of, no_article
from annotator.project.copies.plan import Unplaced
from annotator.project.copies.reading import Copy, Here
from annotator.project.copies.settle import Image, Proposal, speaks_of, substance
from annotator.store import people
from annotator.store.versions import Held, Key, Touch

PART = "part"
"""The noun under which a part of the codebook goes: it has a history as rows have, though it is none."""


@dataclass(slots=True)
class Said:
    """What one copy says.

    Attributes:
        touched: what it did to which row or part, under the key that the copy has for it; `standing` what came of it.
        unplaced: what finds no place in the project.
    """

    copy: Copy
    proposals: list[Proposal] = field(default_factory=list)
    touched: dict[Key, Touch] = field(default_factory=dict)
    standing: dict[Key, Image | None] = field(default_factory=dict)
    unplaced: list[Unplaced] = field(default_factory=list)

    def is_as_after(self, key: Key, step: int) -> bool:
        """Whether it has under a key what it had after a step: untouched since, or put back."""
        touch = self.touched.get(key)
        return touch is None or touch.step <= step or self._is_like(key, touch.after(step))

    def _is_like(self, key: Key, image: Image | None) -> bool:
        return substance(key[0], image) == substance(key[0], self.standing.get(key))


def said_by(copy: Copy, here: Here, translation: Translation, names: Names, revisers: Collection[str]) -> Said:
    """Return what a copy says; `revisers` are who made the revisions of the codebook that come in."""
    said = Said(copy, touched=dict(copy.touched), standing=dict(copy.theirs))
    _rows(said, translation, names)
    _people(said, here, names, revisers)
    said.proposals = [
        replace(each, score=anchor.score)
        if each.noun in ("annotation", "thread") and (anchor := translation.anchors.get(each.source))
        else each
        for each in said.proposals
    ]
    _parts(said)
    return said


def _rows(said: Said, translation: Translation, names: Names) -> None:
    copy = said.copy
    removed = {key for (noun, key), image in copy.theirs_or_gone() if noun == "article" and image is None}
    apart = _apart(copy, names)
    new_texts = {copy.marks[each][1] for each in copy.marks if copy.bases.get(("article", each), each) is None}
    for (noun, source), touch in copy.touched.items():
        theirs, base = copy.theirs.get((noun, source)), copy.bases[noun, source]
        inside = _article_of(copy, noun, source, theirs or base or {})
        # What lay in an article that the copy removed goes or stays with it; who was taken back there may have worked here.
        if noun == "codebook" or (theirs is None and (inside in removed or noun in ("text", "annotator"))):
            continue
        if (base is None and (noun, source) in apart) or (noun == "text" and source not in new_texts):
            continue
        try:
            translation.refuse_replaced(inside or (source if noun == "article" else ""))
            key = translation.key(noun, source)
            there = translation.image(noun, source, theirs)
        except HomelessError as error:
            if _has_changed(noun, base, theirs) and (theirs is not None or inside in copy.replaced):
                said.unplaced.append(_unplaced(copy, noun, source, theirs or base or {}, str(error)))
            continue
        try:
            was = translation.image(noun, source, base, is_base=True)
        except HomelessError:
            was = None
        said.proposals.append(_proposal(copy, (noun, source), key, (was, there), touch))


def _has_changed(noun: str, base: Image | None, theirs: Image | None) -> bool:
    """Whether the copy has done something to a row: an article that stands elsewhere in the list is as it was."""
    texts = [(image or {}).get("text") for image in (base, theirs)] if noun == "article" else ["", ""]
    return texts[0] != texts[1] or substance(noun, base) != substance(noun, theirs)


def _article_of(copy: Copy, noun: str, source: str, image: dict[str, Any]) -> str:
    """Return the id of the article in which a row lies, in the copy's words; empty where it does not matter.

    What was said in a note that is gone went with it, and so waits for what the note waits for.
    """
    thread: Key = ("thread", image.get("thread", "")) if noun == "message" else ("", "")
    if thread in copy.touched and copy.theirs.get(thread) is None:
        image = copy.bases[thread] or {}
    return str(image.get("article", source if noun == "blocks" else ""))


def _proposal(copy: Copy, at: Key, key: str, images: tuple[Image | None, Image | None], touch: Touch) -> Proposal:
    noun, source = at
    base, theirs = images
    return Proposal(
        copy.number,
        noun,
        key,
        source,
        base,
        theirs,
        touch.annotator,
        touch.made_at,
        # Nearly everything is new: nothing of it is written out to be compared.
        dissents=(base is None) == (theirs is None) and substance(noun, base) == substance(noun, theirs),
    )


def told_of_texts(copy: Copy) -> Iterator[str]:
    """Yield what is to know about articles of which the copy has another text than the project."""
    inside = {(image or {}).get("article") for _, image in copy.theirs_or_gone()}
    for article in copy.texts:
        title = copy.titles.get(article, article)
        if article in copy.replaced:
            yield f"It has replaced “{title}” by a new version: replace it by the same one in the project, then merge again."
        elif article in inside:
            yield f"“{title}” has another text in the project now: what was done in the copy is looked for in it."


def _apart(copy: Copy, names: Names) -> set[Key]:
    """Return the rows of articles that were added apart, and are there already or come with another copy."""
    found: set[Key] = set()
    for article, (_, text) in copy.marks.items():
        if names.of("article", article) != article:
            found |= {("article", article), ("blocks", article), ("text", text)}
    return found


def _people(said: Said, here: Here, names: Names, revisers: Collection[str]) -> None:
    """Add the annotators whom the project does not have (any more), and of whom something speaks that is new to it.

    Whatever the copy did to them or not: what they did could not be written without them.
    """
    copy = said.copy
    images = {key: people.image(each) for key, each in copy.annotators.items()}
    away = {key: stays for key in images if (stays := names.of("annotator", key)) not in here.annotators}
    wanted = {
        *revisers,
        *(who for each in said.proposals if each.base != each.theirs for who in speaks_of(each.theirs)),
    }
    wanted |= {
        names.of("annotator", again)
        for key, stays in away.items()
        if stays in wanted
        for again in speaks_of(images[key])
    }
    for key, stays in away.items():
        if stays in wanted:
            said.proposals = [each for each in said.proposals if (each.noun, each.source) != ("annotator", key)]
            repeats = images[key]["repeats"] and names.of("annotator", images[key]["repeats"])
            image = {**images[key], "id": stays, "repeats": repeats}
            said.proposals.append(Proposal(copy.number, "annotator", stays, key, None, image))


def left_behind(copy: Copy, said: Proposal) -> Unplaced:
    """Return something of a copy whose article is not in the project and does not come with it."""
    key = (said.noun, said.source)
    image = copy.theirs.get(key) or said.theirs or {}
    return _unplaced(copy, *key, image, no_article(copy, image["article"]))


def _unplaced(copy: Copy, noun: str, key: str, image: dict[str, Any], why: str) -> Unplaced:
    annotator = copy.annotators.get(image.get("annotator") or "")
    words = " … ".join(each[2] for each in image.get("fragments", ()))
    return Unplaced(copy.number, noun, key, annotator.name if annotator else "", words, why)


def _parts(said: Said) -> None:
    """Add what became of each part of the codebook since copy and project parted, taken back or not."""
    first, *later = (_parts_of(each) for each in said.copy.held)
    before = first
    for held, book in zip(said.copy.held[1:], later, strict=True):
        for part in {**before, **book}:
            if before.get(part) != book.get(part):
                said.touched[PART, part] = _touched(said.touched.get((PART, part)), before.get(part), held)
        before = book
    for (noun, part), touch in said.touched.items():
        if noun == PART:
            images = first.get(part), before.get(part)
            said.standing[noun, part] = images[1]
            said.proposals.append(_proposal(said.copy, (noun, part), part, images, touch))


def _touched(known: Touch | None, before: Image | None, held: Held) -> Touch:
    if known is None:
        return Touch(before, held.step, held.step, held.annotator, held.made_at)
    again = (*known.again, (held.step, before))
    return replace(known, step=held.step, annotator=held.annotator, made_at=held.made_at, again=again)


def _parts_of(held: Held) -> parts.Parts:
    return {} if held.book is None else parts.parts_of(content_of(held.book))
