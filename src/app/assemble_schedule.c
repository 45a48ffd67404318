#define LOG_MODULE "kiosk"

#include "app/assemble_parts.h"

enum { LOOK_MS = 1000 }; // how often the wall clock is looked at

static void look_at_schedule(struct kiosk *kiosk)
{
    bool is_trusted = clock_state_is_trusted(kiosk->clock->ops->state(kiosk->clock));
    int minute = clock_local_minute(kiosk->clock->ops->unix_ms(kiosk->clock));

    if (schedule_turn(&kiosk->schedule, minute, is_trusted, &kiosk->turn)) kiosk->has_turn = true;
}

void kiosk_begin_schedule(struct kiosk *kiosk, enum direction otherwise)
{
    struct settings *settings = &kiosk->settings;

    kiosk->schedule = (struct schedule){
        .from_minute = settings->exit_from, .until_minute = settings->exit_until, .otherwise = otherwise};
    look_at_schedule(kiosk);
    if (kiosk->has_turn) settings->direction = kiosk->turn;
    kiosk->has_turn = false;
    if (settings->exit_from != SETTING_NO_TIME && !kiosk->schedule.is_known)
        log_warn("the clock isn't trusted: exit_from switches nothing until it is");
}

// A busy desk is told at the next look.
void kiosk_follow_schedule(struct kiosk *kiosk, int64_t mono_ms)
{
    if (mono_ms - kiosk->scheduled_ms < LOOK_MS) return;
    kiosk->scheduled_ms = mono_ms;
    look_at_schedule(kiosk);
    struct command command = {.kind = COMMAND_SCHEDULE, .mono_ms = mono_ms, .direction = kiosk->turn};
    if (kiosk->has_turn && queue_put(desk_commands(kiosk->desk), &command) == STATUS_OK) kiosk->has_turn = false;
}
