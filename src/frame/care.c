#include "frame/care.h"

#include <stdio.h>

enum { BEAT_50 = 100, BEAT_60 = 83 }; // of the light of lamps: half a period of the mains, in 100 microseconds

struct draft {
    const struct camera_controls *camera;
    const struct care_wish *wish;
    struct care_plan *plan;
};

static const struct camera_control *find(const struct draft *draft, enum camera_control_kind kind)
{
    const struct camera_control *control = &draft->camera->of[kind];
    return control->is_present && !control->is_locked ? control : NULL;
}

static bool has_choice(const struct draft *draft, enum camera_control_kind kind, int value)
{
    const struct camera_control *control = find(draft, kind);

    if (!control || value < control->least || value > control->most) return false;
    return control->choices == 0 || (value < 32 && (control->choices >> value & 1));
}

static void set(const struct draft *draft, enum camera_control_kind kind, int value)
{
    const struct camera_control *control = find(draft, kind);

    if (!control || (control->choices != 0 && !has_choice(draft, kind, value))) return;
    draft->plan->of[kind].is_set = true;
    draft->plan->of[kind].value = camera_control_fit(control, value);
}

static void plan_mains(const struct draft *draft)
{
    static const int values[] = {
        [CARE_MAINS_50] = MAINS_50_HZ, [CARE_MAINS_60] = MAINS_60_HZ, [CARE_MAINS_OFF] = MAINS_OFF};
    int value = values[draft->wish->mains];

    set(draft, CAMERA_CONTROL_MAINS, has_choice(draft, CAMERA_CONTROL_MAINS, value) ? value : MAINS_AUTO);
}

static void plan_white_balance(const struct draft *draft)
{
    const struct care_want *want = &draft->wish->white_balance;

    set(draft, CAMERA_CONTROL_WHITE_BALANCE_AUTO, want->way == CARE_CAMERA);
    if (want->way == CARE_VALUE) set(draft, CAMERA_CONTROL_WHITE_BALANCE, want->value);
}

// True: the camera exposes by itself.
static bool plan_exposure(const struct draft *draft)
{
    const struct care_want *want = &draft->wish->exposure;
    bool has_switch = find(draft, CAMERA_CONTROL_EXPOSURE_AUTO) != NULL;
    bool has_manual = find(draft, CAMERA_CONTROL_EXPOSURE) &&
                      (!has_switch || has_choice(draft, CAMERA_CONTROL_EXPOSURE_AUTO, EXPOSURE_AUTO_NONE));
    bool has_time = has_choice(draft, CAMERA_CONTROL_EXPOSURE_AUTO, EXPOSURE_AUTO_TIME);
    bool has_auto = has_time || has_choice(draft, CAMERA_CONTROL_EXPOSURE_AUTO, EXPOSURE_AUTO_ALL);
    int beat = draft->wish->mains == CARE_MAINS_60 ? BEAT_60 : BEAT_50;

    set(draft, CAMERA_CONTROL_SLOW_FRAMES, 0);
    if (has_auto && (want->way == CARE_CAMERA || !has_manual)) {
        set(draft, CAMERA_CONTROL_EXPOSURE_AUTO, has_time ? EXPOSURE_AUTO_TIME : EXPOSURE_AUTO_ALL);
        return true;
    }
    if (!has_manual) return false; // nobody knows
    set(draft, CAMERA_CONTROL_EXPOSURE_AUTO, EXPOSURE_AUTO_NONE);
    set(draft, CAMERA_CONTROL_EXPOSURE, want->way == CARE_VALUE ? want->value / 100 : beat);
    if (want->way == CARE_VALUE) return false;
    const struct camera_control *exposure = find(draft, CAMERA_CONTROL_EXPOSURE);
    struct servo_config *servo = &draft->plan->servo;
    servo->exposure_short = camera_control_fit(exposure, beat);
    servo->exposure_long = camera_control_fit(exposure, 2 * beat);
    servo->exposure =
        (struct servo_range){exposure->least, servo->exposure_long, exposure->step > 0 ? exposure->step : 1};
    return false;
}

static void plan_gain(const struct draft *draft, bool is_exposed_by_camera)
{
    const struct care_want *want = &draft->wish->gain;
    const struct camera_control *gain = find(draft, CAMERA_CONTROL_GAIN);

    if (want->way == CARE_VALUE && gain) {
        set(draft, CAMERA_CONTROL_GAIN_AUTO, 0);
        set(draft, CAMERA_CONTROL_GAIN, want->value);
        return;
    }
    if (is_exposed_by_camera || want->way == CARE_CAMERA || !gain) { // its automatic knows its own gain best
        set(draft, CAMERA_CONTROL_GAIN_AUTO, 1);
        return;
    }
    set(draft, CAMERA_CONTROL_GAIN_AUTO, 0);
    set(draft, CAMERA_CONTROL_GAIN, gain->now);
    draft->plan->servo.gain = (struct servo_range){gain->least, gain->most, gain->step > 0 ? gain->step : 1};
}

// Lenses are driven by their power, from far at the least value to some 10 cm at the most; a third of that is 30 cm,
// and the depth of a small lens covers the 15 to 60 cm around it where tickets are held.
static void plan_focus(const struct draft *draft)
{
    const struct care_want *want = &draft->wish->focus;
    const struct camera_control *focus = find(draft, CAMERA_CONTROL_FOCUS);

    if (want->way == CARE_CAMERA || !focus) { // without a distance to set, a hunting focus is better than a lost one
        set(draft, CAMERA_CONTROL_FOCUS_AUTO, 1);
        return;
    }
    set(draft, CAMERA_CONTROL_FOCUS_AUTO, 0);
    set(draft, CAMERA_CONTROL_FOCUS,
        want->way == CARE_VALUE ? want->value : (int)(focus->least + ((int64_t)focus->most - focus->least) / 3));
}

void care_plan_make(const struct camera_controls *camera, const struct care_wish *wish, struct care_plan *out)
{
    struct draft draft = {camera, wish, out};

    *out = (struct care_plan){0};
    plan_mains(&draft);
    plan_white_balance(&draft);
    plan_gain(&draft, plan_exposure(&draft));
    plan_focus(&draft);
}

void care_plan_words(const struct care_plan *plan, const struct camera_controls *camera, enum camera_control_kind kind,
                     char out[CARE_WORDS_SIZE])
{
    const struct camera_control *control = &camera->of[kind];
    bool is_steered = (kind == CAMERA_CONTROL_EXPOSURE && plan->servo.exposure.step > 0) ||
                      (kind == CAMERA_CONTROL_GAIN && plan->servo.gain.step > 0);
    char text[CAMERA_CONTROL_TEXT_SIZE];

    if (control->is_locked) {
        snprintf(out, CARE_WORDS_SIZE, "can't be set");
        return;
    }
    if (!plan->of[kind].is_set) {
        snprintf(out, CARE_WORDS_SIZE, "left as it is");
        return;
    }
    camera_control_text(kind, control, plan->of[kind].value, text);
    if (is_steered) snprintf(out, CARE_WORDS_SIZE, "will be %s, then as the light needs", text);
    else snprintf(out, CARE_WORDS_SIZE, "will be %s", text);
}
