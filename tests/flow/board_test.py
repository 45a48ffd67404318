#!/usr/bin/env python3
"""A kiosk's headcount page: whoever scans its code sees who comes in, and goes on seeing it after a power cut.
usage: board_test.py FOLDER_OF_PROGRAMS [TEST…]"""
import hashlib
import http.client
import json
import re

from door import Run, run_tests

PEOPLE = 4
OPTIONS = ("--board-address", "127.0.0.1", "--board-port")
EVENT = 1


def port_of(run):
    return int(re.search(r"http: listening address=127\.0\.0\.1 port=(\d+)", run.sees("http: listening")).group(1))


def token_of(database):
    """As the link under "Alles bereit?" has it: of the kiosk's secret and the event's number."""
    secret = bytes.fromhex((database.parent / "board.secret").read_text())
    return hashlib.blake2b(f"einlass-board/token/{EVENT}".encode(), key=secret, digest_size=16).hexdigest()


def enter(port, token):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("POST", "/session", json.dumps({"token": token}))
    answer = connection.getresponse()
    answer.read()
    return answer.status, (answer.getheader("Set-Cookie") or "").split(";")[0]


def watch(port, cookie):
    """The numbers, as they come."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/live", headers={"Cookie": cookie})
    answer = connection.getresponse()
    assert answer.status == 200 and answer.getheader("Content-Type") == "text/event-stream"
    is_numbers = False
    while line := answer.readline().decode():
        if is_numbers and line.startswith("data: "):
            yield json.loads(line[6:])
        is_numbers = line == "event: numbers\n"


def until(stream, inside):
    for numbers in stream:
        if numbers["lists"][0]["inside"] == inside:
            return numbers
    raise AssertionError(f"the stream ended before {inside} were inside")


def test_who_comes_in_is_on_the_page(door, database):
    with Run(door, database, [], *OPTIONS, "0") as run:
        port = port_of(run)
        assert enter(port, "0" * 32)[0] == 401
        status, cookie = enter(port, token_of(database))
        assert status == 204
        stream = watch(port, cookie)
        assert until(stream, 0)["lists"][0]["expected"] == PEOPLE
        for count, ticket in enumerate(door.tickets[:3], 1):
            run.add(ticket)
            numbers = until(stream, count)
        assert sum(group[1] for group in numbers["lists"][0]["groups"]) == 3
        assert numbers["name"]["de"] == "Probe" and numbers["kiosks"][0]["is_this"]
        assert "Nachname" not in json.dumps(numbers), "numbers only"


def test_a_phone_goes_on_after_a_power_cut(door, database):
    run = Run(door, database, door.tickets[:2], *OPTIONS, "0").__enter__()
    port = port_of(run)
    _, cookie = enter(port, token_of(database))
    until(watch(port, cookie), 2)
    run.process.kill()
    run.process.wait()
    with Run(door, database, [], *OPTIONS, str(port)) as again:
        until(watch(port_of(again), cookie), 2)  # no code is scanned again


def test_a_taken_port_keeps_no_door_shut(door, database):
    with Run(door, database, [], *OPTIONS, "0") as first:
        port = port_of(first)
        log = first.log
        first.log = log.with_name("first.log")
        log.rename(first.log)
        with Run(door, database.with_name("second.db"), door.tickets[:1], *OPTIONS, str(port)) as second:
            assert "no headcount page yet, the reason is above" in second.sees("welcome shown")


def test_who_wants_none_gets_none(door, database):
    config = door.folder / "none.conf"
    config.write_text("[board]\nenabled = no\n")
    with Run(door, database, door.tickets[:1], "--config", str(config)) as run:
        assert "http:" not in run.sees("welcome shown")


if __name__ == "__main__":
    run_tests(globals(), PEOPLE)
