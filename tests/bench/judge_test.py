#!/usr/bin/env python3
"""Goals are judged by what was measured: met, missed, missing, endless, not to be had on this machine.
usage: judge_test.py FOLDER_OF_BENCHES"""
import subprocess
import sys
import tempfile
from pathlib import Path

HEAD = "bench,case,metric,value,reference,ratio\n"
GOALS = "bench,case,metric,of,at,limit,needs,why\n"
bench = Path(sys.argv[1])

# what was measured, the goal, what is said first, the exit status
CASES = [
    ("scan,a,read %,97.6,75,1.3", "scan,a,read %,value,least,97.5,,w", "met", 0),
    ("scan,a,read %,97.4,75,1.3", "scan,a,read %,value,least,97.5,,w", "MISSED", 1),
    ("scan,a,ms,1.0,20,0.05", "scan,a,ms,ratio,most,0.05,,w", "met", 0),
    ("scan,a,ms,1.2,20,0.06", "scan,a,ms,ratio,most,0.05,,w", "MISSED", 1),
    ("scan,a,ms,9.0,20,0.45", "scan,a,ms,value,most,10,,w", "met", 0),  # 9 is less than 10, not "9" than "10"
    ("scan,a,p90 ms,inf,inf,", "scan,a,p90 ms,value,most,171,,w", "MISSED", 1),
    ("scan,a,misread,0,0,", "scan,a,misread,value,most,0,,w", "met", 0),
    ("scan,b,misread,0,0,", "scan,a,misread,value,most,0,,w", "MISSED", 1),  # nothing was measured
    ("scan,a,ms,1,0,", "scan,a,ms,ratio,most,1,,w", "MISSED", 1),  # nor a ratio
    ("scan,b,read %,1,1,1", "scan,a,read %,value,least,90,photographs,w", "w: not judged", 0),
    ("scan,a,read %,1,1,1", "scan,a,read %,value,least,90,photographs,w", "MISSED", 1),
]

for measured, goal, words, status in CASES:
    with tempfile.TemporaryDirectory() as folder:
        results, goals = Path(folder, "results.csv"), Path(folder, "goals.csv")
        results.write_text(HEAD + measured + "\n")
        goals.write_text(GOALS + goal + "\n")
        run = subprocess.run(["awk", "-F,", "-f", bench / "judge.awk", results, goals], capture_output=True, text=True)
        assert run.stdout.strip().startswith(words), (measured, goal, run.stdout)
        assert run.returncode == status, (measured, goal, run.returncode)

# Our own table: every line has all its columns, known words and a number.
lines = (bench / "goals.csv").read_text().splitlines()
assert lines[0] + "\n" == GOALS
for line in lines[1:]:
    columns = line.split(",")
    assert len(columns) == 8 and columns[3] in ("value", "ratio") and columns[4] in ("least", "most"), line
    float(columns[5])
print(f"{len(CASES)} cases, {len(lines) - 1} goals")
