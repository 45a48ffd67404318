#!/usr/bin/env python3
"""manual_test.py PROGRAMS PAGES KIOSK: the manual says what the programs say of themselves, no more and no less.

Every command of einlass has its page; each page has the command's summary and exactly its options, with their values
and, first of all, the words of --help; the synopsis agrees; kiosk.conf(5) has every key; mandoc finds no fault.
"""
import pathlib
import re
import subprocess
import sys

programs, pages, kiosk = (pathlib.Path(argument) for argument in sys.argv[1:4])
wrong = []


def check(page, is_right, words):
    if not is_right:
        wrong.append(f"{page}: {words}")


def help_of(program, *words):
    command = [programs / program, *words, "--help"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def letters(text):
    """Only what is said: no punctuation, no markup, no capitals."""
    text = re.sub(r"\\\(..|\\.", "", text)
    text = re.sub(r"(?m)^\.[A-Z][a-z] ", "", text)
    return re.sub(r"\W", "", text).casefold()


def items(text):
    """What stands below each .It Fl of a page: {"--option VALUE": text}."""
    parts = re.split(r"(?m)^\.It Fl -", text)[1:]
    heads = (part.partition("\n") for part in parts)
    return {"--" + head.replace(" Ar ", " "): re.split(r"(?m)^\.(?:It|El)", body)[0] for head, _, body in heads}


def helped(text):
    """What --help says of each option, in the same form; a default in brackets as the pages say it."""
    found = re.findall(r"(?m)^  (--[a-z-]+(?: [^ \n]+)?)(?: +)(\S.*)$", text)
    return {name: re.sub(r" \[(.*)\]$", r" usually \1", words) for name, words in found}


def section(text, name):
    return re.search(rf"(?ms)^\.Sh {name}\n(.*?)(?=^\.Sh )", text)[1]


def compare_options(page, text, wanted):
    given = items(text)
    for name in sorted(wanted.keys() ^ given.keys()):
        check(page, False, f"{name} is only in {'--help' if name in wanted else 'the page'}")
    for name in wanted.keys() & given.keys():
        begins = letters(given[name]).startswith(letters(wanted[name]))
        check(page, begins, f"{name} does not begin as --help does: {wanted[name]}")


def compare_synopsis(page, text, wanted):
    lines = re.findall(r"(?m)^\.(Op )?Fl -([a-z-]+)(?: Ar (\S+))?$", section(text, "SYNOPSIS"))
    given = {f"--{name} {value}".rstrip(): not op for op, name, value in lines}
    required = {name: "(required)" in words for name, words in wanted.items()}
    check(page, given == required, f"the synopsis is not as --help says: {given.items() ^ required.items()}")


def compare_command(noun, verb, summary):
    page = "-".join(word for word in ("einlass", noun, verb) if word)
    path = pages / f"{page}.1"
    if not path.exists():
        return check(page, False, "is missing")
    text, told = path.read_text(), help_of("einlass", *([noun, verb] if verb else [noun]))
    told_of_options = told.split("\n\n")[2] if "\n  --" in told else ""
    name = re.search(r"(?m)^\.Nd (.*)$", text)[1]
    check(page, letters(summary).startswith(letters(name)), f"its name is not the summary of --help: {summary}")
    usage = re.search(r"(?m)^Usage: .*$", told)[0]
    operands = "".join(re.findall(r"(?m)^\.Ar (.*)$", section(text, "SYNOPSIS")))
    check(page, letters(f"Usage: einlass{noun}{verb}{operands}[OPTION]") == letters(usage), f"is used otherwise: {usage}")
    compare_options(page, text, helped(told_of_options))
    compare_synopsis(page, text, helped(told_of_options))
    return page


def test_manual__has_every_command():
    rows = re.findall(r"(?m)^  ([a-z]+) +([a-z-]+|) +([A-Z].*)$", help_of("einlass"))
    known = {compare_command(*row) for row in rows}
    overview = (pages / "einlass.1").read_text()
    listed = set(re.findall(r"(?m)^\.It Xr (\S+) 1$", overview))
    there = {path.stem for path in pages.glob("einlass-*.1")} - {"einlass-kiosk"}
    check("einlass", len(rows) > 20 and listed == known == there, f"other pages than commands: {listed ^ known | known ^ there}")


def test_manual__explains_what_the_commands_explain():
    for noun, verb, page in [("event", "create", "event-create"), ("roster", "import", "roster-import")]:
        text = letters((pages / f"einlass-{page}.1").read_text())
        for word, words in re.findall(r"(?m)^  (\w[\w=, ]*?) {2,}(\S.*)$", help_of("einlass", noun, verb)):
            for part in re.split(r"; |, e\.g\. ", words)[:1]:
                check(page, letters(part) in text, f"{word} is not explained: {part}")


def test_manual__has_the_kiosk_s_options():
    text = (pages / "einlass-kiosk.1").read_text()
    compare_options("einlass-kiosk", text, helped(help_of("einlass-kiosk")))


def test_manual__has_every_key_of_the_configuration():
    text, conf = (pages / "kiosk.conf.5").read_text(), (kiosk / "kiosk.conf").read_text()
    for part in re.split(r"(?m)^(?=\[)", conf)[1:]:
        name = part.split("\n")[0]
        below = text.partition(f".Ss {name}\n")[2].split(".Ss ")[0]
        keys = re.findall(r"(?m)^#? ?([a-z_]+ =.*?) *$", part)
        given = [key.strip() for line in re.findall(r"(?m)^\.It Ic (.*)$", below) for key in line.split(" , ")]
        check("kiosk.conf", keys and keys == given, f"{name} has other keys: {set(keys) ^ set(given)}")
        for sentence in re.findall(r"(?m)^# ([A-Z].*)$", part):
            check("kiosk.conf", letters(sentence) in letters(below), f"{name} does not say: {sentence}")


def test_manual__has_what_root_may_do():
    scripts = {path.stem: path for folder in ("update", ".") for path in (kiosk / folder).glob("einlass-*")}
    for page in sorted(pages.glob("*.8")):
        text, told = page.read_text(), subprocess.run([scripts[page.stem], "--help"], capture_output=True, text=True).stdout
        wanted = dict(re.findall(rf"(?m)^(?:usage:|      ) {page.stem} (\S+(?: \S+)?) {{2,}}(\S.*)$", told))
        parts = (part.partition("\n") for part in re.split(r"(?m)^\.It Cm ", text)[1:])
        given = {head.replace("Op Ar V", "[V]").replace("Ar ", ""): body for head, _, body in parts}
        check(page.stem, wanted.keys() == given.keys(), f"can do other things: {wanted.keys() ^ given.keys()}")
        compare_options(page.stem, text, helped(told))
        for name in wanted.keys() & given.keys():
            check(page.stem, letters(given[name]).startswith(letters(wanted[name])), f"{name} does not begin as --help does")


def test_manual__is_well_formed():
    all_pages = sorted(pages.glob("*.[158]"))
    lint = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", *all_pages], capture_output=True, text=True).stdout
    for line in lint.splitlines():
        check("mandoc", "referenced manual not found" in line, line)
    for page in all_pages:
        for name, number in re.findall(r"(?m)^\.(?:It )?Xr (\S+) ([15])", page.read_text()):
            check(page.name, (pages / f"{name}.{number}").exists(), f"there is no {name}({number})")


for name, test in list(globals().items()):
    if name.startswith("test_"):
        test()
print("\n".join(wrong) or "the manual agrees with the programs")
sys.exit(1 if wrong else 0)
