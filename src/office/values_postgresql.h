// values_postgresql.h -- db.h's values in PostgreSQL's binary form, both ways; for db_postgresql.c alone. Pure.
#ifndef EINLASS_OFFICE_VALUES_POSTGRESQL_H
#define EINLASS_OFFICE_VALUES_POSTGRESQL_H

#include "office/db.h"

#include <libpq-fe.h>

struct values_postgresql {               // of one row; texts and blobs are borrowed
    uint8_t numbers[DB_MOST_COLUMNS][8]; // big-endian
    const char *values[DB_MOST_COLUMNS];
    int lengths[DB_MOST_COLUMNS], formats[DB_MOST_COLUMNS];
    Oid types[DB_MOST_COLUMNS];
    int count;
};

void values_fill(struct values_postgresql *out, const struct db_value values[], size_t count);
enum status values_visit(const PGresult *result, db_visitor *visit, void *owner) MUST_CHECK; // visit may be NULL

#endif
