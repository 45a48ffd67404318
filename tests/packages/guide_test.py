#!/usr/bin/env python3
"""guide_test.py PROGRAMS GUIDE TRANSLATIONS: what the operating guide quotes is really so.

Words marked as the screen's ([…]{.s}) are the screen's, in the guide's language; commands and options exist; keys and
pictures are there, and no picture lies about unused; both languages have the same chapters, links lead somewhere.
"""
import functools
import pathlib
import re
import subprocess
import sys

programs, guide, translations = (pathlib.Path(argument) for argument in sys.argv[1:4])
wrong = []


def check(is_right, *words):
    if not is_right:
        wrong.append(" ".join(words))


def screen_texts():
    """{"de": texts, "en": texts}"""
    pairs = re.findall(r'(?m)^msgid ((?:".*"\n)+)msgstr ((?:".*"\n)+)', translations.read_text())
    joined = [["".join(re.findall(r'"(.*)"', text)) for text in pair] for pair in pairs]
    return {"de": {pair[0] for pair in joined}, "en": {pair[1] for pair in joined}}


def text_of(language):
    """Of all chapters, each line break a blank, as a paragraph's are."""
    return "\n".join(path.read_text() for path in sorted((guide / language).glob("*.md")))


@functools.lru_cache
def help_of(*words):
    done = subprocess.run([programs / words[0], *words[1:], "--help"], capture_output=True, text=True)
    return done.stdout if done.returncode == 0 else ""


def commands(text):
    """Every call of a program in the guide, with the lines that go on behind a backslash."""
    code = re.findall(r"(?ms)^```sh\n(.*?)^```", text) + re.findall(r"`([^`\n]+)`", text)
    lines = "\n".join(code).replace("\\\n", " ").split("\n")
    return [line.split("#")[0] for line in lines if re.match(r"einlass(-kiosk)? [a-z-]", line)]


def test_guide__quotes_the_screen(language, text):
    quoted = [re.sub(r"\s+", " ", words) for words in re.findall(r"\[([^\]]+)\]\{\.s\}", text)]
    check(len(quoted) > 50, language, "quotes hardly anything")
    for words in sorted(set(quoted) - screen_texts()[language]):
        check(False, f"{language}: the screen never says: {words}")


def test_guide__names_commands_that_exist(language, text):
    found = commands(text)
    check(len(found) > 5, language, "names hardly any command")
    for command in found:
        words = re.sub(r'"[^"]*"', "X", command).split()
        options = [word.split("=")[0] for word in words if word.startswith("--")]
        plain = [word for word in words if re.fullmatch(r"[a-z-]+", word) and not word.startswith("--")]
        told = help_of(*plain[:3]) if plain[0] == "einlass" else help_of(plain[0])
        known = re.search(rf"(?m)^Usage: einlass {plain[1]}\b", told) if plain[0] == "einlass" and len(plain) > 1 else told
        check(bool(known), f"{language}: there is no such command: {command}")
        for option in options:
            check(f"{option} " in told or f"{option}\n" in told, f"{language}: no option {option}: {command}")


def test_guide__shows_pictures_that_exist(language, text):
    shown = set(re.findall(r"\]\(pictures/([a-z/_A-Z0-9-]+\.png)\)", text))
    there = {f"{language}/{path.name}" for path in (guide / "pictures" / language).glob("*.png")}
    check(shown == there, f"{language}: pictures not there or not shown: {sorted(shown ^ there)}")


def test_guide__links_to_its_own_chapters(language, text):
    for target in re.findall(r"\]\(#([^)]+)\)", text):
        check(f"{{#{target}}}" in text, f"{language}: there is no chapter #{target}")


def test_guide__says_the_same_in_each_language(texts):
    chapters = {language: len(re.findall(r"(?m)^# ", text)) for language, text in texts.items()}
    check(len(set(chapters.values())) == 1, f"other chapters: {chapters}")


texts = {path.name: text_of(path.name) for path in sorted(guide.iterdir()) if path.name in ("de", "en") and list(path.glob("*.md"))}
for language, text in texts.items():
    test_guide__quotes_the_screen(language, text)
    test_guide__names_commands_that_exist(language, text)
    test_guide__shows_pictures_that_exist(language, text)
    test_guide__links_to_its_own_chapters(language, text)
test_guide__says_the_same_in_each_language(texts)
print("\n".join(wrong) or f"the guide agrees with the programs in {len(texts)} languages")
sys.exit(1 if wrong or not texts else 0)
