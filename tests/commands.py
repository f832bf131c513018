"""Commands as pages write them: run in order, or looked up without being run."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

from tocsin import cli

TOCSIN = Path(sys.executable).with_name("tocsin")


def run_commands(code: str, folder: Path) -> list[str]:
    """Run the lines of a block that begin with `tocsin`, and return what each printed."""
    return [_run(line, folder) for line in re.findall(r"^tocsin ([^\n#]+)", code, re.M)]


def _run(line: str, folder: Path) -> str:
    command = [TOCSIN, *shlex.split(line)]
    done = subprocess.run(
        command, cwd=folder, check=True, timeout=120, text=True, stdout=subprocess.PIPE
    )
    return done.stdout


def options_of(line: str) -> set[str]:
    """Return the options of the command that a line names, as in "reference list".

    Raises:
        LookupError: there is no such command.
    """
    command = cli.tocsin
    for word in line.split():
        if word not in getattr(command, "commands", {}):
            break
        command = command.commands[word]
    if command is cli.tocsin:
        raise LookupError(line)
    return {option for parameter in command.params for option in parameter.opts} | {"--help"}
