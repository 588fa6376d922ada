"""Links between annotations: roles of frames, and relations."""

from annotator.model import rules
from annotator.model.annotation import Annotation, Link
from annotator.model.errors import NotFoundError
from annotator.model.ids import new_id
from annotator.project.labelling import Labelling
from annotator.store import links
from annotator.store.clock import now
from annotator.store.database import explained


class Linking(Labelling):
    """The verbs of links."""

    def links(self, article: str = "") -> list[Link]:
        """Return the links that leave or reach annotations of an article, or all links of the project."""
        with explained(self.path):
            return links.of_article(self._db, article)

    def link(self, kind: str, origin: str, target: str | None, *, annotator: str = "") -> Link:
        """Join two annotations: a role of a frame, or a relation. `target` None records "not in this article".

        `annotator` is the one who made the origin unless somebody else is named.

        Raises:
            RuleError: the codebook does not join the two in this way, or the link is there already.
        """
        ends = self.annotations_by_id(end for end in (origin, target) if end)
        if origin not in ends or (target and target not in ends):
            raise NotFoundError("One end of the link is not in the project (any more).")
        who = self.annotator(annotator).id if annotator else ends[origin].annotator
        link = self._draft_link(kind, ends[origin], ends[target] if target else None, who)
        named = self.codebook.link_kind(kind)
        title = f"Link {named.name.lower() if named else kind} in {self._named(ends[origin].article)}"
        with self.step(title, annotator=who, article=ends[origin].article) as step:
            step.writing.put("link", link.id, links.image(link), is_new=True)
        return link

    def _draft_link(self, kind: str, source: Annotation, target: Annotation | None, annotator: str) -> Link:
        """Return a link that the codebook allows, not yet written."""
        with explained(self.path):
            touching = links.touching(self._db, [source.id])
        others = [each.place for each in touching if each.origin_id == source.id and each.kind == kind]
        time = now()
        link = Link(
            id=new_id(),
            kind=kind,
            origin_id=source.id,
            target=target.id if target else None,
            annotator=annotator,
            place=max(others, default=-1) + 1,
            codebook=self.codebook.revision,
            made_at=time,
            changed_at=time,
        )
        rules.check_link(self.codebook, link, source, target)
        rules.check_new_link(self.codebook, link, touching)
        return link

    def unlink(self, link: str) -> None:
        """Take a link away.

        Raises:
            NotFoundError: there is no such link.
        """
        with explained(self.path):
            found = links.link(self._db, link)
        if found is None:
            raise NotFoundError("That link is not in the project (any more).")
        source = self.annotation(found.origin_id)
        named = self.codebook.link_kind(found.kind)
        title = f"Remove link {named.name.lower() if named else found.kind} in {self._named(source.article)}"
        with self.step(title, annotator=found.annotator, article=source.article) as step:
            step.writing.put("link", link, None)
