#define LOG_MODULE "options"

#include "app/options.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DEFAULT_CONFIG "/etc/einlass/kiosk.conf"

struct word {
    char option[64];
    const char *value; // after '=', or NULL
};

static struct word split(const char *argument)
{
    struct word word = {.value = strchr(argument, '=')};
    size_t length = word.value ? (size_t)(word.value - argument) : strlen(argument);

    if (length >= sizeof word.option) length = sizeof word.option - 1;
    memcpy(word.option, argument, length);
    if (word.value) word.value++;
    return word;
}

static enum status refuse(const char *option, const char *words)
{
    fprintf(stderr, "einlass-kiosk: %s: %s (see --help)\n", option, words);
    return STATUS_INVALID;
}

static bool take_errand(const char *option, struct errand *errand)
{
    static const struct {
        const char *option;
        enum errand_kind kind;
    } errands[] = {
        {"--check", ERRAND_CHECK}, {"--help", ERRAND_HELP}, {"-h", ERRAND_HELP}, {"--version", ERRAND_VERSION}};

    for (size_t i = 0; i < sizeof errands / sizeof *errands; i++)
        if (strcmp(option, errands[i].option) == 0) {
            errand->kind = errands[i].kind;
            return true;
        }
    return false;
}

// One word of the command line, and perhaps the next as its value. The file named by --config was read before.
static enum status take(int argc, char **argv, int *at, struct settings *settings, struct errand *errand)
{
    struct word word = split(argv[*at]);
    const struct setting *setting = setting_of_option(word.option);
    bool is_config = strcmp(word.option, "--config") == 0;
    char complaint[SETTING_COMPLAINT_SIZE];

    if (!word.value && take_errand(word.option, errand)) return STATUS_OK;
    if (!setting && !is_config) return refuse(argv[*at], "there is no such option");
    if (!word.value && setting && setting->kind == SETTING_SWITCH) word.value = "yes";
    if (!word.value && *at + 1 < argc && strncmp(argv[*at + 1], "--", 2) != 0) word.value = argv[++*at];
    if (!word.value) return refuse(word.option, "a value must follow");
    if (is_config) {
        if (strlen(word.value) >= sizeof errand->config) return refuse(word.option, "the path is too long");
        text_copy(errand->config, sizeof errand->config, word.value);
        return STATUS_OK;
    }
    if (setting_set(setting, word.value, settings, complaint) != STATUS_OK) return refuse(word.option, complaint);
    settings->commanded |= UINT64_C(1) << (setting - setting_at(0));
    return STATUS_OK;
}

static enum status take_all(int argc, char **argv, struct settings *settings, struct errand *errand)
{
    for (int at = 1; at < argc; at++) {
        enum status status = take(argc, argv, &at, settings, errand);
        if (status != STATUS_OK) return status;
    }
    return STATUS_OK;
}

enum status options_read(int argc, char **argv, struct settings *settings, struct errand *errand_out)
{
    struct errand errand = {.kind = ERRAND_RUN};
    enum status status;

    settings_init(settings);
    if ((status = take_all(argc, argv, settings, &errand)) != STATUS_OK) return status;
    // One that may not be read is no reason to go without.
    if (errand.config[0] == '\0' && access(DEFAULT_CONFIG, F_OK) == 0)
        text_copy(errand.config, sizeof errand.config, DEFAULT_CONFIG);
    if (errand.config[0] != '\0' && (errand.kind == ERRAND_RUN || errand.kind == ERRAND_CHECK)) {
        bool is_door = settings->is_fullscreen && errand.kind == ERRAND_RUN;
        settings_init(settings); // the file first, then once more the command line over it
        bool is_read = settings_read_file(errand.config, settings) == STATUS_OK;
        if (!is_read && !is_door) return STATUS_INVALID;
        if (!is_read) settings_init(settings);
        if ((status = take_all(argc, argv, settings, &errand)) != STATUS_OK) return status;
        settings->is_unread = !is_read;
    }
    *errand_out = errand;
    return STATUS_OK;
}

static void print_option(FILE *to, const struct setting *setting)
{
    char option[64];

    snprintf(option, sizeof option, "%s%s", setting->option, setting->kind == SETTING_SWITCH ? "" : " VALUE");
    fprintf(to, "  %-28s %s", option, setting->meaning);
    if (setting->fallback[0] && setting->kind != SETTING_SWITCH) fprintf(to, " [%s]", setting->fallback);
    fputc('\n', to);
}

void options_print_help(FILE *to)
{
    fputs("einlass-kiosk: the screen at the door. Scans tickets, decides, writes every decision down.\n\n"
          "usage: einlass-kiosk [--config FILE] [OPTION VALUE]…\n\n"
          "  --config FILE                configuration [" DEFAULT_CONFIG " if it is there]\n"
          "  --check                      say what the kiosk would use, and what is missing; change nothing\n"
          "  --version                    print the version\n"
          "  --help                       print this\n\n"
          "Every option is also a key of the configuration file, whose comments explain it; the command line wins.\n\n",
          to);
    for (size_t i = 0; setting_at(i); i++)
        if (setting_at(i)->option) print_option(to, setting_at(i));
    fputs("\nEnds with 0 when it was closed or asked to stop (SIGTERM), 1 when it can't run (it says why), 2 for a "
          "wrong option.\n",
          to);
}
