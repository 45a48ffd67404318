// bare.h -- the rows of arriving records, written by nothing but prepared INSERTs: what there is to compare with. The
// tables are the office's own, and so is the way to the database (db.h: bind and step for SQLite, pipeline mode for
// PostgreSQL); each batch is one transaction. Nothing is checked, hashed or looked up.
#ifndef EINLASS_TESTS_BENCH_BARE_H
#define EINLASS_TESTS_BENCH_BARE_H

#include "record/chain.h"
#include "record/record.h"

struct bare_row {
    struct record record; // an entry
    uint64_t seq;
    char line[RECORD_LINE_SIZE];
    size_t length;
    uint8_t hash[CHAIN_HASH_BYTES];
};

struct office_db;
void bare_append(struct office_db *db, int64_t log, int64_t n, const struct bare_row *rows, size_t count);

#endif
