# shellcheck shell=bash disable=SC2034,SC2154 # part of kiosk/demo: its events with their people and tickets

einlass() { "$bin/einlass" "$@" --book "$demo/einlass.book"; }
# number_of FIELD VALUE: ticket number, with its check character, of the first whose column holds the value
number_of() { awk -F'";"' -v column="$1" -v value="$2" '$column == value { sub(/^\357\273\277/, ""); gsub(/"/, "", $1); print $1; exit }' "$demo/roster.csv"; }
picture_of() { printf '%s/tickets/%s.png' "$demo" "${1:0:10}"; }

day() { TZ=Europe/Berlin date -d "$1" +%F; } # of the event, wherever this machine thinks it is

# What differs between the situations: the event, and what must be seen when its people come by (virtual screen).
# old: the person who is issued a new ticket; the old one is shown.
create_studitour() {
    gate="Eingang Nord" old=60
    welcomes=20 refusals=6 goodbyes=0
    create "StudiTour Brilon" --name-en "Student tour Brilon" --kind studitour \
        --group "1=Bus 1" --group "2=Bus 2" --group "3=Bus 3" --list "Einlass" \
        --list "Bus 1; mode=roll_call; groups=1" --list "Bus 2; mode=roll_call; groups=2" --list "Bus 3; mode=roll_call; groups=3" \
        --stop "Brilon, Rathaus|Brilon, town hall" --stop "Sauerland-Maschinenbau" --stop "Mittagessen|Lunch" \
        --stop "Kreisverwaltung|County offices" --stop "Rückfahrt|Way back" --staff Team \
        --welcome "Schön, dass Sie da sind" --welcome-en "Good to see you"
}
create_netzwerktreffen() {
    gate="Haupteingang" old=30
    welcomes=20 refusals=6 goodbyes=1
    create "Netzwerktreffen Arnsberg" --name-en "Network meeting Arnsberg" --kind netzwerktreffen \
        --list "Saal; mode=in_out; capacity=45" --list "Essen; mode=hand_out; stock=50; after=Saal" --staff Team \
        --walk-ins --plus-ones 3 --consent "contact@2026-11=Sie dürfen mir die nächste Einladung schicken.|You may send me the next invitation." \
        --consent "photos@2026-11=Fotos mit mir dürfen veröffentlicht werden.|Photos of me may be published." \
        --welcome "Namensschilder liegen am Tisch 1" --welcome-en "Name badges are on table 1"
}
create_boxen() {
    gate="Station Olsberg" old=60
    welcomes=18 refusals=8 goodbyes=0
    create "Heimvorteil2GO-Boxen" --name-en "Heimvorteil2GO boxes" --kind boxes --list "Boxen; mode=hand_out; stock=18" --staff Team
}
create() { # create NAME OPTION…: today and tomorrow
    local name=$1
    shift
    einlass event create --name "$name" --starts "$(day today)T00:00" --ends "$(day tomorrow)T23:59" --pin "$pin" \
        --privacy "$demo/privacy.txt" "$@"
}

make_event() {
    say "Making an event ($situation) with people and signed tickets"
    rm -rf "$demo"
    mkdir -p "$demo"
    cat >"$demo/privacy.txt" <<'TEXT'
Wir speichern, wann Ihr Ticket gezeigt wurde, damit wir wissen, wer da ist. Das Kamerabild wird nur zum Lesen des Codes benutzt und nicht aufgezeichnet.

Nach der Veranstaltung werden die Zeiten gelöscht, sobald die Abrechnung fertig ist. Auskunft gibt das Team am Eingang.
TEXT
    "create_$situation"
    einlass roster import "assets/demo/$situation.csv" --event 1
    einlass ticket issue --event 1 --out "$demo/tickets" --format png,pdf
    einlass roster list --event 1 >"$demo/roster.csv"
    einlass event export --event 1 --out "$demo/event"
}

# Tickets that must not get in: one each.
make_bad_tickets() {
    local reissued
    mkdir -p "$demo/bad"
    reissued=$(number_of 2 "$old")
    cp "$(picture_of "$reissued")" "$demo/bad/revoked.png"
    einlass ticket issue --event 1 --only "$reissued" --reissue --format png --out "$demo/tickets" >/dev/null
    einlass ticket issue --event 1 --practice --format png --out "$demo/practice" >/dev/null
    cp "$(find "$demo/practice" -name '*.png' | sort | head -n 1)" "$demo/bad/practice.png"
    einlass event create --name "Stammtisch Meschede" --kind netzwerktreffen --starts "$(day today)T18:00" --ends "$(day today)T22:00" >/dev/null
    printf 'Name\nLena Wegener\n' >"$demo/other.csv"
    einlass roster import "$demo/other.csv" --event 2 >/dev/null
    einlass ticket issue --event 2 --format png --out "$demo/other" >/dev/null
    cp "$demo"/other/*.png "$demo/bad/wrong_event.png"
    qrencode -s 8 -m 4 -o "$demo/bad/invalid.png" "https://example.org/menu"
    for status in unpaid blocked canceled; do cp "$(picture_of "$(number_of 7 $status)")" "$demo/bad/$status.png"; done
    einlass event export --event 1 --out "$demo/event"
}

write_conf() {
    cat >"$demo/kiosk.conf" <<TEXT
# Made by kiosk/demo.
[kiosk]
event = $(echo "$demo"/event/*.event.json)
root_key = $(cat "$demo/event/root.key.pub")
database = $demo/kiosk.db
gate = $gate
TEXT
}
