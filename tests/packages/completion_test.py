#!/usr/bin/env python3
"""What bash offers after <Tab> is what the programs say of themselves: every command, every option.
usage: completion_test.py PROJECT_ROOT PROGRAM_FOLDER"""
import re
import subprocess
import sys
from pathlib import Path

root, programs = Path(sys.argv[1]), Path(sys.argv[2])
OFFER = """source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); function=_$(basename "$1"); "${function//-/_}"
printf '%s\\n' "${COMPREPLY[@]}" """


def offered(name, *words):
    """What stands in the list after "name words… <Tab>"; the last of them may be cut off or empty."""
    script = root / "packaging/completion" / name
    done = subprocess.run(["bash", "-c", OFFER, "-", script, programs / name, *words], capture_output=True, text=True, cwd=root)
    assert done.returncode == 0, done.stderr
    return sorted(set(done.stdout.split()))


def told(name, *words):
    return subprocess.run([programs / name, *words, "--help"], capture_output=True, text=True, check=True).stdout


def expect(found, wanted, where):
    wanted = sorted(set(wanted))
    if found != wanted:
        sys.exit(f"after '{where}': offered {found}, the program says {wanted}")


commands = [(line[2:10].strip(), line[10:20].strip()) for line in told("einlass").splitlines() if re.match("  [a-z]", line)]
assert len(commands) > 20, commands
expect(offered("einlass", ""), [noun for noun, _ in commands] + ["--help", "--version"], "einlass")
expect(offered("einlass", "ros"), ["roster"], "einlass ros")
for noun in {noun for noun, verb in commands if verb}:
    expect(offered("einlass", noun, ""), [verb for other, verb in commands if other == noun], f"einlass {noun}")
for noun, verb in commands:
    words = [noun, verb] if verb else [noun]
    options = re.findall(r"^  (--\S+)", told("einlass", *words), re.M) + ["--help"]
    expect(offered("einlass", *words, "--"), options, f"einlass {noun} {verb} --")
expect(offered("einlass", "event", "show", "--book", "READ"), ["README.md"], "einlass event show --book READ")
expect(offered("einlass", "event", "show", "--event", ""), [], "einlass event show --event")
expect(offered("einlass-kiosk", "--"), re.findall(r"^  (--\S+)", told("einlass-kiosk"), re.M), "einlass-kiosk --")
