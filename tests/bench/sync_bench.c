// sync_bench.c -- a kiosk with 10,000 waiting records and an office behind a slow line (1 Mbit/s each way, 100 ms each
// way, TLS): how long it takes against the bytes alone, and what a scan costs meanwhile.
#include "support/check.h"

#include "base/text.h"
#include "bench/bench.h"
#include "code/reader.h"
#include "desk/desk.h"
#include "http/certificate.h"
#include "service/bureau.h"
#include "support/door.h"
#include "support/qr_image.h"
#include "support/shaper.h"
#include "sync/office.h"
#include "sync/sync.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { GUESTS = 20000, WAITING = 10000, ROUNDS = 6, SCANS_EACH = 100, SCANS = ROUNDS * SCANS_EACH, PAUSE_MS = 50 };
enum { BITS_PER_SECOND = 1000 * 1000, WAY_MS = 100 };

struct stage {
    struct door door;
    struct store *store;
    struct device_key key;
    struct queue notices;
    struct mailbox states;
    struct desk *desk;
    struct reader *reader;
    struct office *office;
    struct shaper *shaper;
    struct sync *sync;
    char pairing[128];
    struct frame frame;
    size_t inside;
};

static void open_desk(struct stage *stage)
{
    struct desk_config config = {.store = stage->store,
                                 .clock = clock_system(),
                                 .event = &stage->door.event,
                                 .list = DOOR_LIST,
                                 .gate = "Nord",
                                 .notices = &stage->notices};

    assert_int_equal(desk_open(&config, &stage->desk), STATUS_OK);
    (void)desk_step(stage->desk, 0);
}

static void write_waiting(struct stage *stage)
{
    uint64_t seq;

    assert_int_equal(stage->store->ops->begin(stage->store), STATUS_OK);
    for (size_t i = 0; i < WAITING; i++) {
        struct record entry = door_entry(&stage->door, i);
        assert_int_equal(stage->store->ops->append(stage->store, &entry, &seq), STATUS_OK);
    }
    assert_int_equal(stage->store->ops->end(stage->store, STATUS_OK), STATUS_OK);
    stage->store->ops->rest(stage->store);
    stage->inside = WAITING + 1;
}

static void open_stage(struct stage *stage)
{
    door_init(&stage->door, door_disk());
    stage->store = door_store(&stage->door, GUESTS);
    memcpy(stage->key.public_key, stage->door.device_key, DEVICE_KEY_BYTES);
    memcpy(stage->key.secret_key, stage->door.device_secret_key, sizeof stage->key.secret_key);
    queue_init(&stage->notices, sizeof(struct notice), 16, NULL);
    mailbox_init(&stage->states, sizeof(struct sync_state), NULL);
    write_waiting(stage);
    open_desk(stage);
    assert_int_equal(
        reader_local_open(&(struct reader_config){.clock = clock_system(), .budget_ms = 200}, &stage->reader),
        STATUS_OK);
    stage->office = office_open();
    memcpy(stage->office->device_key, stage->door.device_key, DEVICE_KEY_BYTES);
    stage->shaper = shaper_open(&(struct shaper_config){
        .to_port = liar_port(stage->office->liar), .bits_per_second = BITS_PER_SECOND, .way_ms = WAY_MS});
}

static void close_stage(struct stage *stage)
{
    reader_close(stage->reader);
    desk_close(stage->desk);
    store_close(stage->store);
    shaper_close(stage->shaper);
    office_close(stage->office);
    queue_destroy(&stage->notices);
    mailbox_destroy(&stage->states);
    unlink(stage->pairing);
    door_destroy(&stage->door);
}

static void open_sync(struct stage *stage, struct pairing pairing, const struct shaper *shaper)
{
    struct sync_config config = {.database = stage->door.path,
                                 .pairing = stage->pairing,
                                 .device_key = &stage->key,
                                 .gate = "Nord",
                                 .event = DOOR_EVENT,
                                 .clock = clock_system(),
                                 .deliveries = desk_deliveries(stage->desk),
                                 .states = &stage->states};

    snprintf(stage->pairing, sizeof stage->pairing, "%s/pairing.json", stage->door.folder);
    snprintf(pairing.url, sizeof pairing.url, "https://127.0.0.1:%u", shaper_port(shaper));
    assert_int_equal(pairing_save(stage->pairing, &pairing), STATUS_OK);
    assert_int_equal(sync_open(&config, &stage->sync), STATUS_OK);
    desk_connect(stage->desk, sync_requests(stage->sync), sync_receipts(stage->sync), sync_bell(stage->sync));
    sync_start(stage->sync);
}

static void close_sync(struct stage *stage)
{
    desk_connect(stage->desk, NULL, NULL, NULL);
    sync_close(stage->sync);
    stage->sync = NULL;
    liar_meet(stage->office->liar); // whose log it is the next time is asked anew
    office_forget(stage->office, 1);
    liar_meet(stage->office->liar);
}

static bool has_all(struct stage *stage)
{
    const struct sync_state *state = mailbox_take(&stage->states);

    (void)desk_step(stage->desk, bench_now_ns() / 1000000);
    return state && state->synced_unix_ms && state->waiting == 0;
}

// To the real office: its server, its checks, its database on a disk.
static void measure_line(struct stage *stage, const struct bench *bench)
{
    struct wire_enroll enroll = {.name = "Bus 3", .version = "1"};
    struct pairing pairing = {.is_pinned = true, .device = "Bus 3", .event = BUREAU_EVENT};
    struct service_config config = {.address = "127.0.0.1", .clock = clock_system(), .is_pinned = true};
    struct certificate *certificate = NULL;
    struct bureau *bureau;
    struct service *service;
    struct device device;
    char base[128];
    void *owner = NULL;

    assert_int_equal(bureau_open(&owner), 0);
    bureau = owner;
    folder_file(&bureau->folder, "office", base);
    assert_int_equal(certificate_keep(base, &certificate), STATUS_OK);
    config.database = bureau->records_path;
    config.book = bureau->book_path;
    config.certificate = certificate;
    assert_int_equal(service_open(&config, &service), STATUS_OK);
    memcpy(enroll.device_public_key, stage->key.public_key, DEVICE_KEY_BYTES);
    assert_int_equal(inbox_offer(bureau->inbox, enroll.name, BUREAU_EVENT, false, 60 * 1000, enroll.code), STATUS_OK);
    assert_int_equal(inbox_enroll(bureau->inbox, &enroll, &device, pairing.token), STATUS_OK);
    memcpy(pairing.pin, certificate->pin, PAIRING_PIN_BYTES);

    struct shaper *shaper = shaper_open(&(struct shaper_config){
        .to_port = service_port(service), .bits_per_second = BITS_PER_SECOND, .way_ms = WAY_MS});
    int64_t begun_ns = bench_now_ns();
    open_sync(stage, pairing, shaper);
    while (!has_all(stage)) usleep(2000);
    double seconds = (double)(bench_now_ns() - begun_ns) / 1e9;
    double alone_seconds = (double)shaper_bytes(shaper) * 8 / BITS_PER_SECOND + 2 * WAY_MS / 1000.0;
    close_sync(stage);
    bench_report(bench, "10000 waiting", "KiB", (double)shaper_bytes(shaper) / 1024);
    bench_compare(bench, "10000 waiting", "seconds", seconds, alone_seconds);
    shaper_close(shaper);
    service_close(service);
    certificate_close(certificate);
    bureau_close(&owner);
}

static double scan(struct stage *stage)
{
    static struct reading reading;
    static struct notice notice;
    struct ticket ticket = door_signed_ticket(&stage->door, stage->inside += 2); // two tickets each are one person's
    char text[TICKET_TEXT_SIZE];
    struct qr_image image = {.text = text, .module_px = 4, .quiet_modules = 4, .left_px = 200, .top_px = 150};

    ticket_write(&ticket, text);
    qr_image_clear(&stage->frame, 640, 480, 190);
    qr_image_draw(&stage->frame, &image);
    while (queue_take(&stage->notices, &notice)) continue;
    int64_t begun_ns = bench_now_ns();
    do stage->reader->ops->read(stage->reader, &stage->frame, &reading);
    while (reading.count == 0 && !reading.is_exhausted);
    assert_int_equal(reading.count, 1);
    assert_int_equal(queue_put(desk_codes(stage->desk), &reading.codes[0]), STATUS_OK);
    (void)desk_step(stage->desk, begun_ns / 1000000);
    int64_t done_ns = bench_now_ns();
    assert_true(queue_take(&stage->notices, &notice));
    assert_int_equal(notice.kind, NOTICE_VERDICT);
    assert_int_equal(notice.verdict.reason, REASON_OK);
    return (double)(done_ns - begun_ns) / 1e6;
}

static void scan_some(struct stage *stage, double *ms)
{
    for (int i = 0; i < SCANS_EACH; i++) {
        ms[i] = scan(stage);
        for (int pause = 0; pause < PAUSE_MS; pause += 5) { // what sync delivers is taken between scans
            usleep(5000);
            (void)desk_step(stage->desk, bench_now_ns() / 1000000);
        }
    }
    stage->store->ops->rest(stage->store);
}

static void measure_scans(struct stage *stage, const struct bench *bench)
{
    static double alone[SCANS], beside[SCANS];
    uint64_t sent = 0;

    for (int i = 0; i < 20; i++) (void)scan(stage); // warm up
    for (size_t round = 0; round < ROUNDS; round++) {
        scan_some(stage, alone + round * SCANS_EACH);
        open_sync(stage, office_pairing(stage->office), stage->shaper);
        scan_some(stage, beside + round * SCANS_EACH);
        liar_meet(stage->office->liar);
        sent += stage->office->next - 1;
        close_sync(stage);
    }
    double alone_p50 = bench_percentile(alone, SCANS, 50), alone_p99 = bench_percentile(alone, SCANS, 99);
    bench_report(bench, "alone", "scan_p50_ms", alone_p50);
    bench_report(bench, "alone", "scan_p99_ms", alone_p99);
    bench_compare(bench, "while it sends", "scan_p50_ms", bench_percentile(beside, SCANS, 50), alone_p50);
    bench_compare(bench, "while it sends", "scan_p99_ms", bench_percentile(beside, SCANS, 99), alone_p99);
    bench_report(bench, "while it sends", "records", (double)sent);
}

int main(int count, char **arguments)
{
    static struct stage stage;
    struct bench bench;

    signal(SIGPIPE, SIG_IGN);
    bench_begin(&bench, "sync", count, arguments);
    open_stage(&stage);
    measure_line(&stage, &bench);
    measure_scans(&stage, &bench);
    close_stage(&stage);
    bench_end(&bench);
    return 0;
}
