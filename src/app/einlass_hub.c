// einlass hub join: a laptop that gathers kiosks' records becomes known to the office.
#include "app/einlass_command.h"

#include "base/text.h"
#include "sync/uplink.h"
#include "sync/wire.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct option join_options[] = {
    {.name = "database", .value = "FILE", .help = "the hub's records", .is_required = true},
    {.name = "upstream", .value = "FILE", .help = "where the pairing is kept; usually beside the records"},
    {0},
};

static int say(const char *words)
{
    fprintf(stderr, "einlass: %s\n", words);
    return EXIT_FAILED;
}

// A hub writes no records of its own: its key is only its name.
static char *write_enroll(const struct pairing_offer *offer)
{
    struct wire_enroll enroll = {.name = "Hub", .version = EINLASS_VERSION};

    text_copy(enroll.code, sizeof enroll.code, offer->code);
    randombytes_buf(enroll.device_public_key, sizeof enroll.device_public_key);
    return wire_write_enroll(&enroll);
}

static int keep(const struct arguments *arguments, const struct pairing_offer *offer,
                const struct uplink_answer *answer)
{
    struct pairing pairing;
    char path[PATH_MAX];
    int64_t now_ms;

    if (answer->status == 404) return say("the office doesn't know this code: it is good once, and not for long");
    if (answer->status != 200) return say("the office has no time now; try again in a minute");
    if (wire_read_paired(answer->body, answer->length, &pairing, &now_ms) != STATUS_OK)
        return say("what answers there is no office");
    text_copy(pairing.url, sizeof pairing.url, offer->url);
    pairing.is_pinned = offer->is_pinned;
    memcpy(pairing.pin, offer->pin, sizeof pairing.pin);
    enum status status = pairing_save(upstream_where(arguments, path), &pairing);
    sodium_memzero(&pairing, sizeof pairing);
    if (status != STATUS_OK) return command_failed("can't keep the pairing", status);
    printf("This hub belongs to the office at %s now.\nStart it: einlass office --hub --database %s\n", offer->url,
           argument(arguments, "database"));
    return EXIT_FINE;
}

static int ask(const struct arguments *arguments, const struct pairing_offer *offer, struct uplink *uplink)
{
    struct uplink_request request = {.method = "POST", .path = "/v1/enroll", .type = "application/json"};
    struct uplink_answer answer;
    char *json = write_enroll(offer);
    int code;

    request.body = json;
    request.length = strlen(json);
    if (uplink->ops->call(uplink, &request, &answer) == STATUS_OK) code = keep(arguments, offer, &answer);
    else if (answer.trouble == UPLINK_WRONG_KEY) code = say("another server answers there: its key is not the code's");
    else code = say("the office doesn't answer; is this the right network?");
    free(json);
    return code;
}

static int join(const struct arguments *arguments)
{
    const char *text = arguments->operand;
    struct pairing_offer offer;
    struct uplink *uplink;
    enum status status;

    if (pairing_read_offer(text, strlen(text), &offer) != STATUS_OK)
        return say("this is no pairing text; put it in quotation marks: \"EINLASS-PAIR/1 HTTPS://…\"");
    status = uplink_curl_open(offer.url, offer.is_pinned ? offer.pin : NULL, clock_system(), &uplink);
    if (status != STATUS_OK) return command_failed("can't reach the office", status);
    int code = ask(arguments, &offer, uplink);
    uplink->ops->close(uplink);
    return code;
}

const struct command command_hub_join = {
    .noun = "hub",
    .verb = "join",
    .operand = "\"EINLASS-PAIR/1 …\"",
    .summary = "Let this hub take records to the office (its text: einlass kiosk pair --hub).",
    .options = join_options,
    .run = join,
};
