# Every binary from its Go module. A module with replace directives cannot be installed by `go install module@version`:
# a throwaway module requires it instead, with every "=> ./staging/..." pointed at the published module of the release.

KUBERNETES=${KUBERNETES_VERSION:-1.37.2}
ETCD=3.7.3 CONTAINERD=2.4.2 COREDNS=1.15.0 METRICS_SERVER=0.9.0 HELM=4.3.1

build() {
  command -v go >/dev/null || die "Go is missing; it compiles the cluster"
  system_packages
  local version
  version="-X k8s.io/component-base/version.gitVersion=v$KUBERNETES"
  version+=" -X k8s.io/component-base/version.gitMajor=1"
  version+=" -X k8s.io/component-base/version.gitMinor=$(cut -d. -f2 <<<"$KUBERNETES")"
  compile k8s.io/kubernetes "v$KUBERNETES" "$version" "v0.${KUBERNETES#1.}" \
    cmd/kube-apiserver cmd/kube-controller-manager cmd/kube-scheduler cmd/kubelet cmd/kube-proxy cmd/kubectl
  compile go.etcd.io/etcd/server/v3 "v$ETCD" "" "" etcd=.
  compile github.com/containerd/containerd/v2 "v$CONTAINERD" "" "" \
    cmd/containerd cmd/containerd-shim-runc-v2 cmd/ctr
  compile github.com/coredns/coredns "v$COREDNS" "" "" coredns=.
  compile sigs.k8s.io/metrics-server "v$METRICS_SERVER" "" "" cmd/metrics-server
  compile helm.sh/helm/v4 "v$HELM" "" "" cmd/helm
}

system_packages() {
  local missing=() command
  for command in runc iptables conntrack openssl socat ipset; do
    command -v $command >/dev/null || missing+=("$command")
  done
  [[ -x /usr/lib/cni/bridge ]] || missing+=(containernetworking-plugins)
  if ((${#missing[@]})); then
    say "installing ${missing[*]}"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}" >/dev/null
  fi
}

# compile MODULE VERSION LDFLAGS STAGING PACKAGE...; a package is a path in the module, or NAME=PATH.
compile() {
  local module=$1 version=$2 flags=$3 staging=$4; shift 4
  local folder=$SRC/${module//\//_}@$version package name path
  mkdir -p "$BIN"
  for package in "$@"; do
    name=${package%%=*} path=${package#*=}
    name=${name##*/}
    [[ -x $BIN/$name ]] && continue
    say "compiling $name ($module $version)"
    throwaway_module "$folder" "$module" "$version" "$staging" "$@"
    (cd "$folder" && CGO_ENABLED=0 GOFLAGS=-mod=mod \
      go build -trimpath -ldflags "-s -w $flags" -o "$BIN/$name" "$(import_path "$module" "$path")")
  done
}

import_path() { if [[ $2 == . ]]; then echo "$1"; else echo "$1/$2"; fi; }

throwaway_module() { # FOLDER MODULE VERSION STAGING PACKAGE...
  local folder=$1 module=$2 version=$3 staging=$4 package original; shift 4
  [[ -f $folder/go.sum ]] && return
  mkdir -p "$folder"
  original=$(go mod download -json "$module@$version" | sed -n 's/.*"GoMod": "\(.*\)".*/\1/p')
  (
    cd "$folder"
    {
      echo "module throwaway"
      grep -E '^go ' "$original"
      echo "require $module $version"
      if [[ -n $staging ]]; then
        sed -nE 's#^[[:space:]]*([^ ]+) => \./staging/.*#replace \1 => \1 '"$staging"'#p' "$original" | sort -u
      fi
    } > go.mod
    { printf '//go:build tools\npackage tools\n'
      for package in "$@"; do echo "import _ \"$(import_path "$module" "${package#*=}")\""; done
    } > tools.go
    go mod tidy >/dev/null 2>tidy.log || { cat tidy.log >&2; rm -f go.sum; exit 1; }
  )
}
