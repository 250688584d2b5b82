#!/bin/sh
# Builds one commit twice, in two folders and under different circumstances, and compares all that was made, bit for bit: jars with
# classes, sources and documentation, poms, and the distribution.
#
#   release/reproducible.sh [COMMIT]
#
# COMMIT is HEAD if nothing is said. Exit code 0 if both are the same.
set -eu

# Maven writes permissions into jars. It takes what groups may write away from them, so umask 002 and 022 make the same jars.
umask 022

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
commit=$(git -C "$root" rev-parse --verify "${1:-HEAD}^{commit}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

build() {
  git clone -q "$root" "$1"
  git -C "$1" checkout -q "$commit"
  (cd "$1" && mvn -q -B -ntp -Prelease package -DskipTests -Dspotless.check.skip -Drevision=1.0)
}

build "$work/one"
(
  umask 002
  export TZ=Asia/Tokyo LC_ALL=C
  build "$work/another place/other"
)

made() {
  cd "$1"
  { find . -path '*/target/*' \( -name '*-1.0*.jar' -o -name resolved-pom.xml \) -type f ! -path './vae-cli/target/vaelab/*'
    find ./vae-cli/target/vaelab -type f; } | LC_ALL=C sort | while IFS= read -r file; do sha256sum "$file"; done
}
made "$work/one" >"$work/one.txt"
made "$work/another place/other" >"$work/other.txt"
if diff "$work/one.txt" "$work/other.txt"; then
  echo "$(wc -l <"$work/one.txt" | tr -d ' ') files of commit $commit, twice the same"
else
  echo "error: these files of commit $commit differ" >&2
  exit 1
fi
