#!/usr/bin/env bash
# Publishes a small program natively and runs it: embedded memory, chat client with memory, tools. Needs a C linker (Debian: clang or gcc, zlib1g-dev).
set -euo pipefail
cd "$(dirname "$0")/.."
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
# Publishing for one platform would add its packages to the lock files, which hold for all.
dotnet publish tests/MemOS.AotApp -c Release --use-current-runtime -p:PublishAot=true -p:RestoreLockedMode=false \
  -p:RestorePackagesWithLockFile=false -p:NuGetLockFilePath=obj/none.json -p:ArtifactsPath="$out/artifacts" -o "$out/app" -v quiet --nologo
"$out/app/MemOS.AotApp" "$out/data" "$@"
du -k "$out/app/MemOS.AotApp" | awk '{ print "native: " $1 " KiB" }'
