#include "office/office.h"

#include "office/import.h"

// What an import told, one line per call.
struct told {
    char text[4096];
};

static void tell(struct told *told, const char *words)
{
    if (strlen(told->text) + strlen(words) + 2 < sizeof told->text) strcat(strcat(told->text, words), "\n");
}

static void tell_unused(void *owner, const char *heading)
{
    char words[128];
    snprintf(words, sizeof words, "unused %s", heading);
    tell(owner, words);
}

static void tell_refused(void *owner, size_t line, const char *why)
{
    char words[400];
    snprintf(words, sizeof words, "%zu refused: %s", line, why);
    tell(owner, words);
}

static void tell_doubt(void *owner, size_t line, const char *why)
{
    char words[128];
    snprintf(words, sizeof words, "%zu? %s", line, why);
    tell(owner, words);
}

static void tell_taken(void *owner, size_t line, enum import_effect effect, const struct guest *guest)
{
    static const char signs[] = "+~=";
    char words[900];
    snprintf(words, sizeof words, "%zu%c %s/%s/%s %u.%u %s", line, signs[effect], guest->name, guest->company,
             guest->note, guest->class_id, guest->group, guest_status_word(guest->status));
    tell(owner, words);
}

enum { PLAIN = 0, DRY = 1, SKIPPING = 2 };

static struct import_report import_text(struct office *office, const char *csv, int how, struct told *told)
{
    struct import import = {
        .book = office->book,
        .event = &office->event,
        .is_dry_run = how == DRY,
        .skips_bad_rows = how == SKIPPING,
        .owner = told,
        .tell_unused = tell_unused,
        .tell_refused = tell_refused,
        .tell_doubt = tell_doubt,
        .tell_taken = tell_taken,
    };
    struct import_report report;
    struct sheet_flaw flaw;

    memset(told, 0, sizeof *told);
    enum status status = import_roster(&import, (const uint8_t *)csv, strlen(csv), &report, &flaw);
    if (status != STATUS_OK) {
        snprintf(told->text, sizeof told->text, "%zu flaw: %s", flaw.line, flaw.words);
        report.is_kept = false;
    }
    return report;
}

static size_t count_guests(struct office *office)
{
    size_t count;
    assert_int_equal(book_count_guests(office->book, OFFICE_EVENT, &count), STATUS_OK);
    return count;
}

static void test_import__understands_german_and_english_headings(void **state)
{
    struct office *office = *state;
    struct told told;

    import_text(office,
                "Vorname;Nachname;Schule;Klasse;Bus;Status;Bemerkung;E-Mail\n"
                "Jörg;Müßig;\"Berufskolleg; Brilon\";Presse;bus 2;bezahlt;\"Zeile 1\nZeile 2\";a@b\n",
                PLAIN, &told);
    assert_string_equal(told.text, "unused E-Mail\n2+ Jörg Müßig/Berufskolleg; Brilon/Zeile 1 Zeile 2 5.2 ok\n");
    import_text(office,
                "FIRST NAME,last-name,Company,Class,Group,order status,Note\nZoë,O'Neil,\"ACME, Inc.\",company,"
                "Coach 1,UNPAID,\"say \"\"hi\"\"\"\n",
                PLAIN, &told);
    assert_string_equal(told.text, "2+ Zoë O'Neil/ACME, Inc./say \"hi\" 2.1 unpaid\n");
    import_text(office, "Name\tTeam\nمحمد العربي\t2\n😀 Ünal\t\n", PLAIN, &told);
    assert_string_equal(told.text, "2+ محمد العربي// 1.2 ok\n3+ 😀 Ünal// 1.0 ok\n");
    assert_int_equal(count_guests(office), 4);
}

static void test_import__puts_a_name_together_from_what_the_headings_say(void **state)
{
    static const struct {
        const char *csv, *told;
    } cases[] = {
        {"Name;Vorname\nMüller;Anna\n", "2+ Anna Müller// 1.0 ok\n"},
        {"Vorname,Name\nBernd,Groß\n", "2+ Bernd Groß// 1.0 ok\n"},
        {"Name;Vorname\nCher;\n", "2+ Cher// 1.0 ok\n"},
        {"Voller Name;Vorname\nDora Ünal;Dora\n", "unused Vorname\n2+ Dora Ünal// 1.0 ok\n"},
        {"Name;Nachname\nEva Klein;Klein\n", "unused Nachname\n2+ Eva Klein// 1.0 ok\n"},
        {"Name;Vorname;Nachname\nfk42;Finn;Kurz\n", "unused Name\n2+ Finn Kurz// 1.0 ok\n"},
    };
    struct office *office = *state;
    struct told told;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        import_text(office, cases[i].csv, PLAIN, &told);
        assert_string_equal(told.text, cases[i].told);
    }
}

static void test_import__of_the_same_file_twice_changes_nothing(void **state)
{
    static const char csv[] = "Name;Firma\nAnna;X\nBernd;X\nAnna;X\nAnna;Y\n";
    struct office *office = *state;
    struct told told;
    struct import_report report = import_text(office, csv, PLAIN, &told);

    assert_int_equal(report.effect_counts[IMPORT_ADDED], 4); // two Annas at X are two people
    assert_int_equal(report.twin_count, 1);                  // but it is said
    report = import_text(office, csv, PLAIN, &told);
    assert_int_equal(report.effect_counts[IMPORT_UNCHANGED], 4);
    assert_int_equal(report.twin_count, 0);
    assert_int_equal(report.absent_count, 0);
    assert_int_equal(count_guests(office), 4);
    report = import_text(office, "Name;Firma\nAnna;X\nAnna;X\nAnna;X\n", PLAIN, &told);
    assert_int_equal(report.effect_counts[IMPORT_UNCHANGED], 2);
    assert_int_equal(report.effect_counts[IMPORT_ADDED], 1); // the third
    assert_int_equal(report.absent_count, 2);
    report = import_text(office, "Name\nBernd\n", PLAIN, &told); // no such column: the name alone
    assert_int_equal(report.effect_counts[IMPORT_UNCHANGED], 1);
}

static void test_import__changes_only_what_the_file_speaks_of(void **state)
{
    struct office *office = *state;
    struct told told;
    struct import_report report;

    import_text(office, "Person;Name;Firma;Bus;Notiz;Code\n11;Anna;X;1;vegan;ABC\n12;Bernd;Y;2;;\n", PLAIN, &told);
    report = import_text(office, "Person;Bus\n11;2\n", PLAIN, &told);
    assert_string_equal(told.text, "2~ Anna/X/vegan 1.2 ok\n");
    assert_int_equal(report.absent_count, 1);
    import_text(office, "Person;Status\n12;storniert\n", PLAIN, &told);
    assert_string_equal(told.text, "2~ Bernd/Y/ 1.2 canceled\n");
    import_text(office, "Person;Code\n11;ABC\n", PLAIN, &told);
    assert_string_equal(told.text, "2= Anna/X/vegan 1.2 ok\n");
    import_text(office, "Person;Code\n11;ABD\n", PLAIN, &told);
    assert_string_equal(told.text, "2~ Anna/X/vegan 1.2 ok\n");
}

// The language that the book has for a person.
static void assert_language(struct office *office, uint32_t person, const char *expected)
{
    struct book_guest guest;

    assert_int_equal(book_find_person(office->book, OFFICE_EVENT, person, &guest), STATUS_OK);
    assert_string_equal(guest.guest.language, expected);
}

static void test_import__knows_languages_by_word_and_by_code(void **state)
{
    static const char *const cases[][2] = {
        {"Deutsch", "de"}, {"ENGLISH", "en"},  {"englisch", "en"},  {"en", "en"},        {"EN-GB", "en"},
        {"de_DE", "de"},   {"Türkisch", "tr"}, {"tuerkisch", "tr"}, {"ukrainian", "uk"}, {"", ""},
    };
    struct office *office = *state;
    struct import_report report;
    struct told told;
    char csv[80];

    for (uint32_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        snprintf(csv, sizeof csv, "Person;Name;Sprache\n%u;Anna;%s\n", i + 1, cases[i][0]);
        import_text(office, csv, PLAIN, &told);
        assert_language(office, i + 1, cases[i][1]);
    }
    import_text(office, "Person;Language\n1;en\n", PLAIN, &told);
    assert_string_equal(told.text, "2~ Anna// 1.0 ok\n");
    assert_language(office, 1, "en");
    import_text(office, "Person;Notiz\n1;vegan\n", PLAIN, &told); // doesn't speak of it
    assert_language(office, 1, "en");
    import_text(office, "Person;Sprache\n1;\n", PLAIN, &told);
    assert_language(office, 1, "");
    report = import_text(office, "Person;Sprache\n1;Klingonisch\n2;e\n3;de, en\n4;d3\n", PLAIN, &told);
    assert_int_equal(report.refused_count, 4);
    assert_non_null(strstr(told.text, "2 refused: Sprache 'Klingonisch' must be one language"));
}

static void test_import__finds_people_by_ticket_number(void **state)
{
    struct office *office = *state;
    struct told told;
    struct book_guest anna;
    char number[TICKET_NUMBER_TEXT_SIZE], csv[128];

    import_text(office, "Name\nAnna\n", PLAIN, &told);
    assert_int_equal(book_find_named(office->book, OFFICE_EVENT, "Anna", NULL, 100, &anna), STATUS_OK);
    ticket_number_write(anna.guest.ticket, number);
    snprintf(csv, sizeof csv, "Ticketnummer;Name\n%s;Anna-Maria\n", number);
    import_text(office, csv, PLAIN, &told);
    assert_string_equal(told.text, "2~ Anna-Maria// 1.0 ok\n");
    import_text(office, "Ticketnummer;Name\n00000000011;Eva\n123;Ute\n", PLAIN, &told);
    assert_string_equal(told.text,
                        "2 refused: the event has no ticket of that number; new people get theirs from here\n"
                        "3 refused: '123' is no ticket number; it has 11 characters, the last one checks the others\n");
}

static void test_import__names_every_refused_row_and_keeps_nothing(void **state)
{
    struct office *office = *state;
    struct told told;
    const char *csv = "Person;Name;Firma;Klasse;Bus;Status\n"
                      "1;Anna;X;;;\n"
                      "2;;X;;;\n"
                      "x;Bernd;;;;\n"
                      "4;Carl;\"a\nb\";10b;;\n"
                      "5;Dora;;;Bus 9;\n"
                      "6;Eva;;;;vielleicht\n"
                      "1;Fritz;;;;\n";
    struct import_report report = import_text(office, csv, PLAIN, &told);

    assert_string_equal(
        told.text,
        "2+ Anna/X/ 1.0 ok\n"
        "3 refused: the name is missing\n"
        "4 refused: the person number must be 1 to 999999999, not 'x'\n"
        "5 refused: Klasse '10b' is not one of the event's: Teilnehmende, Unternehmen, Referierende, Team, Presse, "
        "Spontan dabei (school classes: rename the column)\n"
        "7 refused: Gruppe 'Bus 9' is not one of the event's: Bus 1, Bus 2\n"
        "8 refused: Status 'vielleicht' is not one of: bezahlt, unbezahlt, gesperrt, storniert\n"
        "9 refused: an earlier row of this file means the same person\n");
    assert_int_equal(report.refused_count, 6);
    assert_int_equal(report.row_count, 7);
    assert_false(report.is_kept);
    assert_int_equal(count_guests(office), 0);
    report = import_text(office, csv, SKIPPING, &told);
    assert_true(report.is_kept);
    assert_int_equal(count_guests(office), 1);
}

static void test_import__changes_nobody_by_a_name_that_several_have(void **state)
{
    static const char two[] = "Name\nAnna\nAnna\n";
    struct office *office = *state;
    struct told told;

    import_text(office, "Name;Firma\nBernd;X\nBernd;Y\nCarl;X\n", PLAIN, &told);
    struct import_report report = import_text(office, "Name;Status\nCarl;storniert\nBernd;storniert\n", PLAIN, &told);
    assert_string_equal(told.text, "2~ Carl/X/ 1.0 canceled\n"
                                   "3 refused: 2 people have this name; add Firma or Ticketnummer\n");
    assert_false(report.is_kept);
    report = import_text(office, "Name;Status\nBernd;storniert\nBernd;offen\n", SKIPPING, &told);
    assert_int_equal(report.refused_count, 2);
    assert_int_equal(report.absent_count, 3);
    import_text(office, "Name;Firma;Status\nBernd;Y;storniert\n", PLAIN, &told);
    assert_string_equal(told.text, "2~ Bernd/Y/ 1.0 canceled\n");
    import_text(office, two, PLAIN, &told); // still, the same file twice changes nothing
    report = import_text(office, two, PLAIN, &told);
    assert_int_equal(report.effect_counts[IMPORT_UNCHANGED], 2);
    assert_true(report.is_kept);
}

static void test_import__keeps_room_above_the_person_numbers_of_files(void **state)
{
    struct office *office = *state;
    struct told told;
    struct book_guest found;

    import_text(office, "Name;Person\nAnna;4294967295\nBernd;1000000000\nCarl;0\n", PLAIN, &told);
    assert_string_equal(told.text, "2 refused: the person number must be 1 to 999999999, not '4294967295'\n"
                                   "3 refused: the person number must be 1 to 999999999, not '1000000000'\n"
                                   "4 refused: the person number must be 1 to 999999999, not '0'\n");
    struct roster_entry old = {.guest = {.person = UINT32_MAX, .name = "Dora", .class_id = 1}}; // by an older version
    assert_int_equal(book_add_guest(office->book, OFFICE_EVENT, 1, &old, &old.guest.ticket), STATUS_OK);
    import_text(office, "Name;Person\nAnna;999999999\n", PLAIN, &told);
    assert_string_equal(told.text, "2+ Anna// 1.0 ok\n");
    for (uint32_t person = 1000000000; person < 1000000002; person++) {
        import_text(office, person % 2 ? "Name\nFinn\n" : "Name\nEva\n", PLAIN, &told);
        assert_int_equal(book_find_person(office->book, OFFICE_EVENT, person, &found), STATUS_OK);
    }
}

static void test_import__doubts_a_code_of_two_people(void **state)
{
    struct office *office = *state;
    struct told told;
    struct import_report report =
        import_text(office, "Name;Code\nAnna;K-1\nBernd;K-2\nCarl;K-1\nDora;\nEva;\n", PLAIN, &told);

    assert_int_equal(report.shared_code_count, 1);
    assert_non_null(strstr(told.text, "4+ Carl// 1.0 ok\n4? another person has this Code\n5+ "));
    assert_true(report.is_kept);
    report = import_text(office, "Name;Code\nBernd;K-1\nDora;K-4\n", PLAIN, &told);
    assert_int_equal(report.shared_code_count, 1);
    assert_string_equal(told.text, "2~ Bernd// 1.0 ok\n2? another person has this Code\n3~ Dora// 1.0 ok\n");
}

static void test_import__knows_a_name_however_it_is_spelt(void **state)
{
    static const char *const same[] = {
        "Name\nJo\xCC\x88rg Mu\xCC\x88\xC3\x9Fig\n",                 // decomposed
        "Name\n\xC2\xA0Jörg\xC2\xA0\xE2\x80\xAFMüßig\xE2\x80\xAF\n", // from a web page
        "Name\n\"Jörg \n\tMüßig\"\n",
    };
    struct office *office = *state;
    struct told told;

    import_text(office, "Name\nJörg Müßig\n", PLAIN, &told);
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        import_text(office, same[i], PLAIN, &told);
        assert_string_equal(told.text, "2= Jörg Müßig// 1.0 ok\n");
    }
    import_text(office, "Name;Firma\n\xC2\xA0;X\n", PLAIN, &told);
    assert_string_equal(told.text, "2 refused: the name is missing\n");
    import_text(office,
                "Name;Bus\nMu\xCC\x88ller à Ça\xC2\xA0va;bus\xC2\xA0"
                "2\n",
                PLAIN, &told);
    assert_string_equal(told.text, "2+ Müller à Ça va// 1.2 ok\n");
    assert_int_equal(count_guests(office), 2);
}

static void test_import__refuses_a_row_with_more_fields_than_headings(void **state)
{
    struct office *office = *state;
    struct told told;

    import_text(office, "Name,Firma,Status\nAnna,Müller, GmbH,unbezahlt\n", PLAIN, &told);
    assert_non_null(strstr(told.text, "2 refused: the row has more fields"));
    import_text(office, "Vorname,Nachname,Status,,\nAnna,Müller,,unbezahlt\n", PLAIN, &told);
    assert_non_null(strstr(told.text, "('unbezahlt')"));
    assert_int_equal(count_guests(office), 0);
    import_text(office, ",Name,Status,\n1,Anna,unbezahlt,,,\n", PLAIN, &told); // nothing in them
    assert_string_equal(told.text, "2+ Anna// 1.0 unpaid\n");
}

static void test_import__refuses_a_file_without_a_usable_heading(void **state)
{
    struct office *office = *state;
    struct told told;

    import_text(office, "", PLAIN, &told);
    assert_string_equal(told.text, "0 flaw: the file is empty");
    import_text(office, "E-Mail;Alter\na@b;3\n", PLAIN, &told);
    assert_non_null(strstr(told.text, "1 flaw: the first row must name the columns"));
    import_text(office, "\nName;Firma;Schule\nA;B;C\n", PLAIN, &told);
    assert_string_equal(told.text, "2 flaw: the columns 'Firma' and 'Schule' both mean Firma; rename or remove one");
    assert_int_equal(count_guests(office), 0);
}

static void test_import__that_fails_in_the_middle_keeps_nothing(void **state)
{
    struct office *office = *state;
    struct told told;

    import_text(office, "Name\nAnna\n", PLAIN, &told);
    import_text(office, "Name;Firma\nBernd;X\nCarl;\"never\nends\n", PLAIN, &told);
    assert_string_equal(told.text, "3 flaw: a quoted field begins in this row and never ends");
    assert_int_equal(count_guests(office), 1);
}

static void test_import__dry_run_changes_nothing(void **state)
{
    struct office *office = *state;
    struct told told;
    struct import_report report = import_text(office, "Name\nAnna\nBernd\n", DRY, &told);

    assert_int_equal(report.effect_counts[IMPORT_ADDED], 2);
    assert_false(report.is_kept);
    assert_int_equal(count_guests(office), 0);
    office_reopen(office);
    assert_int_equal(count_guests(office), 0);
}

static void test_import__reads_what_excel_saves_in_windows_1252(void **state)
{
    struct office *office = *state;
    struct told told;

    import_text(office,
                "Name;Stra\xDF"
                "e;Geh\xF6rt zu\r\nJ\xF6rg M\xFC\xDFig \x84"
                "Jojo\x93;;\r\n",
                PLAIN, &told);
    assert_string_equal(told.text, "unused Straße\nunused Gehört zu\n2+ Jörg Müßig „Jojo“// 1.0 ok\n");
}

static void test_import__refuses_a_name_that_does_not_fit(void **state)
{
    struct office *office = *state;
    struct told told;
    char csv[400] = "Name\n";

    for (int i = 0; i < 80; i++) strcat(csv, "ü");
    import_text(office, csv, PLAIN, &told);
    assert_string_equal(told.text, "2 refused: Name is longer than 159 bytes\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        office_test(test_import__understands_german_and_english_headings),
        office_test(test_import__puts_a_name_together_from_what_the_headings_say),
        office_test(test_import__of_the_same_file_twice_changes_nothing),
        office_test(test_import__changes_only_what_the_file_speaks_of),
        office_test(test_import__knows_languages_by_word_and_by_code),
        office_test(test_import__finds_people_by_ticket_number),
        office_test(test_import__names_every_refused_row_and_keeps_nothing),
        office_test(test_import__changes_nobody_by_a_name_that_several_have),
        office_test(test_import__keeps_room_above_the_person_numbers_of_files),
        office_test(test_import__doubts_a_code_of_two_people),
        office_test(test_import__knows_a_name_however_it_is_spelt),
        office_test(test_import__refuses_a_row_with_more_fields_than_headings),
        office_test(test_import__refuses_a_file_without_a_usable_heading),
        office_test(test_import__that_fails_in_the_middle_keeps_nothing),
        office_test(test_import__dry_run_changes_nothing),
        office_test(test_import__reads_what_excel_saves_in_windows_1252),
        office_test(test_import__refuses_a_name_that_does_not_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
