#include "office/report.h"

#include "office/report_kinds.h"

#include <string.h>

static const struct {
    const char *word, *title;
    report_body *write;
} kinds[] = {
    [REPORT_HEADCOUNT] = {"headcount", "Zählerstand", report_headcount},
    [REPORT_ATTENDANCE] = {"attendance", "Anwesenheit", report_attendance},
    [REPORT_CONFLICTS] = {"conflicts", "Doppelte Einlässe", report_conflicts},
    [REPORT_WALK_INS] = {"walk-ins", "Ohne Anmeldung gekommen", report_walk_ins},
};

enum status report_kind_of_word(const char *word, enum report_kind *out)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(word, kinds[i].word) != 0) continue;
        *out = (enum report_kind)i;
        return STATUS_OK;
    }
    return STATUS_INVALID;
}

enum status report_format_of_word(const char *word, enum report_format *out)
{
    static const char *const words[] = {[REPORT_TEXT] = "text", [REPORT_CSV] = "csv", [REPORT_JSON] = "json"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(word, words[i]) != 0) continue;
        *out = (enum report_format)i;
        return STATUS_OK;
    }
    return STATUS_INVALID;
}

enum status report_write(struct inbox *inbox, uint32_t event, enum report_kind kind, enum report_format format,
                         FILE *out)
{
    struct report_people *people = NULL;
    struct report_table *table;
    enum status status = report_people_open(inbox, event, &people);

    if (status != STATUS_OK) return status;
    table = report_table_open(&people->event, kinds[kind].title, kinds[kind].word, format, out);
    if ((status = kinds[kind].write(inbox, people, table)) == STATUS_OK) status = report_table_end(table);
    report_table_close(table);
    report_people_close(people);
    return status;
}
