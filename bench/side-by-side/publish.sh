#!/usr/bin/env bash
# Publishes our side as a native program for this machine, into artifacts/side-by-side. Needs a C linker (Debian: clang or gcc, zlib1g-dev).
set -euo pipefail
cd "$(dirname "$0")/../.."
# Publishing for one platform would add its packages to the lock files, which hold for all.
dotnet publish bench/MemOS.SideBySide -c Release --use-current-runtime -p:PublishAot=true -p:IlcInstructionSet=native \
  -p:RestorePackagesWithLockFile=false -p:NuGetLockFilePath=obj/none.json -o artifacts/side-by-side -v quiet --nologo
