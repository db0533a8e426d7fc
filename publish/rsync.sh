#!/usr/bin/env bash
# Make a folder of a host hold what site/ holds: bash publish/rsync.sh user@host:folder/
# RSYNC_KEY, RSYNC_HOST_KEY: the private key to come with, and the host's own line for known_hosts; without them those
# of whoever runs this. What the host itself needs (.well-known, .htaccess) is left alone.
set -euo pipefail
target=${1:?"say where: bash publish/rsync.sh user@host:folder/"}
cd "$(dirname "$0")/.."
if [ ! -f site/index.html ]; then
  echo "site/ is empty: run python build.py first" >&2
  exit 1
fi
if [ -n "${RSYNC_KEY:-}" ]; then
  keys=$(mktemp -d)
  trap 'rm -rf "$keys"' EXIT
  (umask 077 && printf '%s\n' "$RSYNC_KEY" > "$keys/key" && printf '%s\n' "${RSYNC_HOST_KEY:-}" > "$keys/known_hosts")
  export RSYNC_RSH="ssh -i $keys/key -o UserKnownHostsFile=$keys/known_hosts -o StrictHostKeyChecking=yes"
fi
# Pages before what they replace is deleted, so that no reader meets a link to nothing.
rsync --recursive --links --times --compress --checksum --delete-after \
  --exclude=/.well-known/ --exclude=/.htaccess --exclude=/.gitkeep --exclude=/.atlas-files site/ "$target"
