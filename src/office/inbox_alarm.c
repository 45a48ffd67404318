// inbox_alarm.c -- what went wrong, and requests nobody could read, kept for people (inbox.h).
#define LOG_MODULE "office"

#include "office/inbox_parts.h"

#include "base/log.h"
#include "base/text.h"

#include <string.h>

enum { MOST_OF_A_DEVICE = 200 }; // of one kind: a device that is wrong for days fills no disk

// Whether it is news: the same again, or too much of it, is not kept. A log forks once: it ends with that.
static enum status is_news(struct inbox *inbox, const struct inbox_alarm *alarm, bool *out)
{
    int64_t counts[2] = {0};
    enum status status = office_db_numbers(
        inbox->db,
        "SELECT COUNT(*), COUNT(CASE WHEN log = $1 AND (kind = 'fork' OR (seq = $2 AND words = $3)) THEN 1 END) FROM "
        "alarm WHERE kind = $4 AND device = $5",
        DB_VALUES(db_blob(alarm->log, LOG_ID_BYTES), db_int((int64_t)alarm->seq), db_text(alarm->words),
                  db_text(alarm->kind), db_text(alarm->device)),
        2, counts);

    *out = counts[0] < MOST_OF_A_DEVICE && counts[1] == 0;
    return status;
}

static enum status store_alarm(struct inbox *inbox, const struct inbox_alarm *alarm, struct db_value request)
{
    int64_t id = 0;
    bool news = false;
    enum status status = is_news(inbox, alarm, &news);

    if (status != STATUS_OK || !news) return status;
    log_warn("%s device=%s: %s", alarm->kind, alarm->device, alarm->words);
    if ((status = inbox_next_id(inbox, "SELECT MAX(id) FROM alarm", &id)) != STATUS_OK) return status;
    return db_do(inbox->db,
                 "INSERT INTO alarm (id, unix_ms, kind, device, log, seq, words, request) VALUES ($1, $2, $3, $4, $5, "
                 "$6, $7, $8)",
                 db_int(id), db_int(inbox_now(inbox)), db_text(alarm->kind), db_text(alarm->device),
                 db_blob(alarm->log, LOG_ID_BYTES), db_int((int64_t)alarm->seq), db_text(alarm->words), request);
}

enum status inbox_raise(struct inbox *inbox, const struct inbox_alarm *alarm, const void *request, size_t length)
{
    struct db_value kept = request ? db_blob(request, length) : db_text(NULL);
    enum status status = inbox_change(inbox, NULL);

    return status == STATUS_OK ? inbox_end(inbox, store_alarm(inbox, alarm, kept)) : status;
}

enum status inbox_keep_aside(struct inbox *inbox, const struct device *device, const char *kind, const char *words,
                             const void *request, size_t length)
{
    struct inbox_alarm alarm = {0};

    text_copy(alarm.kind, sizeof alarm.kind, kind);
    text_copy(alarm.device, sizeof alarm.device, device ? device->name : "");
    text_make_showable(alarm.words, sizeof alarm.words, words, strlen(words));
    return inbox_raise(inbox, &alarm, request, length);
}

struct alarm_reader {
    alarm_visitor *visit;
    void *owner;
};

static enum status read_alarm(void *owner, const struct db_value *values, size_t count)
{
    const struct alarm_reader *reader = owner;
    struct inbox_alarm alarm = {.id = values[0].number, .unix_ms = values[1].number, .seq = (uint64_t)values[5].number};

    (void)count;
    db_copy_text(&values[2], alarm.kind, sizeof alarm.kind);
    db_copy_text(&values[3], alarm.device, sizeof alarm.device);
    db_copy_blob(&values[4], alarm.log, sizeof alarm.log);
    db_copy_text(&values[6], alarm.words, sizeof alarm.words);
    return reader->visit(reader->owner, &alarm);
}

enum status inbox_alarms(struct inbox *inbox, alarm_visitor *visit, void *owner)
{
    struct alarm_reader reader = {visit, owner};

    return inbox->db->ops->query(inbox->db,
                                 "SELECT id, unix_ms, kind, device, log, seq, words FROM alarm ORDER BY id DESC", NULL,
                                 0, read_alarm, &reader);
}
