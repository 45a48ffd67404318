// What strangers write into codes: 10,000 texts from a seed, each ends as invalid and as one refused record.
#include "support/check.h"

#include "desk/desk.h"
#include "record/audit.h"
#include "support/door.h"

#include <sodium.h>
#include <stdio.h>
#include <unistd.h>

enum { TEXT_COUNT = 10000, SEED = 2 };

struct dice {
    uint8_t seed[randombytes_SEEDBYTES];
    uint8_t bytes[4096];
    size_t used;
};

static void dice_fill(struct dice *dice, uint32_t name)
{
    memset(dice->seed, SEED, sizeof dice->seed);
    memcpy(dice->seed, &name, sizeof name);
    randombytes_buf_deterministic(dice->bytes, sizeof dice->bytes, dice->seed);
    dice->used = 0;
}

static uint32_t roll(struct dice *dice, uint32_t sides)
{
    uint32_t value;

    if (dice->used + sizeof value > sizeof dice->bytes) dice->used = 0;
    memcpy(&value, dice->bytes + dice->used, sizeof value);
    dice->used += sizeof value;
    return value % sides;
}

// Pieces that have broken programs before; put together at random.
static const char *const pieces[] = {
    "'; DROP TABLE log; --",
    "' OR '1'='1",
    "\" UNION SELECT name FROM roster --",
    "%s%s%s%n%x",
    "%1000000000d",
    "{\"seq\":1,\"kind\":\"entry\"}",
    "\"}\n{\"seq\":",
    "\x1B[2J\x1B]0;owned\x07",
    "\r\n<3>desk: everything is fine",
    "\xE2\x80\xAEgnp.exe",
    "\xE2\x81\xA6\xE2\x80\x8F\xEF\xBB\xBF",
    "../../../../etc/passwd",
    "<script>alert(1)</script>",
    "=HYPERLINK(\"http://x\")",
    "$(reboot)`reboot`",
    "\\000026",
    "\xF0\x9F\x8E\x89\xCC\x81\xCC\x81",
    "FOREIGN-",
    "00000000000000000",
    "99999999999999999",
};
static const char *const not_utf8[] = {"\xFF",     "\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                                       "\xE2\x82", "\x80",     "\xFE"};

static void add(struct code *code, const char *bytes, size_t length)
{
    if (length > sizeof code->text - code->length) length = sizeof code->text - code->length;
    memcpy(code->text + code->length, bytes, length);
    code->length += length;
}

static void add_pieces(struct code *code, struct dice *dice)
{
    for (uint32_t left = 1 + roll(dice, 6); left > 0; left--) {
        const char *piece = pieces[roll(dice, sizeof pieces / sizeof pieces[0])];
        add(code, piece, strlen(piece));
    }
}

static void fill_random(struct code *code, struct dice *dice, size_t length)
{
    for (code->length = 0; code->length < length; code->length++) code->text[code->length] = (char)roll(dice, 256);
}

static void make_text(struct code *code, const struct code *ticket, struct dice *dice)
{
    const char *bad = not_utf8[roll(dice, sizeof not_utf8 / sizeof not_utf8[0])];
    size_t at;

    code->length = 0;
    switch (roll(dice, 9)) {
    case 0:
        add_pieces(code, dice);
        break;
    case 1: // NUL in the middle: behind it what would be somebody's code
        add(code, "FOREIGN-4", 9);
        add(code, "\0", 1);
        add_pieces(code, dice);
        break;
    case 2:
        add_pieces(code, dice);
        add(code, bad, strlen(bad));
        add_pieces(code, dice);
        break;
    case 3:
        fill_random(code, dice, roll(dice, 300));
        break;
    case 4:
        while (code->length < 4096) add_pieces(code, dice);
        break;
    case 5:
        fill_random(code, dice, CODE_MAX_BYTES);
        break;
    case 6: // a ticket with one digit of its signature changed
        *code = *ticket;
        at = 60 + roll(dice, TICKET_TEXT_DIGITS - 60);
        code->text[at] = (char)('0' + (code->text[at] - '0' + 1 + (int)roll(dice, 9)) % 10);
        break;
    case 7: // a ticket and something
        *code = *ticket;
        add_pieces(code, dice);
        break;
    case 8: // part of a ticket
        *code = *ticket;
        code->length = roll(dice, TICKET_TEXT_DIGITS);
        break;
    }
}

static void test_hostile__ten_thousand_texts_end_as_invalid(void **state)
{
    static struct code code, ticket; // too large for a stack
    static struct notice notice;
    static struct dice dice;
    struct door door;
    struct desk *desk = NULL;
    struct store *store;
    struct audit audit;
    uint64_t seq = 2;
    uint32_t passed_count = 0; // answered at once

    (void)state;
    door_init(&door, NULL);
    store = door_store(&door, 10);
    struct queue notices;
    queue_init(&notices, sizeof(struct notice), 4, NULL);
    struct desk_config config = {.store = store,
                                 .clock = door.clock,
                                 .event = &door.event,
                                 .list = DOOR_LIST,
                                 .gate = "Nord",
                                 .notices = &notices};
    assert_int_equal(desk_open(&config, &desk), STATUS_OK);
    ticket = door_code(&door, 0);
    for (uint32_t i = 0; i < TEXT_COUNT; i++) {
        dice_fill(&dice, i);
        make_text(&code, &ticket, &dice);
        code.has_stayed = false;
        desk_admit(desk, &code, &notice); // in passing: most are put aside
        if (notice.kind == NOTICE_VERDICT) seq++, passed_count++;
        code.has_stayed = true;
        desk_admit(desk, &code, &notice);
        if (notice.kind != NOTICE_VERDICT || notice.verdict.reason != REASON_INVALID)
            fail_msg("text %u: kind %d reason %s", i, (int)notice.kind, reason_word(notice.verdict.reason));
        assert_int_equal(notice.seq, ++seq);
        if (i % 500 == 0) store->ops->rest(store);
    }
    assert_int_equal(notice.headcount.inside, 0);
    desk_admit(desk, &ticket, &notice); // and an honest one is let in
    assert_int_equal(notice.verdict.reason, REASON_OK);
    desk_close(desk);
    store_close(store);
    assert_int_equal(audit_sqlite(door.path, stderr, &audit), STATUS_OK);
    assert_int_equal(audit.difference_count, 0);
    assert_int_equal(audit.refused_count, TEXT_COUNT + passed_count);
    assert_in_range(passed_count, 1, TEXT_COUNT / 2); // those of a ticket's shape
    assert_int_equal(audit.entry_count, 1);
    // Nothing of what they wrote went into the log: a refused record's only words are ours.
    door_sql(&door,
             "CREATE TEMP TABLE leak (line TEXT CHECK (0));"
             "INSERT INTO leak SELECT line FROM log WHERE seq > 2 AND (line GLOB '*[^ -~]*' OR length(line) > "
             "400 OR line LIKE '%DROP%' OR line LIKE '%FOREIGN%' OR line LIKE '%script%' OR line LIKE '%reboot%')");
    queue_destroy(&notices);
    door_destroy(&door);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_hostile__ten_thousand_texts_end_as_invalid)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
