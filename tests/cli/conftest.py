"""What the tests of the commands share."""

import pytest

from annotator.cli import run


@pytest.fixture
def do(capsys):
    """A function that does a command line and returns status, stdout and stderr: of that command alone."""

    def doing(*words):
        capsys.readouterr()
        status = run([str(word) for word in words])
        return status, *capsys.readouterr()

    return doing
