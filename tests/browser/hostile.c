#include "browser/hostile.h"

#include "base/text.h"
#include "support/studio/dice.h"

#include <stdio.h>
#include <string.h>

// Each ends, breaks or runs something, where it is taken for more than text. What runs says so: document.title.
static const char *const pieces[] = {
    "<script>document.title='owned'</script>",
    "<img src=x onerror=document.title='owned'>",
    "<svg onload=document.title='owned'>",
    "\"><b>",
    "' onfocus='document.title=\"owned\"' autofocus '",
    "</title><script>document.title='owned'</script>",
    "</script><script>document.title='owned'</script>",
    "javascript:document.title='owned'",
    "<!--",
    "]]>",
    "<a href=\"javascript:document.title='owned'\">x</a>",
    "<iframe srcdoc=\"<script>parent.document.title='owned'</script>\">",
    "<style>*{display:none}</style>",
    "<base href=//attacker.example/>",
    "<meta http-equiv=refresh content=0;url=//attacker.example>",
    "&lt;script&gt;",
    "&#60;b&#62;",
    "&amp;",
    "\\u003cscript\\u003e",
    "\\",
    "\"",
    "'",
    "`",
    "${document.title='owned'}",
    "{{7*7}}",
    "%s%n%x",
    "%3Cscript%3E",
    "../../etc/passwd",
    "=1+1",
    "=HYPERLINK(\"http://attacker.example\")",
    "+1",
    "-1",
    "@SUM(1)",
    "\t",
    "\r\n",
    "\n\ndata: {\"inside\":999}\n\n",
    "\x01\x02\x1b[31m",
    "\x7f",
    "\xC2\x85",
    "\xE2\x80\xA8",
    "\xE2\x80\xA9",
    "\xE2\x80\xAE",
    "\xE2\x80\xAD",
    "\xE2\x81\xA6",
    "\xE2\x80\x8F",
    "\xE2\x80\x8B",
    "\xEF\xBB\xBF",
    "\xEF\xBF\xBF",
    "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D",
    "\xD9\x85\xD8\xB1\xD8\xAD\xD8\xA8\xD8\xA7 (3)",
    "Z\xCC\x81\xCC\x82\xCC\x83\xCC\x84\xCC\x85",
    "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x92\xBB",
    "\xF0\x90\x80\x80",
    "Lena",
    " ",
    "1.284",
    "'; DROP TABLE log; --",
    "NULL",
    "constructor",
    "__proto__",
};

void hostile_write(uint64_t seed, char *out, size_t out_size)
{
    struct dice dice = {dice_mix(seed)};
    char text[1024] = "";
    size_t length = 0;

    for (int i = 1 + dice_below(&dice, 5); i > 0; i--) {
        char point[TEXT_POINT_SIZE];
        bool is_any = dice_is(&dice, 0.2);
        uint32_t any = 1 + (uint32_t)dice_below(&dice, 0xD7FE); // below the surrogates
        const char *piece = pieces[dice_below(&dice, (int)(sizeof pieces / sizeof *pieces))];
        if (is_any) text_write_point(any, point);
        text_copy(text + length, sizeof text - length, is_any ? point : piece);
        length += strlen(text + length);
    }
    text_copy(out, out_size, text);
}

void hostile_name(struct tally *tally, uint64_t seed)
{
    uint64_t next = seed * HOSTILE_NAMES;
    char *event = tally->name[LANGUAGE_DE];

    size_t length = (size_t)snprintf(event, EVENT_NAME_SIZE, "%llu ", (unsigned long long)seed); // two of them differ
    hostile_write(next++, event + length, EVENT_NAME_SIZE - length);
    hostile_write(next++, tally->name[LANGUAGE_EN], EVENT_NAME_SIZE);
    hostile_write(next++, tally->zone, EVENT_ZONE_SIZE);
    for (size_t i = 0; i < 3; i++) hostile_write(next++, tally->lists[i].name, LIST_NAME_SIZE);
    hostile_write(next++, tally->lists[0].headcount.stop, RECORD_STOP_SIZE);
    for (size_t i = 0; i < 3; i++) hostile_write(next++, tally->groups[i].name[LANGUAGE_DE], 64);
    for (size_t i = 0; i < 2; i++) hostile_write(next++, tally->classes[i].name[LANGUAGE_DE], 64);
    for (size_t i = 0; i < 2; i++) hostile_write(next++, tally->kiosks[i].gate, GATE_SIZE);
}
