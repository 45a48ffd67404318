// Real photographs (EINLASS_PICTURES) through the program's own way: folder camera, our reader, debounce, desk,
// store. Their texts stand on the roster as foreign codes; what zbar alone can read, the kiosk admits, once each.
#include "support/check.h"

#include "base/mem.h"
#include "base/text.h"
#include "code/scan.h"
#include "desk/desk.h"
#include "frame/camera.h"
#include "frame/picture_png.h"
#include "support/door.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include <zbar.h>

enum { MOST_TEXTS = 512, PATH_BYTES = 512, FRAMES_PER_PICTURE = 9, FIRST_TICKET = 100000 };

struct photos {
    struct frame *frame;
    zbar_image_scanner_t *plain;
    size_t picture_count, unusable_count, text_count;
    struct code texts[MOST_TEXTS]; // distinct, as zbar alone reads them
    uint32_t admitted[MOST_TEXTS]; // greens per text
};

static void remember(struct photos *photos, const char *bytes, size_t length)
{
    if (length > FOREIGN_CODE_MAX_BYTES || !text_is_utf8(bytes, length)) {
        photos->unusable_count++; // old codes in Shift-JIS and the like: no roster can hold them
        return;
    }
    for (size_t i = 0; i < photos->text_count; i++)
        if (photos->texts[i].length == length && memcmp(photos->texts[i].text, bytes, length) == 0) return;
    assert_true(photos->text_count < MOST_TEXTS);
    photos->texts[photos->text_count++] = door_code_of_text(bytes, length);
}

static void read_plainly(struct photos *photos, const char *path)
{
    const struct frame *frame = photos->frame;
    zbar_image_t *image;

    if (picture_png_read(path, photos->frame) != STATUS_OK) return;
    photos->picture_count++;
    image = zbar_image_create();
    zbar_image_set_format(image, zbar_fourcc('Y', '8', '0', '0'));
    zbar_image_set_size(image, (unsigned)frame->width_px, (unsigned)frame->height_px);
    zbar_image_set_data(image, frame->pixels, (size_t)frame->width_px * (size_t)frame->height_px, NULL);
    zbar_scan_image(photos->plain, image);
    for (const zbar_symbol_t *symbol = zbar_image_first_symbol(image); symbol; symbol = zbar_symbol_next(symbol))
        remember(photos, zbar_symbol_get_data(symbol), zbar_symbol_get_data_length(symbol));
    zbar_image_destroy(image);
}

// Calls `use` for every set of photographs below the folder.
static void each_set(const char *pictures, void (*use)(void *owner, const char *folder), void *owner)
{
    for (int i = 1; i <= 99; i++) {
        char folder[PATH_BYTES];
        snprintf(folder, sizeof folder, "%s/photos/qrcode-%d", pictures, i);
        DIR *found = opendir(folder);
        if (!found) continue;
        closedir(found);
        use(owner, folder);
    }
}

static void read_set_plainly(void *owner, const char *folder)
{
    struct dirent **found;
    int count = scandir(folder, &found, NULL, versionsort);

    assert_true(count >= 0);
    for (int i = 0; i < count; i++) {
        char path[2 * PATH_BYTES];
        snprintf(path, sizeof path, "%s/%s", folder, found[i]->d_name);
        size_t length = strlen(path);
        if (length > 4 && strcmp(path + length - 4, ".png") == 0) read_plainly(owner, path);
        free(found[i]);
    }
    free(found);
}

static void put_texts_on_the_roster(const struct photos *photos, struct door *door)
{
    struct roster_entry *entries = mem_zero_array(photos->text_count, sizeof *entries);
    char *codes = mem_zero_array(photos->text_count, FOREIGN_CODE_MAX_BYTES + 1);

    for (size_t i = 0; i < photos->text_count; i++) {
        char *code = codes + i * (FOREIGN_CODE_MAX_BYTES + 1);
        memcpy(code, photos->texts[i].text, photos->texts[i].length);
        entries[i] = (struct roster_entry){
            .guest = {.ticket = FIRST_TICKET + i, .class_id = 1, .group = 1, .person = (uint32_t)(FIRST_TICKET + i)},
            .foreign_code = code,
        };
    }
    door_document_with(door, 1, 1, entries, photos->text_count);
    free(codes);
    free(entries);
}

struct kiosk_parts {
    struct reader *reader;
    struct scan *scan;
    struct desk *desk;
    struct queue notices;
};

// Counts the entries in the log.
static void count_admitted(struct photos *photos, const struct door *door)
{
    uint64_t last = door_record_count(door);

    for (uint64_t seq = 1; seq <= last; seq++) {
        char line[RECORD_LINE_SIZE];
        struct record record;
        uint64_t read_seq;
        door_read_line(door, seq, line);
        assert_int_equal(record_parse_line(line, strlen(line), &record, &read_seq), STATUS_OK);
        if (record.kind != RECORD_KIND_ENTRY) continue;
        assert_in_range(record.ticket, FIRST_TICKET, FIRST_TICKET + photos->text_count - 1);
        photos->admitted[record.ticket - FIRST_TICKET]++;
    }
}

static void answer_codes(struct kiosk_parts *kiosk)
{
    struct notice *notice = mem_zero(sizeof *notice);

    for (int i = 0; i < READER_MAX_CODES + 1; i++) {
        (void)desk_step(kiosk->desk, 0);
        while (queue_take(&kiosk->notices, notice)) continue;
    }
    free(notice);
}

static void show_set(void *owner, const char *folder)
{
    struct kiosk_parts *kiosk = owner;
    struct camera_config config = {.frames_per_s = 5000, .frames_per_picture = FRAMES_PER_PICTURE, .is_once = true};
    struct camera *camera;
    struct dirent **found;
    int count = scandir(folder, &found, NULL, NULL);

    for (int i = 0; i < count; i++) free(found[i]);
    free(found);
    config.clock = clock_system();
    text_copy(config.folder, sizeof config.folder, folder);
    assert_int_equal(camera_folder_open(&config, &camera), STATUS_OK);
    for (int frames = 0; frames < count * FRAMES_PER_PICTURE;) { // the folder holds two files per picture
        struct frame *frame = mailbox_writable(scan_frames(kiosk->scan));
        if (camera->ops->read(camera, frame) != STATUS_OK) continue;
        mailbox_put(scan_frames(kiosk->scan));
        (void)scan_step(kiosk->scan, config.clock->ops->mono_ms(config.clock));
        answer_codes(kiosk);
        frames++;
    }
    camera_close(camera);
}

static void run_the_kiosk(struct door *door, const char *pictures)
{
    struct kiosk_parts kiosk = {0};
    struct store *store;

    assert_int_equal(door_open(door, &store), STATUS_OK);
    assert_int_equal(door_install(door, store), STATUS_OK);
    queue_init(&kiosk.notices, sizeof(struct notice), 16, NULL);
    struct desk_config desk = {.store = store,
                               .clock = door->clock,
                               .event = &door->event,
                               .list = DOOR_LIST,
                               .gate = "Nord",
                               .notices = &kiosk.notices};
    assert_int_equal(desk_open(&desk, &kiosk.desk), STATUS_OK);
    assert_int_equal(
        reader_local_open(&(struct reader_config){.clock = clock_system(), .budget_ms = 10000}, &kiosk.reader),
        STATUS_OK);
    struct scan_config scan = {
        .reader = kiosk.reader, .clock = clock_system(), .quiet_ms = 1500, .codes = desk_codes(kiosk.desk)};
    assert_int_equal(scan_open(&scan, &kiosk.scan), STATUS_OK);

    each_set(pictures, show_set, &kiosk);

    scan_close(kiosk.scan);
    desk_close(kiosk.desk);
    reader_close(kiosk.reader);
    store_close(store);
    queue_destroy(&kiosk.notices);
}

static void test_kiosk__admits_what_zbar_alone_reads_once_each(void **state)
{
    const char *pictures = getenv("EINLASS_PICTURES");
    struct photos *photos = mem_zero(sizeof *photos);
    struct door door;
    size_t admitted = 0;

    (void)state;
    if (!pictures) {
        free(photos);
        print_message("SKIPPED: no photographs, EINLASS_PICTURES names no folder\n");
        skip();
    }
    photos->frame = mem_zero(sizeof *photos->frame);
    photos->plain = zbar_image_scanner_create();
    zbar_image_scanner_set_config(photos->plain, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
    zbar_image_scanner_set_config(photos->plain, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
    zbar_image_scanner_set_config(photos->plain, ZBAR_QRCODE, ZBAR_CFG_BINARY, 1);
    each_set(pictures, read_set_plainly, photos);
    assert_true(photos->picture_count > 0);

    door_init(&door, NULL);
    put_texts_on_the_roster(photos, &door);
    run_the_kiosk(&door, pictures);
    count_admitted(photos, &door);
    for (size_t i = 0; i < photos->text_count; i++) {
        if (photos->admitted[i] != 1)
            print_message("admitted %u times: %.*s\n", photos->admitted[i], (int)photos->texts[i].length,
                          photos->texts[i].text);
        admitted += photos->admitted[i] == 1;
    }
    print_message(
        "photographs %zu: zbar alone reads %zu different texts (and %zu that are no UTF-8), admitted once each %zu\n",
        photos->picture_count, photos->text_count, photos->unusable_count, admitted);
    assert_int_equal(admitted, photos->text_count);
    assert_int_equal(door_audit(&door), 0);
    door_destroy(&door);
    zbar_image_scanner_destroy(photos->plain);
    free(photos->frame);
    free(photos);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_kiosk__admits_what_zbar_alone_reads_once_each)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
