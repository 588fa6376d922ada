"""What Qt needs of the machine, asked before Qt is loaded: it would only say so in a traceback, or abort.

Standard library only, and nothing of Qt is imported before `obstacle` is called.
"""

import ctypes
import importlib
import os
import platform
import socket
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple


class Package(NamedTuple):
    """What the package with a library is called where."""

    debian: str
    fedora: str
    arch: str


PACKAGES = {
    "libEGL.so.1": Package("libegl1", "libglvnd-egl", "libglvnd"),
    "libGL.so.1": Package("libgl1", "libglvnd-glx", "libglvnd"),
    "libX11.so.6": Package("libx11-6", "libX11", "libx11"),
    "libfontconfig.so.1": Package("libfontconfig1", "fontconfig", "fontconfig"),
    "libfreetype.so.6": Package("libfreetype6", "freetype", "freetype2"),
    "libglib-2.0.so.0": Package("libglib2.0-0", "glib2", "glib2"),
    "libgthread-2.0.so.0": Package("libglib2.0-0", "glib2", "glib2"),
    "libdbus-1.so.3": Package("libdbus-1-3", "dbus-libs", "dbus"),
    "libxkbcommon.so.0": Package("libxkbcommon0", "libxkbcommon", "libxkbcommon"),
    "libzstd.so.1": Package("libzstd1", "libzstd", "zstd"),
}
"""Libraries of the system that Qt loads whatever it draws on."""

X_PACKAGES = {
    "libX11-xcb.so.1": Package("libx11-xcb1", "libX11-xcb", "libx11"),
    "libxcb-cursor.so.0": Package("libxcb-cursor0", "xcb-util-cursor", "xcb-util-cursor"),
    "libxcb-icccm.so.4": Package("libxcb-icccm4", "xcb-util-wm", "xcb-util-wm"),
    "libxcb-image.so.0": Package("libxcb-image0", "xcb-util-image", "xcb-util-image"),
    "libxcb-keysyms.so.1": Package("libxcb-keysyms1", "xcb-util-keysyms", "xcb-util-keysyms"),
    "libxcb-randr.so.0": Package("libxcb-randr0", "libxcb", "libxcb"),
    "libxcb-render-util.so.0": Package("libxcb-render-util0", "xcb-util-renderutil", "xcb-util-renderutil"),
    "libxcb-render.so.0": Package("libxcb-render0", "libxcb", "libxcb"),
    "libxcb-shape.so.0": Package("libxcb-shape0", "libxcb", "libxcb"),
    "libxcb-shm.so.0": Package("libxcb-shm0", "libxcb", "libxcb"),
    "libxcb-sync.so.1": Package("libxcb-sync1", "libxcb", "libxcb"),
    "libxcb-util.so.1": Package("libxcb-util1", "xcb-util", "xcb-util"),
    "libxcb-xfixes.so.0": Package("libxcb-xfixes0", "libxcb", "libxcb"),
    "libxcb-xkb.so.1": Package("libxcb-xkb1", "libxcb", "libxcb"),
    "libxkbcommon-x11.so.0": Package("libxkbcommon-x11-0", "libxkbcommon-x11", "libxkbcommon-x11"),
}
"""Libraries that Qt loads to draw on an X server."""

WAYLAND_PACKAGES = {
    "libwayland-client.so.0": Package("libwayland-client0", "libwayland-client", "wayland"),
    "libwayland-cursor.so.0": Package("libwayland-cursor0", "libwayland-cursor", "wayland"),
    "libwayland-egl.so.1": Package("libwayland-egl1", "libwayland-egl", "wayland"),
}
"""Libraries that Qt loads to draw on a Wayland compositor."""

_INSTALL = {
    "debian": "sudo apt-get install",
    "fedora": "sudo dnf install",
    "arch": "sudo pacman -S",
}


def obstacle() -> str:
    """Return why no window can be opened on this machine, and what to do, as one sentence; empty when one can."""
    try:
        for name in ("PySide6.QtCore", "PySide6.QtGui", "PySide6.QtWidgets"):
            importlib.import_module(name)
    except ModuleNotFoundError:
        return "The window needs PySide6, which is not installed: run “python3 -m pip install PySide6-Essentials”."
    except ImportError as error:
        # What the display will ask for is named with it, so that the person installs once.
        return _unloadable(str(error), {**PACKAGES, **(X_PACKAGES if "xcb" in _kinds() else {})})
    if not sys.platform.startswith("linux"):
        return ""
    return _display_obstacle()


def _display_obstacle() -> str:
    kinds = _kinds()
    if not kinds:
        return (
            "There is no display to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set): start Annotator"
            " from a desktop, or over “ssh -X”; its commands (“annotator --help”) work without one."
        )
    found = ""
    for kind in kinds:  # one that works is enough
        found = {"xcb": _x_obstacle, "wayland": _wayland_obstacle}.get(kind, str)()
        if not found:
            return ""
    return found


def _kinds() -> list[str]:
    """Return the kinds of display in the order in which Qt would try them."""
    wanted = os.environ.get("QT_QPA_PLATFORM", "")
    if wanted:
        return [each.partition(":")[0] for each in wanted.split(";")]
    return [kind for kind, name in (("wayland", "WAYLAND_DISPLAY"), ("xcb", "DISPLAY")) if os.environ.get(name)]


def _x_obstacle() -> str:
    failure = _load_failure("libqxcb.so")
    if failure:
        return _unloadable(failure, {**PACKAGES, **X_PACKAGES})
    display = os.environ.get("DISPLAY", "")
    if not display:
        return "There is no X display to open a window on: DISPLAY is not set."
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    refused = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    if refused:
        return (
            f"The display “{display}” does not let Annotator in: set DISPLAY to one that does, or log in over “ssh -X”."
        )
    return ""


def _wayland_obstacle() -> str:
    failure = _load_failure("libqwayland.so")
    if failure:
        return _unloadable(failure, {**PACKAGES, **WAYLAND_PACKAGES})
    display = os.environ.get("WAYLAND_DISPLAY", "wayland-0")
    path = Path(os.environ.get("XDG_RUNTIME_DIR", "/")) / display
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(str(path))
        except OSError:
            return f"The Wayland display “{display}” does not answer: start Annotator from within a desktop session."
    return ""


def _load_failure(plugin: str) -> str:
    """Return why one of Qt's platform plugins cannot be loaded; empty when it can, or is not where it should be."""
    package = sys.modules["PySide6"].__file__
    path = Path(package or "").parent / "Qt" / "plugins" / "platforms" / plugin
    return _failure(str(path)) if path.is_file() else ""


def _failure(library: str) -> str:
    try:
        ctypes.CDLL(library)
    except OSError as error:
        return str(error)
    return ""


def _unloadable(failure: str, packages: dict[str, Package]) -> str:
    """Name every package that is missing, so that the person installs once and not one after the other."""
    first = failure.partition(":")[0].strip()
    missing = [name for name in packages if _failure(name)]
    if first in packages and first not in missing:
        missing.append(first)
    if "No such file" not in failure and "cannot open shared object" not in failure:
        return f"Qt cannot be loaded on this machine: {failure}."
    if not missing:
        return f"The window needs the library {first}, which this machine lacks: install the package that has it."
    libraries = ", ".join(missing)
    plural = "libraries" if len(missing) > 1 else "library"
    return (
        f"The window needs the {plural} {libraries}, which this machine lacks:"
        f" run “{install_command(packages[name] for name in missing)}”."
    )


def install_command(packages: Iterable[Package]) -> str:
    """Return the command that installs `packages` on this distribution; Debian's where it is none of those known."""
    family = _family()
    names = dict.fromkeys(getattr(package, family) for package in packages)
    return f"{_INSTALL[family]} {' '.join(names)}"


def _family() -> str:
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return "debian"
    likes = [release.get("ID", ""), *release.get("ID_LIKE", "").split()]
    if any(like in ("fedora", "rhel", "centos") for like in likes):
        return "fedora"
    return "arch" if "arch" in likes else "debian"
