// search_bench.c -- what staff wait for at 100,000 attendees: each keystroke of a search, against the plain way to look
// for a text in the same rows (LIKE '%…%' over names and companies, sorted), in turns within one run.
#include "support/check.h"

#include "bench/bench.h"
#include "support/door.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { PEOPLE = 100000, ROUNDS = 60, REFERENCE_ROUNDS = 6, MOST_WORDS = 3, WALK_INS = 500 };

struct side {
    struct door door;
    struct store *store;
    sqlite3 *handle;
    sqlite3_stmt *like[MOST_WORDS]; // for one, two, three words
};

// Of this program alone, so that a busy machine says the same: nothing here waits for a disk.
static int64_t cpu_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

// Three in ten have a family name in Ma, as many a given name in An: as bad as a roster gets.
static void name_somebody(size_t i, char name[GUEST_NAME_SIZE], char company[GUEST_NAME_SIZE])
{
    static const char *const frequent[] = {"Mayer", "Martin", "Maßmann"};
    static const char *const families[] = {"Müller", "Schmidt", "Schäfer",     "Fischer", "Weber",  "Özdemir",
                                           "Becker", "Schulte", "Hoffmann",    "Kaiser",  "Nguyễn", "Peters",
                                           "Brandt", "Vogel",   "Łukaszewicz", "Jäger",   "Richter"};
    static const char *const given[] = {"Anna",   "Anton", "Anja",  "Muhammed", "Maria",
                                        "Jürgen", "Lukas", "Søren", "Zoë",      "Emil"};
    static const char *const schools[] = {"Gymnasium", "Berufskolleg", "Hochschule", "Realschule", "Sägewerk"};

    snprintf(name, GUEST_NAME_SIZE, "%s%s, %s", i % 10 < 3 ? frequent[i % 3] : families[i / 10 % 17],
             i % 16 ? "" : "-Lüdenscheidt", given[i / 7 % 10]);
    snprintf(company, GUEST_NAME_SIZE, "%s am Berg %zu", schools[i / 3 % 5], i % 211);
}

static void side_open(struct side *side)
{
    struct roster_entry *people = calloc(PEOPLE, sizeof *people);

    assert_non_null(people);
    for (size_t i = 0; i < PEOPLE; i++) {
        struct guest *guest = &people[i].guest;
        *guest = (struct guest){.is_listed = true,
                                .ticket = door_ticket(i),
                                .class_id = 1,
                                .group = (uint8_t)(i % 3 + 1),
                                .person = (uint32_t)i + 1};
        name_somebody(i, guest->name, guest->company);
    }
    door_init(&side->door, door_disk());
    door_welcome_walk_ins(&side->door);
    side->door.event.lists[1].groups = (struct id_set){0}; // one bus for all
    door_document_with(&side->door, 1, 0, people, PEOPLE);
    free(people);
    assert_int_equal(door_open(&side->door, &side->store), STATUS_OK);
}

static void prepare(struct side *side)
{
    static const char one[] = " AND (name LIKE '%' || ? || '%' OR company LIKE '%' || ? || '%')";
    char sql[512] = "SELECT ticket FROM roster WHERE event = 7";

    assert_int_equal(sqlite3_open(side->door.path, &side->handle), SQLITE_OK);
    for (size_t i = 0; i < MOST_WORDS; i++) {
        char whole[512 + 40];
        strcat(sql, one);
        snprintf(whole, sizeof whole, "%s ORDER BY name LIMIT 65", sql);
        assert_int_equal(sqlite3_prepare_v2(side->handle, whole, -1, &side->like[i], NULL), SQLITE_OK);
    }
}

static double search_ms(struct side *side, const char *text, size_t *count_out)
{
    static struct rows rows;
    int64_t begun_ns = cpu_ns();

    assert_int_equal(side->store->ops->search(side->store, DOOR_EVENT, &side->door.event.lists[0], text, &rows),
                     STATUS_OK);
    *count_out = rows.count;
    return (double)(cpu_ns() - begun_ns) / 1e6;
}

static double like_ms(struct side *side, const char *text)
{
    char words[64];
    const char *found[MOST_WORDS];
    size_t count = 0;

    snprintf(words, sizeof words, "%s", text);
    for (char *rest = words, *word; count < MOST_WORDS && (word = strsep(&rest, " "));) found[count++] = word;
    sqlite3_stmt *row = side->like[count - 1];
    int64_t begun_ns = cpu_ns();
    for (size_t i = 0; i < 2 * count; i++) sqlite3_bind_text(row, (int)i + 1, found[i / 2], -1, SQLITE_STATIC);
    while (sqlite3_step(row) == SQLITE_ROW) continue;
    double took_ms = (double)(cpu_ns() - begun_ns) / 1e6;
    sqlite3_reset(row);
    return took_ms;
}

static void compare(const struct bench *bench, struct side *side, const char *what, const char *text)
{
    double ours[ROUNDS], theirs[REFERENCE_ROUNDS];
    size_t count = 0;

    for (size_t i = 0; i < ROUNDS; i++) {
        ours[i] = search_ms(side, text, &count);
        if (i % (ROUNDS / REFERENCE_ROUNDS) == 0) theirs[i / (ROUNDS / REFERENCE_ROUNDS)] = like_ms(side, text);
    }
    bench_compare(bench, what, "p50_ms", bench_percentile(ours, ROUNDS, 50),
                  bench_percentile(theirs, REFERENCE_ROUNDS, 50));
    bench_report(bench, what, "p99_ms", bench_percentile(ours, ROUNDS, 99));
}

// Every two letters somebody may begin with: the slowest, the better of two tries each.
static void try_all_beginnings(const struct bench *bench, struct side *side)
{
    double worst_ms = 0;
    char worst[3] = "", text[3] = "";
    size_t count = 0;

    for (text[0] = '0'; text[0] <= 'z'; text[0] = (char)(text[0] == '9' ? 'a' : text[0] + 1))
        for (text[1] = '0'; text[1] <= 'z'; text[1] = (char)(text[1] == '9' ? 'a' : text[1] + 1)) {
            double once_ms = search_ms(side, text, &count), twice_ms = search_ms(side, text, &count);
            double took_ms = once_ms < twice_ms ? once_ms : twice_ms;
            if (took_ms <= worst_ms) continue;
            worst_ms = took_ms;
            strcpy(worst, text);
        }
    printf("           the slowest two letters: %s\n", worst);
    bench_compare(bench, "slowest two letters", "ms", worst_ms, like_ms(side, worst));
}

// All but every 1000th person come aboard the bus: whoever looks for the rest has to pass everybody.
static void fill_bus(struct side *side)
{
    uint64_t seq = 0;

    for (size_t i = 0; i < PEOPLE; i++) {
        struct record record = door_entry(&side->door, i);
        record.list = 2;
        record.person = (uint32_t)i + 1;
        if (i % 1000 == 0) assert_int_equal(side->store->ops->begin(side->store), STATUS_OK);
        if (i % 1000 != 500) assert_int_equal(side->store->ops->append(side->store, &record, &seq), STATUS_OK);
        if (i % 1000 == 999) assert_int_equal(side->store->ops->end(side->store, STATUS_OK), STATUS_OK);
    }
}

// Registers people among all the others, each found at once.
static void try_walk_ins(const struct bench *bench, struct side *side)
{
    static double took_ms[WALK_INS];
    size_t found = 0;

    for (size_t i = 0; i < WALK_INS; i++) {
        struct record record = door_entry(&side->door, PEOPLE + i);
        struct walk_in walk_in = {.ticket = record.ticket};
        uint64_t seq = 0;
        record.kind = RECORD_KIND_WALK_IN;
        record.person = 0;
        snprintf(walk_in.values[0], sizeof walk_in.values[0], "%c%cwalker, Kim %zu", 'A' + (char)(i * 7 % 26),
                 'a' + (char)(i / 26), i);
        int64_t begun_ns = cpu_ns();
        assert_int_equal(side->store->ops->begin(side->store), STATUS_OK);
        enum status status =
            side->store->ops->append_walk_in(side->store, &record, &walk_in, &side->door.event.walk_ins, &seq);
        assert_int_equal(side->store->ops->end(side->store, status), STATUS_OK);
        took_ms[i] = (double)(cpu_ns() - begun_ns) / 1e6;
        (void)search_ms(side, walk_in.values[0], &found);
        assert_int_equal(found, 1);
    }
    bench_report(bench, "a walk-in", "p50_ms", bench_percentile(took_ms, WALK_INS, 50));
    bench_report(bench, "a walk-in", "p99_ms", bench_percentile(took_ms, WALK_INS, 99));
}

enum page { PAGE_MISSING, PAGE_LAST_MISSING, PAGE_RECENT, PAGE_CENSUS, PAGE_NAMESAKE };

static double page_ms(struct side *side, enum page page)
{
    static struct rows rows;
    struct census census;
    struct store *store = side->store;
    const struct list *bus = &side->door.event.lists[1];
    enum status status = STATUS_INVALID;
    bool is_there = false;
    int64_t begun_ns = cpu_ns();

    switch (page) {
    case PAGE_MISSING:
    case PAGE_LAST_MISSING:
        status = store->ops->missing(store, DOOR_EVENT, bus, page == PAGE_MISSING ? 0 : ROWS_MOST, &rows);
        break;
    case PAGE_RECENT:
        status = store->ops->recent(store, DOOR_EVENT, bus, 20, &rows);
        break;
    case PAGE_CENSUS:
        status = store->ops->census(store, &side->door.event, bus, &census);
        break;
    case PAGE_NAMESAKE:
        status = store->ops->has_namesake(store, DOOR_EVENT, "Zoe Mayer-Luedenscheid", &is_there);
        break;
    }
    assert_int_equal(status, STATUS_OK);
    return (double)(cpu_ns() - begun_ns) / 1e6;
}

static void try_pages(const struct bench *bench, struct side *side, const char *when)
{
    static const char *const names[] = {"missing", "next missing", "recent", "census", "namesake"};
    char what[64];

    for (int page = PAGE_MISSING; page <= PAGE_NAMESAKE; page++) {
        double once_ms = page_ms(side, (enum page)page), twice_ms = page_ms(side, (enum page)page);
        snprintf(what, sizeof what, "%s %s", names[page], when);
        bench_report(bench, what, "ms", once_ms < twice_ms ? once_ms : twice_ms);
    }
}

int main(int count, char **arguments)
{
    static struct side side;
    struct bench bench;

    bench_begin(&bench, "search", count, arguments);
    side_open(&side);
    int64_t begun_ns = cpu_ns();
    assert_int_equal(door_install(&side.door, side.store), STATUS_OK);
    bench_report(&bench, "100000 entries", "install_cpu_s", (double)(cpu_ns() - begun_ns) / 1e9);
    prepare(&side);
    compare(&bench, &side, "two letters", "ma");
    compare(&bench, &side, "two letters again", "mu");
    compare(&bench, &side, "two words", "mül anna");
    compare(&bench, &side, "two frequent words", "ma an");
    compare(&bench, &side, "three frequent words", "ma an gymnasium");
    compare(&bench, &side, "two that never meet", "mayer martin");
    compare(&bench, &side, "a long frequent word", "berufskolleg");
    compare(&bench, &side, "nobody", "zz");
    compare(&bench, &side, "a ticket number", "3c");
    try_all_beginnings(&bench, &side);
    try_walk_ins(&bench, &side);
    compare(&bench, &side, "two letters more", "ma");
    try_pages(&bench, &side, "empty bus");
    fill_bus(&side);
    try_pages(&bench, &side, "full bus");
    for (size_t i = 0; i < MOST_WORDS; i++) sqlite3_finalize(side.like[i]);
    sqlite3_close(side.handle);
    store_close(side.store);
    door_destroy(&side.door);
    bench_end(&bench);
    return 0;
}
