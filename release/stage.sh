#!/bin/sh
# Makes what is uploaded to Maven Central: builds a commit by itself, deploys it into a folder, checks that by Central's rules and
# packs it. Nothing leaves this machine. docs/release.md tells the rest.
#
#   release/stage.sh VERSION [--key KEY] [--commit COMMIT] [--out DIR]
#
#   VERSION   of the release, for example 0.1.0
#   --key     the key of gpg that signs; default: nothing is signed
#   --commit  what is released; default: HEAD
#   --out     where the folder central and central-bundle.zip come to; default: target/release
#
# Exit code 0 if all is as Central requires, 1 if something is not, 2 if the command is wrong.
set -eu
# Maven writes the permissions of files into jars.
umask 022

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
key=
commit=HEAD
out=$root/target/release

refuse() {
  echo "error: $1" >&2
  exit 2
}

[ $# -ge 1 ] || refuse "found no version, expected one, such as release/stage.sh 0.1.0"
version=$1
shift
printf '%s\n' "$version" | grep -Eqx '[0-9]+(\.[0-9]+)*(-[A-Za-z0-9.]+)?' \
  || refuse "found the version $version, expected one such as 0.1.0 or 0.2.0-rc.1"
case $version in *SNAPSHOT) refuse "found the version $version, expected a release: Central takes no snapshots" ;; esac
while [ $# -gt 0 ]; do
  [ $# -ge 2 ] || refuse "found nothing behind $1, expected a value"
  case $1 in
    --key) key=$2 ;;
    --commit) commit=$2 ;;
    --out) out=$2 ;;
    *) refuse "found $1, expected --key, --commit or --out" ;;
  esac
  shift 2
done
[ ! -e "$out/central" ] || refuse "found $out/central, expected no release there; remove it, or name another folder with --out"
git -C "$root" rev-parse -q --verify "$commit^{commit}" >/dev/null || refuse "found no commit $commit"
mkdir -p "$out"
out=$(CDPATH='' cd -- "$out" && pwd)

# A clone has nothing that is not committed, and nothing of an earlier build.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
git clone -q "$root" "$work/source"
git -C "$work/source" checkout -q "$(git -C "$root" rev-parse "$commit^{commit}")"
(
  cd "$work/source"
  mvn -B -ntp -Prelease deploy -DskipTests -Dspotless.check.skip -Drevision="$version" ${key:+"-Dgpg.keyname=$key"} \
    -DaltDeploymentRepository=local::file:target/central
)
# Which versions there are is Central's to say.
find "$work/source/target/central" -name 'maven-metadata.xml*' -delete
mv "$work/source/target/central" "$out/central"

java "$root/experiments/src/test/java/dev/vaelab/experiments/CentralRules.java" "$out/central" ${key:+--signed}
if [ -n "$key" ]; then
  find "$out/central" -name '*.asc' | while IFS= read -r signature; do
    gpg --quiet --batch --verify "$signature" "${signature%.asc}" 2>/dev/null || {
      echo "$signature: found a signature of something else, expected one of ${signature%.asc}" >&2
      exit 1
    }
  done
fi
rm -f "$out/central-bundle.zip"
jar --create --no-manifest --file "$out/central-bundle.zip" -C "$out/central" .
echo "$out/central-bundle.zip: $(wc -c <"$out/central-bundle.zip" | tr -d ' ') bytes"
