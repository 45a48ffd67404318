#!/usr/bin/env python3
"""`einlass office` as a process, over TLS: kiosks are paired, their records arrive once, news goes out.
usage: office_test.py FOLDER_OF_PROGRAMS [TEST…]"""
import gzip
import json
import shutil
import signal
import socket
import subprocess
import threading

import postgres
from bureau import Kiosk, run_tests, wait_for


def test_records_arrive_once_however_often_they_are_sent(bureau):
    bureau.einlass("event", "publish")
    bureau.start()
    north = bureau.pair("Nord")
    assert north.place()["next"] == 1
    for ticket in range(10):
        north.write(ticket=0xa0 + ticket)
    status, body, _ = north.send(1, 4)
    assert (status, body["next"], body["durable"]) == (200, 5, True), body
    assert body["head"] == north.hashes[4].hex() and body["feed"], body
    status, body, _ = north.send(1, 10)
    assert (status, body["next"]) == (200, 11), body
    status, body, _ = north.send(1, 10)
    assert (status, body["next"]) == (200, 11), "a full duplicate is fine"
    assert north.place()["head"] == north.hashes[10].hex()


def test_gzip_is_unpacked_and_bounded(bureau):
    bureau.start()
    north = bureau.pair("Nord")
    north.write()
    path, packed = f"/v1/logs/{north.log.hex()}/records", {"Content-Encoding": "gzip"}
    assert north.ask("POST", path, gzip.compress(b"\0" * (64 << 20)), headers=packed)[0] == 400, "a bomb"
    assert north.ask("POST", path, b"no gzip", headers=packed)[0] == 400
    assert north.ask("POST", path, north.batch(), headers={"Content-Encoding": "br"})[0] == 415
    assert north.ask("POST", path, b"x" * (1 << 20))[0] == 413
    assert north.ask("POST", path, gzip.compress(north.batch()), headers=packed)[0] == 200
    assert north.place()["next"] == 2


def test_gaps_forks_broken_chains_and_nonsense_have_their_answers(bureau):
    bureau.start()
    north = bureau.pair("Nord")
    for ticket in range(6):
        north.write(ticket=ticket + 1)
    status, body, _ = north.send(4, 2)
    assert (status, body["error"], body["next"]) == (409, "gap", 1), body
    assert north.send(1, 6)[0] == 200
    clone = Kiosk(bureau, "Nord")
    clone.public, clone.secret, clone.log, clone.token = north.public, north.secret, north.log, north.token
    clone.hashes = [north.hashes[0]]
    for ticket in range(7):
        clone.write(ticket=ticket + (1 if ticket < 4 else 100))
    status, body, _ = clone.send(1, 7)
    assert (status, body["error"], body["at"]) == (409, "fork", 5), body
    path = f"/v1/logs/{north.log.hex()}/records"
    changed = north.batch(1, 6).replace(b'"ticket":"000000000003"', b'"ticket":"000000000009"')
    status, body, _ = north.ask("POST", path, changed)
    assert (status, body["error"]) == (422, "chain"), (status, body)
    assert north.ask("POST", path, b"{}\n")[0] == 400
    assert north.ask("POST", "/v1/logs/xyz/records", b"{}\n")[0] == 404
    assert north.place()["next"] == 7, "nothing of all that was stored"


def test_who_waits_for_the_feed_is_told_what_others_did(bureau):
    bureau.einlass("event", "publish")
    bureau.start()
    north, south = bureau.pair("Nord"), bureau.pair("Süd")
    north.write(ticket=0xabc)
    begun = south.feed()
    heard = []
    waiting = threading.Thread(target=lambda: heard.append(south.feed(begun["cursor"], wait=25)))
    waiting.start()
    assert north.send()[0] == 200
    waiting.join(60)
    lines = [item["line"] for item in heard[0]["items"]]
    assert any("000000000abc" in line for line in lines), heard
    assert north.lines[0].decode() in lines, "byte for byte"
    own = north.feed()
    assert not [item for item in own["items"] if item.get("log") == north.log.hex()], "its own records are left out"


def test_event_files_are_fetched_once_and_new_versions_announced(bureau):
    bureau.start()
    north = bureau.pair("Nord")
    assert north.ask("GET", "/v1/events/1")[0] == 404
    bureau.einlass("event", "publish")
    page = north.feed(wait=25)
    assert [item for item in page["items"] if item.get("event") == 1 and item.get("version") == 1], page
    status, body, headers = north.ask("GET", "/v1/events/1")
    signature, document = body.split(b"\n", 1)
    assert status == 200 and len(signature) == 128 and json.loads(document)["version"] == 1
    assert north.ask("GET", "/v1/events/1", headers={"If-None-Match": headers["ETag"]})[0] == 304
    assert "unchanged" in bureau.einlass("event", "publish")
    (bureau.folder / "more.csv").write_text("Nachname;Vorname\nNeu;Nina\n")
    bureau.einlass("roster", "import", "more.csv")
    bureau.einlass("event", "publish")
    page = north.feed(page["cursor"], wait=25)
    assert [item["version"] for item in page["items"] if item.get("event") == 1] == [2], page
    status, body, _ = north.ask("GET", "/v1/events/1", headers={"If-None-Match": headers["ETag"]})
    assert status == 200 and b'"Nina Neu"' in body


def test_a_kiosk_that_enrols_may_sign_walk_ins(bureau):
    bureau.einlass("event", "publish")
    bureau.start()
    north = bureau.pair("Nord")
    wait_for(lambda: north.public.raw.hex().encode() in north.ask("GET", "/v1/events/1")[1])
    bureau.einlass("kiosk", "revoke", "Nord")
    anew = bureau.pair("Nord")
    body = wait_for(lambda: anew.public.raw.hex().encode() in (body := anew.ask("GET", "/v1/events/1")[1]) and body)
    assert north.public.raw.hex().encode() not in body


test_a_kiosk_that_enrols_may_sign_walk_ins.options = ["--walk-ins"]


def test_a_code_is_good_once_and_a_revoked_kiosk_is_told(bureau):
    bureau.start()
    text = bureau.einlass("kiosk", "pair", "Nord")
    code = next(line for line in text.splitlines() if line.startswith("EINLASS-PAIR/1 ")).split()[2]
    north, thief = Kiosk(bureau, "Nord"), Kiosk(bureau, "Dieb")
    north.enroll(code)
    thief.enroll(code, status=404)
    assert bureau.ask("GET", "/v1/feed")[0] == 401
    assert bureau.ask("GET", "/v1/feed", token="A" * 43)[0] == 401
    bureau.einlass("event", "create", "--name", "Zweite", "--kind", "boxes", "--starts", "2026-01-01T08:00", "--ends", "2026-01-01T09:00")
    assert "Nord" in bureau.einlass("kiosk", "list"), "with several events too"
    bureau.einlass("kiosk", "revoke", "Nord")
    status, body, _ = north.ask("GET", f"/v1/logs/{north.log.hex()}")
    assert (status, body) == (403, {"error": "revoked"})
    assert "REVOKED" in bureau.einlass("kiosk", "list")
    bureau.einlass("kiosk", "revoke", "Südtür", code=1)


def test_too_many_wrong_codes_are_slowed_down(bureau):
    bureau.start()
    answers = [bureau.ask("POST", "/v1/enroll", {"code": f"00000-{n:05}", "device_key": "ab" * 32, "name": "x", "version": "1"}) for n in range(30)]
    assert {answer[0] for answer in answers} == {404, 429}
    assert int(answers[-1][2]["Retry-After"]) > 0


def test_an_office_put_back_from_yesterday_catches_up(bureau):
    bureau.einlass("event", "publish")
    bureau.start()
    north, south = bureau.pair("Nord"), bureau.pair("Süd")
    for ticket in range(8):
        north.write(ticket=ticket + 1)
    assert north.send(1, 3)[0] == 200
    bureau.stop()
    backup = bureau.folder / "backup"
    backup.mkdir()
    for path in bureau.folder.glob("einlass.book*"):
        shutil.copy(path, backup)
    bureau.start()
    assert north.send(1, 8)[0] == 200
    cursor = south.feed()["cursor"]
    bureau.stop()
    for path in bureau.folder.glob("einlass.book*"):
        path.unlink()
    for path in backup.iterdir():
        shutil.copy(path, bureau.folder)
    bureau.start()
    assert north.place()["next"] == 4, "it says what it has"
    page = south.feed(cursor)
    assert page["reset"], "a cursor of a lost future begins anew"
    assert north.send(4)[1]["next"] == 9
    seqs = {json.loads(item["line"])["seq"] for item in south.feed()["items"] if "line" in item}
    assert seqs == set(range(1, 9)), seqs


def test_a_killed_office_keeps_what_it_acknowledged(bureau):
    bureau.start()
    north = bureau.pair("Nord")
    for ticket in range(200):
        north.write(ticket=ticket + 1)
    acknowledged = 1
    for turn in range(8):
        acknowledged = north.send(acknowledged, 10)[1]["next"]
        bureau.stop(signal.SIGKILL)
        bureau.start()
        assert north.place()["next"] == acknowledged
    assert acknowledged == 81


def test_an_outdated_kiosk_is_asked_for_an_update(bureau):
    bureau.start("--least-version", "0.2.0")
    north = bureau.pair("Nord")
    north.write()
    assert north.send(headers={"User-Agent": "einlass-kiosk/0.1.9"})[0] == 426
    assert north.send(headers={"User-Agent": "einlass-kiosk/0.10.0"})[0] == 200


def test_plain_is_for_this_machine_only(bureau):
    said = bureau.einlass("office", "--plain", "--listen", "0.0.0.0:0", code=2)
    assert "this machine only" in said
    bureau.start("--plain")
    assert not bureau.is_tls and bureau.pair("Nord").place()["next"] == 1


def test_a_port_that_is_taken_is_said(bureau):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        said = bureau.einlass("office", "--listen", f"127.0.0.1:{taken.getsockname()[1]}", code=1)
    assert "another program has it" in said and "disk" not in said, said


def test_the_certificate_stays_the_same(bureau):
    bureau.start()
    one = bureau.einlass("kiosk", "pair", "Nord").split("EINLASS-PAIR/1")[1].split()[2]
    bureau.stop()
    bureau.start()
    assert bureau.einlass("kiosk", "pair", "Süd").split("EINLASS-PAIR/1")[1].split()[2] == one
    assert (bureau.folder / "einlass.book.records.key.pem").stat().st_mode & 0o777 == 0o600


def log_in(bureau, name, password):
    status, body, headers = bureau.ask("POST", "/office/session", {"name": name, "password": password}, headers={"X-Einlass": "1"})
    return status, (headers["Set-Cookie"] or "").split(";")[0], headers["Set-Cookie"] or ""


def test_a_clerk_logs_in_and_reads(bureau):
    bureau.einlass("clerk", "add", "frau.sommer", typed="zehn Zeichen und mehr\n")
    assert "code" not in bureau.start()
    assert log_in(bureau, "frau.sommer", "falsch falsch")[0] == 401
    status, cookie, whole = log_in(bureau, "frau.sommer", "zehn Zeichen und mehr")
    assert status == 204 and all(word in whole for word in ("HttpOnly", "Secure", "SameSite=Strict")), whole
    given = {"Cookie": cookie, "X-Einlass": "1"}
    assert bureau.ask("GET", "/office/session", headers=given)[1]["clerk"] == "frau.sommer"
    assert bureau.ask("POST", "/office/events/1/publish", headers={"Cookie": cookie})[0] == 403, "another site's page"
    assert bureau.ask("POST", "/office/events/1/publish", headers=given)[1]["version"] == 1
    offer = bureau.ask("POST", "/office/devices", {"name": "Tür <Süd>", "event": 1, "hub": False}, headers=given)[1]
    assert offer["text"].startswith("EINLASS-PAIR/1 HTTPS://127.0.0.1:") and len(offer["qr"]) == len(offer["qr"][0])
    kiosk = Kiosk(bureau, "Tür <Süd>")
    kiosk.enroll(offer["text"].split()[2])
    devices = bureau.ask("GET", "/office/devices", headers=given)[1]["devices"]
    assert [device["name"] for device in devices] == ["Tür <Süd>"]
    assert bureau.ask("DELETE", "/office/devices/T%C3%BCr%20%3CS%C3%BCd%3E", headers=given)[0] == 204
    assert kiosk.ask("GET", "/v1/feed")[0] == 403
    bureau.einlass("clerk", "remove", "frau.sommer")
    assert bureau.ask("GET", "/office/devices", headers=given)[0] == 401


def test_the_first_login_is_made_on_the_page(bureau):
    said = bureau.start()
    code = said.split("with this code: ")[1].split()[0]
    first = {"name": "chefin", "password": "zehn Zeichen und mehr"}
    ours = {"X-Einlass": "1"}
    assert bureau.ask("POST", "/office/setup", {**first, "code": "00000-00000"}, headers=ours)[0] == 403
    assert bureau.ask("POST", "/office/setup", {**first, "code": code, "password": "kurz"}, headers=ours)[0] == 400
    assert bureau.ask("POST", "/office/setup", {**first, "code": code.lower()}, headers=ours)[0] == 204
    assert bureau.ask("POST", "/office/setup", {**first, "code": code}, headers=ours)[0] == 403, "good once"
    assert log_in(bureau, "chefin", "zehn Zeichen und mehr")[0] == 204


def inside_on_the_board(bureau, cookie):
    status, body, _ = bureau.ask("GET", "/board/1/numbers", headers={"Cookie": cookie})
    return body["numbers"]["lists"][0]["inside"] if status == 200 else None


def test_a_board_opens_by_its_link_only(bureau):
    bureau.einlass("clerk", "add", "frau.sommer", typed="zehn Zeichen und mehr\n")
    bureau.einlass("event", "publish")
    bureau.start()
    given = {"Cookie": log_in(bureau, "frau.sommer", "zehn Zeichen und mehr")[1], "X-Einlass": "1"}
    link = bureau.ask("GET", "/office/events/1/board", headers=given)[1]["link"]
    assert bureau.ask("GET", "/board/1/")[0] == 200 and bureau.ask("GET", "/board/1/board.js")[0] == 200
    assert bureau.ask("GET", "/board/1/numbers")[0] == 401
    status, _, headers = bureau.ask("POST", "/board/1/session", {"token": link.split("#")[1]})
    assert status == 204
    cookie = headers["Set-Cookie"].split(";")[0]
    assert link.split("#")[1] not in cookie
    north = bureau.pair("Nord")
    north.write(ticket=0xa1)
    assert north.send()[0] == 200
    wait_for(lambda: inside_on_the_board(bureau, cookie) == 1)
    assert bureau.ask("GET", "/board/2/numbers", headers={"Cookie": cookie})[0] == 401, "another event's"


def test_who_was_let_in_twice_is_told_in_words(bureau):
    bureau.einlass("clerk", "add", "frau.sommer", typed="zehn Zeichen und mehr\n")
    bureau.einlass("event", "publish")
    bureau.start()
    north, south = bureau.pair("Tor Nord"), bureau.pair("Tor Süd")
    document = json.loads(north.ask("GET", "/v1/events/1")[1].split(b"\n", 1)[1])
    guest = document["roster"][3]
    for kiosk in (north, south):  # without news of each other
        kiosk.write(ticket=int(guest["ticket"], 16), person=guest["person"])
        assert kiosk.send()[0] == 200
    given = {"Cookie": log_in(bureau, "frau.sommer", "zehn Zeichen und mehr")[1], "X-Einlass": "1"}
    page = bureau.ask("GET", "/office/events/1/conflicts", headers=given)[1]
    assert page["total"] == 1 and page["items"][0]["kind"] == "concurrent", page
    words = page["items"][0]["words"]
    assert words["de"].startswith(f"Ticket von {guest['name']} ") and "Tor Nord" in words["de"] and "Tor Süd" in words["de"], words
    assert words["en"].startswith(f"Ticket of {guest['name']} "), words
    status, table, headers = bureau.ask("GET", "/office/events/1/report/conflicts", headers=given)
    assert status == 200 and headers["Content-Type"] == "text/csv; charset=utf-8"
    assert table.startswith(b"\xef\xbb\xbf") and guest["name"].encode() in table, table
    attendance = bureau.ask("GET", "/office/events/1/report/attendance?format=json", headers=given)[1]
    assert guest["name"] in json.dumps(attendance, ensure_ascii=False)


def test_a_hub_needs_no_book(bureau):
    bureau.start("--hub", "--database", "hub.records")
    text = bureau.einlass("kiosk", "pair", "Nord", "--database", "hub.records", "--hub")
    code = text.split("EINLASS-PAIR/1 ")[1].split()[1]
    Kiosk(bureau, "Nord").enroll(code, status=503)


def test_a_hub_takes_the_very_bytes_to_the_office(bureau):
    bureau.einlass("event", "publish")
    bureau.start()
    text = next(line for line in bureau.einlass("kiosk", "pair", "Laptop", "--hub").splitlines() if line.startswith("EINLASS-PAIR/1 "))
    bureau.einlass("hub", "join", text, "--database", "hub.records")
    assert json.loads((bureau.folder / "hub.records.pairing.json").read_text())["event"] == 1, "the only one of the book"
    assert "no pairing text" in bureau.einlass("hub", "join", "EINLASS-PAIR/1", "--database", "hub.records", code=1)
    assert (bureau.folder / "hub.records.pairing.json").stat().st_mode & 0o777 == 0o600
    assert "doesn't know this code" in bureau.einlass("hub", "join", text, "--database", "hub.records", code=1)
    hub = bureau.beside()
    hub.start("--hub", "--database", "hub.records")
    try:
        pair = [bureau.programs / "einlass", "kiosk", "pair", "Nord", "--database", "hub.records", "--book", "none"]
        said = wait_for(lambda: subprocess.run(pair, cwd=bureau.folder, capture_output=True, text=True).stdout)  # once it has the event
        offer = next(line for line in said.splitlines() if line.startswith("EINLASS-PAIR/1 "))
        north, south = Kiosk(hub, "Nord"), bureau.pair("Süd")
        assert north.enroll(offer.split()[2])["event"] == 1, "the only one that the hub has"
        wanted = wait_for(lambda: north.ask("GET", "/v1/events/1")[0] == 200 and north.ask("GET", "/v1/events/1"))
        assert wanted[1] == south.ask("GET", "/v1/events/1")[1], "the office's event, byte for byte"
        for ticket in range(5):
            north.write(ticket=0xb0 + ticket)
        assert north.send(1, 3)[0] == 200 and north.send(4)[0] == 200
        lines = [line.decode() for line in north.lines]
        heard = wait_for(lambda: len(heard := [item["line"] for item in south.feed()["items"] if "line" in item]) >= 5 and heard)
        assert heard == lines, "every line as it was written"
    finally:
        hub.stop()


def test_an_office_over_postgresql_outlives_its_database(bureau):
    if not postgres.programs():
        print("SKIPPED: no PostgreSQL is installed")
        return
    database = postgres.Postgres()
    try:
        where = ["--database", database.url]
        bureau.einlass("event", "publish", *where)
        bureau.einlass("clerk", "add", "sommer", *where, typed="zehn Zeichen und mehr\n")
        bureau.start(*where)
        text = next(line for line in bureau.einlass("kiosk", "pair", "Nord", *where).splitlines() if line.startswith("EINLASS-PAIR/1 "))
        north = Kiosk(bureau, "Nord")
        north.enroll(text.split()[2])
        for ticket in range(6):
            north.write(ticket=0xc0 + ticket)
        assert north.send(1, 3)[1]["next"] == 4
        assert north.ask("GET", "/v1/events/1")[0] == 200
        assert log_in(bureau, "sommer", "zehn Zeichen und mehr")[0] == 204
        database.stop()
        status, _, headers = north.send(4)
        assert status == 503 and int(headers["Retry-After"]) > 0, "later, and nothing is lost"
        database.start()
        wait_for(lambda: north.send(4)[0] == 200)
        assert north.place()["head"] == north.hashes[6].hex()
        bureau.stop()
    finally:
        database.close()


if __name__ == "__main__":
    run_tests(globals())
