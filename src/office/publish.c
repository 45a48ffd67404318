#include "office/publish.h"

#include "base/mem.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

struct page {
    struct event_writer *writer;
    size_t guest_count;
};

static enum status add_guest(void *owner, const struct roster_entry *entry)
{
    struct page *page = owner;

    page->guest_count++;
    return event_writer_add(page->writer, entry);
}

static enum status encode(struct book *book, const struct event *event, uint32_t version, uint8_t **bytes_out,
                          size_t *length_out, size_t *guest_count_out)
{
    struct event *numbered = mem_zero(sizeof *numbered);
    struct page page = {0};
    enum status status;

    *numbered = *event;
    numbered->version = version;
    if ((status = event_writer_open(numbered, &page.writer)) == STATUS_OK &&
        (status = book_each_guest(book, event->number, add_guest, &page)) == STATUS_OK)
        status = event_writer_finish(page.writer, bytes_out, length_out);
    event_writer_close(page.writer);
    free(numbered);
    if (status == STATUS_OK) *guest_count_out = page.guest_count;
    return status;
}

// The document under its version; `bytes_out` is yours (free()).
static enum status make(struct book *book, const struct event *event, struct publication *out, uint8_t **bytes_out)
{
    uint8_t hash[BOOK_HASH_BYTES], *bytes = NULL;
    struct publication made = {0};
    enum status status;

    // Written twice: as if it were version 1, to see whether the content is new, and under its version.
    if ((status = encode(book, event, 1, &bytes, &made.byte_count, &made.guest_count)) != STATUS_OK) return status;
    (void)crypto_hash_sha256(hash, bytes, made.byte_count);
    free(bytes);
    if ((status = book_give_version(book, event->number, hash, &made.version)) != STATUS_OK) return status;
    made.is_new = made.version != event->version;
    if ((status = encode(book, event, made.version, &bytes, &made.byte_count, &made.guest_count)) != STATUS_OK)
        return status;
    *out = made;
    *bytes_out = bytes;
    return STATUS_OK;
}

enum status publish_event(struct book *book, const struct event *event, const char *path, struct publication *out)
{
    struct publication made;
    uint8_t *bytes = NULL;
    enum status status = make(book, event, &made, &bytes);

    if (status == STATUS_OK) status = book_save_event_file(book, path, bytes, made.byte_count);
    free(bytes);
    if (status == STATUS_OK) *out = made;
    return status;
}

enum status publish_to_inbox(struct book *book, const struct event *event, struct inbox *inbox, struct publication *out)
{
    const struct office_identity *identity = book_identity(book);
    struct event_edition edition = {.event = event->number};
    uint8_t signature[TICKET_SIGNATURE_BYTES], *bytes = NULL;
    struct publication made;
    enum status status = make(book, event, &made, &bytes);

    if (status != STATUS_OK) return status;
    edition.version = made.version;
    memcpy(edition.organisation, identity->organisation, sizeof edition.organisation);
    memcpy(edition.root_key, identity->root_public_key, sizeof edition.root_key);
    event_file_digest(bytes, made.byte_count, edition.digest);
    book_sign_event_file(book, bytes, made.byte_count, signature);
    status = inbox_put_event(inbox, &edition, bytes, made.byte_count, signature);
    free(bytes);
    if (status == STATUS_OK) *out = made;
    return status;
}
