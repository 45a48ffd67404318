# Turns kiosk/kiosk.conf into mdoc: its comments are the manual's text, so that neither can say what the other doesn't.
# -v part=introduction: what stands above the first section. -v part=sections: the sections with their keys.

# Nothing is taken for a macro, and minus signs stay such.
function text(line) {
    gsub(/\\/, "\\e", line)
    gsub(/-/, "\\-", line)
    while (match(line, /[^.][A-Za-z0-9)"][.] [A-Z]/)) line = substr(line, 1, RSTART + 2) "\n" substr(line, RSTART + 4)
    if (line ~ /^[.']/) line = "\\&" line
    return line "\n"
}

# A line "  WORD   what it means" is an item of a list; what stands far to the right below it goes on.
function take(line,    word) {
    if (match(line, /^  [^ ].*[^ ]   +/) && line !~ /^   /) {
        word = substr(line, 3, RLENGTH - 2)
        sub(/ +$/, "", word)
        comment = comment (listing ? "" : ".Bl -tag -width Ds -compact\n") ".It Cm " word "\n"
        listing = 1
        line = substr(line, RLENGTH + 1)
    } else if (line !~ /^ /) unlist()
    sub(/^ +/, "", line)
    comment = comment text(line)
}

function unlist() {
    if (listing) comment = comment ".El\n"
    listing = 0
}

# A paragraph of comments, and the keys it explains.
function finish() {
    unlist()
    if (part == "introduction" && section == "" && comment != "") printf ".Pp\n%s", comment
    if (part == "sections" && section != "" && comment != "")
        printf "%s%s", keys == "" ? ".El\n.Pp\n" : ".It Ic " keys "\n", comment (keys == "" ? ".Bl -tag -width Ds\n" : "")
    comment = keys = ""
}

/^\[/ {
    finish()
    if (part == "sections") printf "%s.Ss %s\n.Bl -tag -width Ds\n", section == "" ? "" : ".El\n", $0
    section = $0
    next
}
/^(# ?)?[a-z_]+ =/ {
    sub(/^# ?/, "")
    keys = keys == "" ? $0 : keys " , " $0
    next
}
/^#/ {
    if (keys != "") finish()
    sub(/^# ?(kiosk[.]conf -- [^.]*[.] )?/, "")
    if ($0 == "") finish()
    else take($0)
    next
}
{ finish() }
END {
    finish()
    if (part == "sections") print ".El"
}
