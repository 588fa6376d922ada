"""Where no window can be opened, the program says which package is missing, or that there is no display."""

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.ui.requirements import PACKAGES, WAYLAND_PACKAGES, X_PACKAGES, install_command

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux lacks libraries of its own")

OPEN = """
import sys
from annotator.cli import main
sys.argv = ["annotator", *sys.argv[1:]]
main()
"""

HIDDEN = """
import ctypes, sys
from annotator.ui import requirements
name = sys.argv[1]
load = ctypes.CDLL
def hiding(path, *arguments, **options):
    if name in str(path) or ("libqxcb" in str(path) and name in requirements.X_PACKAGES):
        raise OSError(f"{name}: cannot open shared object file: No such file or directory")
    return load(path, *arguments, **options)
ctypes.CDLL = hiding
print(requirements.obstacle())
"""


@pytest.fixture
def qt():
    """Skips where Qt cannot be loaded."""
    pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)


def said(process):
    out, complaint = process.communicate()
    assert "Traceback" not in complaint
    return process.returncode, out, complaint


@linux
def test_without_a_display(start, project, qt):
    nowhere = {"DISPLAY": None, "WAYLAND_DISPLAY": None, "QT_QPA_PLATFORM": None}
    status, out, complaint = said(start(OPEN, project.path, env=nowhere))
    assert (status, out) == (1, "")
    assert complaint.startswith("There is no display to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set)")
    assert complaint.count("\n") == 1


@linux
@pytest.mark.parametrize(
    ("display", "words"),
    [
        ({"DISPLAY": ":4711", "WAYLAND_DISPLAY": None}, "The display “:4711” does not let Annotator in"),
        ({"DISPLAY": None, "QT_QPA_PLATFORM": "xcb"}, "DISPLAY is not set"),
    ],
)
def test_with_a_display_that_is_none(start, qt, display, words):
    code = "from annotator.ui.requirements import obstacle; print(obstacle())"
    status, out, _ = said(start(code, env={"QT_QPA_PLATFORM": None, **display}))
    if "library" in out or "libraries" in out:
        pytest.skip("this machine lacks a library of the X platform")
    assert status == 0
    assert words in out


@linux
def test_a_platform_that_draws_nowhere_needs_no_display(start, qt):
    code = "from annotator.ui.requirements import obstacle; print(obstacle())"
    nowhere = {"DISPLAY": None, "WAYLAND_DISPLAY": None, "QT_QPA_PLATFORM": "offscreen"}
    assert said(start(code, env=nowhere))[1] == "\n"


@linux
def test_a_library_of_the_x_platform_that_is_missing(start, qt):
    process = start(HIDDEN, "libxcb-cursor.so.0", env={"DISPLAY": ":4711", "QT_QPA_PLATFORM": "xcb"})
    _, out, _ = said(process)
    package = install_command([X_PACKAGES["libxcb-cursor.so.0"]]).rpartition(" ")[2]
    assert "libxcb-cursor.so.0" in out
    assert package in out


HIDE = """
set -e
mount -t tmpfs tmpfs "$1"
mkdir "$1/upper" "$1/work"
mount -t overlay overlay -o "lowerdir=$2,upperdir=$1/upper,workdir=$1/work" "$2"
rm -f "$2/$3"*
"""


@linux
@pytest.mark.parametrize("library", ["libEGL.so.1", "libfontconfig.so.1", "libxcb-cursor.so.0"])
def test_a_library_that_is_really_gone(qt, library, tmp_path, project):
    """In a mount namespace of its own, the library is removed."""
    listing = subprocess.run(["/sbin/ldconfig", "-p"], capture_output=True, text=True, check=True).stdout
    paths = [line.rpartition("=> ")[2] for line in listing.splitlines() if line.strip().startswith(library + " ")]
    if len(paths) != 1 or shutil.which("unshare") is None:
        pytest.skip(f"{library} is not there to be hidden")
    cover = tmp_path / "cover"
    cover.mkdir()
    hidden = [
        "unshare",
        "-m",
        "sh",
        "-c",
        HIDE + 'shift 3; exec "$@"',
        "sh",
        cover,
        Path(paths[0]).resolve().parent,
        library,
    ]
    if subprocess.run([*hidden, "true"], capture_output=True, check=False).returncode:
        pytest.skip("hiding a library needs root and the right to mount")
    environment = {**os.environ, "DISPLAY": ":4711", "QT_QPA_PLATFORM": "xcb"}
    opening = [sys.executable, "-c", OPEN, project.path]
    found = subprocess.run([*hidden, *opening], capture_output=True, text=True, check=False, env=environment)
    package = install_command([{**PACKAGES, **X_PACKAGES}[library]])
    assert (found.returncode, found.stdout) == (1, "")
    assert found.stderr == f"The window needs the library {library}, which this machine lacks: run “{package}”.\n"


def test_without_pyside6(start, project):
    code = (
        """
import sys
class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "PySide6":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Blocked())
"""
        + OPEN
    )
    status, out, complaint = said(start(code, project.path))
    assert (status, out) == (1, "")
    assert complaint == (
        "The window needs PySide6, which is not installed: run “python3 -m pip install PySide6-Essentials”.\n"
    )


@pytest.mark.parametrize(
    ("release", "command"),
    [
        ({"ID": "debian"}, "sudo apt-get install libegl1 libxcb-cursor0"),
        ({"ID": "linuxmint", "ID_LIKE": "ubuntu debian"}, "sudo apt-get install libegl1 libxcb-cursor0"),
        ({"ID": "fedora"}, "sudo dnf install libglvnd-egl xcb-util-cursor"),
        ({"ID": "rocky", "ID_LIKE": "rhel centos fedora"}, "sudo dnf install libglvnd-egl xcb-util-cursor"),
        ({"ID": "arch"}, "sudo pacman -S libglvnd xcb-util-cursor"),
        ({"ID": "manjaro", "ID_LIKE": "arch"}, "sudo pacman -S libglvnd xcb-util-cursor"),
        ({}, "sudo apt-get install libegl1 libxcb-cursor0"),
    ],
)
def test_the_command_is_the_distributions_own(monkeypatch, release, command):
    monkeypatch.setattr(platform, "freedesktop_os_release", lambda: release)
    assert install_command([PACKAGES["libEGL.so.1"], X_PACKAGES["libxcb-cursor.so.0"]]) == command


def test_a_package_that_has_two_libraries_is_named_once():
    both = [PACKAGES["libglib-2.0.so.0"], PACKAGES["libgthread-2.0.so.0"]]
    assert install_command(both).count("glib") == 1


def test_no_library_stands_in_two_lists():
    assert not (PACKAGES.keys() & X_PACKAGES.keys()) | (PACKAGES.keys() & WAYLAND_PACKAGES.keys())


def test_asking_imports_nothing_of_qt(start):
    code = "import sys, annotator.cli, annotator.ui.requirements; print([n for n in sys.modules if 'PySide6' in n])"
    assert said(start(code))[1] == "[]\n"
