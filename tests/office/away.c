#include "support/check.h"

#include "office/away.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static bool read_all(int line, void *bytes, size_t length)
{
    for (char *at = bytes; length > 0;) {
        ssize_t got = read(line, at, length);
        if (got <= 0) return false;
        at += got;
        length -= (size_t)got;
    }
    return true;
}

static bool write_all(int line, const void *bytes, size_t length)
{
    for (const char *at = bytes; length > 0;) {
        ssize_t put = send(line, at, length, MSG_NOSIGNAL);
        if (put <= 0) return false;
        at += put;
        length -= (size_t)put;
    }
    return true;
}

static struct away_answer answer(struct inbox *inbox, const char *bytes, size_t length)
{
    struct away_answer out = {STATUS_OK, INBOX_GAP, 0};
    struct wire_place place = {0};
    struct wire_flaw flaw;
    uint64_t new_count;

    if (length == LOG_ID_BYTES) out.status = inbox_place(inbox, (const uint8_t *)bytes, NULL, &place);
    else out.status = inbox_append(inbox, NULL, bytes, length, &out.answer, &place, &new_count, &flaw);
    out.next = place.next;
    return out;
}

static void serve(const char *where, int line)
{
    static char bytes[SCRIBE_BATCH_SIZE];
    struct inbox *inbox = NULL;
    size_t length;

    if (inbox_open(where, clock_system(), &inbox) != STATUS_OK) _exit(3);
    while (read_all(line, &length, sizeof length) && length <= sizeof bytes && read_all(line, bytes, length)) {
        struct away_answer out = answer(inbox, bytes, length);
        if (!write_all(line, &out, sizeof out)) break;
    }
    inbox_close(inbox);
    _exit(0);
}

void away_start(struct away *away, const char *where)
{
    int lines[2];

    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, lines), 0);
    away->where = where;
    away->pid = fork();
    assert_true(away->pid >= 0);
    if (away->pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        close(lines[0]);
        if (!freopen("/dev/null", "w", stderr)) _exit(4); // what it refuses is meant to be refused
        serve(where, lines[1]);
    }
    close(lines[1]);
    away->line = lines[0];
}

void away_kill(struct away *away)
{
    int outcome;

    kill(away->pid, SIGKILL);
    assert_int_equal(waitpid(away->pid, &outcome, 0), away->pid);
    close(away->line);
}

bool away_call(struct away *away, const char *bytes, size_t length, int kill_after_us, struct away_answer *out)
{
    bool is_there = write_all(away->line, &length, sizeof length) && write_all(away->line, bytes, length);

    if (kill_after_us >= 0) {
        usleep((useconds_t)kill_after_us);
        away_kill(away);
        away_start(away, away->where);
        return false;
    }
    if (is_there && read_all(away->line, out, sizeof *out)) return true;
    fail_msg("the office went away by itself");
    return false;
}
