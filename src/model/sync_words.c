#include "model/sync_words.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

#define N_(german) german // translated where it is shown

#define TROUBLE_COUNT (SYNC_BAD_CODE + 1)
#define STICK_COUNT (STICK_FAILED + 1)

static const struct sync_words troubles[TROUBLE_COUNT] = {
    [SYNC_FINE] = {MOOD_GOOD, N_("Verbunden"), N_("Das Büro bekommt alles, was hier geschieht.")},
    [SYNC_NOT_PAIRED] = {MOOD_PLAIN, N_("Nicht gekoppelt"),
                         N_("Alles wird hier gespeichert. Zum Übertragen mit dem Büro koppeln.")},
    [SYNC_NO_NETWORK] = {MOOD_PLAIN, N_("Kein Netz"),
                         N_("Alles wird hier gespeichert und später übertragen. Wenn Netz da sein soll: Kabel oder "
                            "WLAN prüfen.")},
    [SYNC_UNREACHABLE] = {MOOD_PLAIN, N_("Das Büro antwortet nicht"),
                          N_("Es wird weiter versucht, nichts geht verloren. Bleibt es so: im Büro nachfragen.")},
    [SYNC_TOO_SLOW] = {MOOD_PLAIN, N_("Netz sehr langsam"),
                       N_("Es geht in kleinen Stücken weiter. Zu tun ist nichts.")},
    [SYNC_WRONG_KEY] = {MOOD_STAFF, N_("Ein anderes Gerät antwortet"),
                        N_("Unter der Adresse ist nicht unser Büro. Das Netz prüfen, oder mit einem neuen Code "
                           "koppeln.")},
    [SYNC_EXPIRED] = {MOOD_STAFF, N_("Zertifikat abgelaufen"),
                      N_("Das Zertifikat des Büros gilt nicht mehr. Bitte im Büro Bescheid sagen.")},
    [SYNC_NOT_YET] = {MOOD_STAFF, N_("Zertifikat gilt noch nicht"),
                      N_("Meist geht die Uhr dieses Kiosks nach. Uhrzeit prüfen, sonst im Büro Bescheid sagen.")},
    [SYNC_WRONG_NAME] = {MOOD_STAFF, N_("Die Adresse passt nicht"),
                         N_("Das Zertifikat gehört zu einer anderen Adresse. Mit einem neuen Code koppeln.")},
    [SYNC_NO_OFFICE] = {MOOD_STAFF, N_("Das WLAN will eine Anmeldung"),
                        N_("Statt des Büros antwortet eine Anmeldeseite. Das WLAN freischalten lassen oder ein anderes "
                           "nehmen.")},
    [SYNC_REVOKED] = {MOOD_STAFF, N_("Im Büro abgemeldet"),
                      N_("Der Einlass geht weiter, alles bleibt hier. Zum Übertragen mit einem neuen Code koppeln.")},
    [SYNC_FORKED] = {MOOD_STAFF, N_("Dieser Kiosk war doppelt da"),
                     N_("Eine Kopie lief anderswo. Nichts fehlt, es geht getrennt weiter. Bitte im Büro Bescheid "
                        "sagen.")},
    [SYNC_BAD_CHAIN] = {MOOD_STAFF, N_("Übertragung angehalten"),
                        N_("Das Büro kann die Einträge nicht prüfen. Alles bleibt hier. Bitte im Büro Bescheid "
                           "sagen.")},
    [SYNC_NOT_TAKEN] = {MOOD_STAFF, N_("Im Büro zur Seite gelegt"),
                        N_("Das Büro kann die Einträge nicht lesen. Alles bleibt hier. Bitte im Büro Bescheid sagen.")},
    [SYNC_OUTDATED] = {MOOD_STAFF, N_("Programm zu alt"),
                       N_("Der Einlass geht weiter. Zum Übertragen bitte eine neue Version aufspielen lassen.")},
    [SYNC_BUSY] = {MOOD_PLAIN, N_("Im Büro ist viel los"), N_("Es geht gleich weiter. Zu tun ist nichts.")},
    [SYNC_BAD_EVENT] = {MOOD_STAFF, N_("Neue Liste passt nicht"),
                        N_("Die bisherige gilt weiter. Bitte im Büro die Veranstaltung neu veröffentlichen lassen.")},
    [SYNC_OLDER_EVENT] = {MOOD_STAFF, N_("Im Büro liegt eine ältere Liste"),
                          N_("Hier gilt die neuere weiter. Bitte im Büro die Veranstaltung neu veröffentlichen "
                             "lassen.")},
    [SYNC_DISK] = {MOOD_STAFF, N_("Speicher voll oder gestört"),
                   N_("Neues aus dem Büro passt nicht mehr auf den Kiosk. Platz schaffen oder die Karte tauschen.")},
    [SYNC_BAD_CODE] = {MOOD_STAFF, N_("Der Code gilt nicht mehr"),
                       N_("Er war schon benutzt oder ist abgelaufen. Bitte im Büro einen neuen anzeigen lassen.")},
};

static const struct sync_words sticks[STICK_COUNT] = {
    [STICK_NONE] = {MOOD_PLAIN, "", N_("Ohne Netz: USB-Stick einstecken und alles darauf sichern.")},
    [STICK_THERE] = {MOOD_PLAIN, N_("USB-Stick erkannt"), N_("Er kann beschrieben werden.")},
    [STICK_WRITING] = {MOOD_PLAIN, N_("Wird geschrieben …"), N_("Den Stick bitte stecken lassen.")},
    [STICK_DONE] = {MOOD_GOOD, N_("Fertig"), N_("Der Stick darf heraus und ins Büro.")},
    [STICK_FULL] = {MOOD_STAFF, N_("Der Stick ist voll"), N_("Bitte einen anderen nehmen.")},
    [STICK_READ_ONLY] = {MOOD_STAFF, N_("Der Stick ist schreibgeschützt"),
                         N_("Schieber am Stick prüfen oder einen anderen nehmen.")},
    [STICK_FAILED] = {MOOD_STAFF, N_("Das hat nicht geklappt"),
                      N_("Stick noch einmal einstecken, sonst einen anderen nehmen.")},
};

static const struct sync_words hub = {
    MOOD_GOOD, N_("Sammelt für alle Kioske"),
    N_("Die anderen geben ihre Einträge hierher. Ins Büro gehen sie, sobald Netz da ist.")};

static const struct sync_words refilled = {
    MOOD_GOOD, N_("Im Büro fehlten Einträge"),
    N_("Sie wurden noch einmal geschickt, nichts ist verloren. Zu tun ist nichts.")};
static const struct sync_words filled = {
    MOOD_GOOD, N_("Stand vom Büro geholt"),
    N_("Was vorher eingelassen wurde, auch an diesem Kiosk, gilt und zählt hier mit.")};

enum sync_trouble sync_words_trouble(const struct sync_state *state)
{
    if (!state->is_paired && state->trouble == SYNC_FINE) return SYNC_NOT_PAIRED;
    if (state->trouble != SYNC_FINE) return state->trouble;
    if (state->feed_trouble != SYNC_FINE) return state->feed_trouble;
    return state->was_forked ? SYNC_FORKED : SYNC_FINE;
}

const struct sync_words *sync_words_of(enum sync_trouble trouble)
{
    assert((size_t)trouble < TROUBLE_COUNT);
    return &troubles[trouble];
}

const struct sync_words *sync_words_of_state(const struct sync_state *state)
{
    enum sync_trouble trouble = sync_words_trouble(state);

    if (trouble != SYNC_FINE) return sync_words_of(trouble);
    if (state->was_refilled) return &refilled;
    if (state->is_hub) return &hub;
    return state->was_filled ? &filled : sync_words_of(trouble);
}

const struct sync_words *sync_words_of_stick(enum sync_stick stick)
{
    assert((size_t)stick < STICK_COUNT);
    return &sticks[stick];
}
