#!/usr/bin/env python3
"""Each complaint in complaints.txt names tests, and those tests are there."""
import pathlib
import re
import sys

here = pathlib.Path(__file__).parent


def tests():
    found = {f"stories/{story.stem}" for story in (here / "flow/stories").glob("*.txt")}
    for source in list(here.rglob("*_test.c")) + list(here.rglob("*_test.py")):
        found |= set(re.findall(r"(?:cmocka_unit_test\w*\(|def )(test_\w+)", source.read_text()))
    return found


def main():
    known, count, wrong = tests(), 0, []
    for number, line in enumerate((here / "complaints.txt").read_text().splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        complaint, arrow, names = line.partition(" => ")
        if not arrow or not names.split():
            wrong.append(f"{number}: no test is named")
        wrong += [f"{number}: there is no test {name}" for name in names.split() if name not in known]
        count += 1
    print("\n".join(wrong) or f"{count} complaints, each with a test")
    return 1 if wrong or count == 0 else 0


sys.exit(main())
