#include "app/check_parts.h"

#include "app/paired.h"
#include "base/mem.h"
#include "record/look.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void check_gate(struct report *report, const struct settings *settings)
{
    char gate[GATE_SIZE];

    paired_gate(settings, gate);
    report_fact(report, "gate", "%s", gate);
}

// What would be lost with this machine. What went by a USB stick counts as not sent: nobody told whether it arrived.
static void check_unsent(struct report *report, const struct settings *settings, const struct pairing *pairing)
{
    struct look *look = mem_zero(sizeof *look);
    bool has_log =
        access(settings->database, R_OK) == 0 && look_sqlite(settings->database, 0, look) == STATUS_OK && look->has_log;
    bool is_of_log = pairing && memcmp(pairing->acked_log, look->log, LOG_ID_BYTES) == 0;
    uint64_t there = is_of_log ? pairing->acked_seq : 0;
    uint64_t count = has_log && look->newest_seq > there ? look->newest_seq - there : 0;

    if (has_log && count == 0) report_fact(report, "not sent", "nothing, the office has every record");
    else if (has_log)
        report_fact(report, "not sent", "%llu records, as far as this kiosk knows", (unsigned long long)count);
    free(look);
}

void check_office(struct report *report, const struct settings *settings)
{
    struct pairing pairing;
    enum status status = paired_office(settings, &pairing);

    if (status == STATUS_MISSING)
        report_fact(report, "office", "not paired, all records stay here: pair it on the screen, or take a USB stick");
    else if (status != STATUS_OK) report_missing(report, "office", "the pairing can't be read: pair it on the screen");
    else if (pairing.is_revoked)
        report_missing(report, "office", "%s has revoked \"%s\": pair it again", pairing.url, pairing.device);
    else
        report_fact(report, "office", "%s, as \"%s\"",
                    settings->office_address[0] ? settings->office_address : pairing.url, pairing.device);
    if (settings->is_hub)
        report_fact(report, "hub", "for other kiosks, at port %d%s", settings->hub_port,
                    status == STATUS_OK ? "" : ", once it is paired");
    check_unsent(report, settings, status == STATUS_OK ? &pairing : NULL);
    report_fact(report, "USB sticks", "below %s", settings->stick);
}
