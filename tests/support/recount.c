#include "support/check.h"
#include "support/recount.h"

#include "base/mem.h"
#include "record/record.h"

#include <sqlite3.h>
#include <stdlib.h>

enum { MOST_RECORDS = 40000, MOST_HOLDERS = 16384 };

struct holder { // of a ticket; who has no number is their ticket
    uint64_t ticket;
    uint32_t person; // as the ticket's newest check-in says
    size_t at;       // of that check-in
    bool is_entry;
    uint32_t round;
};

struct tape {
    size_t count, holder_count;
    struct record records[MOST_RECORDS];
    bool is_struck[MOST_RECORDS];
    struct holder holders[MOST_HOLDERS];
};

static void read_tape(const char *path, struct tape *tape)
{
    sqlite3 *handle = NULL;
    sqlite3_stmt *lines = NULL;
    uint64_t seq = 0;

    assert_int_equal(sqlite3_open_v2(path, &handle, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(handle, "SELECT line FROM log ORDER BY seq", -1, &lines, NULL), SQLITE_OK);
    while (sqlite3_step(lines) == SQLITE_ROW) {
        struct record *record = &tape->records[tape->count];
        assert_true(tape->count < MOST_RECORDS);
        assert_int_equal(record_parse_line((const char *)sqlite3_column_text(lines, 0),
                                           (size_t)sqlite3_column_bytes(lines, 0), record, &seq),
                         STATUS_OK);
        assert_int_equal(seq, ++tape->count); // gapless
    }
    sqlite3_finalize(lines);
    sqlite3_close(handle);
}

static struct holder *holder_of(struct tape *tape, uint64_t ticket)
{
    for (size_t i = 0; i < tape->holder_count; i++)
        if (tape->holders[i].ticket == ticket) return &tape->holders[i];
    assert_true(tape->holder_count < MOST_HOLDERS);
    tape->holders[tape->holder_count] = (struct holder){.ticket = ticket};
    return &tape->holders[tape->holder_count++];
}

// Of all their tickets, the one that was checked in last.
static bool is_last_of_person(const struct tape *tape, const struct holder *holder)
{
    if (holder->person == 0) return true;
    for (size_t i = 0; i < tape->holder_count; i++)
        if (tape->holders[i].person == holder->person && tape->holders[i].at > holder->at) return false;
    return true;
}

static void play(struct tape *tape, size_t at, struct recount *out)
{
    const struct record *record = &tape->records[at];
    bool is_check_in = record->kind == RECORD_KIND_ENTRY || record->kind == RECORD_KIND_EXIT;

    if (record->kind == RECORD_KIND_ROUND) out->rounds++;
    if (record->kind == RECORD_KIND_WALK_IN) out->walk_ins++;
    if (record->kind == RECORD_KIND_REFUSED) out->refusals++;
    if (!is_check_in) return;
    struct holder *holder = holder_of(tape, record->ticket);
    holder->person = record->person;
    holder->at = at;
    holder->is_entry = record->kind == RECORD_KIND_ENTRY;
    holder->round = out->rounds;
    if (holder->is_entry) out->entries++;
    else out->exits++;
}

void recount_list(const char *path, uint16_t list, struct recount *out)
{
    struct tape *tape = mem_zero(sizeof *tape);

    *out = (struct recount){0};
    read_tape(path, tape);
    for (size_t i = 0; i < tape->count; i++) {
        if (tape->records[i].kind != RECORD_KIND_ANNUL) continue;
        assert_true(tape->records[i].annuls <= i); // only what came before
        tape->is_struck[tape->records[i].annuls - 1] = true;
        if (tape->records[i].list == list) out->annuls++;
    }
    for (size_t i = 0; i < tape->count; i++)
        if (!tape->is_struck[i] && tape->records[i].list == list) play(tape, i, out);
    for (size_t i = 0; i < tape->holder_count; i++)
        if (tape->holders[i].is_entry && tape->holders[i].round == out->rounds &&
            is_last_of_person(tape, &tape->holders[i]))
            out->inside++;
    out->given = out->entries;
    free(tape);
}
