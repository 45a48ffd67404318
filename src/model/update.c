#include "model/update.h"

#define N_(german) german // translated where it is shown

#define PHASE_COUNT (UPDATE_FAILED + 1)
#define WHY_COUNT (UPDATE_WHY_ASKED + 1)

static const struct update_words phases[PHASE_COUNT] = {
    [UPDATE_ABSENT] = {MOOD_PLAIN, "", ""},
    [UPDATE_IDLE] = {MOOD_PLAIN, N_("Gibt es eine neue Fassung?"),
                     N_("Gesucht wird auf einem USB-Stick, sonst im Netz; nur wenn Sie es möchten.")},
    [UPDATE_LOOKING] = {MOOD_PLAIN, N_("Wird gesucht …"), N_("Das kann eine Minute dauern.")},
    [UPDATE_CURRENT] = {MOOD_GOOD, N_("Es gibt keine neuere"), N_("Hier läuft die neueste Fassung.")},
    [UPDATE_FOUND] = {MOOD_PLAIN, N_("Eine neue Fassung ist da"),
                      N_("Beim Einspielen liest der Kiosk ein paar Minuten lang keine Tickets. Bitte nicht während des "
                         "Einlasses.")},
    [UPDATE_FETCHING] = {MOOD_PLAIN, N_("Wird geholt und geprüft …"), N_("Tickets werden inzwischen weiter gelesen.")},
    [UPDATE_INSTALLING] = {MOOD_PLAIN, N_("Wird eingespielt …"),
                           N_("Der Bildschirm wird gleich dunkel. Bitte den Strom nicht trennen.")},
    [UPDATE_TRIAL] = {MOOD_PLAIN, N_("Die neue Fassung läuft auf Probe"),
                      N_("Wenn sie nicht richtig startet, kommt die vorige von selbst zurück.")},
    [UPDATE_GOING_BACK] = {MOOD_PLAIN, N_("Die vorige Fassung kommt zurück …"), N_("Bitte den Strom nicht trennen.")},
    [UPDATE_DONE] = {MOOD_GOOD, N_("Die neue Fassung läuft"), N_("Das Einspielen hat geklappt.")},
    [UPDATE_BACK] = {MOOD_STAFF, N_("Die vorige Fassung läuft wieder"),
                     N_("Die neue startete hier nicht. Verloren ist nichts. Bitte im Büro Bescheid sagen.")},
    [UPDATE_FAILED] = {MOOD_STAFF, N_("Das hat nicht geklappt"),
                       N_("Hier läuft alles wie bisher. Bitte noch einmal versuchen, sonst im Büro Bescheid sagen.")},
};

static const struct update_words whys[WHY_COUNT] = {
    [UPDATE_WHY_NO_SOURCE] = {MOOD_PLAIN, N_("Kein Stick mit einer neuen Fassung"),
                              N_("Einen USB-Stick anstecken, auf dem der Ordner einlass-update liegt.")},
    [UPDATE_WHY_NO_NETWORK] = {MOOD_PLAIN, N_("Die Quelle im Netz antwortet nicht"),
                               N_("Kabel oder WLAN prüfen, oder einen USB-Stick nehmen.")},
    [UPDATE_WHY_NO_KEY] = {MOOD_STAFF, N_("Noch kein Schlüssel für neue Fassungen"),
                           N_("Ohne ihn wird nichts eingespielt. Bitte im Büro Bescheid sagen.")},
    [UPDATE_WHY_BAD_SIGNATURE] = {MOOD_STAFF, N_("Die Unterschrift stimmt nicht"),
                                  N_("Das kommt nicht von unserem Büro und wird nicht eingespielt.")},
    [UPDATE_WHY_DAMAGED] = {MOOD_STAFF, N_("Die Dateien sind beschädigt"),
                            N_("Den Stick neu beschreiben lassen oder einen anderen nehmen.")},
    [UPDATE_WHY_DEPENDS] = {MOOD_STAFF, N_("Dafür fehlt hier etwas"),
                            N_("Die neue Fassung braucht Teile, die nicht dabei sind. Bitte im Büro Bescheid sagen.")},
    [UPDATE_WHY_NO_SPACE] = {MOOD_STAFF, N_("Der Speicher ist zu voll"),
                             N_("Hier läuft alles wie bisher. Bitte im Büro Bescheid sagen.")},
    [UPDATE_WHY_NO_PREVIOUS] = {MOOD_STAFF, N_("Die vorige Fassung ist nicht mehr da"),
                                N_("Sie lässt sich nicht zurückholen. Bitte im Büro Bescheid sagen.")},
};

static const struct update_words taken_back = {MOOD_GOOD, N_("Die vorige Fassung läuft wieder"),
                                               N_("So war es gewünscht.")};

const struct update_words *update_words_of(const struct update *update)
{
    if (update->phase == UPDATE_BACK && update->why == UPDATE_WHY_ASKED) return &taken_back;
    if (update->phase == UPDATE_FAILED && whys[update->why].title) return &whys[update->why];
    return &phases[update->phase];
}

bool update_is_busy(enum update_phase phase)
{
    return phase == UPDATE_LOOKING || (phase >= UPDATE_FETCHING && phase <= UPDATE_GOING_BACK);
}
