// clerk.c -- passwords and sessions of those who may look (clerk.h). Passwords are kept as argon2id verifiers, session
// tokens as hashes. Wrong tries are counted in memory: of a name from one peer, and of a peer whatever the name. Never
// of a name from everywhere: anybody could lock a clerk out.
#define LOG_MODULE "office"

#include "office/clerk.h"

#include "base/log.h"
#include "base/text.h"
#include "office/inbox_parts.h"
#include "office/inbox_secret.h"

#include <sodium.h>
#include <string.h>

enum { FREE_TRIES = 5, FREE_TRIES_OF_PEER = 20 }; // several clerks may sit behind one address
enum { MOST_PASSWORD = 1024, LONGEST_WAIT_MS = 15 * 60 * 1000, FORGOTTEN_AFTER_MS = 60 * 60 * 1000 };

enum status clerk_set(struct inbox *inbox, const char *name, const char *password)
{
    char verifier[crypto_pwhash_STRBYTES];
    size_t length = strlen(password);
    enum status status;

    if (!text_is_name(name, CLERK_NAME_SIZE) || length < CLERK_LEAST_PASSWORD || length > MOST_PASSWORD)
        return STATUS_INVALID;
    if (crypto_pwhash_str(verifier, password, length, CLERK_HASH_TURNS, CLERK_HASH_BYTES) != 0)
        return STATUS_LATER; // out of memory
    if ((status = inbox_change(inbox, NULL)) != STATUS_OK) return status;
    status = db_do(inbox->db,
                   "INSERT INTO clerk (name, verifier) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET verifier = "
                   "excluded.verifier",
                   db_text(name), db_text(verifier));
    if (status == STATUS_OK) status = db_do(inbox->db, "DELETE FROM session WHERE clerk = $1", db_text(name));
    return inbox_end(inbox, status);
}

enum status clerk_remove(struct inbox *inbox, const char *name)
{
    int64_t count = 0;
    enum status status = inbox_change(inbox, NULL);

    if (status != STATUS_OK) return status;
    status =
        office_db_numbers(inbox->db, "SELECT COUNT(*) FROM clerk WHERE name = $1", DB_VALUES(db_text(name)), 1, &count);
    if (status == STATUS_OK && count == 0) status = STATUS_MISSING;
    if (status == STATUS_OK) status = db_do(inbox->db, "DELETE FROM session WHERE clerk = $1", db_text(name));
    if (status == STATUS_OK) status = db_do(inbox->db, "DELETE FROM clerk WHERE name = $1", db_text(name));
    return inbox_end(inbox, status);
}

struct roll {
    clerk_visitor *visit;
    void *owner;
};

static enum status call_name(void *owner, const struct db_value *values, size_t count)
{
    const struct roll *roll = owner;
    char name[CLERK_NAME_SIZE];

    (void)count;
    db_copy_text(&values[0], name, sizeof name);
    return roll->visit(roll->owner, name);
}

enum status clerk_each(struct inbox *inbox, clerk_visitor *visit, void *owner)
{
    struct roll roll = {visit, owner};

    return inbox->db->ops->query(inbox->db, "SELECT name FROM clerk ORDER BY name", NULL, 0, call_name, &roll);
}

enum status clerk_count(struct inbox *inbox, size_t *out)
{
    int64_t count = 0;
    enum status status = office_db_numbers(inbox->db, "SELECT COUNT(*) FROM clerk", NULL, 0, 1, &count);

    if (status == STATUS_OK) *out = (size_t)count;
    return status;
}

// ---- wrong tries ----

// name NULL: of the peer, whatever the name.
static struct inbox_tries *find_tries(struct inbox *inbox, const char *peer, const char *name)
{
    int64_t now = inbox->clock->ops->mono_ms(inbox->clock);
    struct inbox_tries *oldest = &inbox->tries[0];
    uint8_t key[INBOX_TRIES_KEY_BYTES];
    crypto_generichash_state hash;

    crypto_generichash_init(&hash, NULL, 0, sizeof key);
    crypto_generichash_update(&hash, (const uint8_t *)peer, strlen(peer) + 1);
    if (name) crypto_generichash_update(&hash, (const uint8_t *)name, strlen(name) + 1);
    crypto_generichash_final(&hash, key, sizeof key);
    for (size_t i = 0; i < INBOX_MOST_TRIES; i++) {
        struct inbox_tries *tries = &inbox->tries[i];
        if (tries->count > 0 && now - tries->last_mono_ms > FORGOTTEN_AFTER_MS) *tries = (struct inbox_tries){0};
        if (tries->count > 0 && memcmp(tries->key, key, sizeof key) == 0) return tries;
        if (tries->count < oldest->count ||
            (tries->count == oldest->count && tries->last_mono_ms < oldest->last_mono_ms))
            oldest = tries;
    }
    *oldest = (struct inbox_tries){.count = 0};
    memcpy(oldest->key, key, sizeof key);
    return oldest;
}

// The first few are free; then 1 s, 2 s, 4 s … after each.
static int64_t wait_ms(const struct inbox *inbox, const struct inbox_tries *tries, int free_tries)
{
    int64_t since_ms = inbox->clock->ops->mono_ms(inbox->clock) - tries->last_mono_ms, wait = LONGEST_WAIT_MS;

    if (tries->count < free_tries) return 0;
    if (tries->count - free_tries < 10) wait = INT64_C(1000) << (tries->count - free_tries);
    if (wait > LONGEST_WAIT_MS) wait = LONGEST_WAIT_MS;
    return wait > since_ms ? wait - since_ms : 0;
}

static void count_try(struct inbox *inbox, struct inbox_tries *tries, int free_tries)
{
    tries->count++;
    tries->last_mono_ms = inbox->clock->ops->mono_ms(inbox->clock);
    if (tries->count == free_tries) log_warn("a log-in is slowed down after wrong passwords");
}

static void note_wrong(struct inbox *inbox, const char *name, const char *peer)
{
    count_try(inbox, find_tries(inbox, peer, name), FREE_TRIES);
    count_try(inbox, find_tries(inbox, peer, NULL), FREE_TRIES_OF_PEER);
}

static int64_t longest_wait(struct inbox *inbox, const char *name, const char *peer)
{
    int64_t of_name = wait_ms(inbox, find_tries(inbox, peer, name), FREE_TRIES);
    int64_t of_peer = wait_ms(inbox, find_tries(inbox, peer, NULL), FREE_TRIES_OF_PEER);

    return of_name > of_peer ? of_name : of_peer;
}

// ---- sessions ----

struct verifier {
    char text[crypto_pwhash_STRBYTES];
};

static enum status read_verifier(void *owner, const struct db_value *values, size_t count)
{
    struct verifier *verifier = owner;

    (void)count;
    db_copy_text(&values[0], verifier->text, sizeof verifier->text);
    return STATUS_OK;
}

// A name that nobody has takes as long as a wrong password: the time doesn't tell who is a clerk.
static enum status check_password(struct inbox *inbox, const char *name, const char *password)
{
    struct verifier verifier = {{0}};
    uint8_t unused[16];
    const uint8_t salt[crypto_pwhash_SALTBYTES] = {0};
    enum status status =
        db_ask(inbox->db, "SELECT verifier FROM clerk WHERE name = $1", read_verifier, &verifier, db_text(name));

    if (status != STATUS_OK) return status;
    if (verifier.text[0])
        return crypto_pwhash_str_verify(verifier.text, password, strlen(password)) == 0 ? STATUS_OK : STATUS_MISSING;
    (void)!crypto_pwhash(unused, sizeof unused, password, strlen(password), salt, CLERK_HASH_TURNS, CLERK_HASH_BYTES,
                         crypto_pwhash_ALG_ARGON2ID13);
    return STATUS_MISSING;
}

static enum status begin_session(struct inbox *inbox, const char *name, char token_out[CLERK_TOKEN_SIZE])
{
    uint8_t hash[INBOX_SECRET_HASH_BYTES];
    int64_t now = inbox_now(inbox);
    enum status status = inbox_change(inbox, NULL);

    if (status != STATUS_OK) return status;
    inbox_make_token(token_out);
    inbox_hash_secret(token_out, hash);
    status = db_do(inbox->db, "DELETE FROM session WHERE until_ms <= $1", db_int(now));
    if (status == STATUS_OK)
        status = db_do(inbox->db, "INSERT INTO session (token_hash, clerk, until_ms) VALUES ($1, $2, $3)",
                       db_blob(hash, sizeof hash), db_text(name), db_int(now + CLERK_SESSION_MS));
    return inbox_end(inbox, status);
}

enum status clerk_log_in(struct inbox *inbox, const char *name, const char *password, const char *peer,
                         char token_out[CLERK_TOKEN_SIZE], int64_t *wait_ms_out)
{
    enum status status;

    *wait_ms_out = longest_wait(inbox, name, peer);
    if (*wait_ms_out > 0) return STATUS_LATER;
    if (!text_is_name(name, CLERK_NAME_SIZE) || strlen(password) > MOST_PASSWORD) status = STATUS_MISSING;
    else status = check_password(inbox, name, password);
    if (status == STATUS_MISSING) note_wrong(inbox, name, peer);
    if (status != STATUS_OK) return status;
    find_tries(inbox, peer, name)->count = 0;
    return begin_session(inbox, name, token_out);
}

struct clerk_name {
    char text[CLERK_NAME_SIZE];
};

static enum status read_name(void *owner, const struct db_value *values, size_t count)
{
    struct clerk_name *name = owner;

    (void)count;
    db_copy_text(&values[0], name->text, sizeof name->text);
    return STATUS_OK;
}

enum status clerk_of(struct inbox *inbox, const char *token, char name_out[CLERK_NAME_SIZE])
{
    struct clerk_name name = {{0}};
    uint8_t hash[INBOX_SECRET_HASH_BYTES];
    enum status status;

    if (strlen(token) != CLERK_TOKEN_SIZE - 1) return STATUS_MISSING;
    inbox_hash_secret(token, hash);
    status = db_ask(inbox->db, "SELECT clerk FROM session WHERE token_hash = $1 AND until_ms > $2", read_name, &name,
                    db_blob(hash, sizeof hash), db_int(inbox_now(inbox)));
    if (status != STATUS_OK) return status;
    if (!name.text[0]) return STATUS_MISSING;
    memcpy(name_out, name.text, sizeof name.text);
    return STATUS_OK;
}

enum status clerk_log_out(struct inbox *inbox, const char *token)
{
    uint8_t hash[INBOX_SECRET_HASH_BYTES];
    enum status status = inbox_change(inbox, NULL);

    if (status != STATUS_OK) return status;
    inbox_hash_secret(token, hash);
    return inbox_end(inbox, db_do(inbox->db, "DELETE FROM session WHERE token_hash = $1", db_blob(hash, sizeof hash)));
}
