#include "model/pairing_page.h"

#include "base/text.h"
#include "model/form.h"
#include "model/model_parts.h"
#include "model/sync_words.h"

#include <string.h>

#define N_(german) german // translated where it is shown

// ---- steps ----

static bool is_first_start(const struct model *model)
{
    return form_page(model) == PAGE_PAIRING;
}

bool pairing_page_is_shown(const struct model *model)
{
    return is_first_start(model) || (form_page(model) == PAGE_STAFF && model->staff.page == STAFF_PAIR);
}

static void turn(struct model *model, enum pairing_step step, int64_t mono_ms)
{
    struct pairing_page *page = &model->pairing;

    page->step = step;
    page->since_ms = mono_ms;
    page->is_late = page->is_broken = page->is_stray = false;
    if (step == PAIRING_FAILED) model->tone = TONE_NO;
    if (step == PAIRING_LOADING || step == PAIRING_DONE) model->tone = TONE_WELCOME;
}

void pairing_page_open(struct model *model, int64_t mono_ms)
{
    memset(&model->pairing, 0, sizeof model->pairing);
    turn(model, PAIRING_WAITING, mono_ms);
}

static void fail(struct model *model, enum sync_trouble trouble, int64_t mono_ms)
{
    model->pairing.trouble = trouble == SYNC_FINE ? SYNC_UNREACHABLE : trouble;
    turn(model, PAIRING_FAILED, mono_ms);
}

static void load(struct model *model, int64_t mono_ms)
{
    model->pairing.trouble = SYNC_FINE;
    turn(model, is_first_start(model) ? PAIRING_LOADING : PAIRING_DONE, mono_ms);
}

void pairing_page_notice(struct model *model, const struct notice *notice, int64_t mono_ms)
{
    struct pairing_page *page = &model->pairing;

    if (!pairing_page_is_shown(model)) return;
    if (notice->kind == NOTICE_EVENT && is_first_start(model)) turn(model, PAIRING_DONE, mono_ms);
    if (notice->asked != COMMAND_PAIR) return;
    if (notice->is_stray) {
        if (page->step != PAIRING_WAITING) return; // it says more important things
        page->is_stray = true;
        page->is_broken = false;
    } else if (notice->kind == NOTICE_TOO_LATE) {
        turn(model, PAIRING_WAITING, mono_ms);
        page->is_broken = true;
    } else if (notice->kind == NOTICE_DONE && notice->is_found) {
        page->has_begun = page->has_keys = false;
        page->typed[0] = '\0'; // a code that is good once is nobody's business any more
        turn(model, PAIRING_CONNECTING, mono_ms);
    }
}

void pairing_page_sync(struct model *model, int64_t mono_ms)
{
    struct pairing_page *page = &model->pairing;
    const struct sync_state *state = &model->sync;
    enum sync_trouble trouble = sync_words_trouble(state);

    if (!pairing_page_is_shown(model)) return;
    if (state->is_pairing) {
        if (page->step != PAIRING_CONNECTING) turn(model, PAIRING_CONNECTING, mono_ms);
        page->has_begun = true;
    } else if (page->step == PAIRING_CONNECTING && page->has_begun) {
        if (state->is_paired && state->pair_trouble == SYNC_FINE) load(model, mono_ms);
        else fail(model, state->pair_trouble, mono_ms);
    } else if (page->step == PAIRING_WAITING && is_first_start(model) && state->is_paired) {
        load(model, mono_ms); // it was paired before, and the power went away
        page->trouble = trouble;
    } else if (page->step == PAIRING_LOADING) {
        page->trouble = trouble;
    }
}

// Sync may have done all of it between two looks at its state.
static void conclude_late(struct model *model, int64_t mono_ms)
{
    if (model->sync.is_pairing) return;
    model->pairing.has_begun = true;
    pairing_page_sync(model, mono_ms);
}

void pairing_page_tick(struct model *model, int64_t mono_ms)
{
    struct pairing_page *page = &model->pairing;
    int64_t passed_ms = mono_ms - page->since_ms;

    if (!pairing_page_is_shown(model)) return;
    if (page->step == PAIRING_CHECKING && passed_ms >= MODEL_ANSWER_MS) turn(model, PAIRING_WAITING, mono_ms);
    if (page->step == PAIRING_CONNECTING && !page->has_begun && passed_ms >= PAIRING_GRACE_MS)
        conclude_late(model, mono_ms);
    page->is_late = page->step == PAIRING_LOADING && passed_ms >= PAIRING_PATIENCE_MS;
}

// ---- typing ----

// An offer knows no small letters, and a keyboard may.
void pairing_page_type(struct model *model, const char *text)
{
    struct pairing_page *page = &model->pairing;

    if (page->step == PAIRING_CHECKING || page->step == PAIRING_CONNECTING) return;
    field_append(page->typed, sizeof page->typed, text);
    for (char *at = page->typed; *at; at++)
        if (*at >= 'a' && *at <= 'z') *at = (char)(*at - 'a' + 'A');
    page->has_keys = true;
    page->is_broken = false;
    form_hurry_result(model);
}

void pairing_page_erase(struct model *model)
{
    struct pairing_page *page = &model->pairing;

    field_erase(page->typed);
    page->is_broken = false;
    form_hurry_result(model);
}

static void send(struct model *model, int64_t mono_ms)
{
    struct pairing_page *page = &model->pairing;
    struct command *command;

    if (page->typed[0] == '\0' || page->step == PAIRING_CHECKING || page->step == PAIRING_CONNECTING) return;
    command = model_command(model, COMMAND_PAIR, mono_ms);
    command->session = model->staff.session;
    text_copy(command->text, sizeof command->text, page->typed);
    turn(model, PAIRING_CHECKING, mono_ms);
}

void pairing_page_act(struct model *model, int key, int64_t mono_ms)
{
    struct pairing_page *page = &model->pairing;

    if (!pairing_page_is_shown(model)) return;
    switch ((enum pairing_act)key) {
    case PAIRING_ACT_TYPE:
        page->has_keys = !page->has_keys;
        break;
    case PAIRING_ACT_CLEAR:
        page->typed[0] = '\0';
        page->is_broken = false;
        break;
    case PAIRING_ACT_SEND:
        send(model, mono_ms);
        break;
    }
}

// ---- words ----

// Where what helps a running kiosk doesn't help one that is being paired.
static const char *const lines[SYNC_BAD_CODE + 1] = {
    [SYNC_NO_NETWORK] = N_("Kabel oder WLAN prüfen, dann den Code noch einmal zeigen."),
    [SYNC_UNREACHABLE] = N_("Prüfen, ob der Kiosk im selben Netz ist wie das Büro; dann den Code noch einmal zeigen."),
    [SYNC_TOO_SLOW] = N_("Die Antwort blieb aus. Bitte den Code noch einmal zeigen."),
    [SYNC_REVOKED] = N_("Bitte im Büro einen neuen Code anzeigen lassen."),
    [SYNC_OUTDATED] = N_("Zum Koppeln bitte zuerst eine neue Version aufspielen lassen."),
    [SYNC_BUSY] = N_("Bitte den Code gleich noch einmal zeigen."),
    [SYNC_BAD_EVENT] = N_("Bitte im Büro die Veranstaltung neu veröffentlichen lassen."),
    [SYNC_OLDER_EVENT] = N_("Bitte im Büro die Veranstaltung neu veröffentlichen lassen."),
};

// The same, while its event is loaded: what goes on by itself.
static const char *const loading_lines[SYNC_BAD_CODE + 1] = {
    [SYNC_NO_NETWORK] = N_("Bitte Kabel oder WLAN prüfen. Es geht von selbst weiter."),
    [SYNC_UNREACHABLE] = N_("Das Büro antwortet gerade nicht. Es wird weiter versucht."),
    [SYNC_TOO_SLOW] = N_("Das Laden dauert etwas länger. Zu tun ist nichts."),
    [SYNC_BUSY] = N_("Es geht gleich weiter. Zu tun ist nichts."),
};

static const char *line_of(const struct pairing_page *page)
{
    const char *loading = page->step == PAIRING_LOADING ? loading_lines[page->trouble] : NULL;

    if (loading) return loading;
    return lines[page->trouble] ? lines[page->trouble] : sync_words_of(page->trouble)->line;
}

const char *pairing_page_title(const struct model *model)
{
    const struct pairing_page *page = &model->pairing;

    switch (page->step) {
    case PAIRING_WAITING:
        break;
    case PAIRING_CHECKING:
        return N_("Einen Moment …");
    case PAIRING_CONNECTING:
        return N_("Das Büro wird gefragt …");
    case PAIRING_LOADING:
        return page->trouble == SYNC_FINE ? N_("Gekoppelt") : sync_words_of(page->trouble)->title;
    case PAIRING_DONE:
        return N_("Gekoppelt");
    case PAIRING_FAILED:
        return sync_words_of(page->trouble)->title;
    }
    if (page->is_stray) return N_("Das ist kein Code vom Büro");
    return page->is_broken ? N_("Das war nicht der ganze Code") : N_("Mit dem Büro koppeln");
}

const char *pairing_page_line(const struct model *model)
{
    const struct pairing_page *page = &model->pairing;

    switch (page->step) {
    case PAIRING_WAITING:
        break;
    case PAIRING_CHECKING:
        return N_("Der Code wird geprüft.");
    case PAIRING_CONNECTING:
        return N_("Das dauert nur ein paar Sekunden.");
    case PAIRING_LOADING:
        if (page->trouble != SYNC_FINE) return line_of(page);
        return page->is_late ? N_("Noch ist keine Veranstaltung da. Bitte im Büro eine für diesen Kiosk auswählen.")
                             : N_("Die Veranstaltung wird geladen.");
    case PAIRING_DONE:
        return N_("Es geht los.");
    case PAIRING_FAILED:
        return line_of(page);
    }
    if (page->has_keys) return N_("Den Text unter dem Code eintippen.");
    if (page->is_stray)
        return N_("Erst koppeln, dann Karten: im Büro „Kiosk koppeln“ wählen und den Code hier vor die Kamera halten.");
    return page->is_broken ? N_("Bitte noch einmal: ganz ins Bild und ruhig halten.")
                           : N_("Im Büro „Kiosk koppeln“ wählen und den Code hier vor die Kamera halten.");
}
