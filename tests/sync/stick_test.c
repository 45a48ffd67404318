#include "support/check.h"

#include "base/file.h"
#include "base/text.h"
#include "sync/booth.h"
#include "sync/log_file.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

// A folder where sticks are mounted. A stick there is a way to another file system, as a mounted one is.
struct port {
    struct booth booth;
    char media[96], stick[64], link[160];
};

static void plug(struct port *port)
{
    assert_int_equal(symlink(port->stick, port->link), 0);
}

static int open_port(void **state)
{
    struct port *port = calloc(1, sizeof *port);
    struct stat here, there;

    assert_non_null(port);
    booth_open(&port->booth, false);
    snprintf(port->media, sizeof port->media, "%s/media", port->booth.door.folder);
    snprintf(port->link, sizeof port->link, "%s/pi/STICK", port->media);
    strcpy(port->stick, "/var/tmp/einlass-stick-XXXXXX");
    assert_non_null(mkdtemp(port->stick));
    char middle[128];
    snprintf(middle, sizeof middle, "%s/pi", port->media);
    assert_int_equal(mkdir(port->media, 0755), 0);
    assert_int_equal(mkdir(middle, 0755), 0);
    assert_int_equal(stat(port->media, &here), 0);
    assert_int_equal(stat(port->stick, &there), 0);
    if (here.st_dev == there.st_dev) print_message("one file system only: no stick can be plugged in here\n");
    booth_stop_sync(&port->booth);
    strcpy(port->booth.stick, port->media);
    booth_start_sync(&port->booth);
    *state = port;
    return 0;
}

static void empty(const char *path)
{
    DIR *folder = opendir(path);
    const struct dirent *entry;
    char below[512];

    while (folder && (entry = readdir(folder))) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        snprintf(below, sizeof below, "%s/%s", path, entry->d_name);
        if (unlink(below) != 0) rmdir(below);
    }
    if (folder) closedir(folder);
}

static int close_port(void **state)
{
    struct port *port = *state;
    char middle[128];

    snprintf(middle, sizeof middle, "%s/pi", port->media);
    unlink(port->link);
    rmdir(middle);
    rmdir(port->media);
    empty(port->stick);
    rmdir(port->stick);
    booth_close(&port->booth);
    free(port);
    return 0;
}

static bool has_sticks(const struct port *port)
{
    struct stat here, there;

    return stat(port->media, &here) == 0 && stat(port->stick, &there) == 0 && here.st_dev != there.st_dev;
}

static void name_file(const struct port *port, char out[160])
{
    char log[2 * LOG_ID_BYTES + 1];

    text_hex(port->booth.store->ops->identity(port->booth.store)->log, LOG_ID_BYTES, log);
    snprintf(out, 160, "%s/%.16s%s", port->stick, log, LOG_FILE_SUFFIX);
}

struct copy {
    struct booth *booth;
    uint64_t next;
};

static enum status compare(void *owner, const struct wire_line *line)
{
    struct copy *copy = owner;
    char expected[RECORD_LINE_SIZE];

    assert_int_equal(line->seq, copy->next++);
    if (line->seq % 50 > 2) return STATUS_OK; // opening the database takes its time
    door_read_line(&copy->booth->door, line->seq, expected);
    assert_int_equal(strlen(expected), line->length);
    assert_memory_equal(expected, line->text, line->length);
    return STATUS_OK;
}

// Reads the file as an office does: what it holds, in order. How many walk-ins.
static size_t read_file(struct port *port, uint64_t last)
{
    struct copy copy = {.booth = &port->booth, .next = 1};
    struct log_piece piece;
    struct wire_flaw flaw;
    size_t length, at = 0, walk_ins = 0;
    uint8_t *bytes = NULL;
    enum status status;
    char path[160];

    name_file(port, path);
    assert_int_equal(file_read(path, 100 * 1000 * 1000, &bytes, &length), STATUS_OK);
    while ((status = log_file_next((const char *)bytes, length, &at, &piece, &flaw)) == STATUS_OK) {
        struct wire_header header;
        const char *end;
        if (piece.kind == LOG_PIECE_WALK_IN) {
            uint8_t hash[WALK_IN_HASH_BYTES];
            walk_in_hash(piece.blob, piece.salt, hash);
            assert_memory_equal(hash, piece.hash, sizeof hash);
            walk_ins++;
            continue;
        }
        end = memchr(piece.bytes, '\n', piece.length);
        assert_int_equal(wire_read_header(piece.bytes, (size_t)(end - piece.bytes), &header, &flaw), STATUS_OK);
        assert_true(wire_is_signed(&header));
        assert_int_equal(
            wire_read_lines(&header, end + 1, piece.length - (size_t)(end + 1 - piece.bytes), compare, &copy, &flaw),
            STATUS_OK);
    }
    assert_int_equal(status, STATUS_MISSING);
    assert_int_equal(copy.next, last + 1);
    free(bytes);
    return walk_ins;
}

static void test_stick__takes_the_whole_log(void **state)
{
    struct port *port = *state;
    struct booth *booth = &port->booth;

    if (!has_sticks(port)) skip();
    booth_write(booth, 1300);
    booth_send(booth, 2);
    assert_int_equal(booth->state.stick, STICK_NONE);
    plug(port);
    booth_send(booth, 2);
    assert_int_equal(booth->state.stick, STICK_THERE);
    booth_ask(booth, SYNC_REQUEST_EXPORT, "");
    booth_send(booth, 2);
    assert_int_equal(booth->state.stick, STICK_WRITING);
    assert_int_equal(booth->state.export_total, booth_last(booth));
    booth_send(booth, 20);
    assert_int_equal(booth->state.stick, STICK_DONE);
    assert_int_equal(booth->state.export_done, booth_last(booth));
    assert_int_equal(read_file(port, booth_last(booth)), 0);

    booth_write(booth, 7); // and once more: the same file, with what came since
    booth_ask(booth, SYNC_REQUEST_EXPORT, "");
    booth_send(booth, 20);
    assert_int_equal(booth->state.stick, STICK_DONE);
    read_file(port, booth_last(booth));
    unlink(port->link);
    booth_send(booth, 1);
    assert_int_equal(booth->state.stick, STICK_NONE);
    plug(port);
    booth_send(booth, 1);
    assert_int_equal(booth->state.stick, STICK_THERE);
}

static void test_stick__that_is_pulled_out_keeps_what_was_whole(void **state)
{
    struct port *port = *state;
    struct booth *booth = &port->booth;
    uint64_t last;

    if (!has_sticks(port)) skip();
    booth_write(booth, 600);
    plug(port);
    booth_ask(booth, SYNC_REQUEST_EXPORT, "");
    booth_send(booth, 20);
    last = booth_last(booth);
    booth_write(booth, 600);
    booth_ask(booth, SYNC_REQUEST_EXPORT, "");
    booth_send(booth, 2);
    booth_stop_sync(booth); // power is gone in the middle
    read_file(port, last);
    booth_start_sync(booth);
    booth_ask(booth, SYNC_REQUEST_EXPORT, "");
    booth_send(booth, 20);
    read_file(port, booth_last(booth));
}

static void test_stick__that_is_pulled_out_while_writing_is_spoken_of(void **state)
{
    struct port *port = *state;
    struct booth *booth = &port->booth;
    char elsewhere[128], path[160];

    if (!has_sticks(port)) skip();
    booth_write(booth, 1300);
    plug(port);
    booth_ask(booth, SYNC_REQUEST_EXPORT, "");
    booth_send(booth, 2);
    assert_int_equal(booth->state.stick, STICK_WRITING);
    snprintf(elsewhere, sizeof elsewhere, "%s-elsewhere", port->stick);
    assert_int_equal(rename(port->stick, elsewhere), 0);
    booth_send(booth, 20);
    assert_int_equal(booth->state.stick, STICK_FAILED);
    booth_ask(booth, SYNC_REQUEST_EXPORT, ""); // where none is
    booth_send(booth, 2);
    assert_int_equal(booth->state.stick, STICK_NONE);
    assert_int_equal(rename(elsewhere, port->stick), 0);
    booth_ask(booth, SYNC_REQUEST_EXPORT, "");
    booth_send(booth, 20);
    assert_int_equal(booth->state.stick, STICK_DONE);
    snprintf(path, sizeof path, "%s/einlass%s.part", port->stick, LOG_FILE_SUFFIX);
    assert_int_not_equal(access(path, F_OK), 0); // what was half is gone
    read_file(port, booth_last(booth));
}

static void test_stick__that_is_full_says_so(void **state)
{
    struct port *port = *state;
    struct booth *booth = &port->booth;
    struct rlimit before, small;

    if (!has_sticks(port)) skip();
    booth_write(booth, 1300);
    plug(port);
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    booth_ask(booth, SYNC_REQUEST_EXPORT, "");
    small = (struct rlimit){.rlim_cur = 100 * 1000, .rlim_max = before.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    booth_send(booth, 20);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_int_equal(booth->state.stick, STICK_FULL);
    char path[128];
    snprintf(path, sizeof path, "%s/einlass%s.part", port->stick, LOG_FILE_SUFFIX);
    assert_int_not_equal(access(path, F_OK), 0); // nothing half is left
    booth_ask(booth, SYNC_REQUEST_EXPORT, "");
    booth_send(booth, 20);
    assert_int_equal(booth->state.stick, STICK_DONE);
    read_file(port, booth_last(booth));
}

static void test_stick__that_refuses_says_so(void **state)
{
    struct port *port = *state;
    struct booth *booth = &port->booth;
    char path[128];

    if (!has_sticks(port)) skip();
    booth_ask(booth, SYNC_REQUEST_EXPORT, ""); // none is there
    booth_send(booth, 3);
    assert_int_equal(booth->state.stick, STICK_NONE);
    plug(port);
    snprintf(path, sizeof path, "%s/einlass%s.part", port->stick, LOG_FILE_SUFFIX);
    assert_int_equal(mkdir(path, 0755), 0);
    booth_ask(booth, SYNC_REQUEST_EXPORT, "");
    booth_send(booth, 3);
    assert_int_equal(booth->state.stick, STICK_FAILED);
    if (getuid() == 0) return; // may write everywhere
    assert_int_equal(rmdir(path), 0);
    assert_int_equal(chmod(port->stick, 0555), 0);
    booth_ask(booth, SYNC_REQUEST_EXPORT, "");
    booth_send(booth, 3);
    assert_int_equal(chmod(port->stick, 0755), 0);
    assert_int_equal(booth->state.stick, STICK_READ_ONLY);
}

// ---- the file's own flaws ----

static void test_file__is_read_up_to_what_is_damaged(void **state)
{
    struct port *port = *state;
    struct log_piece piece;
    struct wire_flaw flaw;
    uint8_t *bytes = NULL;
    size_t length, at;
    char path[160];

    if (!has_sticks(port)) skip();
    booth_write(&port->booth, 600);
    plug(port);
    booth_ask(&port->booth, SYNC_REQUEST_EXPORT, "");
    booth_send(&port->booth, 20);
    name_file(port, path);
    assert_int_equal(file_read(path, 10 * 1000 * 1000, &bytes, &length), STATUS_OK);
    at = 0;
    assert_int_equal(log_file_next((char *)bytes, length, &at, &piece, &flaw), STATUS_OK);
    size_t first = at;
    for (size_t cut = first + 1; cut < length; cut += 997) {
        at = first;
        assert_int_equal(log_file_next((char *)bytes, cut, &at, &piece, &flaw), STATUS_INVALID);
        assert_int_equal(at, first);
    }
    bytes[first + 3] ^= 1;
    assert_int_equal(log_file_next((char *)bytes, length, &at, &piece, &flaw), STATUS_INVALID);
    free(bytes);
}

static void test_file__holds_walk_ins_between_batches(void **state)
{
    struct outbox_walk_in walk_in = {.seq = 1, .blob = "{\"fields\":{\"name\":\"Zoë \\\"Z\\\"\"}}"};
    struct log_piece piece;
    struct wire_flaw flaw;
    size_t at = 0;
    char *line;

    (void)state;
    memset(walk_in.salt, 7, sizeof walk_in.salt);
    walk_in_hash(walk_in.blob, walk_in.salt, walk_in.hash);
    line = log_file_write_walk_in(&walk_in);
    assert_int_equal(log_file_next(line, strlen(line), &at, &piece, &flaw), STATUS_OK);
    assert_int_equal(piece.kind, LOG_PIECE_WALK_IN);
    assert_string_equal(piece.blob, walk_in.blob);
    assert_memory_equal(piece.salt, walk_in.salt, sizeof piece.salt);
    assert_memory_equal(piece.hash, walk_in.hash, sizeof piece.hash);
    assert_int_equal(log_file_next(line, strlen(line), &at, &piece, &flaw), STATUS_MISSING);
    free(line);
}

int main(void)
{
#define port_test(test) cmocka_unit_test_setup_teardown(test, open_port, close_port)
    const struct CMUnitTest tests[] = {
        port_test(test_stick__takes_the_whole_log),
        port_test(test_stick__that_is_pulled_out_keeps_what_was_whole),
        port_test(test_stick__that_is_pulled_out_while_writing_is_spoken_of),
        port_test(test_stick__that_is_full_says_so),
        port_test(test_stick__that_refuses_says_so),
        port_test(test_file__is_read_up_to_what_is_damaged),
        cmocka_unit_test(test_file__holds_walk_ins_between_batches),
    };

    return cmocka_run_group_tests_name("stick", tests, NULL, NULL);
}
