# Processes by name: the id in run/NAME.pid, the output in log/NAME.log. Nothing is ever ended by what it is called.

runs() { [[ -f $RUN/$1.pid ]] && kill -0 "$(cat "$RUN/$1.pid")" 2>/dev/null; }

start() { # NAME COMMAND...
  local name=$1; shift
  if runs "$name"; then return; fi
  setsid nohup "$@" >> "$LOG/$name.log" 2>&1 < /dev/null &
  echo $! > "$RUN/$name.pid"
}

stop() { # NAME: asks, and after ten seconds insists
  local id
  id=$(cat "$RUN/$1.pid" 2>/dev/null) || return 0
  kill "$id" 2>/dev/null || true
  for ((i = 0; i < 40; i++)); do
    kill -0 "$id" 2>/dev/null || break
    sleep 0.25
  done
  kill -9 "$id" 2>/dev/null || true
  rm -f "$RUN/$1.pid"
}

restart() { # NAME: with the very command and environment that it runs with
  runs "$1" || die "$1 does not run"
  local id command environment
  id=$(cat "$RUN/$1.pid")
  mapfile -d '' -t command < "/proc/$id/cmdline"
  mapfile -d '' -t environment < "/proc/$id/environ"
  stop "$1"
  start "$1" env -i "${environment[@]}" "${command[@]}"
  if [[ $1 == apiserver ]]; then wait_for apiserver 90 K get --raw /readyz; fi
}

status() {
  local file name
  for file in "$RUN"/*.pid; do
    name=$(basename "$file" .pid)
    if runs "$name"; then echo "$name runs"; else echo "$name is gone"; fi
  done
}

wait_for() { # NAME SECONDS COMMAND...: until the command succeeds
  local name=$1 seconds=$2; shift 2
  for ((i = 0; i < seconds * 4; i++)); do
    "$@" >/dev/null 2>&1 && return
    sleep 0.25
  done
  tail -n 20 "$LOG/$name.log" >&2 || true
  die "$name is not ready after $seconds s; its output is in $LOG/$name.log"
}

C() { "$BIN/ctr" -a "$RUN/containerd.sock" -n k8s.io "$@"; }
K() { "$BIN/kubectl" --kubeconfig "$H/kubeconfig" "$@"; }
