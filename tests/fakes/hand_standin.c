// hand_standin.c -- a hand at the door where there is none: preloaded into the whole kiosk, it does what lines of the
// file HAND_STANDIN say, as they are appended (tests/flow/whole_screen_test.py writes them).
//   key NAME [MODIFIERS]   as SDL calls the key ("F1", "Return"); modifiers are the number of SDL's KMOD bits
//   text WORDS             one letter after the other, as a hand types
//   touch X Y              a finger goes down and up; in thousandths of width and height
//   window NUMBER          a window event
//   quit                   SDL_QUIT
// The file is looked at whenever the program asks for events. Times count on by themselves, so that no key is as quick
// as a scanner's.
#include <SDL.h>
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PAUSE_MS = 400 }; // between two things a hand does

static void put(SDL_Event *event)
{
    static Uint32 last_ms;

    last_ms = last_ms + PAUSE_MS > SDL_GetTicks() ? last_ms + PAUSE_MS : SDL_GetTicks();
    event->common.timestamp = last_ms;
    SDL_PeepEvents(event, 1, SDL_ADDEVENT, 0, 0);
}

static void put_text(const char *text)
{
    for (; *text; text++) {
        SDL_Event event = {.type = SDL_TEXTINPUT};
        event.text.text[0] = *text;
        put(&event);
    }
}

static void put_touch(int x, int y)
{
    SDL_Event event = {.type = SDL_FINGERDOWN};

    event.tfinger.x = (float)x / 1000;
    event.tfinger.y = (float)y / 1000;
    put(&event);
    event.type = SDL_FINGERUP;
    put(&event);
}

static void obey(char *line)
{
    SDL_Event event = {0};
    char word[64] = "";
    unsigned number = 0;
    int x, y;

    line[strcspn(line, "\n")] = '\0';
    if (sscanf(line, "key %63s %u", word, &number) >= 1) {
        event.type = SDL_KEYDOWN;
        event.key.keysym.sym = SDL_GetKeyFromName(word);
        event.key.keysym.mod = (Uint16)number;
        put(&event);
    } else if (strncmp(line, "text ", 5) == 0) {
        put_text(line + 5);
    } else if (sscanf(line, "touch %d %d", &x, &y) == 2) {
        put_touch(x, y);
    } else if (sscanf(line, "window %u", &number) == 1) {
        event.type = SDL_WINDOWEVENT;
        event.window.event = (Uint8)number;
        put(&event);
    } else if (strcmp(line, "quit") == 0) {
        event.type = SDL_QUIT;
        put(&event);
    }
}

int SDL_PollEvent(SDL_Event *event)
{
    static int (*real)(SDL_Event *);
    static FILE *lines;
    const char *path = getenv("HAND_STANDIN");
    char line[256];

    if (!real) *(void **)&real = dlsym(RTLD_NEXT, "SDL_PollEvent");
    if (!lines && path) lines = fopen(path, "r");
    if (lines) clearerr(lines); // there may be more by now
    while (lines && fgets(line, sizeof line, lines)) obey(line);
    return real(event);
}
