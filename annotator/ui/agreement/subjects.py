"""What the place Agreement has to say, subject by subject."""

from annotator.project.report_words import plan
from annotator.ui.agreement import people, periods, tables
from annotator.ui.agreement.page import Subject

SUBJECTS = (
    Subject(
        "Labels",
        "The label on which most is lost stands first.",
        tables.of_labels,
        (("Plot", "of_labels"),),
    ),
    Subject(
        "Confusion",
        "What the other one has where one has this label.",
        tables.of_confusion,
        (("Heat map", "of_confusion"),),
        plot_first=True,
        nothing="Nobody differs from anybody: nothing is confused.",
    ),
    Subject(
        "Pairs",
        "Each annotator with each other one.",
        tables.of_pairs,
        (("Heat map", "of_pairs"),),
        plot_first=True,
    ),
    Subject(
        "People",
        "Each annotator against all others; who agrees best stands first.",
        people.of_people,
        (("Plot", "of_people"),),
    ),
    Subject(
        "Articles",
        "The articles that cost most agreement.",
        tables.of_articles,
        (("Plot", "of_articles"),),
        filters=True,
        nothing="No article can be taken out: α is undefined, or there is one article only.",
    ),
    Subject(
        "Time",
        "Week by week, and in the order of everybody’s work.",
        periods.of_periods,
        (("By week", "of_weeks"), ("Learning curve", "of_learning"), ("Drift", "of_drift")),
        plot_first=True,
        says=lambda found: plan(found.report),
        nothing="No article has two readers yet, so there is no course to see.",
    ),
    Subject(
        "Roles and attributes",
        "What hangs on spans, compared where both have the span.",
        tables.of_hangings,
        filters=True,
        nothing="The codebook has no roles, relations or attributes for the chosen labels.",
    ),
    Subject(
        "Clauses",
        "What was decided under which clause of the codebook.",
        tables.of_clauses,
        filters=True,
        nothing="No clause of the codebook is about a label on which anything is lost.",
    ),
    Subject(
        "All figures",
        "Everything that was computed, as in the report.",
        tables.of_everything,
        filters=True,
    ),
)
