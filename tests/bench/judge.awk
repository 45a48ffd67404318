# Holds what was measured against the goals: awk -F, -f judge.awk RESULTS.csv GOALS.csv. Exit status 1: one was missed.
# RESULTS: bench,case,metric,value,reference,ratio. GOALS: bench,case,metric,of,at,limit,needs,why (of: value or ratio;
# at: least or most; needs: what a machine may lack, then the goal is not judged).
FNR == 1 { next }
FNR == NR { key = $1 "," $2 "," $3; value[key] = $4; reference[key] = $5; ratio[key] = $6; next }
{
    key = $1 "," $2 "," $3
    if (!(key in value) && $7 != "") {
        printf "%-7s %s: not judged, there are no %s\n", "", $8, $7
        next
    }
    measured = $4 == "ratio" ? ratio[key] : value[key]
    is_number = measured ~ /^-?[0-9]/ # neither missing nor endless
    met = is_number && ($5 == "least" ? measured + 0 >= $6 + 0 : measured + 0 <= $6 + 0)
    printf "%-7s %s: %s at %s %s, measured %s", met ? "met" : "MISSED", $8, $4, $5, $6, measured == "" ? "nothing" : measured
    if ($4 == "ratio" && measured != "") printf " (%s against %s)", value[key], reference[key]
    else if (reference[key] != "") printf " (reference %s)", reference[key]
    printf "\n"
    missed += !met
}
END { exit missed > 0 }
