#!/bin/sh
# Kills trainings with -9 at random moments, resumes them until they are finished, and compares all that they leave, bit for
# bit, with what a training leaves that nobody disturbed.
#
#   experiments/kill-and-resume.sh [--backend NAME] [--kills N] [--seed N] [--config FILE] [--set KEY=VALUE]... [--work DIR]
#
#   --backend  the engine; default djl
#   --kills    how many trainings are killed, each once or twice; default 20
#   --seed     of the choice of moments, which is printed; default: the time
#   --config   the experiment; default: the quick start with fewer images
#   --work     an empty folder for the runs; default: a new one, which is removed if all is well
#
# The moments are spread over four phases: the start of the program, an epoch, the writing of a checkpoint, and the test with its
# pictures. VAE names the program if it is not the one of this project. Exit code 0 if all runs are the same.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
vae=${VAE:-$root/vae}
backend=djl
kills=20
seed=$(date +%s)
config=
work=
keep=no

refuse() {
  echo "error: $1" >&2
  exit 2
}

count=0
while [ $# -gt 0 ]; do
  [ $# -gt 1 ] || refuse "$1: found nothing behind it, expected its value"
  case $1 in
    --backend) backend=$2 ;;
    --kills) kills=$2 ;;
    --seed) seed=$2 ;;
    --config) config=$2 ;;
    --work) work=$2; keep=yes ;;
    --set) count=$((count + 1)); eval "set_$count=\$2" ;;
    *) refuse "$1: expected --backend, --kills, --seed, --config, --set or --work" ;;
  esac
  shift 2
done
for number in "$kills" "$seed"; do
  case $number in '' | *[!0-9]*) refuse "--kills and --seed: found $number, expected a whole number" ;; esac
done
# The arguments of every training that begins.
if [ -z "$config" ]; then
  set -- "$root/experiments/quickstart.json" --set dataset.train=2000 --set dataset.validation=500 --set dataset.test=500
else
  set -- "$config"
fi
i=0
while [ $i -lt $count ]; do
  i=$((i + 1))
  eval "set -- \"\$@\" --set \"\$set_$i\""
done
set -- "$@" --backend "$backend"

if [ -z "$work" ]; then work=$(mktemp -d); else mkdir -p "$work"; fi
pid=
trap '[ -z "$pid" ] || kill -9 "$pid" 2>/dev/null; exit 1' INT TERM

# A random number from 0 to $1 - 1, into the variable number: the same on every machine for the same seed.
state=$((seed % 2147483648))
draw() {
  state=$(((state * 1103515245 + 12345) % 2147483648))
  number=$((state / 65536 % $1))
}

# Sleeps for up to $1 thousandths of a second.
doze() {
  draw "$1"
  sleep "$(printf '%d.%03d' $((number / 1000)) $((number % 1000)))"
}

# Epochs that a run has recorded, into the variable lines.
count_lines() {
  lines=0
  if [ -e "$1/metrics.jsonl" ]; then
    while read -r _; do lines=$((lines + 1)); done <"$1/metrics.jsonl"
  fi
}

# Whether a file of these is being written: its temporary file is there.
writing() {
  for file in "$1"/.*.tmp; do
    if [ -e "$file" ]; then return 0; fi
  done
  return 1
}

fail() {
  echo "FAILED: $1" >&2
  [ ! -e "$work/errors.txt" ] || sed 's/^/  /' "$work/errors.txt" >&2
  echo "the runs are in $work" >&2
  exit 1
}

# Waits for an epoch to be recorded, as long as the process lives.
await_lines() {
  count_lines "$1"
  while [ "$lines" -lt "$2" ] && kill -0 "$pid" 2>/dev/null; do
    sleep 0.01
    count_lines "$1"
  done
}

# Waits for a moment within the phase $2 of the training in folder $1.
await_moment() {
  case $2 in
    start) doze "$boot" ;;
    epoch)
      draw "$epochs"
      await_lines "$1" "$number"
      doze 300
      ;;
    checkpoint)
      draw "$epochs"
      await_lines "$1" "$number"
      # Without a pause: a checkpoint is written within some thousandths of a second.
      while ! writing "$1/checkpoints" && kill -0 "$pid" 2>/dev/null; do :; done
      ;;
    test)
      await_lines "$1" "$epochs"
      doze 200
      ;;
  esac
}

start() {
  "$vae" train "$@" >"$work/output.txt" 2>"$work/errors.txt" &
  pid=$!
}

# Waits for the end of the process; its exit code into the variable code.
await_end() {
  code=0
  wait "$pid" 2>/dev/null || code=$?
  pid=
}

# Metrics without what depends on the clock and the system.
figures() {
  sed -e 's/,"trainingSeconds":[^,}]*//' -e 's/,"validationSeconds":[^,}]*//' -e 's/,"imagesPerSecond":[^,}]*//' \
    -e 's/,"residentBytes":[^,}]*//' "$1/metrics.jsonl"
}

compare() {
  for file in config.json result.json latent.json checkpoints/best.safetensors checkpoints/last.safetensors \
    images/reconstructions.png images/samples.png; do
    cmp -s "$work/undisturbed/$file" "$1/$file" || fail "$1: $file is another one than that of the undisturbed training"
  done
  figures "$1" >"$work/figures.txt"
  cmp -s "$work/undisturbed.txt" "$work/figures.txt" || fail "$1: metrics.jsonl has other figures"
  [ -z "$(find "$1" -name '.*.tmp')" ] || fail "$1: a temporary file was left behind"
}

echo "engine $backend, $kills trainings to kill, seed $seed"
began=$(date +%s)
start "$@" --out "$work/undisturbed"
await_lines "$work/undisturbed" 1
# Thousandths of a second until the first epoch is done, as far as the clock tells.
boot=$((($(date +%s) - began) * 1000 + 500))
await_end
[ $code -eq 0 ] || fail "the training that nobody disturbed"
count_lines "$work/undisturbed"
epochs=$lines
figures "$work/undisturbed" >"$work/undisturbed.txt"
echo "undisturbed: $epochs epochs"

done_kills=0
half_written=0
attempt=0
while [ $done_kills -lt "$kills" ]; do
  attempt=$((attempt + 1))
  [ $attempt -le $((kills * 5 + 5)) ] || fail "most trainings are finished before they are killed: use more epochs"
  run=$work/killed-$attempt
  moments=
  draw 3
  planned=$((1 + (number == 0)))
  start "$@" --out "$run"
  killed=0
  while [ $killed -lt $planned ]; do
    case $(((done_kills + killed + seed) % 4)) in
      0) phase=start ;;
      1) phase=epoch ;;
      2) phase=checkpoint ;;
      3) phase=test ;;
    esac
    await_moment "$run" $phase
    kill -9 "$pid" 2>/dev/null || true
    await_end
    # 128 and the number of the signal.
    [ $code -eq 137 ] || break
    killed=$((killed + 1))
    count_lines "$run"
    moments="$moments, $phase after $lines epochs"
    if [ -d "$run" ] && [ -n "$(find "$run" -name '.*.tmp')" ]; then
      half_written=$((half_written + 1))
      moments="$moments amid a file"
    fi
    # Before it has written its configuration there is nothing to resume, and the same command begins again.
    if [ -e "$run/config.json" ]; then start --resume "$run"; else start "$@" --out "$run"; fi
  done
  if [ -n "$pid" ]; then await_end; fi
  [ $code -eq 0 ] || fail "$run: exit code $code"
  compare "$run"
  if [ $killed -gt 0 ]; then
    done_kills=$((done_kills + 1))
    echo "$done_kills: killed at${moments#,}: identical"
    rm -rf "$run"
  fi
done
echo "$done_kills of $kills trainings that were killed and resumed are identical to the undisturbed one; $half_written kills hit" \
  "a file that was being written"
if [ $keep = no ]; then rm -rf "$work"; fi
