// walk_consents.c -- the part of walk.h that deals consents out to pages, and knows which must be given.
#include "model/model.h"

#include <string.h>

// Of consents: what stands on the smallest screen together, in small type and about so many bytes a line.
enum { PAGE_LINES = 10, LINE_BYTES = 50 };

int walk_consent_lines(const struct walk_in_consent *consent, enum language language)
{
    int lines = ((int)strlen(consent->text[language]) + LINE_BYTES - 1) / LINE_BYTES + (consent->is_required ? 1 : 0);

    return lines > 3 ? lines : 3; // never less than a finger
}

size_t walk_consents_end(const struct model *model)
{
    const struct walk_in_rules *rules = walk_rules(model);
    size_t end = (size_t)model->walk.consent;
    int lines = 0;

    for (; end < rules->consent_count; end++) {
        lines += walk_consent_lines(&rules->consents[end], model->language);
        if (lines > PAGE_LINES && end > (size_t)model->walk.consent) break;
    }
    return end;
}

int walk_missing_consent(const struct model *model)
{
    const struct walk_in_rules *rules = walk_rules(model);

    for (size_t i = (size_t)model->walk.consent; i < walk_consents_end(model); i++)
        if (rules->consents[i].is_required && !(model->walk.form.consents >> i & 1)) return (int)i + 1;
    return 0;
}
