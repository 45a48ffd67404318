#include "support/hostile_text.h"

#include "base/text.h"
#include "support/studio/dice.h"

#include <stdio.h>
#include <string.h>

static const char *const texts[] = {
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"><svg onload=alert(1)>",
    "javascript:alert(1)",
    "</title></textarea></style><b>",
    "{{7*7}}${7*7}<%= 7*7 %>",
    "&lt;script&gt;&#60;",
    "=HYPERLINK(\"http://evil.example\")",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1:A9)",
    "\tTab",
    "\rReturn",
    "\xEF\xBC\x9D"
    "1+1",                 // full-width =
    "\xEF\xBC\xA0SUM(A1)", // full-width @
    "line\nbreak\r\nand another",
    "a;b;c",
    "a,b\tc",
    "\"quoted\" and \"\"twice\"\"",
    "'; DROP TABLE record; --",
    "\\\" \\n \\u0000 \\",
    "\x01\x02\x07\x08\x0B\x0C\x1B[31mred\x1B[0m",
    "\x7F del",
    "\xC2\x85 next line, C1",
    "\xE2\x80\xA8 line separator \xE2\x80\xA9 paragraph",
    "\xE2\x80\xAE"
    "txt.exe evil", // right-to-left override
    "\xE2\x80\xAA\xE2\x80\xAB\xE2\x80\xAC embed",
    "\xE2\x81\xA6\xE2\x81\xA7\xE2\x81\xA8\xE2\x81\xA9 isolates",
    "\xE2\x80\x8E\xE2\x80\x8F marks",
    "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D \xD8\xB3\xD9\x84\xD8\xA7\xD9\x85",
    "\xEF\xBB\xBF"
    "BOM",
    "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x9A\x80",
    "Z\xCC\x81\xCC\x82\xCC\x83\xCC\x84\xCC\x85\xCC\x86 zalgo",
    "J\xC3\xB6rg M\xC3\xBCller-L\xC3\xBC"
    "denscheid",
    "%s%n%x %1$s",
    "../../etc/passwd",
    "`id` $(id)",
    "]]>--><!--",
    "null",
    "   ",
    ".",
};
enum { TEXTS = sizeof texts / sizeof *texts };

void hostile_text(size_t number, char *out, size_t size)
{
    struct dice dice = {number};
    char whole[512] = "";
    size_t pieces = number < TEXTS ? 1 : 1 + (size_t)dice_below(&dice, 3);

    for (size_t i = 0; i < pieces; i++) {
        const char *piece = texts[number < TEXTS ? number : (size_t)dice_below(&dice, TEXTS)];
        snprintf(whole + strlen(whole), sizeof whole - strlen(whole), "%s", piece);
    }
    text_copy(out, size, whole);
}
