#include "office/counter.h"

#include "support/postgresql.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static struct postgresql *server; // one for the test program: starting it takes a second
static bool is_missing;

// In memory where there is /dev/shm: most tests ask what is written, not how long a disk takes.
static void make_folder(struct folder *folder, bool on_disk)
{
    strcpy(folder->path, "/dev/shm/einlass-test-XXXXXX");
    if (on_disk || access("/dev/shm", W_OK) != 0 || !mkdtemp(folder->path)) folder_make(folder);
}

static int open_counter(void **state, const char *where, bool on_disk)
{
    struct counter *counter = calloc(1, sizeof *counter);

    assert_non_null(counter);
    make_folder(&counter->folder, on_disk);
    clock_hand_init(&counter->hand, COUNTER_UNIX_MS);
    if (where) snprintf(counter->where, sizeof counter->where, "%s", where);
    else folder_file(&counter->folder, "office.records", counter->where);
    counter->is_postgresql = where != NULL;
    assert_int_equal(inbox_open(counter->where, &counter->hand.clock, &counter->inbox), STATUS_OK);
    *state = counter;
    return 0;
}

int counter_open_sqlite(void **state)
{
    return open_counter(state, NULL, false);
}

int counter_open_disk(void **state)
{
    return open_counter(state, NULL, true);
}

int counter_open_postgresql(void **state)
{
    char url[POSTGRESQL_URL_SIZE];

    if (!server && !is_missing) server = postgresql_start();
    is_missing = server == NULL;
    if (is_missing) {
        *state = NULL;
        printf("SKIPPED: no PostgreSQL\n");
        return 0;
    }
    postgresql_new(server, url);
    return open_counter(state, url, false);
}

int counter_close(void **state)
{
    struct counter *counter = *state;

    if (!counter) return 0;
    inbox_close(counter->inbox);
    folder_remove(&counter->folder);
    free(counter);
    return 0;
}

int counter_end(void **state)
{
    (void)state;
    postgresql_stop(server);
    server = NULL;
    return 0;
}

void counter_reopen(struct counter *counter)
{
    inbox_close(counter->inbox);
    counter->inbox = NULL;
    assert_int_equal(inbox_open(counter->where, &counter->hand.clock, &counter->inbox), STATUS_OK);
}

void counter_restart(struct counter *counter)
{
    if (counter->is_postgresql) postgresql_restart(server);
    else counter_reopen(counter);
}

struct device counter_pair(struct counter *counter, const char *name, uint32_t event, const struct scribe *scribe)
{
    struct wire_enroll enroll = {.name = "Kiosk", .version = "0.1.0"};
    char token[PAIRING_TOKEN_SIZE];
    struct device device;

    memcpy(enroll.device_public_key, scribe->key.public_key, DEVICE_KEY_BYTES);
    assert_int_equal(inbox_offer(counter->inbox, name, event, false, 60000, enroll.code), STATUS_OK);
    assert_int_equal(inbox_enroll(counter->inbox, &enroll, &device, token), STATUS_OK);
    return device;
}

enum inbox_answer counter_append(struct counter *counter, const struct device *device, const char *bytes, size_t length,
                                 struct wire_place *place, uint64_t *new_count)
{
    enum inbox_answer answer = INBOX_REFUSED;
    struct wire_flaw flaw;

    assert_int_equal(inbox_append(counter->inbox, device, bytes, length, &answer, place, new_count, &flaw), STATUS_OK);
    return answer;
}

enum inbox_answer counter_send(struct counter *counter, const struct device *device, const struct scribe *scribe,
                               uint64_t first, size_t count, struct wire_place *place)
{
    static char bytes[SCRIBE_BATCH_SIZE];
    uint64_t new_count = 0;

    return counter_append(counter, device, bytes, scribe_batch(scribe, first, count, bytes), place, &new_count);
}

void counter_tell(struct scribe *scribe, const struct record *record)
{
    uint64_t seq = ++scribe->last;
    char line[RECORD_LINE_SIZE];

    assert_true(seq <= SCRIBE_MOST_LINES);
    assert_int_equal(record_write_line(record, seq, line), STATUS_OK);
    assert_true(strlen(line) < SCRIBE_LINE_SIZE);
    strcpy(scribe->lines[seq - 1], line);
    memcpy(scribe->hash[seq], scribe->hash[seq - 1], CHAIN_HASH_BYTES);
    chain_add(scribe->hash[seq], seq, line, strlen(line));
}
