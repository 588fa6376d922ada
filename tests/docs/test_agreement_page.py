"""The worked example of the page on agreement says what the program says."""

import re
import runpy
from pathlib import Path

from annotator.project.request import MEASURES

PAGE = (Path(__file__).resolve().parent.parent.parent / "docs" / "agreement.md").read_text("utf-8")


def test_the_worked_example(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (code,) = re.findall(r"^```python\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
    (tmp_path / "example.py").write_text(code, "utf-8")
    runpy.run_path("example.py")
    printed = capsys.readouterr().out.splitlines()
    for line in (
        "krippendorff_alpha claim - Ana‖Ben 0.803",
        "krippendorff_alpha_jaccard all - Ana‖Ben 0.500",
        "krippendorff_alpha_masi all - Ana‖Ben 0.500",
        "observed claim - Ana‖Ben 0.900",
        "cohen_kappa claim - Ana‖Ben 0.800",
        "scott_pi claim - Ana‖Ben 0.798",
        "gwet_ac1 claim - Ana‖Ben 0.802",
        "u_alpha all - Ana‖Ben 0.551",
        "span_f1 all exact Ana‖Ben 0.000",
        "span_f1 all overlap Ana‖Ben 0.667",
        "agr all overlap Ana‖Ben 1.000",
        "agr all overlap Ben‖Ana 0.500",
    ):
        assert line in printed
        shown = line.rsplit(" ", 1)[1].removeprefix("0")
        assert f"| {shown} |" in PAGE


def test_every_measure_is_described():
    for name in MEASURES:
        assert f"`{name}`" in PAGE or f"`…_{name.rsplit('_', 1)[1]}`" in PAGE, name
