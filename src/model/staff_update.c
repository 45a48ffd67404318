#include "model/staff_update.h"

#include "base/text.h"
#include "model/model.h"

#include <string.h>

bool staff_has_update(const struct model *model)
{
    return model->readiness && model->readiness->update.phase != UPDATE_ABSENT;
}

enum update_wish staff_update_wish(const struct model *model)
{
    enum update_phase phase = staff_has_update(model) ? model->readiness->update.phase : UPDATE_ABSENT;

    if (phase == UPDATE_ABSENT || update_is_busy(phase) || model->update.wished_ms != 0) return UPDATE_WISH_NONE;
    return phase == UPDATE_FOUND ? UPDATE_WISH_INSTALL : UPDATE_WISH_LOOK;
}

// What was found may be old news by now: looking again is always possible.
void staff_want_update(struct model *model, enum update_wish wish, int64_t mono_ms)
{
    enum update_wish possible = staff_update_wish(model);
    struct staff_update *update = &model->update;

    if (model->staff.page != STAFF_UPDATE || possible == UPDATE_WISH_NONE) return;
    if (wish == UPDATE_WISH_INSTALL && possible != UPDATE_WISH_INSTALL) return;
    update->wish = wish;
    text_copy(update->version, sizeof update->version, model->readiness->update.offered);
    update->wished_ms = mono_ms > 0 ? mono_ms : 1;
    update->told_ms = model->readiness->update.told_ms;
    update->is_unheard = false;
}

void staff_tick_update(struct model *model, int64_t mono_ms)
{
    struct staff_update *update = &model->update;
    bool is_answered = staff_has_update(model) && model->readiness->update.told_ms != update->told_ms;

    if (update->wished_ms == 0) return;
    update->is_unheard = !is_answered && mono_ms - update->wished_ms >= STAFF_UPDATE_PATIENCE_MS;
    if (is_answered || update->is_unheard) update->wished_ms = 0;
}

enum update_wish staff_take_update(struct model *model, char version_out[UPDATE_VERSION_SIZE])
{
    enum update_wish wish = model->update.wish;

    model->update.wish = UPDATE_WISH_NONE;
    memcpy(version_out, model->update.version, UPDATE_VERSION_SIZE);
    return wish;
}
