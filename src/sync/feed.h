// feed.h -- a page of the office's feed: what other kiosks did, and which events have a new version (FORMATS: sync).
//   GET /v1/feed?after=CURSOR&event=7&log=<32 hex: ours, left out>&limit=500&wait=25
//   {"cursor":"1201.9f3a01c2","reset":false,"more":true,"now_ms":…,"items":[{"log":"<32 hex>","seq":880,"line":"…"},
//    {"event":7,"version":5}]}
// The cursor is opaque to kiosks; it grows in the order of the office's commits and carries a check of the item it
// stands behind, so that an office that was put back from a backup notices, and answers `reset` with its feed from the
// beginning. wait: seconds the office may keep the call until there is something (at most FEED_MOST_WAIT_S). Pure; any
// thread.
#ifndef EINLASS_SYNC_FEED_H
#define EINLASS_SYNC_FEED_H

#include "record/store.h"

// Of a cursor: it stands in a URL as it is.
#define FEED_CURSOR_CHARACTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._~-"

enum { FEED_MOST_ITEMS = 500, FEED_MOST_WAIT_S = 25 };

enum feed_kind { FEED_RECORD, FEED_EVENT };
struct feed_item {
    enum feed_kind kind;
    struct foreign_line record;
    uint32_t event, version;
};

struct feed_page {
    char cursor[STORE_CURSOR_SIZE];
    bool is_reset, has_more;
    int64_t now_ms;
    size_t count;
    struct feed_item items[FEED_MOST_ITEMS]; // lines: in `memory`
    void *memory;                            // one block, free()d with the page
};
enum status feed_read(const char *json, size_t length, struct feed_page **out) MUST_CHECK; // INVALID: no page
void feed_free(struct feed_page *page);
// The records among the items from `first` on, at most `most` of them, as a page of their own with the same cursor;
// next_out: the first item that is not in it.
struct feed_page *feed_part(const struct feed_page *page, size_t first, size_t most, size_t *next_out);
char *feed_write(const struct feed_page *page); // free()

#endif
