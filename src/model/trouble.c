#include "model/trouble.h"

#define N_(german) german // translated where it is shown

const char *trouble_word(enum trouble trouble)
{
    static const char *const words[] = {
#define X(name, word) [TROUBLE_##name] = (word),
        TROUBLE_LIST(X)
#undef X
    };

    return words[trouble];
}

const struct trouble_words *trouble_words_of(enum trouble trouble)
{
    static const struct trouble_words words[] = {
        [TROUBLE_NONE] = {"", ""},
        [TROUBLE_DISK_FULL] = {N_("Der Speicher ist voll."),
                               N_("Sobald Platz ist, geht es von selbst weiter. Bitte im Büro Bescheid sagen.")},
        [TROUBLE_READ_ONLY] = {N_("Auf dem Speicher kann nicht geschrieben werden."),
                               N_("Bitte aus- und wieder einschalten. Hilft das nicht, ist die Karte am Ende.")},
        [TROUBLE_DAMAGED] = {N_("Die gespeicherten Daten sind beschädigt."),
                             N_("Bitte nichts löschen: Das Büro kann sie retten. Bitte einen anderen Kiosk nehmen.")},
        [TROUBLE_SETTINGS] = {N_("In den Einstellungen (kiosk.conf) ist ein Fehler."),
                              N_("Bitte im Büro Bescheid sagen: einlass-kiosk --check nennt die Zeile.")},
        [TROUBLE_EVENT_FILE] = {N_("Die Datei der Veranstaltung oder ihre Signatur ist nicht zu lesen."),
                                N_("Bitte im Büro Bescheid sagen. Es ist nichts verloren.")},
        [TROUBLE_UNFIT] = {N_("Daten oder Einstellungen passen nicht."),
                           N_("Bitte im Büro Bescheid sagen. Es ist nichts verloren.")},
        [TROUBLE_UNKNOWN] = {N_("Etwas fehlt, und es wird weiter versucht."),
                             N_("Bitte aus- und wieder einschalten, sonst im Büro Bescheid sagen.")},
    };

    return &words[trouble];
}
