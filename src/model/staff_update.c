// The page "Neue Fassung": what staff may want of the machine's updater, and whether it answers.
#include "model/staff_parts.h"

#include "base/text.h"

bool staff_has_update(const struct model *model)
{
    return model->readiness && model->readiness->update.phase != UPDATE_ABSENT;
}

enum update_wish staff_update_wish(const struct model *model)
{
    enum update_phase phase = staff_has_update(model) ? model->readiness->update.phase : UPDATE_ABSENT;

    if (phase == UPDATE_ABSENT || update_is_busy(phase) || model->staff.wished_ms != 0) return UPDATE_WISH_NONE;
    return phase == UPDATE_FOUND ? UPDATE_WISH_INSTALL : UPDATE_WISH_LOOK;
}

// What was found may be old news by now: looking again is always possible.
void staff_want_update(struct model *model, enum update_wish wish, int64_t mono_ms)
{
    enum update_wish possible = staff_update_wish(model);
    struct staff *staff = &model->staff;

    if (staff->page != STAFF_UPDATE || possible == UPDATE_WISH_NONE) return;
    if (wish == UPDATE_WISH_INSTALL && possible != UPDATE_WISH_INSTALL) return;
    model->update_wish = wish;
    text_copy(model->update_version, sizeof model->update_version, model->readiness->update.offered);
    staff->wished_ms = mono_ms > 0 ? mono_ms : 1;
    staff->told_ms = model->readiness->update.told_ms;
    staff->is_unheard = false;
}

void staff_tick_update(struct model *model, int64_t mono_ms)
{
    struct staff *staff = &model->staff;
    bool is_answered = staff_has_update(model) && model->readiness->update.told_ms != staff->told_ms;

    if (staff->wished_ms == 0) return;
    staff->is_unheard = !is_answered && mono_ms - staff->wished_ms >= STAFF_UPDATE_PATIENCE_MS;
    if (is_answered || staff->is_unheard) staff->wished_ms = 0;
}
