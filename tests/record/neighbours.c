// neighbours.c -- other kiosks of which this one hears late, twice, and out of order but within a log.
#include "support/check.h"

#include "record/store_sqlite.h"
#include "record/turnout.h"

#include <stdio.h>
#include <stdlib.h>

enum { PAGE = 64, HLC_SPREAD = 3000 };

static uint32_t roll(struct turnout *turnout, uint32_t sides)
{
    return (uint32_t)dice_below(&turnout->dice, (int)sides);
}

void turnout_open_neighbours(struct turnout *turnout)
{
    for (size_t i = 0; i < NEIGHBOURS; i++) {
        struct neighbour *neighbour = &turnout->neighbours[i];
        for (size_t j = 0; j < LOG_ID_BYTES; j++) neighbour->log[j] = (uint8_t)roll(turnout, 256);
        neighbour->lines = calloc(turnout->most, sizeof *neighbour->lines);
        neighbour->happened = calloc(turnout->most + 1, sizeof *neighbour->happened);
        assert_true(neighbour->lines && neighbour->happened);
    }
}

void turnout_close_neighbours(struct turnout *turnout)
{
    for (size_t i = 0; i < NEIGHBOURS; i++) {
        free(turnout->neighbours[i].lines);
        free(turnout->neighbours[i].happened);
    }
}

// ---- writing ----

// Of its own log, or now and then of another one's: also of what hasn't arrived yet, of what is no check-in, and of
// what is taken back already.
static void take_back(struct turnout *turnout, struct neighbour *neighbour, struct neighbour_line *line)
{
    line->record.kind = RECORD_KIND_ANNUL;
    line->annuls_neighbour = roll(turnout, NEIGHBOURS + 1);
    bool is_own = roll(turnout, 4) != 0 || &turnout->neighbours[line->annuls_neighbour] == neighbour;
    if (is_own) line->annuls_neighbour = (size_t)(neighbour - turnout->neighbours);
    bool is_this = line->annuls_neighbour == NEIGHBOURS;
    struct neighbour *of = is_this ? NULL : &turnout->neighbours[line->annuls_neighbour];
    uint64_t newest = is_own ? neighbour->written : is_this ? turnout->newest : of->written + 20;
    uint32_t back = roll(turnout, 60);

    line->record.annuls = back < newest ? newest - back : 1;
    line->record.annuls_other_log = !is_own;
    if (!is_own)
        memcpy(line->record.annulled_log, is_this ? turnout->store->ops->identity(turnout->store)->log : of->log,
               LOG_ID_BYTES);
}

static void draw_record(struct turnout *turnout, struct neighbour *neighbour, struct neighbour_line *line)
{
    struct record *record = &line->record;
    uint32_t kind = roll(turnout, 100);

    if (kind < 50) record->kind = RECORD_KIND_ENTRY;
    else if (kind < 70) record->kind = RECORD_KIND_EXIT;
    else if (kind < 88) take_back(turnout, neighbour, line);
    else if (kind < 91) record->kind = RECORD_KIND_REFUSED;
    else if (kind < 94) record->kind = RECORD_KIND_WALK_IN;
    else if (kind < 96) record->kind = RECORD_KIND_STOCK; // theirs
    else record->kind = RECORD_KIND_ROUND;
    record->stock = 1000;
    record->round = turnout->reckoning->places[line->place].round + roll(turnout, 3) + 1;
    snprintf(record->stop, sizeof record->stop, "Stop %u", roll(turnout, 100));
    if (record->kind == RECORD_KIND_REFUSED) record->reason = REASON_FULL;
    if (record->kind == RECORD_KIND_ENTRY && roll(turnout, 10) == 0) record->person = roll(turnout, RECKONING_PERSONS);
}

void turnout_happen_elsewhere(struct turnout *turnout)
{
    struct neighbour *neighbour = &turnout->neighbours[roll(turnout, NEIGHBOURS)];
    struct neighbour_line *line = &neighbour->lines[neighbour->written];
    int64_t around = store_sqlite_of(turnout->store)->newest_hlc + (int64_t)roll(turnout, 2 * HLC_SPREAD) - HLC_SPREAD;
    char text[RECORD_LINE_SIZE];

    assert_true(neighbour->written < turnout->most);
    line->place = (uint8_t)roll(turnout, RECKONING_LISTS);
    line->ticket = (uint8_t)roll(turnout, RECKONING_TICKETS);
    line->record = turnout_record(turnout, line->place, line->ticket);
    snprintf(line->record.gate, sizeof line->record.gate, "Tor %td", neighbour - turnout->neighbours);
    draw_record(turnout, neighbour, line);
    neighbour->hlc = around > neighbour->hlc ? around : neighbour->hlc + 1;
    line->record.hlc = neighbour->hlc;
    neighbour->written++;
    neighbour->happened[neighbour->written].place = line->place;
    neighbour->happened[neighbour->written].ticket = line->ticket;
    assert_int_equal(record_write_line(&line->record, neighbour->written, text), STATUS_OK);
    assert_true(strlen(text) < sizeof line->text);
    strcpy(line->text, text);
}

// ---- hearing ----

static void reckon_annul(struct turnout *turnout, const struct neighbour *neighbour, const struct neighbour_line *line)
{
    const struct record *record = &line->record;
    bool is_this = line->annuls_neighbour == NEIGHBOURS;
    struct past_happening *happened =
        is_this ? turnout->happened : turnout->neighbours[line->annuls_neighbour].happened;
    struct past_happening *target = &happened[record->annuls];
    struct order which = order_of(0, record->annuls_other_log ? record->annulled_log : neighbour->log, record->annuls);

    if (record->annuls_other_log) target->is_annulled = true;
    if (target->is_check_in) reckoning_take_back(turnout->reckoning, target->place, target->ticket, &which);
}

static void reckon(struct turnout *turnout, struct neighbour *neighbour, uint64_t seq)
{
    const struct neighbour_line *line = &neighbour->lines[seq - 1];
    const struct record *record = &line->record;
    struct past_happening *happened = &neighbour->happened[seq];
    struct order at = order_of(record->hlc, neighbour->log, seq);
    bool is_entry = record->kind == RECORD_KIND_ENTRY;

    if (record->kind == RECORD_KIND_ANNUL) reckon_annul(turnout, neighbour, line);
    if (record->kind == RECORD_KIND_ROUND) reckoning_begin_round(turnout->reckoning, line->place, record, &at);
    if (!is_entry && record->kind != RECORD_KIND_EXIT) return;
    happened->is_check_in = true;
    if (!happened->is_annulled)
        reckoning_add(turnout->reckoning, line->place, line->ticket,
                      (struct reckoning_scan){at, false, record->person, is_entry});
}

static struct foreign_line line_of(const struct neighbour *neighbour, uint64_t seq)
{
    struct foreign_line line = {.seq = seq, .line = neighbour->lines[seq - 1].text};

    memcpy(line.log, neighbour->log, LOG_ID_BYTES);
    line.length = strlen(line.line);
    return line;
}

// A page of several logs, with some lines that are known.
static void hear_page(struct turnout *turnout)
{
    struct foreign_line lines[PAGE];
    size_t count = 0, expected = 0, new_count = 0;

    while (count < PAGE && roll(turnout, 20) != 0) {
        struct neighbour *neighbour = &turnout->neighbours[roll(turnout, NEIGHBOURS)];
        bool is_known = neighbour->arrived > 0 && roll(turnout, 8) == 0;
        if (is_known) lines[count++] = line_of(neighbour, 1 + roll(turnout, (uint32_t)neighbour->arrived));
        else if (neighbour->arrived < neighbour->written) {
            lines[count++] = line_of(neighbour, ++neighbour->arrived);
            reckon(turnout, neighbour, neighbour->arrived);
            expected++;
        } else break;
    }
    assert_int_equal(turnout->store->ops->append_foreign(turnout->store, lines, count, "1.00000000", &new_count),
                     STATUS_OK);
    assert_int_equal(new_count, expected);
}

void turnout_hear(struct turnout *turnout)
{
    for (uint32_t pages = roll(turnout, 16); pages > 0; pages--) hear_page(turnout);
}

static bool has_news(const struct turnout *turnout)
{
    for (size_t i = 0; i < NEIGHBOURS; i++)
        if (turnout->neighbours[i].arrived < turnout->neighbours[i].written) return true;
    return false;
}

void turnout_hear_all(struct turnout *turnout)
{
    while (has_news(turnout)) hear_page(turnout);
}
