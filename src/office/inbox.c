#define LOG_MODULE "office"

#include "office/inbox_parts.h"

#include "base/log.h"
#include "base/mem.h"

#include <sodium.h>
#include <stdlib.h>

enum { INBOX_FORMAT = 1 };

static const char counter_sql[] =
#include "office/inbox_counter.inc"
    ;
static const char schema_sql[] =
#include "office/inbox.inc"
    ;
static const char made_sql[] =
#include "office/inbox_made.inc"
    ;

static enum status check_format(struct inbox *inbox)
{
    int64_t format = 0;
    enum status status = office_db_numbers(inbox->db, "SELECT format FROM counter WHERE id = 1", NULL, 0, 1, &format);

    if (status != STATUS_OK || format == INBOX_FORMAT) return status;
    log_error("a newer version made these records format=%lld known=%d", (long long)format, INBOX_FORMAT);
    return STATUS_INVALID;
}

enum status inbox_open(const char *where, struct clock *clock, struct inbox **out)
{
    struct inbox *inbox = mem_zero(sizeof *inbox);
    enum status status = sodium_init() < 0 ? STATUS_LATER : STATUS_OK;

    inbox->clock = clock;
    if (status != STATUS_OK) goto fail;
    if ((status = office_db_open(where, &inbox->db)) != STATUS_OK) goto fail;
    if ((status = inbox->db->ops->script(inbox->db, counter_sql)) != STATUS_OK) goto fail;
    if ((status = check_format(inbox)) != STATUS_OK) goto fail;
    if ((status = inbox->db->ops->script(inbox->db, schema_sql)) != STATUS_OK) goto fail;
    if ((status = inbox->db->ops->script(inbox->db, made_sql)) != STATUS_OK) goto fail;
    *out = inbox;
    return STATUS_OK;
fail:
    inbox_close(inbox);
    return status;
}

void inbox_close(struct inbox *inbox)
{
    if (!inbox) return;
    inbox_clear_shelves(inbox);
    office_db_close(inbox->db);
    free(inbox);
}

struct office_db *inbox_db(struct inbox *inbox)
{
    return inbox->db;
}

int64_t inbox_now(const struct inbox *inbox)
{
    return inbox->clock->ops->unix_ms(inbox->clock);
}

enum status inbox_change(struct inbox *inbox, int64_t *newest_out)
{
    int64_t newest = 0;
    enum status status = inbox->db->ops->begin(inbox->db, true);

    if (status != STATUS_OK) return status;
    status = office_db_numbers(inbox->db, "UPDATE counter SET change = change + 1 WHERE id = 1 RETURNING newest", NULL,
                               0, 1, &newest);
    if (status != STATUS_OK) return inbox_end(inbox, status);
    if (newest_out) *newest_out = newest;
    return STATUS_OK;
}

enum status inbox_end(struct inbox *inbox, enum status status)
{
    return inbox->db->ops->end(inbox->db, status);
}

enum status inbox_number(struct inbox *inbox, int64_t newest)
{
    return db_do(inbox->db, "UPDATE counter SET newest = $1 WHERE id = 1", db_int(newest));
}

enum status inbox_next_id(struct inbox *inbox, const char *sql, int64_t *out)
{
    int64_t most = 0; // NULL, where there is none, reads as 0
    enum status status = office_db_numbers(inbox->db, sql, NULL, 0, 1, &most);

    *out = most + 1;
    return status;
}

enum status inbox_stamp(struct inbox *inbox, uint64_t *out)
{
    int64_t change = 0;
    enum status status = office_db_numbers(inbox->db, "SELECT change FROM counter WHERE id = 1", NULL, 0, 1, &change);

    if (status == STATUS_OK) *out = (uint64_t)change;
    return status;
}
