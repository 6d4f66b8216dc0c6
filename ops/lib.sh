# Shared by the scripts of this folder; sourced, not run.
set -euo pipefail
ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$ROOT"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
MARKET="src/TiersLieux.Market.Web/bin/Release/net10.0/TiersLieux.Market.Web.dll"
SANDBOX="src/TiersLieux.Market.Sandbox/bin/Release/net10.0/TiersLieux.Market.Sandbox.dll"

say() { printf '%s\n' "$*" >&2; }

# Installs Debian packages that are missing: need COMMAND-OR-FILE PACKAGE…
need() {
    local what="$1"; shift
    if command -v "$what" >/dev/null 2>&1 || [ -e "$what" ]; then return 0; fi
    local as=""
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null 2>&1 || { say "Il manque $* : installez-le (apt-get install $*), puis relancez."; exit 1; }
        as="sudo"
    fi
    say "Installation de $*…"
    [ -n "${APT_UPDATED:-}" ] || { $as apt-get update -qq; APT_UPDATED=1; }
    DEBIAN_FRONTEND=noninteractive $as apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

need_dotnet() {
    command -v dotnet >/dev/null 2>&1 && dotnet --list-sdks | grep -q '^10\.' && return 0
    say "Il faut le SDK .NET 10 (paquet dotnet-sdk-10.0)."
    exit 1
}

# Builds a project or the solution in Release unless nothing has changed since the last time, the edition neither: MSBuild takes
# it from the environment (Edition, OrleansVersion).
build() {
    local target="$1" stamp="artifacts/built-$2" edition="${Edition:-Embedded} ${OrleansVersion:-}"
    mkdir -p artifacts
    if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$edition" ] && [ -z "$(find src tests catalog-seed Directory.*.props Directory.*.targets global.json -newer "$stamp" -type f -not -path '*/bin/*' -not -path '*/obj/*' -not -path '*/node_modules/*' -print -quit 2>/dev/null)" ]; then
        return 0
    fi
    say "Construction…"
    dotnet build "$target" -c Release -v q --nologo -clp:ErrorsOnly >&2
    printf '%s\n' "$edition" >"$stamp"
}
