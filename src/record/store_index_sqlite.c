// store_index_sqlite.c -- what search looks through: an event's people in the order of their names.
#define LOG_MODULE "store"

#include "record/store_people_sqlite.h"

#include <sqlite3.h>

enum status store_index_event(struct db *db, uint32_t event)
{
    enum status status;

    db_bind(db->statements[STATEMENT_CLEAR_LISTING], store_first_place(event));
    if ((status = db_run(db, STATEMENT_CLEAR_LISTING, "clear an event's listing")) != STATUS_OK) return status;
    db_bind(db->statements[STATEMENT_ADD_LISTINGS], store_first_place(event), event);
    if ((status = db_run(db, STATEMENT_ADD_LISTINGS, "list an event's people")) != STATUS_OK) return status;
    // All events' again: taking out the old words of one costs as much as all of this, and a kiosk has few.
    return db_run(db, STATEMENT_REBUILD_SEARCH, "index an event's people");
}

struct neighbours { // places on both sides of where a name belongs
    int64_t before, after;
};

struct listed {
    int64_t place;
    bool is_before; // the guest whose place is looked for
};

// The first one from a place on.
static enum status next_place(struct db *db, int64_t from, int64_t to, const struct guest *guest, struct listed *out)
{
    struct sqlite3_stmt *row = db->statements[STATEMENT_LISTING_FROM];

    db_bind(row, from, to);
    db_bind_text(row, 3, guest->name);
    db_bind_text(row, 4, guest->company);
    enum status status = db_row(db, STATEMENT_LISTING_FROM, "look through the listing");
    if (status != STATUS_OK) return status;
    *out = (struct listed){.place = sqlite3_column_int64(row, 0), .is_before = sqlite3_column_int(row, 1) != 0};
    db_done(db, STATEMENT_LISTING_FROM);
    return STATUS_OK;
}

static enum status find_neighbours(struct db *db, uint32_t event, const struct guest *guest, struct neighbours *out)
{
    struct neighbours found = {store_first_place(event), store_first_place(event) + STORE_PLACES};
    int64_t least = found.before + 1, most = found.after - 1; // where those not yet looked at are

    while (least <= most) {
        int64_t middle = least + (most - least) / 2;
        struct listed next = {0};
        enum status status = next_place(db, middle, most, guest, &next);
        if (status != STATUS_OK && status != STATUS_MISSING) return status;
        if (status == STATUS_OK && next.is_before) {
            found.before = next.place;
            least = next.place + 1;
        } else {
            if (status == STATUS_OK) found.after = next.place;
            most = middle - 1;
        }
    }
    *out = found;
    return STATUS_OK;
}

enum status store_unlist(struct db *db, uint32_t event, uint64_t ticket)
{
    enum status status;

    db_bind(db->statements[STATEMENT_DROP_SEARCH], store_first_place(event), (int64_t)ticket);
    if ((status = db_run(db, STATEMENT_DROP_SEARCH, "take somebody's words back")) != STATUS_OK) return status;
    db_bind(db->statements[STATEMENT_DROP_LISTING], store_first_place(event), (int64_t)ticket);
    return db_run(db, STATEMENT_DROP_LISTING, "take somebody off the listing");
}

enum status store_index_guest(struct db *db, uint32_t event, const struct guest *guest, int64_t lists)
{
    struct sqlite3_stmt *listing = db->statements[STATEMENT_ADD_LISTING];
    struct neighbours neighbours;
    enum status status;

    if ((status = find_neighbours(db, event, guest, &neighbours)) != STATUS_OK) return status;
    // No room left between two names: everybody is spread anew.
    if (neighbours.after - neighbours.before < 2) return store_index_event(db, event);
    int64_t place = neighbours.before + (neighbours.after - neighbours.before) / 2;
    db_bind(listing, place, (int64_t)guest->ticket, guest->person, lists);
    db_bind_text(listing, 5, guest->name);
    db_bind_text(listing, 6, guest->company);
    if ((status = db_run(db, STATEMENT_ADD_LISTING, "list somebody")) != STATUS_OK) return status;
    db_bind(db->statements[STATEMENT_ADD_SEARCH], place);
    return db_run(db, STATEMENT_ADD_SEARCH, "index somebody");
}
