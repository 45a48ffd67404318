#include "office/clerk.h"

#define LOG_MODULE "office"
#include "base/log.h"
#include "base/text.h"
#include "office/inbox_parts.h"
#include "office/inbox_secret.h"

#include <assert.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

enum {
    PASSES = 2, // argon2id as OWASP's Password Storage Cheat Sheet has it: 19 MiB, 2 passes
    MEMORY_BYTES = 19 * 1024 * 1024,
    MOST_PASSWORD_BYTES = 1024,
    FREE_TRIES = 3,                    // of a name from a peer; then 1, 2, 4 … s between two tries
    FREE_TRIES_OF_PEER = 20,           // whatever names it tries: an office's clerks may share an address
    LONGEST_WAIT_MS = 60 * 1000,       // so that nobody can lock a clerk out
    FORGOTTEN_MS = 30 * 60 * 1000,     // after the last wrong one
    TRIED_SIZE = CLERK_NAME_SIZE + 64, // "peer name"
};

// ---- logins ----

static bool is_name(const char *name)
{
    char shown[CLERK_NAME_SIZE];

    if (!*name || strlen(name) >= CLERK_NAME_SIZE) return false;
    text_make_showable(shown, sizeof shown, name, strlen(name));
    return strcmp(shown, name) == 0;
}

static size_t count_points(const char *text)
{
    size_t count = 0;

    while (text_next(&text)) count++;
    return count;
}

static bool is_password(const char *password)
{
    size_t length = strlen(password);

    return length <= MOST_PASSWORD_BYTES && text_is_utf8(password, length) &&
           count_points(password) >= CLERK_LEAST_PASSWORD;
}

static enum status make_verifier(const char *password, char out[crypto_pwhash_STRBYTES])
{
    int failed =
        crypto_pwhash_str_alg(out, password, strlen(password), PASSES, MEMORY_BYTES, crypto_pwhash_ALG_ARGON2ID13);

    if (failed) log_error("no memory to check a password");
    return failed ? STATUS_LATER : STATUS_OK;
}

static enum status keep(struct inbox *inbox, const char *name, const char *verifier)
{
    enum status status = db_do(inbox->db,
                               "INSERT INTO clerk (name, verifier) VALUES ($1, $2) "
                               "ON CONFLICT (name) DO UPDATE SET verifier = excluded.verifier",
                               db_text(name), db_text(verifier));

    if (status != STATUS_OK) return status;
    return db_do(inbox->db, "DELETE FROM session WHERE clerk = $1", db_text(name));
}

enum status clerk_set(struct inbox *inbox, const char *name, const char *password)
{
    char verifier[crypto_pwhash_STRBYTES];
    enum status status;

    if (!is_name(name) || !is_password(password)) return STATUS_INVALID;
    if ((status = make_verifier(password, verifier)) != STATUS_OK) return status;
    if ((status = inbox_change(inbox, NULL)) != STATUS_OK) return status;
    return inbox_end(inbox, keep(inbox, name, verifier));
}

static enum status drop(struct inbox *inbox, const char *name)
{
    int64_t count = 0;
    enum status status =
        office_db_numbers(inbox->db, "SELECT COUNT(*) FROM clerk WHERE name = $1", DB_VALUES(db_text(name)), 1, &count);

    if (status == STATUS_OK && count == 0) status = STATUS_MISSING;
    if (status == STATUS_OK) status = db_do(inbox->db, "DELETE FROM session WHERE clerk = $1", db_text(name));
    if (status == STATUS_OK) status = db_do(inbox->db, "DELETE FROM clerk WHERE name = $1", db_text(name));
    return status;
}

enum status clerk_remove(struct inbox *inbox, const char *name)
{
    enum status status = inbox_change(inbox, NULL);

    return status == STATUS_OK ? inbox_end(inbox, drop(inbox, name)) : status;
}

enum status clerk_count(struct inbox *inbox, size_t *out)
{
    int64_t count = 0;
    enum status status = office_db_numbers(inbox->db, "SELECT COUNT(*) FROM clerk", NULL, 0, 1, &count);

    if (status == STATUS_OK) *out = (size_t)count;
    return status;
}

// ---- wrong passwords: counted by peer and name, and by peer ----

struct tries {
    const char *key;
    int64_t free_tries;
};

static int64_t wait_after(int64_t count, int64_t free_tries)
{
    int64_t over = count - free_tries;

    if (over < 0) return 0;
    return over < 6 ? (int64_t)1000 << over : LONGEST_WAIT_MS;
}

// wait_ms_out: from now on; 0: it may be tried.
static enum status look_up(struct inbox *inbox, const struct tries *tries, int64_t *wait_ms_out)
{
    int64_t found[2] = {0}, now = inbox_now(inbox), until;
    enum status status = office_db_numbers(inbox->db, "SELECT count, last_ms FROM wrong_login WHERE tried = $1",
                                           DB_VALUES(db_text(tries->key)), 2, found);

    *wait_ms_out = 0;
    if (status == STATUS_MISSING) return STATUS_OK;
    if (status != STATUS_OK || now < found[1] || now - found[1] > FORGOTTEN_MS) return status; // or the clock was set
    until = found[1] + wait_after(found[0], tries->free_tries);
    if (until > now) *wait_ms_out = until - now;
    return STATUS_OK;
}

static enum status count_wrong(struct inbox *inbox, const struct tries tries[2])
{
    int64_t now = inbox_now(inbox);
    enum status status = db_do(inbox->db, "DELETE FROM wrong_login WHERE last_ms < $1 OR last_ms > $2",
                               db_int(now - FORGOTTEN_MS), db_int(now));

    for (size_t i = 0; i < 2 && status == STATUS_OK; i++)
        status = db_do(inbox->db,
                       "INSERT INTO wrong_login (tried, count, last_ms) VALUES ($1, 1, $2) ON CONFLICT (tried) DO "
                       "UPDATE SET count = wrong_login.count + 1, last_ms = excluded.last_ms",
                       db_text(tries[i].key), db_int(now));
    return status;
}

// ---- sessions ----

static enum status begin_session(struct inbox *inbox, const char *name, const char *tried, const char *token)
{
    uint8_t hash[INBOX_SECRET_HASH_BYTES];
    int64_t now = inbox_now(inbox);
    enum status status = db_do(inbox->db, "DELETE FROM session WHERE until_ms < $1", db_int(now));

    inbox_hash_secret(token, hash);
    if (status == STATUS_OK) status = db_do(inbox->db, "DELETE FROM wrong_login WHERE tried = $1", db_text(tried));
    if (status != STATUS_OK) return status;
    return db_do(inbox->db, "INSERT INTO session (token_hash, clerk, until_ms) VALUES ($1, $2, $3)",
                 db_blob(hash, sizeof hash), db_text(name), db_int(now + CLERK_SESSION_MS));
}

static enum status take_verifier(void *owner, const struct db_value *values, size_t count)
{
    (void)count;
    db_copy_text(&values[0], owner, crypto_pwhash_STRBYTES);
    return STATUS_OK;
}

// MISSING: wrong. A name that nobody has takes as long as one that somebody has.
static enum status verify(struct inbox *inbox, const char *name, const char *password)
{
    char verifier[crypto_pwhash_STRBYTES] = "";
    enum status status =
        db_ask(inbox->db, "SELECT verifier FROM clerk WHERE name = $1", take_verifier, verifier, db_text(name));

    if (status != STATUS_OK) return status;
    if (!verifier[0]) {
        status = make_verifier(password, verifier);
        return status == STATUS_OK ? STATUS_MISSING : status;
    }
    return crypto_pwhash_str_verify(verifier, password, strlen(password)) == 0 ? STATUS_OK : STATUS_MISSING;
}

static enum status must_wait(struct inbox *inbox, const struct tries tries[2], int64_t *wait_ms_out)
{
    int64_t wait_ms[2] = {0};
    enum status status = look_up(inbox, &tries[0], &wait_ms[0]);

    if (status == STATUS_OK) status = look_up(inbox, &tries[1], &wait_ms[1]);
    if (status != STATUS_OK) return status;
    *wait_ms_out = wait_ms[0] > wait_ms[1] ? wait_ms[0] : wait_ms[1];
    return *wait_ms_out > 0 ? STATUS_LATER : STATUS_OK;
}

enum status clerk_log_in(struct inbox *inbox, const char *name, const char *password, const char *peer,
                         char token_out[CLERK_TOKEN_SIZE], int64_t *wait_ms_out)
{
    static_assert((int)CLERK_TOKEN_SIZE == (int)PAIRING_TOKEN_SIZE, "both are made by inbox_make_token");
    char both[TRIED_SIZE];
    const struct tries tries[2] = {{both, FREE_TRIES}, {peer, FREE_TRIES_OF_PEER}};
    enum status right, status;

    *wait_ms_out = 0;
    if (!is_name(name) || strlen(password) > MOST_PASSWORD_BYTES) return STATUS_MISSING;
    snprintf(both, sizeof both, "%.48s %s", peer, name);
    if ((status = must_wait(inbox, tries, wait_ms_out)) != STATUS_OK) return status;
    right = verify(inbox, name, password); // before the change begins: it takes its time
    if (right != STATUS_OK && right != STATUS_MISSING) return right;
    if ((status = inbox_change(inbox, NULL)) != STATUS_OK) return status;
    inbox_make_token(token_out);
    status =
        inbox_end(inbox, right == STATUS_OK ? begin_session(inbox, name, both, token_out) : count_wrong(inbox, tries));
    return status == STATUS_OK ? right : status;
}

static enum status take_name(void *owner, const struct db_value *values, size_t count)
{
    (void)count;
    db_copy_text(&values[0], owner, CLERK_NAME_SIZE);
    return STATUS_OK;
}

enum status clerk_of(struct inbox *inbox, const char *token, char name_out[CLERK_NAME_SIZE])
{
    uint8_t hash[INBOX_SECRET_HASH_BYTES];
    char name[CLERK_NAME_SIZE] = "";
    enum status status;

    inbox_hash_secret(token, hash);
    status = db_ask(inbox->db, "SELECT clerk FROM session WHERE token_hash = $1 AND until_ms > $2", take_name, name,
                    db_blob(hash, sizeof hash), db_int(inbox_now(inbox)));
    if (status != STATUS_OK) return status;
    if (!name[0]) return STATUS_MISSING;
    memcpy(name_out, name, sizeof name);
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
