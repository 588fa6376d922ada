"""The borderline cases of the codebook, each said with the default codebook, through the door.

The codebook numbers thirteen cases. The eighth has two answers, one for teams that leave captions out and one for
teams that label them, which makes fourteen ways of labelling, a test each.
"""

import pytest

from annotator.formats.record import ArticleRecord, ProjectRecord, Reading
from annotator.model.article import Article, Block, BlockKind, State
from annotator.model.frames import nesting
from annotator.model.ids import new_id

DIRECT = ("quote-form", "direct")
INDIRECT = ("quote-form", "indirect")


def labelled(desk, article):
    """Return the words under each label, in reading order."""
    text = desk.project.article(article).text
    found = {}
    for each in desk.project.annotations(article, desk.annotator):
        found.setdefault(each.label, []).append(" … ".join(each.span.covered(text)))
    return found


def relations(desk):
    """Return the relations of the project in words; None stands for "not in this article"."""
    words = {}
    for each in desk.project.annotations():
        words[each.id] = " … ".join(each.span.covered(desk.project.article(each.article).text))
    roles = {role.id for role in desk.project.codebook.roles}
    return {
        (words[link.origin_id], link.kind, words[link.target] if link.target else None)
        for link in desk.project.links()
        if link.kind not in roles
    }


def with_blocks(desk, text, *blocks):
    """Add an article of which stretches are marked as blocks, given by their words."""
    found = tuple(Block(kind, text.index(words), text.index(words) + len(words)) for kind, words in blocks)
    record = ArticleRecord(Article(new_id(), "With blocks", text, blocks=found))
    desk.project.take_in(Reading(ProjectRecord("", "", (), ()), (record,)))
    return desk.project.articles()[-1].id


@pytest.fixture(autouse=True)
def sound(desk):
    yield
    assert desk.project.check() == []


def test_1_a_verb_of_denial_with_its_clause(desk):
    article = desk.add("The council denied that the fund had lost money.")
    denial = desk.put(
        article,
        "denial",
        "denied that the fund had lost money",
        attributes=(("denial-act", "truth"), ("denial-form", "verb"), ("strength", "flat")),
    )
    claim = desk.put(article, "claim", "the fund had lost money", attributes=(("polarity", "affirmative"),))
    desk.link("denies", denial, claim)
    assert labelled(desk, article) == {
        "denial": ["denied that the fund had lost money"],
        "claim": ["the fund had lost money"],
    }
    assert relations(desk) == {("denied that the fund had lost money", "denies", "the fund had lost money")}
    assert denial.values("denial-form") == ("verb",)
    assert desk.remarks(article) == []


def test_2_a_denial_in_direct_speech_that_points_back(desk):
    article = desk.add("The paper wrote that he took cash and that he hid it. “None of that is true,” he said.")
    wrote = desk.put(article, "attribution", "wrote", attributes=(INDIRECT,))
    desk.into(wrote, "source", "The paper")
    took, hid = desk.into(wrote, "claim", "he took cash"), desk.into(wrote, "claim", "he hid it")
    said = desk.put(article, "attribution", "said", attributes=(DIRECT,))
    desk.into(said, "source", "he", after="true,” ")
    denial = desk.into(said, "denial", "None of that is true")
    desk.link("denies", denial, took)
    desk.link("denies", denial, hid)
    assert desk.frame(wrote) == {"source": ["The paper"], "content": ["he took cash", "he hid it"]}
    assert desk.frame(said) == {"source": ["he"], "content": ["None of that is true"]}
    assert relations(desk) == {
        ("None of that is true", "denies", "he took cash"),
        ("None of that is true", "denies", "he hid it"),
    }
    assert desk.remarks(article) == []


def test_3_a_report_inside_a_report(desk):
    article = desk.add("Orr said it amuses him that his neighbours say he is broke.")
    outer = desk.put(article, "attribution", "said", attributes=(INDIRECT, ("act", "statement")))
    desk.into(outer, "source", "Orr")
    desk.into(outer, "content", "it amuses him that his neighbours say he is broke")
    inner = desk.put(article, "attribution", "say", after="neighbours ", attributes=(INDIRECT,))
    desk.into(inner, "source", "his neighbours")
    desk.into(inner, "claim", "he is broke")
    assert desk.frame(outer)["content"] == ["it amuses him that his neighbours say he is broke"]
    assert desk.frame(inner) == {"source": ["his neighbours"], "content": ["he is broke"]}
    assert nesting(desk.project.frames(article, "Ana")) == {outer.id: 0, inner.id: 1}
    assert desk.remarks(article) == []


def test_4_not_knowing_is_no_denial(desk):
    article = desk.add("Orr said he did not know whether the gate was locked. He is not aware of any complaint.")
    said = desk.put(article, "attribution", "said", attributes=(("act", "statement"),))
    desk.into(said, "source", "Orr")
    desk.into(said, "content", "he did not know whether the gate was locked")
    aware = desk.put(article, "attribution", "is not aware of", attributes=(("act", "belief"),))
    desk.project.set_attributes(aware.id, [*aware.attributes, ("unasserted", "negated")])
    desk.into(aware, "source", "He")
    desk.into(aware, "content", "any complaint")
    assert labelled(desk, article) == {
        "source": ["Orr", "He"],
        "attribution": ["said", "is not aware of"],
        "content": ["he did not know whether the gate was locked", "any complaint"],
    }
    assert desk.project.annotation(aware.id).values("unasserted") == ("negated",)
    assert desk.remarks(article) == []


def test_5_could_not_be_verified_is_a_note_on_the_claim(desk):
    article = desk.add("Forty barges were lost, the port says. That figure could not be checked independently.")
    says = desk.put(article, "attribution", "says")
    desk.into(says, "source", "the port")
    claim = desk.into(says, "claim", "Forty barges were lost")
    desk.project.set_attributes(claim.id, [("kind", "number"), ("verification", "not-verified")])
    assert desk.project.annotation(claim.id).values("verification") == ("not-verified",)
    assert "denial" not in labelled(desk, article)
    assert relations(desk) == set()
    assert desk.remarks(article) == []


def test_6_declining_to_comment_gets_no_label(desk):
    article = desk.add("The ministry, citing an inquiry, declined to comment.")
    desk.project.set_state(article, "Ana", State.EMPTY)
    assert labelled(desk, article) == {}
    assert desk.project.state(article, "Ana") == State.EMPTY
    assert desk.remarks(article) == []


def test_7_two_attributions_share_a_source(desk):
    article = desk.add("The envoy confirmed that the order exists but denied having signed it.")
    confirmed = desk.put(article, "attribution", "confirmed", attributes=(("stance", "committing"),))
    source = desk.into(confirmed, "source", "The envoy")
    desk.into(confirmed, "claim", "the order exists")
    denied = desk.put(article, "attribution", "denied")
    desk.project.join(denied.id, source.id)
    denial = desk.into(denied, "denial", "denied having signed it")
    desk.project.set_attributes(denial.id, [("denial-act", "responsibility"), ("denial-form", "verb")])
    desk.link("denies", denial, None)
    assert desk.frame(confirmed) == {"source": ["The envoy"], "content": ["the order exists"]}
    assert desk.frame(denied) == {"source": ["The envoy"], "content": ["denied having signed it"]}
    assert labelled(desk, article)["source"] == ["The envoy"]
    assert relations(desk) == {("denied having signed it", "denies", None)}
    # The cue of the denial stands inside its own content, which makes it no deeper.
    assert set(nesting(desk.project.frames(article, "Ana")).values()) == {0}
    assert desk.remarks(article) == []


def test_8_a_caption_that_repeats_the_body_is_left_out(desk):
    body, caption = "The tower fell on Monday.", "The tower fell on Monday, our picture shows."
    article = with_blocks(desk, f"{body}\n{caption}", (BlockKind.CAPTION, caption))
    desk.put(article, "claim", "The tower fell on Monday")
    (block,) = desk.project.article(article).blocks
    assert not block.kind.is_labelled
    assert labelled(desk, article) == {"claim": ["The tower fell on Monday"]}
    assert all(each.span.end <= block.start for each in desk.project.annotations(article))
    assert desk.remarks(article) == []


def test_8_or_its_claim_repeats_the_one_in_the_body(desk):
    body, caption = "The tower fell on Monday.", "Fallen since Monday: the tower."
    article = with_blocks(desk, f"{body}\n{caption}", (BlockKind.CAPTION, caption))
    first = desk.put(article, "claim", "The tower fell on Monday")
    again = desk.put(article, "claim", "Fallen since Monday: the tower")
    desk.link("repeats", again, first)
    assert relations(desk) == {("Fallen since Monday: the tower", "repeats", "The tower fell on Monday")}
    assert desk.remarks(article) == []


def test_9_alleged_is_a_cue_with_a_distancing_stance(desk):
    article = desk.add("She alleged that votes were bought. He claimed the hall.")
    cue = desk.put(article, "attribution", "alleged", attributes=(INDIRECT, ("stance", "distancing")))
    desk.into(cue, "source", "She")
    desk.into(cue, "claim", "votes were bought")
    assert cue.values("stance") == ("distancing",)
    assert labelled(desk, article) == {
        "source": ["She"],
        "attribution": ["alleged"],
        "claim": ["votes were bought"],
    }
    assert desk.remarks(article) == []


def test_10_nouns_are_cues(desk):
    article = desk.add("His account of the night differs. The accusation that he was paid came later.")
    account = desk.put(article, "attribution", "account of", attributes=(("source-type", "named-person"),))
    desk.into(account, "source", "His")
    desk.into(account, "content", "the night")
    accusation = desk.put(
        article, "attribution", "accusation", attributes=(("source-type", "implicit"), ("stance", "distancing"))
    )
    desk.into(accusation, "claim", "he was paid")
    assert desk.frame(account) == {"source": ["His"], "content": ["the night"]}
    assert desk.frame(accusation) == {"content": ["he was paid"]}
    assert desk.remarks(article) == []


def test_11_a_denial_with_a_relative_clause(desk):
    article = desk.add("The board rejects the charge, which it calls an invention of its rivals.")
    denial = desk.put(article, "denial", "rejects the charge", attributes=(("denial-act", "unfounded"),))
    desk.link("denies", denial, None)
    calls = desk.put(article, "attribution", "calls", attributes=(INDIRECT,))
    desk.into(calls, "source", "it")
    claim = desk.into(calls, "claim", "an invention of its rivals")
    desk.project.set_attributes(claim.id, [("kind", "evaluation")])
    assert labelled(desk, article) == {
        "denial": ["rejects the charge"],
        "source": ["it"],
        "attribution": ["calls"],
        "claim": ["an invention of its rivals"],
    }
    assert desk.frame(calls) == {"source": ["it"], "content": ["an invention of its rivals"]}
    assert relations(desk) == {("rejects the charge", "denies", None)}
    assert desk.remarks(article) == []


def test_12_headlines_are_labelled_like_sentences(desk):
    head = "Dam safe, says mayor"
    article = with_blocks(desk, f"{head}\nThe mayor spoke on Friday.", (BlockKind.HEADLINE, head))
    cue = desk.put(article, "attribution", "says")
    desk.into(cue, "source", "mayor")
    desk.into(cue, "claim", "Dam safe")
    (block,) = desk.project.article(article).blocks
    assert block.kind.is_labelled
    assert desk.frame(cue) == {"source": ["mayor"], "content": ["Dam safe"]}
    assert desk.remarks(article) == []


def test_13_scare_quotes_are_nothing(desk):
    article = desk.add("The “reform” begins in May.")
    desk.put(article, "claim", "The “reform” begins in May")
    assert labelled(desk, article) == {"claim": ["The “reform” begins in May"]}
    assert desk.project.frames(article, "Ana") == {}
    assert desk.remarks(article) == []


def test_every_case_of_the_codebook_is_here(desk):
    cases = [name for name in globals() if name.startswith("test_") and name[5].isdigit()]
    numbers = {f"B{name.split('_')[1]}" for name in cases}
    assert len(cases) == 14
    assert numbers == {clause.id for clause in desk.project.codebook.clauses}
