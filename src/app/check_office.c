#include "app/check_parts.h"

#include "app/paired.h"

void check_gate(struct report *report, const struct settings *settings)
{
    char gate[GATE_SIZE];

    paired_gate(settings, gate);
    report_fact(report, "gate", "%s", gate);
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
    report_fact(report, "USB sticks", "below %s", settings->stick);
}
