#include "support/check.h"

#include "desk/content.h"

#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>

static void add_rows(sqlite3 *handle, const char *table, crypto_generichash_state *state)
{
    char sql[160];
    sqlite3_stmt *row = NULL;

    snprintf(sql, sizeof sql, "SELECT * FROM \"%s\"", table);
    assert_int_equal(sqlite3_prepare_v2(handle, sql, -1, &row, NULL), SQLITE_OK);
    while (sqlite3_step(row) == SQLITE_ROW)
        for (int i = 0; i < sqlite3_column_count(row); i++) {
            const unsigned char *bytes = sqlite3_column_blob(row, i);
            int length = sqlite3_column_bytes(row, i);
            crypto_generichash_update(state, (const unsigned char *)&length, sizeof length);
            if (length > 0) crypto_generichash_update(state, bytes, (unsigned long long)length);
        }
    assert_int_equal(sqlite3_finalize(row), SQLITE_OK);
}

struct content content_read(const struct scene *scene)
{
    struct content content;
    crypto_generichash_state state;
    sqlite3 *handle = NULL;
    sqlite3_stmt *tables = NULL;
    int table_count = 0;

    crypto_generichash_init(&state, NULL, 0, sizeof content.digest);
    assert_int_equal(sqlite3_open(scene->door.path, &handle), SQLITE_OK);
    assert_int_equal(
        sqlite3_prepare_v2(handle,
                           "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE TABLE%'"
                           " ORDER BY name",
                           -1, &tables, NULL),
        SQLITE_OK);
    for (; sqlite3_step(tables) == SQLITE_ROW; table_count++)
        add_rows(handle, (const char *)sqlite3_column_text(tables, 0), &state);
    assert_true(table_count >= 8);
    sqlite3_finalize(tables);
    sqlite3_close(handle);
    crypto_generichash_final(&state, content.digest, sizeof content.digest);
    return content;
}

void content_expect(const struct scene *scene, const struct content *before)
{
    struct content now = content_read(scene);
    assert_memory_equal(now.digest, before->digest, sizeof now.digest);
}
