#include "app/office_probe.h"

void office_probe_begin(struct office_probe *probe, int64_t mono_ms)
{
    *probe = (struct office_probe){.next_ms = mono_ms + OFFICE_PROBE_FIRST_MS};
}

bool office_probe_is_due(const struct office_probe *probe, int64_t mono_ms)
{
    return mono_ms >= probe->next_ms;
}

// Any answer is one: it needs no token to be refused.
static bool does_answer(struct uplink *uplink)
{
    static const struct uplink_request question = {
        .method = "GET", .path = "/v1/feed?event=0", .most_ms = OFFICE_PROBE_ANSWER_MS};
    struct uplink_answer answer;

    if (uplink->ops->call(uplink, &question, &answer) == STATUS_OK) return true;
    return answer.trouble != UPLINK_TOO_SLOW && answer.trouble != UPLINK_UNREACHABLE;
}

static void ask(struct office_probe *probe, struct uplink *uplink, int64_t mono_ms)
{
    bool does = does_answer(uplink);

    probe->has_answered |= does;
    probe->next_ms = mono_ms + (probe->has_answered ? OFFICE_PROBE_EVERY_MS : OFFICE_PROBE_FIRST_MS);
    probe->missed = does || !probe->has_answered ? 0 : probe->missed + 1;
}

bool office_probe_is_hung(struct office_probe *probe, struct uplink *uplink, int64_t mono_ms)
{
    if (office_probe_is_due(probe, mono_ms)) ask(probe, uplink, mono_ms);
    return probe->missed >= OFFICE_PROBE_MOST;
}
