// db_migrate_sqlite.h -- a database of an older version of this program is brought up to date.
#ifndef EINLASS_RECORD_DB_MIGRATE_SQLITE_H
#define EINLASS_RECORD_DB_MIGRATE_SQLITE_H

#include "record/db_sqlite.h"

// Keeps a copy beside it (PATH.version-1, PATH.version-2) and changes the tables, `make_tables` being the present
// schema and its marks. Leaves the transaction open and db->is_migrating set: the store fills the tables and ends it.
// After a failure close the connection; the database is the old one still.
enum status db_migrate(struct db *db, int64_t version, const char *make_tables) MUST_CHECK;

#endif
