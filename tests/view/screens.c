#include "view/screens.h"

#include "base/text.h"

#include <assert.h>
#include <string.h>

const struct screen_size screen_sizes[SCREEN_SIZES] = {
    {800, 480, 133}, {1280, 720, 147}, {1920, 1080, 141}, {480, 800, 133}};

// The longest that really happens: nobody made these up to be long.
static const char long_event[] = "Hochsauerlandkreis-Rückkehrer-Netzwerktreffen Herbst";
static const char long_first[] = "Maximiliane-Friederike";
static const char long_name[] = "Maximiliane-Friederike Freifrau von Droste zu Hülshoff-Stapelstein";
static const char long_firm[] = "Industrie- und Handelskammer Arnsberg, Hellweg-Sauerland";
static const char long_group[] = "Vormittagsführung Egger Holzwerkstoffe Brilon";
static const char long_place[] = "steht vor dem Rathaus, hinter dem Löschfahrzeug";
static const char long_gate[] = "Haupteingang Konzerthalle Olsberg";
static const char long_note[] = "Bringt den Schlüssel für die Vitrine mit, bitte gleich beim Team abgeben.";

enum { SCREEN_TABLES = 7 };

static struct screen_table table(size_t at)
{
    switch (at) {
    case 0:
        return screens_results();
    case 1:
        return screens_ready();
    case 2:
        return screens_staff();
    case 3:
        return screens_walk();
    case 4:
        return screens_sync();
    case 5:
        return screens_hub();
    default:
        return screens_update();
    }
}

const struct screen_case *screens_at(size_t at)
{
    for (size_t i = 0; i < SCREEN_TABLES; i++) {
        struct screen_table part = table(i);
        if (at < part.count) return &part.cases[at];
        at -= part.count;
    }
    return NULL;
}

size_t screens_count(void)
{
    size_t count = 0;

    while (screens_at(count)) count++;
    return count;
}

bool screen_text_is_data(const char *text)
{
    // Also the longest among staff's lists and what an event asks of walk-ins.
    static const char *const all[] = {"Maximilian Freiherr von",
                                      "Berufskolleg Olsberg",
                                      "Unternehmen oder Schule",
                                      "Beruf oder Studienfach",
                                      long_event,
                                      long_first,
                                      long_name,
                                      long_firm,
                                      long_group,
                                      long_place,
                                      long_gate,
                                      long_note};

    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (strstr(text, all[i])) return true;
    return false;
}

static void lengthen(char *text, size_t text_size, const char *longer)
{
    if (text[0]) text_copy(text, text_size, longer);
}

static void lengthen_event(struct event *event)
{
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        text_copy(event->name[language], sizeof event->name[0], long_event);
        for (size_t i = 0; i < event->group_count; i++) {
            text_copy(event->groups[i].name[language], sizeof event->groups[i].name[0], long_group);
            lengthen(event->groups[i].hint[language], sizeof event->groups[i].hint[0], long_place);
        }
    }
    for (size_t i = 0; i < event->list_count; i++)
        text_copy(event->lists[i].name, sizeof event->lists[i].name, long_gate);
}

static void lengthen_notice(struct notice *notice)
{
    lengthen(notice->first_name, sizeof notice->first_name, long_first);
    lengthen(notice->full_name, sizeof notice->full_name, long_name);
    lengthen(notice->company, sizeof notice->company, long_firm);
    lengthen(notice->note, sizeof notice->note, long_note);
    lengthen(notice->earlier_gate, sizeof notice->earlier_gate, long_gate);
    for (int language = 0; language < LANGUAGE_COUNT; language++)
        lengthen(notice->event_name[language], sizeof notice->event_name[0], long_event);
}

static void lengthen_model(struct model *model)
{
    lengthen_notice(&model->result);
    lengthen_notice(&model->found);
    lengthen_notice(&model->staff.person);
    lengthen(model->headcount.stop, sizeof model->headcount.stop, long_gate);
    for (size_t i = 0; i < model->config.event->walk_ins.field_count; i++)
        lengthen(model->walk.form.values[i], sizeof model->walk.form.values[i], long_name);
}

static void start(const struct screen_light *light, struct stage *stage, struct model *model)
{
    struct model_config config = stage_model_config(stage);
    struct notice count = {.kind = NOTICE_COUNT, .headcount = {.inside = 42, .expected = 45}};

    stage_event(&stage->event);
    stage->list = stage->event.lists[0];
    if (light->is_long) lengthen_event(&stage->event);
    stage->mono_ms = 1000;
    config.language = light->language;
    model_init(model, &config, stage->mono_ms);
    model_camera(model, &(struct camera_state){true, 640, 480}, stage->mono_ms);
    model->is_large_text = light->is_large_text;
    model->is_high_contrast = light->is_high_contrast;
    screen_tell(stage, model, &count);
}

void screen_draw(const struct screen_case *screen, const struct screen_light *light, struct stage *stage,
                 struct words *words, struct model *model, struct scene *out)
{
    struct layout layout;

    start(light, stage, model);
    screen->show(stage, model);
    if (light->is_long) lengthen_model(model);
    model->stance.is_practising |= light->is_practising;
    words->ops->choose(words, model_language(model));
    layout = layout_of(light->size->width_px, light->size->height_px, light->size->inch_px);
    if (model->is_large_text) layout = layout_large(&layout);
    view_draw(model, words, &layout, stage->mono_ms + MODEL_FADE_MS, out);
}

void screen_tell(struct stage *stage, struct model *model, const struct notice *notice)
{
    struct notice told = *notice;

    told.mono_ms = stage->mono_ms;
    model_notice(model, &told, stage->unix_ms, stage->mono_ms);
}

void screen_act(struct stage *stage, struct model *model, enum act act, int key)
{
    model_act(model, (struct action){act, key}, stage->mono_ms);
}

void screen_type(struct stage *stage, struct model *model, const char *text)
{
    model_type(model, text, stage->mono_ms);
}
