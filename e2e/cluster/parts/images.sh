# Images without a registry or an engine: a folder becomes a docker archive of one layer.

archive() { # FOLDER-WITH-rootfs TAG CONFIG-MEMBERS OUT.tar
  tar -C "$1/rootfs" --owner=0 --group=0 --numeric-owner -cf "$1/layer.tar" .
  local digest
  digest=$(sha256sum < "$1/layer.tar" | cut -d' ' -f1)
  cat > "$1/config.json" <<Y
{"architecture":"$(go env GOARCH)","os":"linux","config":{$3},"rootfs":{"type":"layers","diff_ids":["sha256:$digest"]}}
Y
  echo "[{\"Config\":\"config.json\",\"RepoTags\":[\"$2\"],\"Layers\":[\"layer.tar\"]}]" > "$1/manifest.json"
  tar -C "$1" -cf "$4" manifest.json config.json layer.tar
}

jdk25() {
  local home
  for home in "${JAVA25_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/*25*; do
    if [[ -x $home/bin/jlink ]] && grep -q '^JAVA_VERSION="25' "$home/release" 2>/dev/null; then
      echo "$home"
      return
    fi
  done
  die "no JDK 25: looked at JAVA25_HOME, JAVA_HOME and /usr/lib/jvm"
}

base() { # OUT.tar: all of the runtime less the tools, the libraries that it links to, CA certificates, two users
  local jdk folder=$SRC/base root modules
  jdk=$(jdk25)
  root=$folder/rootfs
  rm -rf "$folder"
  mkdir -p "$root"/{etc/ssl/certs,tmp,home/nonroot,opt,proc,sys,dev,lib64} "$root/usr/lib"
  chmod 1777 "$root/tmp"
  modules=$("$jdk/bin/java" --list-modules | cut -d@ -f1 |
    grep -vxE 'jdk.(jlink|jpackage|jshell|javadoc|compiler|jdeps)|jdk.incubator.*' | paste -sd,)
  "$jdk/bin/jlink" --add-modules "$modules" --strip-debug --no-header-files --no-man-pages --compress zip-2 \
    --output "$root/opt/java" >&2
  native_libraries "$root" | while read -r file; do
    mkdir -p "$root$(dirname "$file")"
    cp -Lu "$file" "$root$file"
  done
  cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/" 2>/dev/null || true
  printf 'root:x:0:0::/root:/none\nnonroot:x:65532:65532::/home/nonroot:/none\n' > "$root/etc/passwd"
  printf 'root:x:0:\nnonroot:x:65532:\n' > "$root/etc/group"
  echo 'hosts: files dns' > "$root/etc/nsswitch.conf"
  archive "$folder" localhost/jre:25 '"Env":["JAVA_HOME=/opt/java","PATH=/opt/java/bin","LANG=C.UTF-8"],
    "User":"65532:65532","WorkingDir":"/home/nonroot","Entrypoint":["/opt/java/bin/java"]' "$1"
  say "wrote $1 ($(du -h "$1" | cut -f1))"
}

native_libraries() { # ROOT: what the runtime and the name service link to, transitively
  local file
  {
    find "$1/opt/java" -name '*.so' -o -path '*/bin/java'
    ldconfig -p | awk '/libgomp.so.1|libstdc\+\+.so.6|libnss_(dns|files)|libz.so.1 / {print $NF}'
  } | while read -r file; do
    [[ $file == "$1"* ]] || echo "$file"
    ldd "$file" 2>/dev/null | awk '$3 ~ /^\// {print $3} $1 ~ /^\/.*ld-linux/ {print $1}'
  done | grep -v "^$1" | sort -u
}

pause_image() { # what holds a pod's network: one static binary that sleeps until it is told to stop
  C image ls -q | grep -q '^localhost/pause:1$' && return
  local folder=$SRC/pause
  mkdir -p "$folder/rootfs"
  cat > "$folder/main.go" <<'Y'
package main

import (
	"os"
	"os/signal"
	"syscall"
)

func main() {
	told := make(chan os.Signal, 1)
	signal.Notify(told, syscall.SIGINT, syscall.SIGTERM)
	<-told
}
Y
  CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o "$folder/rootfs/pause" "$folder/main.go"
  archive "$folder" localhost/pause:1 '"Entrypoint":["/pause"]' "$folder/pause.tar"
  C image import --local "$folder/pause.tar" >/dev/null
}
