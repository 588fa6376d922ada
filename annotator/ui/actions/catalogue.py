"""Every action that does not depend on the codebook. Menus, keys, palette and overview are made of this table."""

from collections.abc import Iterator

from annotator.ui.actions.command import Command, Needs, Where

# Two lines an action: id; name; keys; icon; what it needs, where its keys work, its set of choices - then the tooltip.
# A line of dashes is a line in the menu.
_TABLE = """
# File
project.new; New project…; Ctrl+N; file-plus
    Start a project file of your own.
project.open; Open project…; Ctrl+O; folder-open
    Open a project file.
project.recent; Open recent project…; Ctrl+Shift+O; history
    Choose one of the projects that were open last.
project.example; Open the example project; Ctrl+Shift+E; book-open-text
    See articles that three annotators have labelled.
--
articles.add; Add articles…; Ctrl+Shift+A; files; project
    Choose texts, web pages, documents, tables or archives. You can also drop them on the window.
articles.add_folder; Add a folder of articles…; Ctrl+Shift+G; folder-plus; project
    Read every file of a folder and the folders in it, and see what is in them before it is added.
articles.paste; Paste as new article; Ctrl+Shift+V; clipboard-paste; project
    Make an article of what is on the clipboard, such as a part of a web page.
--
labels.import; Import labels…; Ctrl+I; import; project
    Take in what was labelled with another program: see first what would be taken, and what finds no place.
project.export; Export…; Ctrl+E; file-down; project
    Write articles and labels for another program, and see first what does not fit.
project.copy; Save a copy…; Ctrl+Shift+S; save; project
    Write a second project file. There is no need to save: every label is stored at once.
backup.make; Make a backup now; Ctrl+Alt+S; archive-restore; project
    Every ten minutes of work one is made by itself; old ones go, and the last one of each day stays for a month.
backup.restore; Go back to a backup…; Ctrl+Alt+R; history; project
    Put the project back to what it was. What it is now is kept under another name.
backup.folder; Choose where backups lie…; Ctrl+Alt+F; folder-open
    A disk or folder of your own instead of the one beside each project. Choose the project's folder to go back to that.
--
annotators; Annotators…; Ctrl+Shift+U; user; project
    Switch to another annotator, add one, or rename yourself.
project.close; Close project; Ctrl+W; minus; project
    Close this project file.
quit; Quit; Ctrl+Q; x
    Close the window. Everything is stored already.
# Edit
undo; Undo; Ctrl+Z; undo-2; project
    Take the last step back.
redo; Redo; Ctrl+Shift+Z Ctrl+Y; redo-2; project
    Do again what was undone.
trash; Deleted labels; Ctrl+Shift+Del; archive-restore; project labelling
    List the labels that were deleted, and bring them back.
--
copy; Copy words; Ctrl+C; copy; article reading
    Copy the selected words, or the words of the selected label.
# Label
--
label.delete; Delete label; Del Backspace; trash-2; mark reading
    Delete the selected label. It can be brought back.
label.alike; Label the same words alike; Ctrl+F3; files; mark labelling
    Give the selected label to every other place of this article where the same words stand, in one step.
label.none; Disarm and clear the selection; Esc; x; article labelling
    Disarm the label first; then let go of the selected words and the selected label.
--
mark.next; Next label in the text; N Alt+Down; arrow-down; article labelling
    Select the next label in reading order.
mark.previous; Previous label in the text; P Alt+Up; arrow-up; article labelling
    Select the label before this one.
mark.here; Close or open a frame, or select the label at the caret; Enter Return; tag; article reading
    Close the open frame; else open the selected label's; else select the label under the caret, then the one beneath it.
--
frame.join; Join the open frame, or open one; J; link; mark labelling
    Let the selected label join the open frame or leave it. With none open, open the selected label's frame.
frames.open; Open a frame at each new cue; Ctrl+Shift+J; quote; labelling choice=-
    Switch this off to work without roles. Kept for this project.
link.follow; Follow a link; Alt+Right; external-link; mark labelling
    Go from the selected label to what it is linked to, in another article too.
link.back; Go back; Alt+Left; undo-2; article labelling
    Go back to where a link was followed from.
link.all; Show all links; Ctrl+Shift+L; link; labelling choice=-
    Show every link in the text, not only those of the selected label.
--
others.text; Others' labels in the text; Alt+O; eye; labelling choice=-
    Show what others have labelled below the lines, in a row for each, once others' labels are opened. They cannot be changed.
others.next; Next label of others; Alt+.; arrow-down; article labelling
    Look at the next label of somebody else, and at what is recorded about it.
others.previous; Previous label of others; Alt+,; arrow-up; article labelling
    Look at the one before.
--
inspector; Attributes and note; I; settings-2; mark labelling
    Go to the selected label's attributes. In the text a digit enters an attribute, and the next key picks its value.
remark.next; Next thing to look at; F4; triangle-alert; article labelling
    Go to the next label in which the codebook finds something missing or odd.
remark.previous; Previous thing to look at; Shift+F4; triangle-alert; article labelling
    Go to the one before.
--
edge.left_back; Move left edge back by a word; [; arrow-left; article labelling
    Move the left edge of the selection, or of the selected label, one word to the front.
edge.left_on; Move left edge on by a word; ]; arrow-right; article labelling
    Move the left edge of the selection, or of the selected label, one word to the end.
edge.right_back; Move right edge back by a word; {; arrow-left; article labelling
    Move the right edge of the selection, or of the selected label, one word to the front.
edge.right_on; Move right edge on by a word; }; arrow-right; article labelling
    Move the right edge of the selection, or of the selected label, one word to the end.
--
select.sentence; Extend selection by a sentence; .; text-search; article labelling
    Select the sentence at the caret; once more adds the next one.
select.paragraph; Extend selection by a paragraph; ,; list-tree; article labelling
    Select the paragraph at the caret; once more adds the next one.
# Article
article.next; Next article; Ctrl+PgDown; chevron-down; project labelling
    Open the article below in the list.
article.previous; Previous article; Ctrl+PgUp; chevron-up; project labelling
    Open the article above in the list.
--
article.done; Done, next article; Ctrl+Enter Ctrl+Return; check; article labelling
    Mark this article as done and open the next one.
article.empty; Nothing found, next article; Ctrl+Shift+Enter Ctrl+Shift+Return; circle-dashed; article labelling
    Mark this article as read, with nothing to label in it, and open the next one.
article.working; Mark as in progress; Ctrl+Shift+P; pencil; article labelling
    Say that this article is not finished.
article.new; Mark as new; Ctrl+Shift+N; rotate-ccw; article labelling
    Say that this article has not been read.
--
blocks.type; Paragraph type…; K Alt+K; list-tree; article labelling
    Choose what the paragraph at the caret is: a caption, a byline, body text.
blocks.fold; Fold or unfold what is left out; Z Alt+Z; fold-vertical; article labelling
    Fold the left-out paragraphs at the caret to one line; with the caret elsewhere, all of them.
blocks.copies; Leave out repeated paragraphs; Ctrl+Shift+D; files; article labelling
    Annotate first occurrences only: mark what repeats an earlier paragraph as duplicate, in all articles, in one step.
block.headline; Mark as headline; Alt+Shift+H; type; article labelling
    The headline of the article. It takes part in annotation.
block.subhead; Mark as subhead; Alt+Shift+S; type; article labelling
    A line below the headline, or a heading within the text. It takes part in annotation.
block.byline; Mark as byline; Alt+Shift+B; type; article labelling
    Who wrote it. It takes part in annotation.
block.dateline; Mark as dateline; Alt+Shift+D; type; article labelling
    Where and when it was written. It takes part in annotation.
block.body; Mark as body text; Alt+Shift+T; type; article labelling
    Text like any other. It takes part in annotation.
block.caption; Mark as caption; Alt+Shift+C; type; article labelling
    Words below a picture. They are left out of annotation, never deleted.
block.credit; Mark as credit; Alt+Shift+R; type; article labelling
    Whose picture it is. Left out of annotation, never deleted.
block.furniture; Mark as furniture; Alt+Shift+F; type; article labelling
    What the page says around the article. Left out of annotation, never deleted.
block.comment; Mark as comment; Alt+Shift+M; type; article labelling
    What readers or blogs say about the article. Left out of annotation, never deleted.
block.duplicate; Mark as duplicate; Alt+Shift+U; type; article labelling
    What stands in the article before. Left out of annotation, never deleted.
--
article.rename; Rename article; F2; pen-line; article labelling
    Change the title in the list. The text never changes.
article.replace; Replace by a new version…; Ctrl+R; file-up; article labelling
    Choose a corrected file or a newer page. See first where every label lies in it; Undo brings the old one back.
article.replace_pasted; Replace by the copied text…; Ctrl+Shift+R; clipboard-paste; article labelling
    Take the text on the clipboard for a new version of this article, and see first where every label lies in it.
article.remove; Remove articles; Del; trash-2; article articles
    Take the chosen articles and their labels out of the project. Undo brings them back.
# Find
find.here; Find in this article; Ctrl+F; search; article labelling
    Find words in the open article.
find.next; Next hit; F3 Ctrl+G; chevron-down; article labelling
    Go to the next place with the words you look for.
find.previous; Previous hit; Shift+F3; chevron-up; article labelling
    Go to the place before.
find.everywhere; Find in all articles; Ctrl+Shift+F; text-search; project labelling
    List every place in the project with the words you look for.
--
find.title; Filter articles; Ctrl+L; list-filter; project labelling
    Show the articles whose titles hold certain words.
# Codebook
clause; What the codebook says; H F5; book-open-text; article labelling
    Show the codebook's words on the selected label, or on the one last used, beside the text; once more hides them.
example.use; Use as example; Ctrl+Shift+X; quote; article labelling
    Put the selected label with its sentence among the codebook's examples.
--
again.open; Labels to look at again; Ctrl+J; rotate-ccw; project
    List the labels that were made before the codebook changed what they mean.
again.keep; It holds, next one; Y; check; article labelling
    Confirm the label that is to be looked at again, and go to the next one.
again.next; Next label to look at again; Ctrl+.; chevron-down; article labelling
    Go on without confirming.
again.previous; Previous label to look at again; Ctrl+,; chevron-up; article labelling
    Go back to the one before.
--
codebook.save; Save the codebook; Ctrl+S; save; project codebook
    Save all changes to the codebook as one revision.
codebook.discard; Give up changes to the codebook; Ctrl+Shift+Backspace; x; project codebook
    Go back to the latest revision. Undo brings the changes back.
--
codebook.add_label; Add a label; Ctrl+L; tag; project codebook
    Add a label at the end of the list.
codebook.add_attribute; Add an attribute; Ctrl+T; list; project codebook
    Add something to be recorded about annotations.
codebook.add_role; Add a role; Ctrl+R; list-tree; project codebook
    Add a part of a frame.
codebook.add_relation; Add a relation; Ctrl+D; link; project codebook
    Add an arrow between annotations.
codebook.add_clause; Add a borderline case; Ctrl+B; scale; project codebook
    Add a case that the codebook settles.
codebook.up; Move the chosen part up; Ctrl+Shift+Up; arrow-up; project codebook
    Move it one place up in its list.
codebook.down; Move the chosen part down; Ctrl+Shift+Down; arrow-down; project codebook
    Move it one place down in its list.
codebook.remove; Retire or delete the chosen part; Ctrl+Del; trash-2; project codebook
    Retire a label that is in use; delete everything else. Undo brings it back.
codebook.list; Go to the parts of the codebook; Ctrl+G; list; project codebook
    Put the focus on the list at the left.
codebook.history; Go to the history of the codebook; Ctrl+H; history; project codebook
    Put the focus on the revisions at the right.
--
codebook.load; Load codebook from file…; Ctrl+Shift+I; file-up; project
    Read another codebook, see what would be different, and take it over as a revision.
codebook.template; Start from a template…; Ctrl+Shift+T; files; project
    Choose one of the codebooks that come with the program, and see what would be different.
codebook.compare; Compare codebook with a file…; Ctrl+Shift+M; scale; project
    List in words how another codebook differs from this one.
codebook.save_file; Save codebook as file…; Ctrl+Shift+B; file-down; project
    Write the latest revision to a readable file.
codebook.handout; Save codebook as handout…; Ctrl+Shift+H; file-text; project
    Write the latest revision as a page to read and print.
codebook.print; Print codebook…; Ctrl+P; file-text; project
    Open the handout in the browser, to be printed from there.
# Team
others; Show others' labels; Ctrl+Alt+O; eye; project choice=-
    Let everybody at this project see everybody's labels, notes and steps, or hide them again.
--
team.plan; People and plan; Alt+1; users; project team
    Who labels what, and how far that is.
team.handing; Copies to hand out; Alt+2; file-up; project team
    A file for each annotator, in which nobody else has left a trace.
team.merge; Copies that come back; Alt+3; git-merge; project team
    Look at copies, decide about conflicts, and merge them in one step.
team.notes; Notes and questions; Alt+4; message-square; project team
    What somebody noted or asked, and the answers.
--
team.add; Add an annotator; Ins Ctrl+T; user-plus; project team
    Write down somebody who labels.
team.share; Plan who labels what…; Ctrl+R; list-tree; project team
    Share out the articles that nobody is to label yet, and see the plan before it holds.
team.unassign; Take off the plan; Del; minus; project team
    Take the chosen cells off the plan. Labels stay.
team.hand_out; Hand out copies…; Ctrl+D; file-up; project team
    Write a file for each annotator into a folder.
team.copies; Choose copies to merge…; Ctrl+B; file-down; project team
    Choose files that came back. You can also drop them here.
team.do_merge; Merge; Ctrl+Enter Ctrl+Return; git-merge; project team
    Put everything that was decided into the project, in one step.
team.filter; Filter the table; Ctrl+F; list-filter; project team
    Leave only the rows with certain words. Letters typed in a table do the same.
team.copy; Copy table; Ctrl+Shift+C; clipboard-copy; project team
    Copy the chosen rows, or all, to paste them into a spreadsheet.
--
note.add; Note or question…; M Ctrl+M; message-square; article labelling
    Write a note on the selected words or label, or on the whole article.
notes.open; Open notes and questions; Ctrl+Shift+K; message-square; project
    List the notes and questions that wait for an answer.
# Agreement
agreement.renew; Compute agreement again; F5; rotate-ccw; project agreement
    Measure again, with everything that has changed since.
agreement.stop; Stop computing; Esc; x; project agreement
    Stop; what was found before stays.
agreement.gamma; Compute γ too; G; scale; project agreement choice=-
    Align units by distance, an article at a time. It takes a while, and needs SciPy.
--
agreement.worst; Show the worst passages; W; triangle-alert; project agreement
    The passages of the label, and in the way, in which most agreement is lost.
agreement.next; Next passage; N Alt+Down; arrow-down; project agreement
    Show the next passage behind what was clicked.
agreement.previous; Previous passage; P Alt+Up; arrow-up; project agreement
    Show the passage before.
agreement.open; Open the passage in Label; O; external-link; project agreement
    Go to the passage where one labels.
agreement.adjudicate; Adjudicate these; J; gavel; project agreement
    Decide about the disagreements that are listed, one after the other.
agreement.every_label; Show every label in passages; L; tag; project agreement choice=-
    Show all labels below the words, not only those that the passage is about.
--
agreement.side; Go to the passages or back; F6; chevron-right; project agreement
    Go from the figures to the passages, and back.
agreement.tab_next; Next subject; Ctrl+PgDown; chevron-down; project agreement
    Labels, confusion, pairs, people, articles, time, roles and attributes, all figures.
agreement.tab_previous; Previous subject; Ctrl+PgUp; chevron-up; project agreement
    The subject before.
agreement.view; Table or plot; V; chart-column; project agreement
    Show the subject as a table, or drawn.
agreement.looser; Forgive another word at edges; ]; plus; project agreement
    Count edges that are one word further apart as the same.
agreement.tighter; Forgive a word less at edges; [; minus; project agreement
    Count edges as different again that are one word apart.
--
agreement.copy; Copy table; Ctrl+C; copy; project agreement
    Copy the chosen rows, or all of them, for a spreadsheet.
agreement.plot; Save plot…; Ctrl+S; file-down; project agreement
    Save the plot of this subject as SVG, PDF or PNG, as it is shown.
agreement.bar; Save the bar of disagreement…; Ctrl+Shift+F; file-down; project agreement
    Save the bar of what the disagreement is as SVG, PDF or PNG, as it is shown.
agreement.report; Save agreement report…; Ctrl+Shift+R; file-text; project agreement
    Save all figures with methods and exclusions as a page, Markdown, LaTeX, CSV or JSON.
# Adjudicate
adjudicate.take_1; Take version 1; 1; gavel; project adjudicate
    Decide that this version is right, and go on.
adjudicate.take_2; Take version 2; 2; gavel; project adjudicate
    Decide that this version is right, and go on.
adjudicate.take_3; Take version 3; 3; gavel; project adjudicate
    Decide that this version is right, and go on.
adjudicate.take_4; Take version 4; 4; gavel; project adjudicate
    Decide that this version is right, and go on.
adjudicate.take_5; Take version 5; 5; gavel; project adjudicate
    Decide that this version is right, and go on.
adjudicate.take_6; Take version 6; 6; gavel; project adjudicate
    Decide that this version is right, and go on.
adjudicate.take_7; Take version 7; 7; gavel; project adjudicate
    Decide that this version is right, and go on.
adjudicate.take_8; Take version 8; 8; gavel; project adjudicate
    Decide that this version is right, and go on.
adjudicate.take_9; Take version 9; 9; gavel; project adjudicate
    Decide that this version is right, and go on.
adjudicate.none; None is right; 0; circle-dashed; project adjudicate
    Record that no span, or no link, is right here, and go on.
adjudicate.union; Take the union; B; squares-intersect; project adjudicate
    Take all words that some version has.
adjudicate.overlap; Take the overlap; X; squares-intersect; project adjudicate
    Take the words that all versions share.
adjudicate.edit; Edit…; E; pencil; project adjudicate
    Choose words, label, attributes and the parts of a frame yourself; of a link, where it leads.
adjudicate.ask; Ask the annotators…; N; circle-question-mark; project adjudicate
    Write a question about this passage, which travels with the files; it comes back at the end of the queue.
--
adjudicate.next; Next without deciding; S Right Down Space; arrow-down; project adjudicate
    Go on to the next disagreement; this one stays open.
adjudicate.previous; The one before; P Left Up Backspace; arrow-up; project adjudicate
    Go back to the disagreement before this one.
adjudicate.open; Open in Label; O; external-link; project adjudicate
    Show the passage where one labels.
--
adjudicate.reason; Give a reason…; R; scale; project adjudicate
    Choose from a short list why the next decision is made so.
adjudicate.clause; Cite a clause…; C; book-open-text; project adjudicate
    Choose the sentence of the codebook on which the next decision rests.
adjudicate.note; Write a note; T; pen-line; project adjudicate
    Add words of your own to the next decision.
adjudicate.whole; Decide frames as a whole; W; list-tree; adjudicate choice=-
    Take source and content of a version together with its cue.
--
adjudicate.names; Hide names; H; eye-off; adjudicate choice=-
    Show versions by their numbers only.
adjudicate.order; Another order; Ctrl+Shift+R; chevrons-up-down; project adjudicate
    By article, most disagreement first, or by the codebook.
adjudicate.filter; Choose disagreements…; F; list-filter; project adjudicate
    Only some kinds, one label, or this article.
adjudicate.accept; Accept what agrees…; A; check; project adjudicate
    Make gold of what all, or more than half, have alike, in one step.
--
adjudicate.results; Where it stands…; G; chart-column; project adjudicate
    Agreement before and beside gold, and which clause of the codebook caused how many disagreements.
adjudicate.feedback; Save feedback to annotators…; Ctrl+Shift+F; file-text; project adjudicate
    Write a page for each annotator: their labels beside gold, with reasons.
adjudicate.list; Go to the queue; Ctrl+G; list; project adjudicate
    Put the focus on the list at the left.
# View
place.label; Go to Label; Ctrl+1; highlighter; choice=place
    Read and label articles.
place.codebook; Go to Codebook; Ctrl+2; book-open-text; choice=place
    What the labels mean.
place.team; Go to Team; Ctrl+3; users; choice=place
    Who labels what.
place.agreement; Go to Agreement; Ctrl+4; chart-column; choice=place
    How far people agree.
place.adjudicate; Go to Adjudicate; Ctrl+5; gavel; choice=place
    Settle disagreements.
--
actions; All actions…; Ctrl+K; command
    Find any action or article by name.
column.next; Go to the next column; F6; chevron-right; project labelling
    Go round articles, text and labels with the keyboard.
column.left; Show the articles; F9; panel-left; labelling choice=-
    Show or hide the column at the left.
column.right; Show the labels; Shift+F9; panel-right; labelling choice=-
    Show or hide the column at the right.
--
zoom.in; Larger text; Ctrl++ Ctrl+=; zoom-in
    Up to 200 %.
zoom.out; Smaller text; Ctrl+-; zoom-out
    Down to 100 %.
zoom.reset; Usual text size; Ctrl+0; a-large-small
    Back to 100 %.
--
face.serif; Serif text; F7; type; choice=face
    Show articles in Source Serif.
face.sans; Sans-serif text; Shift+F7; type; choice=face
    Show articles in Source Sans.
--
scheme.system; Colours of the system; F8; sun-moon; choice=scheme
    Light or dark, as the system is.
scheme.light; Light colours; Shift+F8; sun; choice=scheme
    Always light.
scheme.dark; Dark colours; Ctrl+F8; moon; choice=scheme
    Always dark.
# Help
keys; Keys…; F1 ?; keyboard
    Every key, and how to change it.
faults; Show fault reports; Ctrl+F1; triangle-alert
    The folder in which the program writes where it went wrong. No word of an article is in it.
about; About Annotator; Shift+F1; info
    The version, and whose work is in it.
"""


def _read(table: str) -> Iterator[Command]:
    group, divides, line = "", False, ""
    for row in table.splitlines():
        if row.startswith("# "):
            group = row[2:]
        elif row.startswith("--"):
            divides = True
        elif row.startswith(" "):
            yield _command(line, row.strip(), group, divides=divides)
            divides = False
        else:
            line = row


def _command(line: str, tip: str, group: str, *, divides: bool) -> Command:
    command_id, name, keys, icon, *rest = (each.strip() for each in line.split(";"))
    words = rest[0].split() if rest else []
    where, needs, choice = Where.ANYWHERE, Needs.NOTHING, ""
    for word in words:
        if word.startswith("choice="):
            choice = word.removeprefix("choice=")
        elif word.upper() in Needs.__members__:
            needs = Needs[word.upper()]
        else:
            where = Where[word.upper()]
    return Command(command_id, name, group, tuple(keys.split()), icon, tip, where, needs, choice, divides)


COMMANDS: tuple[Command, ...] = tuple(_read(_TABLE))
"""All of them, in the order of the menus."""
GROUPS = tuple(dict.fromkeys(command.group for command in COMMANDS))
"""The menus, in their order."""
