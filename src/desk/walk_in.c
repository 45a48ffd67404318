// walk_in.c -- registering somebody without a ticket, and whom they brought: everybody or nobody, in one book entry.
// They get tickets signed by this kiosk's own key, good at every kiosk whose event file lists that key.
#define LOG_MODULE "desk"

#include "desk/form.h"
#include "desk/obey.h"
#include "desk/take_in.h"

#include "base/log.h"
#include "record/device_key.h"

#include <sodium.h>
#include <string.h>

// ---- may they come in ----

// The group of a list for one group only: they are counted where they stand.
static uint8_t group_of(const struct list *list)
{
    uint8_t only = 0;

    for (unsigned id = 1; id <= UINT8_MAX; id++) {
        if (!id_set_has(&list->groups, (uint8_t)id)) continue;
        if (only != 0) return 0;
        only = (uint8_t)id;
    }
    return only;
}

// By the same rules as everybody, the last of them too: who came together isn't parted at the door.
static void judge(struct desk *desk, size_t count, struct verdict *out)
{
    struct question *question = &desk->question;

    *question = desk_question(desk);
    question->claim = CLAIM_ROSTER;
    question->direction = DIRECTION_ENTRY;
    question->guest =
        (struct guest){.is_listed = true, .is_walk_in = true, .class_id = desk->config.event->walk_ins.class_id};
    question->guest.group = group_of(desk->list);
    question->inside += (uint32_t)count - 1;
    question->left -= (int64_t)count - 1;
    decide(question, out);
}

// ---- their numbers ----

static bool is_in_party(const struct desk *desk, size_t count, uint64_t ticket)
{
    for (size_t i = 0; i < count; i++)
        if (desk->party[i].ticket == ticket) return true;
    return false;
}

// MISSING: free. OK: somebody has it.
static enum status find_owner(struct desk *desk, uint64_t ticket)
{
    struct store *store = desk->config.store;
    struct guest guest = {.ticket = ticket};
    struct history history = {0};
    enum status status = store->ops->find_guest(store, desk->config.event->number, ticket, &guest);

    if (status != STATUS_MISSING) return status;
    status = desk_history(desk, desk->list, &guest, &history);
    if (status != STATUS_OK) return status;
    return history.ticket.is_known ? STATUS_OK : STATUS_MISSING;
}

static enum status draw_number(struct desk *desk, size_t count, uint64_t *out)
{
    enum status status = STATUS_OK;
    uint64_t ticket = 0;

    while (status == STATUS_OK) { // 48 bits: one draw, but for a few times in the life of all kiosks
        randombytes_buf(&ticket, sizeof ticket);
        ticket &= (UINT64_C(1) << 48) - 1;
        if (ticket != 0 && !is_in_party(desk, count, ticket)) status = find_owner(desk, ticket);
    }
    if (status == STATUS_MISSING) *out = ticket;
    return status == STATUS_MISSING ? STATUS_OK : status;
}

// The first is who typed; the others are known by whom they came with.
static enum status gather(struct desk *desk, const struct walk_in *first, size_t count)
{
    struct walk_in *party = desk->party;
    enum status status = STATUS_OK;

    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        party[i] = (struct walk_in){.plus_one_of = i > 0 ? party[0].ticket : 0};
        if (i == 0) party[i] = *first;
        memcpy(party[i].language, first->language, sizeof first->language);
        randombytes_buf(party[i].salt, sizeof party[i].salt);
        status = draw_number(desk, i, &party[i].ticket);
    }
    return status;
}

// ---- writing them down ----

static enum status keep_one(struct desk *desk, const struct walk_in *walk_in, uint64_t *seq_out)
{
    struct record registered = desk_note_of(desk, RECORD_KIND_WALK_IN), entry;
    enum status status;

    registered.has_ticket = true;
    registered.ticket = walk_in->ticket;
    entry = registered;
    registered.class_id = desk->config.event->walk_ins.class_id;
    registered.group = group_of(desk->list);
    entry.kind = RECORD_KIND_ENTRY;
    entry.reason = REASON_OK;
    entry.via = CODE_VIA_HAND;
    status = desk_keep_walk_in(desk, &registered, walk_in, seq_out);
    return status == STATUS_OK ? desk_keep(desk, &entry, seq_out) : status;
}

static enum status keep(struct desk *desk, size_t count, uint64_t *seq_out)
{
    enum status status = desk_open_book(desk);
    uint64_t seq = 0;

    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        status = keep_one(desk, &desk->party[i], &seq);
        if (i == 0) *seq_out = seq;
    }
    status = desk_close_book(desk, status);
    if (status != STATUS_OK) *seq_out = 0;
    return status;
}

// ---- their tickets ----

static const struct ticket_key *find_own_key(const struct desk *desk)
{
    const struct event *event = desk->config.event;
    const struct device_key *own = desk->config.device_key;

    for (size_t i = 0; own && i < event->keyset.count; i++) {
        const struct ticket_key *key = &event->keyset.keys[i];
        if (!key->is_walk_in_only || key->walk_in_class != event->walk_ins.class_id) continue;
        if (memcmp(key->public_key, own->public_key, sizeof key->public_key) == 0) return key;
    }
    return NULL;
}

static uint16_t day_of(int64_t unix_ms)
{
    int day = clock_local_day(unix_ms);
    return day < 0 ? 0 : day > UINT16_MAX ? UINT16_MAX : (uint16_t)day;
}

// Valid on the event's days, as the office's tickets are: our own clock has no say in it. `ticket` has a number and a
// group; of practice, it opens no door.
static void sign(const struct desk *desk, const struct ticket_key *key, struct ticket ticket,
                 char out[TICKET_TEXT_SIZE])
{
    const struct event *event = desk->config.event;

    ticket.kid = key->kid;
    ticket.event = event->number;
    ticket.from_day = day_of(event->starts_ms);
    ticket.until_day = day_of(event->ends_ms);
    ticket.class_id = event->walk_ins.class_id;
    ticket_sign(&ticket, event->keyset.organisation, desk->config.device_key->secret_key);
    ticket_write(&ticket, out);
}

static void tell(const struct desk *desk, size_t count, struct notice *out)
{
    const struct ticket_key *key = find_own_key(desk);
    const struct event *event = desk->config.event;
    struct ticket ticket = {.is_practice = desk->stance.is_practising, .group = group_of(desk->list)};

    out->ticket = desk->party[0].ticket;
    out->class_id = event->walk_ins.class_id;
    out->group = group_of(desk->list);
    memcpy(out->language, desk->party[0].language, sizeof out->language);
    if (event->shows_names) desk_tell_first_name(out->first_name, form_name(&desk->party[0], &event->walk_ins));
    for (size_t i = 0; key && i < count; i++) {
        ticket.number = desk->party[i].ticket;
        sign(desk, key, ticket, out->tickets[i]);
    }
    out->ticket_count = key ? count : 0;
}

// Whom the roster has taken over may have got another ticket from the office.
bool desk_has_ticket(const struct desk *desk, const struct guest *guest)
{
    return guest->is_walk_in && guest->class_id == desk->config.event->walk_ins.class_id && find_own_key(desk);
}

// For who didn't photograph it. Nothing is written: number, group and key are as they were, so it is the same ticket,
// a real one in practice mode, too.
void desk_obey_ticket(struct desk *desk, const struct command *command, struct notice *out)
{
    struct store *store = desk->config.store;
    struct guest guest = {0};
    enum status status = desk_recover(desk);

    out->kind = NOTICE_TOO_LATE;
    if (status == STATUS_OK)
        status = store->ops->find_guest(store, desk->config.event->number, command->ticket, &guest);
    if (status == STATUS_OK && desk_has_ticket(desk, &guest)) {
        out->kind = NOTICE_WALK_IN;
        out->ticket = guest.ticket;
        out->ticket_count = 1;
        sign(desk, find_own_key(desk), (struct ticket){.number = guest.ticket, .group = guest.group}, out->tickets[0]);
    }
    if (status == STATUS_OK || status == STATUS_MISSING) return;
    desk->needs_recovery = true;
    out->kind = NOTICE_NOT_SAVED;
}

// ---- all together ----

static enum status ask_namesake(struct desk *desk, const struct command *command, const struct walk_in *walk_in,
                                bool *out)
{
    struct store *store = desk->config.store;
    const char *name = form_name(walk_in, &desk->config.event->walk_ins);

    *out = false;
    if (command->walk_in.is_sure) return STATUS_OK;
    return store->ops->has_namesake(store, desk->config.event->number, name, out);
}

// Refused: what the form says is none, or was asked by a version that asked something else, or the rules say no. Else
// they may come in, and nothing is written yet.
static bool is_refused(struct desk *desk, const struct command *command, size_t count, struct walk_in *walk_in,
                       struct notice *out)
{
    const struct walk_in_rules *rules = &desk->config.event->walk_ins;

    bool is_current = desk_asked_the_same(desk, command->walk_in.event_version);
    if (!is_current || count > NOTICE_MOST_TICKETS || form_read(&command->walk_in, rules, walk_in) != STATUS_OK) {
        out->kind = NOTICE_VERDICT;
        out->verdict.reason = REASON_INVALID;
        return true;
    }
    judge(desk, count, &out->verdict);
    if (out->verdict.reason == REASON_OK) return false;
    out->kind = NOTICE_VERDICT;
    desk_tell(desk, &desk->question, out);
    return true;
}

void desk_obey_walk_in(struct desk *desk, const struct command *command, struct notice *out)
{
    size_t count = (size_t)command->walk_in.plus_ones + 1;
    struct walk_in walk_in;
    bool has_namesake = false;
    enum status status = desk_recover(desk); // or nobody knows how many are inside

    if (status == STATUS_OK && is_refused(desk, command, count, &walk_in, out)) return;
    if (status == STATUS_OK) status = ask_namesake(desk, command, &walk_in, &has_namesake);
    if (status == STATUS_OK && has_namesake) {
        out->kind = NOTICE_NAMESAKE;
        return;
    }
    if (status == STATUS_OK) status = gather(desk, &walk_in, count);
    if (status == STATUS_OK) status = keep(desk, count, &out->seq);
    if (status == STATUS_OK) tell(desk, count, out);
    sodium_memzero(desk->party, sizeof desk->party); // what they said about themselves is in the store now, or nowhere
    if (status == STATUS_OK) return;
    log_error("not saved, nobody was registered persons=%zu: %s", count, status_words(status));
    desk->needs_recovery = true;
    out->kind = NOTICE_NOT_SAVED;
}
