#!/usr/bin/env bash
# Measures how fast a network trains on the engines of this project, and how fast the same network trains elsewhere, in turns:
#
#   experiments/yardsticks/compare.sh [TURNS] [recipe|mlp]
#
# The recipe with batches of 128, unless said otherwise; mlp is 784-200-200-50 with tanh, batches of 100 and one thread.
# The yardsticks are native libtorch (with one thread, two, and two that sleep while they wait), PyTorch from Python where
# /usr/bin/python3 has it (Debian: python3-torch libopenblas0-pthread), and a stock Deeplearning4j graph with default artifacts.
# Each turn runs all of them once, and each engine by `./vae bench`. 5 turns unless said otherwise. Nothing else should run on
# the machine. Prints a line for each measurement, then a table of medians and their ratios to libtorch's fastest setting.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
turns=${1:-5}
network=${2:-recipe}
case $turns in '' | *[!0-9]* | 0)
  echo "error: TURNS: found $turns, expected a whole number of at least 1" >&2
  exit 2
  ;;
esac
case $network in
  recipe) batch=128 settings=() ;;
  mlp) batch=100 settings=("$here/mlp.json" --threads 1) ;;
  *)
    echo "error: network: found $network, expected recipe or mlp" >&2
    exit 2
    ;;
esac
images=$root/vae-data/src/main/resources/dev/vaelab/data/mnist/train-images-idx3-ubyte.gz
work=$here/target
mkdir -p "$work"
measured=$work/measured.txt
: >"$measured"

# The allocator settings of the launcher are for everybody.
export MALLOC_MMAP_THRESHOLD_=1073741824 MALLOC_TRIM_THRESHOLD_=4294967296 MALLOC_TOP_PAD_=268435456

for yardstick in libtorch stock-dl4j; do
  # Maven, and not only this project, knows which jars there are; Java compiles the one source itself.
  mvn -q -B -f "$here/$yardstick/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath \
    -Dmdep.outputFile="$work/$yardstick.classpath"
done
"$root/vae" --version >/dev/null

# Takes what was measured and the images per second from the last line that names them.
note() {
  local speed
  speed=$(sed -n 's|^\([0-9][0-9]*\) images/s.*|\1|p' | tail -n 1)
  [ -n "$speed" ] || { echo "error: $1 measured nothing" >&2; exit 1; }
  printf '%s\t%s\n' "$1" "$speed" >>"$measured"
  echo "$1: $speed images/s"
}

libtorch() {
  OMP_NUM_THREADS=$1 OPENBLAS_NUM_THREADS=$1 OMP_WAIT_POLICY=$2 java -cp "$(cat "$work/libtorch.classpath")" \
    "$here/libtorch/LibtorchYardstick.java" "$images" 64000 "$1" "$network" "$batch" \
    2>>"$work/log.txt" | note "libtorch, threads $1 $2"
}

engine() {
  "$root/vae" bench ${settings[@]+"${settings[@]}"} --backends "$1" --turns 1 --duration 1s --out "$work/bench-$1-$2" 2>&1 >/dev/null |
    sed -n "s|^turn 1/1: $1\b.*training \([0-9][0-9]*\).*|\1 images/s|p" | note "vaelab, $1"
}

# What there is of the recipe only.
elsewhere() {
  libtorch 2 active
  libtorch 2 passive
  if /usr/bin/python3 -c 'import torch' 2>/dev/null; then
    OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 PYTHONPATH=$root/vae-testkit/src/main/resources/dev/vaelab/testkit/golden \
      PYTHONDONTWRITEBYTECODE=1 /usr/bin/python3 "$here/pytorch.py" "$images" 12800 1 | note "PyTorch from Python, threads 1"
  fi
  java -Xmx4g -cp "$(cat "$work/stock-dl4j.classpath")" "$here/stock-dl4j/StockDl4jYardstick.java" "$images" 2560 \
    2>>"$work/log.txt" | note "stock Deeplearning4j"
}

rm -rf "$work"/bench-* "$work/log.txt"
for ((turn = 1; turn <= turns; turn++)); do
  echo "turn $turn/$turns"
  libtorch 1 active
  if [ "$network" = recipe ]; then elsewhere; fi
  engine dl4j "$turn"
  engine djl "$turn"
done

# Median, least and most of each, and the ratio of its median to the best median of libtorch.
sort -t "$(printf '\t')" -k1,1 -k2,2n "$measured" | awk -F '\t' '
  { speeds[$1, ++count[$1]] = $2 }
  END {
    for (name in count) {
      n = count[name]
      median[name] = (speeds[name, int((n + 1) / 2)] + speeds[name, int(n / 2) + 1]) / 2
      if (name ~ /^libtorch/ && median[name] > best) best = median[name]
    }
    printf "\n%-34s %28s %10s\n", "training, '"$network, batch $batch"'", "images/s", "libtorch"
    for (name in count)
      printf "%-34s %8.0f %19s %9.2fx\n", name, median[name], "[" speeds[name, 1] "-" speeds[name, count[name]] "]",
        median[name] / best | "sort"
  }'
