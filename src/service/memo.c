#include "service/memo.h"

#include "base/text.h"

#include <string.h>

struct found {
    char *out;
    size_t size;
    bool is_there;
};

static enum status take(void *owner, const struct db_value *values, size_t count)
{
    struct found *found = owner;

    if (count != 1 || values[0].type != DB_TEXT || values[0].length >= found->size) return STATUS_INVALID;
    memcpy(found->out, values[0].bytes, values[0].length);
    found->out[values[0].length] = '\0';
    found->is_there = true;
    return STATUS_OK;
}

enum status memo_prepare(struct inbox *inbox)
{
    struct office_db *db = inbox_db(inbox);

    return db->ops->script(db, "CREATE TABLE IF NOT EXISTS memo (name TEXT PRIMARY KEY, value TEXT NOT NULL)");
}

enum status memo_read(struct inbox *inbox, const char *name, char *out, size_t out_size)
{
    struct office_db *db = inbox_db(inbox);
    struct found found = {.out = out, .size = out_size};
    const struct db_value values[] = {db_text(name)};
    enum status status = db->ops->query(db, "SELECT value FROM memo WHERE name = $1", values, 1, take, &found);

    return status == STATUS_OK && !found.is_there ? STATUS_MISSING : status;
}

enum status memo_write(struct inbox *inbox, const char *name, const char *value)
{
    struct office_db *db = inbox_db(inbox);
    const struct db_value values[] = {db_text(name), db_text(value)};

    return db->ops->query(db,
                          "INSERT INTO memo (name, value) VALUES ($1, $2) "
                          "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                          values, 2, NULL, NULL);
}

enum status memo_write_first(struct inbox *inbox, const char *name, const char *value)
{
    struct office_db *db = inbox_db(inbox);
    const struct db_value values[] = {db_text(name), db_text(value)};

    return db->ops->query(db, "INSERT INTO memo (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING", values, 2,
                          NULL, NULL);
}
