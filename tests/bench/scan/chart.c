#include "bench/scan/chart.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { CLASSES = 10, LEFT = 70, TOP = 62, WIDTH = 620, HEIGHT = 320, LEAST_PICTURES = 5 };

// Limits of the classes in px per module, for the axis a round number each.
static const double limits_px[CLASSES + 1] = {1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 11, 16};

struct share {
    size_t pictures, right;
    double sum_px;
};

static bool is_counted(const struct corpus_entry *entry, const struct outcome *outcome)
{
    return entry->frame < 0 && entry->text_count > 0 && entry->module_px > 0 && outcome->is_tried;
}

static void count(const struct trial *trial, size_t engine, struct share shares[CLASSES])
{
    memset(shares, 0, CLASSES * sizeof *shares);
    for (size_t i = 0; i < trial->corpus->count; i++) {
        const struct corpus_entry *entry = &trial->corpus->entries[i];
        const struct outcome *outcome = trial_outcome(trial, i, engine);
        if (!is_counted(entry, outcome)) continue;
        for (int k = 0; k < CLASSES; k++) {
            if (entry->module_px < limits_px[k] || entry->module_px >= limits_px[k + 1]) continue;
            shares[k].pictures++;
            shares[k].sum_px += entry->module_px;
            shares[k].right += outcome->is_right;
        }
    }
}

static double x_of(double module_px)
{
    return LEFT + WIDTH * log(module_px / limits_px[0]) / log(limits_px[CLASSES] / limits_px[0]);
}

static double y_of(double share)
{
    return TOP + HEIGHT * (1 - share);
}

static void draw_axes(FILE *file, const struct share shares[CLASSES])
{
    fprintf(file, "<text x='%d' y='26' font-size='17' font-weight='bold'>Codes read, by the size of a module</text>\n",
            LEFT);
    for (int percent = 0; percent <= 100; percent += 20) {
        double y = y_of(percent / 100.0);
        fprintf(file, "<path d='M%d %.1fH%d' stroke='#ddd'/>\n", LEFT, y, LEFT + WIDTH);
        fprintf(file, "<text x='%d' y='%.1f' text-anchor='end'>%d %%</text>\n", LEFT - 8, y + 5, percent);
    }
    for (int i = 0; i <= CLASSES; i++) {
        double x = x_of(limits_px[i]);
        fprintf(file, "<path d='M%.1f %dv6' stroke='#333'/>\n", x, TOP + HEIGHT);
        fprintf(file, "<text x='%.1f' y='%d' text-anchor='middle'>%g</text>\n", x, TOP + HEIGHT + 22, limits_px[i]);
        if (i < CLASSES)
            fprintf(file, "<text x='%.1f' y='%d' text-anchor='middle' font-size='11' fill='#777'>%zu</text>\n",
                    (x + x_of(limits_px[i + 1])) / 2, TOP + HEIGHT - 6, shares[i].pictures);
    }
    fprintf(file, "<path d='M%d %dV%dH%d' fill='none' stroke='#333'/>\n", LEFT, TOP, TOP + HEIGHT, LEFT + WIDTH);
    fprintf(file,
            "<text x='%d' y='%d' text-anchor='middle'>module in the picture, px (above the axis: pictures)</text>\n",
            LEFT + WIDTH / 2, TOP + HEIGHT + 46);
    fprintf(file, "<text transform='translate(18 %d) rotate(-90)' text-anchor='middle'>read</text>\n",
            TOP + HEIGHT / 2);
}

// Colours that differ for colour-blind eyes too, and a mark of its own each. Source: Okabe and Ito's palette.
static void draw_engine(FILE *file, const char *name, size_t number, const struct share shares[CLASSES])
{
    static const char *const colours[TRIAL_ENGINES_MOST] = {"#0072b2", "#d55e00", "#009e73",
                                                            "#cc79a7", "#555",    "#e69f00"};
    static const char *const dashes[TRIAL_ENGINES_MOST] = {"none", "8 4", "3 3", "10 3 3 3", "1 4", "14 4"};
    char begin = 'M';

    fprintf(file, "<g stroke='%s' fill='%s'><path fill='none' stroke-width='%s' stroke-dasharray='%s' d='",
            colours[number], colours[number], number ? "2" : "3.5", dashes[number]);
    for (int i = 0; i < CLASSES; i++) {
        if (shares[i].pictures < LEAST_PICTURES) continue;
        fprintf(file, "%c%.1f %.1f", begin, x_of(shares[i].sum_px / (double)shares[i].pictures),
                y_of((double)shares[i].right / (double)shares[i].pictures));
        begin = 'L';
    }
    fprintf(file, "'/>\n");
    for (int i = 0; i < CLASSES; i++)
        if (shares[i].pictures >= LEAST_PICTURES)
            fprintf(file, "<circle r='%s' cx='%.1f' cy='%.1f'/>", number ? "3" : "4.5",
                    x_of(shares[i].sum_px / (double)shares[i].pictures),
                    y_of((double)shares[i].right / (double)shares[i].pictures));
    int x = LEFT + (int)number * 110;
    fprintf(file, "\n<path stroke-width='%s' stroke-dasharray='%s' d='M%d 44h34'/>", number ? "2" : "3.5",
            dashes[number], x);
    fprintf(file, "<text x='%d' y='49' stroke='none'>%s</text></g>\n", x + 40, name);
}

enum status chart_write(const struct trial *trial, const char *path)
{
    struct share shares[CLASSES];
    size_t pictures = 0;
    FILE *file;

    count(trial, 0, shares);
    for (int i = 0; i < CLASSES; i++) pictures += shares[i].pictures;
    if (pictures == 0) return STATUS_MISSING;
    if (!(file = fopen(path, "we"))) return STATUS_LATER;
    fprintf(file,
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' font-family='Inter, DejaVu Sans, sans-serif' "
            "font-size='14'>\n<rect width='100%%' height='100%%' fill='white'/>\n",
            LEFT + WIDTH + 30, TOP + HEIGHT + 66);
    draw_axes(file, shares);
    for (size_t i = trial->engine_count; i-- > 0;) { // ours last, on top
        count(trial, i, shares);
        draw_engine(file, trial->engines[i]->name, i, shares);
    }
    fprintf(file, "</svg>\n");
    bool is_written = !ferror(file);
    is_written &= fclose(file) == 0;
    return is_written ? STATUS_OK : STATUS_LATER;
}
