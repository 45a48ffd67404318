"""A kiosk's database as an older version of the programs left it, on a machine that has a device key.
tests/fixtures has such databases, dumped from those versions' own files. A log is one machine's: its hashes begin with
that machine's key. So here the lines are chained anew to the key that is there, and nothing else is changed."""
import hashlib
import sqlite3

KEY_BYTES = 32


def public_key(device_key):
    """The second half of what stands in device.key."""
    return bytes.fromhex(device_key.read_text(encoding="ascii"))[-KEY_BYTES:]


def chain(log, key, lines):
    """The hash of each line; src/record/chain.h has the rule."""
    last = hashlib.sha256(b"einlass-log/1" + log + key).digest()
    for seq, line in lines:
        last = hashlib.sha256(last + seq.to_bytes(8, "big") + line.encode()).digest()
        yield seq, last


def write(database, fixture, device_key):
    """Makes `database` from the fixture, as this machine's."""
    key = public_key(device_key)
    connection = sqlite3.connect(database)
    connection.executescript(fixture.read_text(encoding="utf-8"))
    keeper = connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'log_keeps_its_lines'").fetchone()[0]
    log, former_key = connection.execute("SELECT log, device_key FROM identity").fetchone()
    lines = connection.execute("SELECT seq, line FROM log ORDER BY seq").fetchall()
    assert list(chain(log, former_key, lines)) == connection.execute("SELECT seq, hash FROM log ORDER BY seq").fetchall()
    connection.execute("DROP TRIGGER log_keeps_its_lines")
    connection.execute("UPDATE identity SET device_key = ?", (key,))
    connection.executemany("UPDATE log SET hash = ?2 WHERE seq = ?1", chain(log, key, lines))
    connection.execute(keeper)
    connection.commit()
    connection.close()
