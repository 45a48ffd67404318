#include "office/values_postgresql.h"

#include <assert.h>

// Source: PostgreSQL's catalog/pg_type.dat.
enum { OID_NONE = 0, OID_BOOL = 16, OID_BYTEA = 17, OID_INT8 = 20, OID_INT2 = 21, OID_INT4 = 23, OID_TEXT = 25 };

static void put_number(uint8_t out[8], int64_t number)
{
    for (int i = 0; i < 8; i++) out[i] = (uint8_t)((uint64_t)number >> (56 - 8 * i));
}

static int64_t get_number(const char *bytes, int length)
{
    uint64_t number = length > 0 && (bytes[0] & 0x80) ? UINT64_MAX : 0;

    for (int i = 0; i < length; i++) number = number << 8 | (uint8_t)bytes[i];
    return (int64_t)number;
}

void values_fill(struct values_postgresql *out, const struct db_value values[], size_t count)
{
    static const Oid oids[] = {[DB_NULL] = OID_NONE, [DB_INT] = OID_INT8, [DB_TEXT] = OID_TEXT, [DB_BLOB] = OID_BYTEA};

    assert(count <= DB_MOST_COLUMNS);
    out->count = (int)count;
    for (size_t i = 0; i < count; i++) {
        out->formats[i] = 1;
        out->types[i] = oids[values[i].type];
        out->lengths[i] = (int)values[i].length;
        out->values[i] = values[i].length ? values[i].bytes : "";
        if (values[i].type == DB_NULL) out->values[i] = NULL;
        if (values[i].type != DB_INT) continue;
        put_number(out->numbers[i], values[i].number);
        out->values[i] = (const char *)out->numbers[i];
        out->lengths[i] = 8;
    }
}

static struct db_value value_at(const PGresult *result, int row, int at)
{
    const char *bytes = PQgetvalue(result, row, at);
    int length = PQgetlength(result, row, at);

    if (PQgetisnull(result, row, at)) return (struct db_value){.type = DB_NULL};
    switch (PQftype(result, at)) {
    case OID_BOOL:
    case OID_INT2:
    case OID_INT4:
    case OID_INT8:
        return db_int(get_number(bytes, length));
    case OID_BYTEA:
        return db_blob(bytes, (size_t)length);
    default:
        return (struct db_value){.type = DB_TEXT, .bytes = bytes, .length = (size_t)length};
    }
}

enum status values_visit(const PGresult *result, db_visitor *visit, void *owner)
{
    struct db_value values[DB_MOST_COLUMNS];
    int rows = PQntuples(result), columns = PQnfields(result);
    enum status status = STATUS_OK;

    assert(columns <= DB_MOST_COLUMNS);
    for (int row = 0; visit && row < rows && status == STATUS_OK; row++) {
        for (int at = 0; at < columns; at++) values[at] = value_at(result, row, at);
        status = visit(owner, values, (size_t)columns);
    }
    return status;
}
