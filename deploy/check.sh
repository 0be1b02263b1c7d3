#!/usr/bin/env bash
# Checks the files beside it with what the machine has, and says of each whether it was checked. Fails if something is wrong, not if a tool
# is missing. Where there are npm or the .NET SDK, tools come from their registries; nothing is left behind but in their caches.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

has() { command -v "$1" >/dev/null 2>&1; }
skip() { printf '%-14s not checked here, because %s\n' "$1" "$2"; }
check() { # what, by what, command...
    local what=$1 by=$2
    shift 2
    if "$@" >"$work/out" 2>&1; then
        printf '%-14s checked by %s\n' "$what" "$by"
    else
        printf '%-14s WRONG, says %s\n' "$what" "$by"
        sed 's/^/    /' "$work/out"
        failed=1
    fi
}
npm_install() { has npm && has node && npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$work/$1" "${@:2}" >/dev/null 2>&1; }

# Values that say nothing, for what asks for one.
sed -E 's/^([A-Z_]+)=$/\1=x/' .env.example >"$work/env"

if has python3 && python3 -c 'import yaml' 2>/dev/null; then
    check YAML PyYAML find . -name '*.y*ml' -exec \
        python3 -c 'import sys, yaml; [list(yaml.safe_load_all(open(path, encoding="utf-8"))) for path in sys.argv[1:]]' {} +
else
    skip YAML 'there is no Python with PyYAML'
fi

if has shellcheck; then check scripts shellcheck shellcheck --severity=warning check.sh compose/*.sh; else skip scripts 'there is no shellcheck'; fi

if has hadolint; then
    check Dockerfile hadolint hadolint --ignore DL3006 Dockerfile
elif npm_install docker dockerfile-utils@0.16.3; then
    check Dockerfile 'dockerfile-utils, as to syntax' node "$work/docker/node_modules/dockerfile-utils/bin/dockerfile-utils" lint Dockerfile
else
    skip Dockerfile 'there is neither hadolint nor npm with its registry'
fi

if docker compose version >/dev/null 2>&1; then
    check compose.yml 'docker compose' docker compose --env-file "$work/env" --file compose.yml config --quiet
else
    skip compose.yml 'docker has no plugin compose'
fi

if has caddy; then
    check Caddyfile caddy env PUBLIC_HOST=localhost caddy adapt --adapter caddyfile --config compose/Caddyfile
else
    skip Caddyfile 'there is no caddy'
fi

if has kubectl; then
    check kustomize kubectl kubectl kustomize kubernetes/example --output "$work/all.yaml"
    if has kubeconform; then
        check Kubernetes kubeconform kubeconform -strict "$work/all.yaml" kubernetes/secret.example.yaml
    elif npm_install kubernetes kubernetes-models@5.1.0 yaml@2.9.1; then
        check Kubernetes 'the schemas of kubernetes-models, not as to unknown fields' node check/kubernetes.mjs "$work/kubernetes" "$work/all.yaml" kubernetes/secret.example.yaml
    else
        skip Kubernetes 'there is neither kubeconform nor npm with its registry'
    fi
else
    skip Kubernetes 'there is no kubectl'
fi

bicep=$(command -v bicep || true)
if [ -z "$bicep" ] && has dotnet && [ "$(uname -sm)" = 'Linux x86_64' ]; then
    version=0.49.2
    printf '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup><ItemGroup>%s</ItemGroup></Project>\n' \
        "<PackageDownload Include=\"Azure.Bicep.CommandLine.linux-x64\" Version=\"[$version]\" />" >"$work/bicep.csproj"
    if dotnet restore "$work/bicep.csproj" >/dev/null 2>&1; then
        bicep="$(dotnet nuget locals global-packages --list | sed 's/.*: //')azure.bicep.commandline.linux-x64/$version/tools/bicep"
        [ -x "$bicep" ] || chmod +x "$bicep" 2>/dev/null || bicep=
    fi
fi
if [ -n "$bicep" ]; then
    # A warning is what Bicep has for a property that there is not.
    quiet() { "$@" >"$work/bicep" 2>&1 && ! grep -E 'Warning|Error' "$work/bicep"; }
    check Bicep bicep quiet "$bicep" build azure/main.bicep --outfile "$work/main.json"
    check bicepparam bicep quiet env MASTER_KEY= "$bicep" build-params azure/main.example.bicepparam --outfile "$work/parameters.json"
else
    skip Bicep 'there is no bicep, and NuGet did not give it'
fi

if [ -f monitoring/alerts.yml ]; then
    if has promtool; then check alerts promtool promtool check rules monitoring/alerts.yml; else skip alerts 'there is no promtool'; fi
fi

skip images 'building them takes a container engine and the base images'
exit "$failed"
