#include "office/db.h"

#include "base/mem.h"

#include <string.h>

struct db_value db_int(int64_t number)
{
    return (struct db_value){.type = DB_INT, .number = number};
}

struct db_value db_text(const char *text)
{
    if (!text) return (struct db_value){.type = DB_NULL};
    return (struct db_value){.type = DB_TEXT, .bytes = text, .length = strlen(text)};
}

struct db_value db_blob(const void *bytes, size_t length)
{
    return (struct db_value){.type = DB_BLOB, .bytes = bytes, .length = length};
}

enum status office_db_open(const char *where, struct office_db **out)
{
    bool is_url = strncmp(where, "postgresql://", 13) == 0 || strncmp(where, "postgres://", 11) == 0;

    return is_url ? office_db_postgresql_open(where, out) : office_db_sqlite_open(where, out);
}

struct first_row {
    int64_t *numbers;
    size_t width;
    bool is_there;
};

static enum status read_first(void *owner, const struct db_value *values, size_t count)
{
    struct first_row *row = owner;

    if (row->is_there) return STATUS_OK;
    for (size_t i = 0; i < row->width && i < count; i++) row->numbers[i] = values[i].number;
    row->is_there = true;
    return STATUS_OK;
}

enum status office_db_numbers(struct office_db *db, const char *sql, const struct db_value values[], size_t count,
                              size_t width, int64_t out[])
{
    struct first_row row = {.numbers = out, .width = width};
    enum status status = db->ops->query(db, sql, values, count, read_first, &row);

    return status == STATUS_OK && !row.is_there ? STATUS_MISSING : status;
}

char *db_schema(const char *sql, const char *word, const char *ours)
{
    size_t count = 0;
    char *text, *to;

    for (const char *at = sql; (at = strstr(at, word)); at += strlen(word)) count++;
    text = to = mem_zero(strlen(sql) + count * strlen(ours) + 1);
    for (const char *at; (at = strstr(sql, word)); sql = at + strlen(word)) {
        memcpy(to, sql, (size_t)(at - sql));
        to = stpcpy(to + (at - sql), ours);
    }
    stpcpy(to, sql);
    return text;
}

void db_copy_text(const struct db_value *value, char *to, size_t to_size)
{
    size_t length = value->type == DB_TEXT ? value->length : 0;

    if (length >= to_size) length = to_size - 1;
    if (length > 0) memcpy(to, value->bytes, length);
    to[length] = '\0';
}

void db_copy_blob(const struct db_value *value, void *to, size_t length)
{
    memset(to, 0, length);
    if (value->type == DB_BLOB && value->length == length) memcpy(to, value->bytes, length);
}
