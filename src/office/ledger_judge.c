// ledger_judge.c -- who was let in once too often (conflict.h says what that is).
#include "office/ledger_parts.h"

#include "base/mem.h"

#include <stdlib.h>

struct case_file { // the check-ins of one owner that stand, oldest first
    struct ledger *ledger;
    const struct ledger_judge *judge;
    struct ledger_deed **deeds;
    size_t count;
};

// What they say about each other now; also of those that were taken back since.
static void forget(struct ledger *ledger, struct ledger_deed *deed)
{
    ledger_mark(ledger, deed, 0);
    deed->admission = 0;
}

static void collect(struct case_file *file, struct ledger_deed *deed)
{
    forget(file->ledger, deed);
    deed->turn = file->judge->turn;
    if (!deed->is_annulled) file->deeds[file->count++] = deed;
}

static size_t count_of(const struct ledger *ledger, const struct ledger_deed *deed, bool is_of_person)
{
    size_t count = 0;

    for (; deed; deed = is_of_person ? ledger_next(ledger, deed) : ledger_older(ledger, deed)) count++;
    return count;
}

static void swap(struct ledger_deed **one, struct ledger_deed **other)
{
    struct ledger_deed *deed = *one;

    *one = *other;
    *other = deed;
}

// They stand the other way round, or (a person's) nearly.
static void sort(struct case_file *file)
{
    for (size_t i = 0; i < file->count / 2; i++) swap(&file->deeds[i], &file->deeds[file->count - 1 - i]);
    for (size_t i = 1; i < file->count; i++)
        for (size_t j = i; j > 0 && ledger_is_after(file->ledger, file->deeds[j - 1], file->deeds[j]); j--)
            swap(&file->deeds[j - 1], &file->deeds[j]);
}

// Whose check-in it is: on hand_out lists a person's, where one is known; else the ticket stands for itself.
static void open_file(struct case_file *file, const struct ledger_deed *of)
{
    struct ledger *ledger = file->ledger;
    bool is_hand_out = file->judge->mode == LIST_MODE_HAND_OUT, is_of_person = is_hand_out && of->person != 0;
    struct ledger_deed *first =
        is_of_person ? ledger_of_person(ledger, of->list, of->person) : ledger_of_ticket(ledger, of->list, of->ticket);

    file->deeds = mem_zero_array(count_of(ledger, first, is_of_person) + 1, sizeof *file->deeds);
    for (struct ledger_deed *deed = first; deed;
         deed = is_of_person ? ledger_next(ledger, deed) : ledger_older(ledger, deed))
        if (is_of_person || !is_hand_out || deed->person == 0) collect(file, deed);
    sort(file);
}

static void accuse(const struct case_file *file, struct ledger_deed *further, const struct ledger_deed *first,
                   enum conflict_kind kind)
{
    ledger_mark(file->ledger, further, (uint8_t)(1 + kind));
    further->admission = (uint32_t)(first - ledger_at(file->ledger, 0));
}

// The oldest entry of each log so far: of these a kiosk knew first.
struct oldest {
    const struct ledger_deed **entries;
    size_t count;
};

static void note_log(struct oldest *oldest, const struct ledger_deed *entry)
{
    for (size_t i = 0; i < oldest->count; i++)
        if (oldest->entries[i]->log == entry->log) return;
    oldest->entries[oldest->count++] = entry;
}

static enum status knew_any(const struct case_file *file, const struct oldest *oldest,
                            const struct ledger_deed *further, bool *out)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < oldest->count && status == STATUS_OK && !*out; i++)
        status = file->judge->knows(file->judge->owner, further, oldest->entries[i], out);
    return status;
}

static enum status judge_once(const struct case_file *file)
{
    struct oldest oldest = {.entries = mem_zero_array(file->count + 1, sizeof *oldest.entries)};
    enum status status = STATUS_OK;

    for (size_t i = 0; i < file->count && status == STATUS_OK; i++) {
        struct ledger_deed *deed = file->deeds[i];
        bool knew = false;
        if (deed->kind != RECORD_KIND_ENTRY) continue;
        if (oldest.count > 0) {
            if (!deed->is_forced) status = knew_any(file, &oldest, deed, &knew);
            accuse(file, deed, oldest.entries[0],
                   deed->is_forced ? CONFLICT_KIND_FORCED
                   : knew          ? CONFLICT_KIND_IGNORED
                                   : CONFLICT_KIND_CONCURRENT);
        }
        note_log(&oldest, deed);
    }
    free(oldest.entries);
    return status;
}

static enum status judge_in_out(const struct case_file *file)
{
    enum status status = STATUS_OK;

    for (size_t i = 1; i < file->count && status == STATUS_OK; i++) {
        struct ledger_deed *deed = file->deeds[i], *before = file->deeds[i - 1];
        bool knew = false;
        if (deed->kind != RECORD_KIND_ENTRY || before->kind != RECORD_KIND_ENTRY) continue;
        status = file->judge->knows(file->judge->owner, deed, before, &knew);
        if (!knew) accuse(file, deed, before, deed->is_forced ? CONFLICT_KIND_FORCED : CONFLICT_KIND_CONCURRENT);
    }
    return status;
}

// Nearly all of them: one check-in of one ticket.
static bool is_alone(struct ledger *ledger, uint32_t place, const struct ledger_judge *judge)
{
    struct ledger_deed *deed = ledger_at(ledger, place);
    const struct ledger_deed *newest = ledger_of_ticket(ledger, deed->list, deed->ticket);

    if (judge->mode == LIST_MODE_HAND_OUT || deed != newest || deed->of_ticket) return false;
    forget(ledger, deed);
    return true;
}

enum status ledger_judge(struct ledger *ledger, uint32_t place, const struct ledger_judge *judge)
{
    struct case_file file = {.ledger = ledger, .judge = judge};
    enum status status = STATUS_OK;

    if (ledger_at(ledger, place)->turn == judge->turn || is_alone(ledger, place, judge)) return STATUS_OK;
    open_file(&file, ledger_at(ledger, place));
    switch (judge->mode) {
    case LIST_MODE_ONCE:
    case LIST_MODE_HAND_OUT:
        status = judge_once(&file);
        break;
    case LIST_MODE_IN_OUT:
        status = judge_in_out(&file);
        break;
    case LIST_MODE_ROLL_CALL:
        break;
    }
    free(file.deeds);
    return status;
}
