// The office's program as a clerk uses it: from an empty folder to tickets and a signed event file.
#include "support/check.h"

#include "base/file.h"
#include "base/text.h"
#include "record/event_file.h"
#include "record/store.h"
#include "support/clerk.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

// Starts the first `event create` with `book` and kills it after so many microseconds.
static void create_and_kill(struct clerk *clerk, const char *book, unsigned after_us)
{
    extern char **environ;
    char *arguments[] = {EINLASS_PROGRAM,
                         "event",
                         "create",
                         "--name",
                         "X",
                         "--kind=boxes",
                         "--starts",
                         "2026-11-22T09:00",
                         "--ends",
                         "2026-11-22T17:00",
                         "--book",
                         (char *)book,
                         NULL};
    posix_spawn_file_actions_t actions;
    pid_t child;
    int code;

    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addchdir_np(&actions, clerk->folder.path);
    assert_int_equal(posix_spawn(&child, EINLASS_PROGRAM, &actions, NULL, arguments, environ), 0);
    posix_spawn_file_actions_destroy(&actions);
    usleep(after_us);
    kill(child, SIGKILL);
    assert_int_equal(waitpid(child, &code, 0), child);
}

static void write_file(struct clerk *clerk, const char *name, const char *text)
{
    char path[128];

    folder_file(&clerk->folder, name, path);
    assert_int_equal(file_write(path, text, strlen(text), 0600), STATUS_OK);
}

static uint8_t *load(struct clerk *clerk, const char *name, size_t *length_out)
{
    char path[128];
    uint8_t *bytes;

    folder_file(&clerk->folder, name, path);
    assert_int_equal(file_read(path, 1 << 26, &bytes, length_out), STATUS_OK);
    return bytes;
}

static int start(void **state)
{
    struct clerk *clerk = calloc(1, sizeof *clerk);

    folder_make(&clerk->folder);
    *state = clerk;
    return 0;
}

static void remove_inner(struct clerk *clerk, const char *name)
{
    struct folder inner;
    char path[128];

    folder_file(&clerk->folder, name, path);
    snprintf(inner.path, sizeof inner.path, "%.63s", path);
    if (access(path, F_OK) == 0) folder_remove(&inner);
}

static int finish(void **state)
{
    struct clerk *clerk = *state;

    remove_inner(clerk, "t");
    remove_inner(clerk, "x");
    folder_remove(&clerk->folder);
    free(clerk);
    return 0;
}

static void create_event(struct clerk *clerk)
{
    assert_fine(clerk, "event", "create", "--name", "StudiTour Brilon", "--kind=studitour", "--starts",
                "2026-11-22T09:00", "--ends", "2026-11-22T17:00", "--group", "1=Bus 1|Coach 1", "--group", "2=Bus 2",
                "--pin", "2468");
}

static const char AWKWARD[] = "Vorname;Nachname;Schule;Bus;Notiz;Code\n"
                              "Jörg;Müßig-Größe;\"Kolleg; Brilon\";Bus 1;\"Zeile 1\nZeile 2\";\n"
                              "محمد;العربي;Gymnasium;2;;\n"
                              "👩‍🚀;Ünal;;;;https://example.org/1\n"
                              "\"\"\"Anni\"\"; die\";Łukasz;\"'; DROP TABLE guest; --\";;%s%n;\n";

struct loaded {
    struct guest guests[8];
    char codes[8][64];
    size_t count;
};

static enum status see(void *owner, const struct roster_entry *entry)
{
    struct loaded *seen = owner;

    if (seen->count == 8) return STATUS_CORRUPT;
    text_copy(seen->codes[seen->count], 64, entry->foreign_code ? entry->foreign_code : "");
    seen->guests[seen->count++] = entry->guest;
    return STATUS_OK;
}

// Takes the exported file as a kiosk does; answers its version.
static uint32_t load_export(struct clerk *clerk, struct loaded *out)
{
    struct event *event = calloc(1, sizeof *event);
    struct event_flaw flaw;
    char path[128];
    uint8_t root_key[ROOT_KEY_BYTES], signature[TICKET_SIGNATURE_BYTES], *bytes, *hex;
    size_t length, hex_length;

    hex = load(clerk, "x/root.key.pub", &hex_length);
    assert_int_equal(hex_length, 65);
    hex[64] = '\0';
    assert_int_equal(text_unhex((char *)hex, root_key, sizeof root_key), STATUS_OK);
    assert_says(clerk, (char *)hex); // printed too
    folder_file(&clerk->folder, "x/event-1.event.json", path);
    assert_int_equal(event_file_load(path, &bytes, &length, signature), STATUS_OK);
    memset(out, 0, sizeof *out);
    if (event_file_decode(bytes, length, signature, root_key, event, see, out, &flaw) != STATUS_OK)
        fail_msg("%s", flaw.words);
    uint32_t version = event->version;
    free(event);
    free(bytes);
    free(hex);
    return version;
}

static void test_einlass__leads_from_nothing_to_an_event_file(void **state)
{
    struct clerk *clerk = *state;
    struct loaded seen;
    struct stat facts;
    char path[128];

    create_event(clerk);
    assert_says(clerk, "Event 1: StudiTour Brilon");
    folder_file(&clerk->folder, "einlass.book", path);
    assert_int_equal(stat(path, &facts), 0);
    assert_int_equal(facts.st_mode & 0777, 0600);
    write_file(clerk, "people.csv", AWKWARD);
    assert_fine(clerk, "roster", "import", "people.csv");
    assert_says(clerk, "4 rows: 4 new, 0 changed, 0 unchanged, 0 refused.\nImported.");
    assert_fine(clerk, "event", "export", "--out", "x");
    assert_int_equal(load_export(clerk, &seen), 1);
    assert_int_equal(seen.count, 4);
    assert_string_equal(seen.guests[0].name, "Jörg Müßig-Größe");
    assert_string_equal(seen.guests[0].company, "Kolleg; Brilon");
    assert_string_equal(seen.guests[0].note, "Zeile 1 Zeile 2");
    assert_int_equal(seen.guests[0].group, 1);
    assert_string_equal(seen.guests[1].name, "محمد العربي");
    assert_string_equal(seen.guests[2].name, "👩‍🚀 Ünal");
    assert_string_equal(seen.codes[2], "https://example.org/1");
    assert_string_equal(seen.guests[3].name, "\"Anni\"; die Łukasz");
    assert_string_equal(seen.guests[3].company, "'; DROP TABLE guest; --");
    assert_string_equal(seen.guests[3].note, "%s%n");
    assert_fine(clerk, "event", "list");
    assert_says(clerk, "4 people  StudiTour Brilon");
    assert_fine(clerk, "event", "show");
    assert_says(clerk, "group      1 = Bus 1 (Coach 1)");
}

static void test_einlass__goes_on_after_a_creation_that_was_killed(void **state)
{
    enum { KILLS = 30, MOST_US = 20000 }; // one takes about 15 ms
    struct clerk *clerk = *state;

    srand((unsigned)getpid());
    for (int i = 0; i < KILLS; i++) {
        char book[16];
        snprintf(book, sizeof book, "book%d", i);
        create_and_kill(clerk, book, (unsigned)(rand() % MOST_US));
        assert_fine(clerk, "event", "create", "--name", "Y", "--kind=boxes", "--starts", "2026-11-22T09:00", "--ends",
                    "2026-11-22T17:00", "--book", book);
        assert_fine(clerk, "event", "list", "--book", book);
        assert_says(clerk, "0 people  Y");
        assert_fine(clerk, "event", "export", "--out", "x", "--book", book, "--event", "1");
    }
    write_file(clerk, "empty.book", "");
    assert_int_equal(run(clerk, "event", "list", "--book", "empty.book"), 1);
    assert_says(clerk, "there is no book empty.book");
}

static size_t count_files(struct clerk *clerk, const char *ending)
{
    char path[128];
    size_t count = 0;

    folder_file(&clerk->folder, "t", path);
    DIR *entries = opendir(path);
    assert_non_null(entries);
    for (struct dirent *entry; (entry = readdir(entries));) {
        size_t length = strlen(entry->d_name);
        count += length > strlen(ending) && strcmp(entry->d_name + length - strlen(ending), ending) == 0;
    }
    closedir(entries);
    return count;
}

static void test_einlass__issues_a_page_per_person(void **state)
{
    struct clerk *clerk = *state;
    char command[256];
    size_t length;

    create_event(clerk);
    assert_int_equal(run(clerk, "ticket", "issue", "--out", "t"), 1);
    assert_says(clerk, "nobody is on the roster yet");
    write_file(clerk, "people.csv", AWKWARD);
    assert_fine(clerk, "roster", "import", "people.csv");
    assert_fine(clerk, "ticket", "issue", "--out", "t");
    assert_says(clerk, "4 tickets in t");
    assert_int_equal(count_files(clerk, ".png"), 4);
    assert_int_equal(count_files(clerk, ".svg"), 4);
    uint8_t *pdf = load(clerk, "t/tickets.pdf", &length);
    assert_memory_equal(pdf, "%PDF-", 5);
    free(pdf);
    if (system("command -v pdfinfo >/dev/null") == 0) {
        snprintf(command, sizeof command, "pdfinfo %s/t/tickets.pdf | grep -q '^Pages: *4$'", clerk->folder.path);
        assert_int_equal(system(command), 0);
    }
    assert_fine(clerk, "ticket", "issue", "--out", "t", "--practice", "--format", "png");
    assert_int_equal(count_files(clerk, ".png"), 4 + 6);
}

static void test_einlass__says_whom_the_door_will_stop(void **state)
{
    struct clerk *clerk = *state;

    create_event(clerk);
    write_file(clerk, "people.csv",
               "Name;Firma;Code;Status\nAnna;X;1;storniert\nAnna;X;2;\nBernd \xCD\xB8;Y;1;gesperrt\n");
    assert_fine(clerk, "roster", "import", "people.csv");
    assert_says(clerk, "line 3: please look: another person has this name and company\n");
    assert_says(clerk, "line 4: please look: another person has this Code\n");
    assert_says(clerk, "Codes that another person has too: 1;");
    assert_fine(clerk, "ticket", "issue", "--out", "t", "--format", "svg");
    assert_says(clerk, "3 tickets in t\nFor people who are blocked or canceled: 2;");
    assert_says(clerk, "printed as boxes: 1."); // U+0378 is no letter yet
    assert_says(clerk, "fonts-noto-cjk");
}

static void test_einlass__reissue_revokes_with_the_next_export(void **state)
{
    struct clerk *clerk = *state;
    struct loaded before, after;
    char number[TICKET_NUMBER_TEXT_SIZE];

    create_event(clerk);
    write_file(clerk, "people.csv", AWKWARD);
    assert_fine(clerk, "roster", "import", "people.csv");
    assert_fine(clerk, "event", "export", "--out", "x");
    assert_int_equal(load_export(clerk, &before), 1);
    ticket_number_write(before.guests[1].ticket, number);
    assert_fine(clerk, "ticket", "show", number);
    assert_says(clerk, "issue 1");
    assert_fine(clerk, "ticket", "issue", "--only", number, "--reissue", "--out", "t", "--format", "pdf");
    assert_fine(clerk, "ticket", "show", number, "--text");
    assert_says(clerk, "issue 2");
    assert_fine(clerk, "event", "export", "--out", "x");
    assert_int_equal(load_export(clerk, &after), 2);
    for (size_t i = 0; i < 4; i++) {
        assert_true(after.guests[i].ticket == before.guests[i].ticket);
        assert_int_equal(after.guests[i].least_generation, i == 1);
    }
    assert_int_equal(run(clerk, "ticket", "issue", "--only", "00000000000", "--reissue", "--out", "t"), 1);
    assert_says(clerk, "no ticket of that number");
    assert_int_equal(run(clerk, "ticket", "issue", "--practice", "--reissue", "--out", "t"), 2);
    assert_int_equal(run(clerk, "ticket", "issue", "--practice", "--only", number, "--out", "t"), 2);
    assert_says(clerk, "leave out --reissue and --only");
    assert_fine(clerk, "event", "export", "--out", "x");
    assert_says(clerk, "version 2 (unchanged)");
    assert_int_equal(load_export(clerk, &after), 2);
}

static void test_einlass__reads_back_the_list_it_wrote(void **state)
{
    struct clerk *clerk = *state;

    create_event(clerk);
    write_file(clerk, "people.csv", AWKWARD);
    assert_fine(clerk, "roster", "import", "people.csv");
    write_file(clerk, "more.csv", "Name;Firma;Notiz\n=HYPERLINK(1);+49 291;@me\n-Anna-;'Quote;\n");
    assert_fine(clerk, "roster", "import", "more.csv");
    assert_fine(clerk, "roster", "list");
    assert_says(clerk, "\"'=HYPERLINK(1)\";\"'+49 291\"");
    write_file(clerk, "list.csv", clerk->said);
    assert_fine(clerk, "roster", "import", "list.csv");
    assert_says(clerk, "6 rows: 0 new, 0 changed, 6 unchanged, 0 refused.");
}

static void create_meeting(struct clerk *clerk)
{
    assert_fine(clerk, "event", "create", "--name", "Netzwerktreffen", "--kind=netzwerktreffen", "--starts",
                "2026-12-04T18:00", "--ends", "2026-12-04T23:00", "--pin", "2468", "--list",
                "Tür; mode=in_out; capacity=300; closes=2026-12-04 22:30", "--list",
                "Essen; mode=hand_out; stock=200; after=Tür; classes=1,Presse", "--stop", "Rathaus|Town hall",
                "--walk-ins", "--plus-ones=2", "--consent", "photos@2026-11=Fotos sind in Ordnung.|Photos are fine.",
                "--staff", "Team");
}

static void test_einlass__makes_lists_of_every_mode(void **state)
{
    struct clerk *clerk = *state;
    struct loaded seen;

    create_meeting(clerk);
    assert_fine(clerk, "event", "show");
    assert_says(clerk, "list       1 = Tür, in_out, at most 300 inside, closes 2026-12-04T22:30\n");
    assert_says(clerk, "list       2 = Essen, hand_out, 200 things, for classes Teilnehmende + Presse, after Tür\n");
    assert_says(clerk, "stop       1 = Rathaus (Town hall)\n");
    assert_says(clerk, "class      4 = Team (Staff), opens the staff pages\n");
    assert_says(clerk, "walk-ins   class 6 (Spontan dabei), each with at most 2 others\n");
    assert_says(clerk, "  field    name* = Vor- und Nachname (First and last name)\n");
    assert_says(clerk, "  consent  photos@2026-11 = Fotos sind in Ordnung. (Photos are fine.)\n");
    write_file(clerk, "people.csv", "Name;Sprache\nAnna;Englisch\n");
    assert_fine(clerk, "roster", "import", "people.csv");
    assert_fine(clerk, "event", "export", "--out", "x");
    assert_int_equal(load_export(clerk, &seen), 1);
    assert_string_equal(seen.guests[0].language, "en");
    assert_fine(clerk, "roster", "list");
    assert_says(clerk, "\"Sprache\"");
    assert_says(clerk, "\"en\"");
    assert_int_equal(run(clerk, "event", "create", "--name", "X", "--kind=boxes", "--starts", "2026-12-04T18:00",
                         "--ends", "2026-12-04T23:00", "--list", "Tür; mode=in and out"),
                     2);
    assert_says(clerk, "--list 'Tür': mode must be once, in_out, roll_call or hand_out, not 'in and out'");
}

static void test_einlass__lets_a_kiosk_sign_walk_ins(void **state)
{
    static const char key[] = "00112233445566778899AABBCCDDEEFF 00112233445566778899aabbccddeeff";
    struct clerk *clerk = *state;
    struct loaded seen;

    create_event(clerk);
    assert_int_equal(run(clerk, "kiosk", "add", key, "--name", "Tür Nord"), 1);
    assert_says(clerk, "registers nobody at the door; make it with --walk-ins");
    create_meeting(clerk);
    assert_fine(clerk, "kiosk", "add", key, "--name", "Tür Nord", "--event", "2");
    assert_says(clerk, "einlass event export");
    assert_fine(clerk, "kiosk", "list", "--event", "2");
    assert_says(clerk, "= Tür Nord, 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\n");
    assert_fine(clerk, "event", "show", "--event", "2");
    assert_says(clerk, "= Tür Nord, 0011");
    assert_int_equal(run(clerk, "kiosk", "add", key, "--name", "Tür Süd", "--event", "2"), 1);
    assert_says(clerk, "has this key already");
    assert_int_equal(run(clerk, "kiosk", "add", "0011", "--name", "Tür Süd", "--event", "2"), 2);
    assert_says(clerk, "64 digits");
    assert_int_equal(run(clerk, "kiosk", "add", key, "--name", "", "--event", "2"), 2);
    assert_says(clerk, "--name must be a text");
    assert_int_equal(run(clerk, "kiosk", "remove", "--name", "Tür West", "--event", "2"), 1);
    assert_says(clerk, "no kiosk 'Tür West'");
    assert_fine(clerk, "kiosk", "remove", "--name", "Tür Nord", "--event", "2");
    assert_fine(clerk, "kiosk", "list", "--event", "2");
    assert_string_equal(clerk->said, "");
    assert_fine(clerk, "event", "export", "--event", "1", "--out", "x");
    assert_int_equal(load_export(clerk, &seen), 1); // the other event is as it was
}

static void test_einlass__import_that_is_refused_or_dry_changes_nothing(void **state)
{
    struct clerk *clerk = *state;

    create_event(clerk);
    write_file(clerk, "bad.csv", "Name;Bus\nAnna;1\n;2\nBernd;99\nCarl;\n");
    assert_int_equal(run(clerk, "roster", "import", "bad.csv"), 1);
    assert_says(clerk, "line 3: the name is missing\n");
    assert_says(clerk, "line 4: Gruppe '99' is not one of the event's: Bus 1, Bus 2\n");
    assert_says(clerk, "nothing was imported");
    assert_fine(clerk, "event", "list");
    assert_says(clerk, " 0 people");
    assert_fine(clerk, "roster", "import", "bad.csv", "--skip-bad-rows");
    assert_says(clerk, "4 rows: 2 new, 0 changed, 0 unchanged, 2 refused.\nImported.");
    write_file(clerk, "good.csv", "Name\nDora\n");
    assert_fine(clerk, "roster", "import", "good.csv", "--dry-run");
    assert_says(clerk, "1 rows: 1 new");
    assert_says(clerk, "2 people of the book are not in the file");
    assert_fine(clerk, "event", "list");
    assert_says(clerk, " 2 people");
}

static void test_einlass__previews_what_a_wrong_charset_would_break(void **state)
{
    struct clerk *clerk = *state;

    create_event(clerk);
    write_file(clerk, "dos.csv", "Name\nAnna\nBernd\nCarl\nDora\nJ\x94rg\nEva\n"); // code page 850
    assert_fine(clerk, "roster", "import", "dos.csv", "--dry-run");
    assert_says(clerk, "line 2: new: Anna |  | class 1 | group 0 | ok\n"
                       "line 3: new: Bernd |  | class 1 | group 0 | ok\n"
                       "line 6: new: J”rg |");
    assert_says(clerk, "was read as Windows-1252");
    write_file(clerk, "people.csv", "Name\nAnna\nBernd\nCarl\n");
    assert_fine(clerk, "roster", "import", "people.csv");
    if (strstr(clerk->said, "Windows-1252")) fail_msg("%s", clerk->said);
    write_file(clerk, "people.csv", "Name\nAnna\nBernd\nCarl\nDora\nEva\nJörg\n");
    assert_fine(clerk, "roster", "import", "people.csv");
    assert_says(clerk, "line 5: new: Dora |  | class 1 | group 0 | ok\n"
                       "line 6: new: Eva |  | class 1 | group 0 | ok\n"
                       "line 7: new: Jörg |");
}

static void test_einlass__refuses_a_file_of_more_than_50_mebibytes(void **state)
{
    struct clerk *clerk = *state;
    char path[128];

    create_event(clerk);
    write_file(clerk, "big.csv", "Name\n");
    folder_file(&clerk->folder, "big.csv", path);
    assert_int_equal(truncate(path, 50 * 1024 * 1024 + 1), 0);
    assert_int_equal(run(clerk, "roster", "import", "big.csv"), 1);
    assert_says(clerk, "50 MiB");
    assert_int_equal(run(clerk, "roster", "import", "missing.csv"), 1);
    assert_says(clerk, "missing.csv");
}

static void test_einlass__says_what_is_wrong_with_its_words(void **state)
{
    struct clerk *clerk = *state;

    assert_int_equal(run(clerk, "event", "list"), 1);
    assert_says(clerk, "there is no book einlass.book");
    create_event(clerk);
    assert_int_equal(run(clerk, "event", "dance"), 2);
    assert_says(clerk, "einlass --help");
    assert_int_equal(run(clerk, "event", "list", "--nonsense"), 2);
    assert_says(clerk, "there is no option --nonsense");
    assert_int_equal(run(clerk, "event", "create", "--name", "X"), 2);
    assert_says(clerk, "an option is missing: --kind");
    assert_int_equal(run(clerk, "event", "list", "--book"), 2);
    assert_says(clerk, "a value is missing after --book");
    assert_int_equal(run(clerk, "event", "list", "extra"), 2);
    assert_says(clerk, "one word too many: extra");
    assert_int_equal(run(clerk, "roster", "import"), 2);
    assert_says(clerk, "this is missing: PEOPLE.csv");
    assert_int_equal(run(clerk, "ticket", "issue", "--out", "t", "--format", "gif"), 2);
    assert_says(clerk, "not 'gif'");
    assert_int_equal(run(clerk, "ticket", "issue", "--out", "t", "--format="), 2);
    assert_says(clerk, "--format needs a kind");
    assert_int_equal(run(clerk, "ticket", "issue", "--out", "t", "--format", ",png"), 2);
    assert_says(clerk, "not ''");
    assert_int_equal(run(clerk, "ticket", "issue", "--out", "t", "--dpi", "72"), 2);
    assert_says(clerk, "300 to 1200");
    assert_int_equal(run(clerk, "ticket", "show", "12345678902"), 2);
    assert_says(clerk, "no ticket number");
    assert_int_equal(run(clerk, "event", "export", "--out", "x", "--name", "../e"), 2);
    assert_says(clerk, "plain file name");
    assert_int_equal(run(clerk, "event", "show", "--event", "9"), 1);
    assert_says(clerk, "no event 9");
    create_event(clerk);
    assert_int_equal(run(clerk, "event", "show"), 2);
    assert_says(clerk, "choose one with --event");
    assert_fine(clerk, "event", "show", "--event", "2");
}

static void assert_silent_about(const struct clerk *clerk, const char *part)
{
    if (strstr(clerk->said, part)) fail_msg("'%s' is in: %s", part, clerk->said);
}

static void test_einlass__says_what_to_do_when_it_fails(void **state)
{
    struct clerk *clerk = *state;
    char path[128];

    create_event(clerk);
    assert_int_equal(run(clerk, "roster", "import", "missing.csv"), 1);
    assert_says(clerk, "file: can't open file=missing.csv: No such file or directory\n"
                       "einlass: missing.csv: it is not there; is the name right?\n");
    assert_silent_about(clerk, "<3>"); // which is for the service manager
    folder_file(&clerk->folder, "t", path);
    assert_int_equal(mkdir(path, 0700), 0);
    folder_file(&clerk->folder, "t/tickets.pdf.new", path);
    assert_int_equal(mkdir(path, 0700), 0);
    write_file(clerk, "people.csv", AWKWARD);
    assert_fine(clerk, "roster", "import", "people.csv");
    assert_int_equal(run(clerk, "ticket", "issue", "--out", "t", "--format", "pdf"), 1);
    assert_says(clerk, "is the disk full or write-protected");
    assert_int_equal(rmdir(path), 0);
    write_file(clerk, "some.book",
               "this is no book, but a text that is long enough to be looked at as one, which has "
               "a header of a hundred bytes");
    assert_int_equal(run(clerk, "event", "list", "--book", "some.book"), 1);
    assert_says(clerk, "some.book can't be used as a book");
}

static void test_einlass__fails_when_its_answer_is_cut_off(void **state)
{
    static const char *const commands[] = {"event list", "event show", "roster list",      "roster import people.csv",
                                           "--help",     "--version",  "event list --help"};
    struct clerk *clerk = *state;

    create_event(clerk);
    write_file(clerk, "people.csv", AWKWARD);
    assert_fine(clerk, "roster", "import", "people.csv");
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        char command[512];
        snprintf(command, sizeof command, "cd %s && %s %s >/dev/full 2>said.txt", clerk->folder.path, EINLASS_PROGRAM,
                 commands[i]);
        int code = system(command);
        if (!WIFEXITED(code) || WEXITSTATUS(code) != 1) fail_msg("%s: %d", commands[i], code);
        size_t length;
        char *said = (char *)load(clerk, "said.txt", &length);
        if (!strstr(said, "No space left on device")) fail_msg("%s: %s", commands[i], said);
        free(said);
    }
}

static void test_einlass__helps_with_every_command(void **state)
{
    static const char *const commands[][2] = {{"event", "create"}, {"event", "list"},    {"event", "show"},
                                              {"event", "export"}, {"roster", "import"}, {"ticket", "issue"},
                                              {"ticket", "show"},  {"log", "verify"},    {"kiosk", "add"},
                                              {"kiosk", "list"},   {"kiosk", "remove"}};
    struct clerk *clerk = *state;

    assert_fine(clerk, "--version");
    assert_string_equal(clerk->said, "einlass " EINLASS_VERSION "\n");
    assert_fine(clerk, "--help");
    assert_says(clerk, "From nothing to an open door: event create, roster import");
    assert_fine(clerk, "clerk", "--help");
    assert_says(clerk, "  clerk   add");
    assert_null(strstr(clerk->said, "  event   create"));
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        char usage[64];
        assert_fine(clerk, commands[i][0], commands[i][1], "--help");
        snprintf(usage, sizeof usage, "Usage: einlass %s %s", commands[i][0], commands[i][1]);
        assert_says(clerk, usage);
    }
}

static void test_einlass__verifies_a_kiosks_log(void **state)
{
    struct clerk *clerk = *state;
    const uint8_t device_key[DEVICE_KEY_BYTES] = {1, 2, 3};
    struct store *store;
    char path[128];

    folder_file(&clerk->folder, "kiosk.db", path);
    for (int boot = 1; boot <= 2; boot++) {
        assert_int_equal(store_sqlite_open(path, device_key, clock_system(), &store), STATUS_OK);
        store_close(store);
    }
    assert_fine(clerk, "log", "verify", "kiosk.db");
    assert_says(clerk, "2 records, 0 entries, 0 refused: everything agrees with the log");
}

static void test_einlass__verifies_no_file_that_is_no_log(void **state)
{
    struct clerk *clerk = *state;

    write_file(clerk, "kiosk.db",
               "this is no database, and is long enough to be looked at as one: it has a hundred "
               "bytes and more, as the header of a database has.");
    assert_int_equal(run(clerk, "log", "verify", "kiosk.db"), 1);
    assert_int_equal(run(clerk, "log", "verify", "missing.db"), 1);
    assert_says(clerk, "there is no file missing.db");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_einlass__leads_from_nothing_to_an_event_file, start, finish),
        cmocka_unit_test_setup_teardown(test_einlass__goes_on_after_a_creation_that_was_killed, start, finish),
        cmocka_unit_test_setup_teardown(test_einlass__issues_a_page_per_person, start, finish),
        cmocka_unit_test_setup_teardown(test_einlass__says_whom_the_door_will_stop, start, finish),
        cmocka_unit_test_setup_teardown(test_einlass__reissue_revokes_with_the_next_export, start, finish),
        cmocka_unit_test_setup_teardown(test_einlass__reads_back_the_list_it_wrote, start, finish),
        cmocka_unit_test_setup_teardown(test_einlass__makes_lists_of_every_mode, start, finish),
        cmocka_unit_test_setup_teardown(test_einlass__lets_a_kiosk_sign_walk_ins, start, finish),
        cmocka_unit_test_setup_teardown(test_einlass__import_that_is_refused_or_dry_changes_nothing, start, finish),
        cmocka_unit_test_setup_teardown(test_einlass__previews_what_a_wrong_charset_would_break, start, finish),
        cmocka_unit_test_setup_teardown(test_einlass__refuses_a_file_of_more_than_50_mebibytes, start, finish),
        cmocka_unit_test_setup_teardown(test_einlass__says_what_is_wrong_with_its_words, start, finish),
        cmocka_unit_test_setup_teardown(test_einlass__says_what_to_do_when_it_fails, start, finish),
        cmocka_unit_test_setup_teardown(test_einlass__fails_when_its_answer_is_cut_off, start, finish),
        cmocka_unit_test_setup_teardown(test_einlass__helps_with_every_command, start, finish),
        cmocka_unit_test_setup_teardown(test_einlass__verifies_a_kiosks_log, start, finish),
        cmocka_unit_test_setup_teardown(test_einlass__verifies_no_file_that_is_no_log, start, finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
