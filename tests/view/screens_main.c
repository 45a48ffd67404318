// screens FOLDER [NAME] -- every screen (or those whose name begins so) as PNG, for people to look at: four sizes, two
// languages, normal and high contrast. FOLDER/index.html leafs through them. Painted by the real painter on SDL's
// dummy driver.
#include "view/screens.h"

#include "screen/screen.h"

#include <SDL.h>
#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct gallery {
    const char *folder, *name;
    struct stage stage;
    struct model model;
    struct scene scene;
    struct words *words;
    struct letters *letters;
    FILE *index;
};

enum { PATH_SIZE = 4096 };

// Each size, language and contrast: a folder; practising and large text are looked at in German only.
struct light {
    const char *name;
    enum language language;
    bool is_large_text, is_high_contrast, is_practising;
};
static const struct light lights[] = {
    {"de", LANGUAGE_DE, false, false, false},         {"en", LANGUAGE_EN, false, false, false},
    {"de-contrast", LANGUAGE_DE, false, true, false}, {"en-contrast", LANGUAGE_EN, false, true, false},
    {"de-large", LANGUAGE_DE, true, false, false},    {"de-practice", LANGUAGE_DE, false, false, true},
};
enum { LIGHTS = sizeof lights / sizeof *lights };

static void paint(struct gallery *gallery, struct screen *screen, const char *path)
{
    const struct mark *picture = scene_find(&gallery->scene, MARK_PICTURE, false);

    screen_drop_picture(screen);
    if (picture) {
        stage_frame(&gallery->stage, 0);
        screen_take_picture(screen, mailbox_take(&gallery->stage.frames), picture);
    }
    screen_paint(screen, &gallery->scene, path);
}

static void show_folder(struct gallery *gallery, const struct screen_size *size, const struct light *light)
{
    struct screen_config config = {"screens", size->width_px, size->height_px, false};
    struct screen_light view = {
        size, light->language, light->is_large_text, light->is_high_contrast, light->is_practising, false};
    struct screen *screen;
    char folder[PATH_SIZE], path[PATH_SIZE + 128];

    snprintf(folder, sizeof folder, "%s/%dx%d-%s", gallery->folder, size->width_px, size->height_px, light->name);
    if (mkdir(folder, 0755) && errno != EEXIST) perror(folder), exit(1);
    enum status status = screen_open(&config, gallery->letters, &screen);
    assert(status == STATUS_OK);
    for (size_t i = 0; i < screens_count(); i++) {
        const struct screen_case *which = screens_at(i);
        if (strncmp(which->name, gallery->name, strlen(gallery->name)) != 0) continue;
        screen_draw(which, &view, &gallery->stage, gallery->words, &gallery->model, &gallery->scene);
        snprintf(path, sizeof path, "%s/%03zu-%s.png", folder, i + 1, which->name);
        paint(gallery, screen, path);
    }
    screen_close(screen);
}

// One page, no server: arrow keys leaf through screens (left, right) and through sizes and lights (up, down).
static void write_index(struct gallery *gallery)
{
    static const char script[] =
        "let s=0,f=0;const i=document.querySelector('img'),h=document.querySelector('h1'),m=document.querySelector('nav"
        "');"
        "function show(){s=(s+screens.length)%screens.length;f=(f+folders.length)%folders.length;"
        "i.src=folders[f]+'/'+screens[s]+'.png';h.textContent=folders[f]+' · '+screens[s];"
        "[...m.children].forEach((b,n)=>b.ariaCurrent=n==s)}"
        "screens.forEach((n,k)=>{const b=document.createElement('button');b.textContent=n;"
        "b.onclick=()=>{s=k;show()};m.append(b)});"
        "onkeydown=e=>{const d={ArrowRight:[1,0],ArrowLeft:[-1,0],ArrowDown:[0,1],ArrowUp:[0,-1]}[e.key];"
        "if(d){s+=d[0];f+=d[1];show();e.preventDefault()}};i.onclick=()=>{s++;show()};show()";
    FILE *out = gallery->index;

    fprintf(out, "<!doctype html><meta charset=\"utf-8\"><title>Screens</title><style>"
                 "body{font:15px sans-serif;margin:0;display:flex;gap:1em}nav{width:15em;height:100vh;overflow:auto}"
                 "button{display:block;width:100%%;text-align:left;border:0;background:none;padding:3px 8px}"
                 "button[aria-current=true]{background:#12402b;color:#fff}h1{font-size:15px}"
                 "img{max-width:calc(100vw - 18em);max-height:88vh;border:1px solid #888}</style>"
                 "<nav></nav><main><h1></h1><img alt=\"\"><p>← → screens, ↑ ↓ sizes and lights</p></main>"
                 "<script>const screens=[");
    for (size_t i = 0; i < screens_count(); i++)
        if (!strncmp(screens_at(i)->name, gallery->name, strlen(gallery->name)))
            fprintf(out, "'%03zu-%s',", i + 1, screens_at(i)->name);
    fprintf(out, "],folders=[");
    for (int size = 0; size < SCREEN_SIZES; size++)
        for (int light = 0; light < LIGHTS; light++)
            fprintf(out, "'%dx%d-%s',", screen_sizes[size].width_px, screen_sizes[size].height_px, lights[light].name);
    fprintf(out, "];%s</script>\n", script);
}

static bool open_index(struct gallery *gallery)
{
    char path[PATH_SIZE];

    if (mkdir(gallery->folder, 0755) && errno != EEXIST) return false;
    snprintf(path, sizeof path, "%s/index.html", gallery->folder);
    gallery->index = fopen(path, "w");
    return gallery->index != NULL;
}

int main(int argc, char **argv)
{
    static struct gallery gallery;

    if (argc < 2 || argc > 3) {
        fprintf(stderr, "usage: screens FOLDER [NAME]\n");
        return 2;
    }
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    setenv("TZ", "Europe/Berlin", 1);
    gallery.folder = argv[1];
    gallery.name = argc > 2 ? argv[2] : "";
    if (!open_index(&gallery)) {
        perror(gallery.folder);
        return 1;
    }
    stage_init(&gallery.stage);
    words_gettext_open(LOCALE_FOLDER, &gallery.words);
    enum status status = letters_open(FONTS_CONF, &gallery.letters);
    assert(status == STATUS_OK);
    for (int size = 0; size < SCREEN_SIZES; size++)
        for (int light = 0; light < LIGHTS; light++) show_folder(&gallery, &screen_sizes[size], &lights[light]);
    write_index(&gallery);
    letters_close(gallery.letters);
    words_close(gallery.words);
    stage_destroy(&gallery.stage);
    return fclose(gallery.index) ? 1 : 0;
}
