# The node: containerd with runc and a bridge, the kubelet, kube-proxy by iptables.

node() { # NODE-IP
  bridge_network
  containerd_settings
  PATH=$BIN:$PATH start containerd "$BIN/containerd" -c "$H/containerd/config.toml"
  wait_for containerd 20 C version
  pause_image
  kubelet_settings
  start kubelet "$BIN/kubelet" --config="$H/kubelet/config.yaml" --kubeconfig="$H/node.conf" \
    --root-dir="$H/kubelet/root" --cert-dir="$H/kubelet/pki" --hostname-override=onenode --node-ip="$1"
  sysctl -qw net.ipv4.ip_forward=1 2>/dev/null || true
  start proxy "$BIN/kube-proxy" --kubeconfig="$H/proxy.conf" --hostname-override=onenode \
    --cluster-cidr=$POD_CIDR --proxy-mode=iptables --conntrack-max-per-core=0
  wait_for kubelet 60 K get node onenode
  K wait --for=condition=Ready node/onenode --timeout=90s >&2
}

bridge_network() {
  cat > "$H/cni/10-bridge.conflist" <<Y
{"cniVersion":"1.0.0","name":"onenode","plugins":[
 {"type":"bridge","bridge":"cni0","isGateway":true,"ipMasq":true,"hairpinMode":true,
  "ipam":{"type":"host-local","dataDir":"$RUN/cni","ranges":[[{"subnet":"$POD_CIDR"}]],"routes":[{"dst":"0.0.0.0/0"}]}},
 {"type":"portmap","capabilities":{"portMappings":true}}]}
Y
}

containerd_settings() {
  cat > "$H/containerd/config.toml" <<Y
version = 3
root = "$H/containerd/root"
state = "$RUN/containerd"
disabled_plugins = ["io.containerd.nri.v1.nri"]
[grpc]
  address = "$RUN/containerd.sock"
[plugins."io.containerd.cri.v1.images".pinned_images]
  sandbox = "localhost/pause:1"
[plugins."io.containerd.cri.v1.runtime"]
  restrict_oom_score_adj = true
  disable_apparmor = true
[plugins."io.containerd.cri.v1.runtime".cni]
  bin_dirs = ["/usr/lib/cni"]
  conf_dir = "$H/cni"
[plugins."io.containerd.cri.v1.runtime".containerd]
  default_runtime_name = "runc"
[plugins."io.containerd.cri.v1.runtime".containerd.runtimes.runc]
  runtime_type = "io.containerd.runc.v2"
Y
}

kubelet_settings() {
  : > "$H/kubelet/resolv.conf"
  cat > "$H/kubelet/config.yaml" <<Y
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
authentication: {anonymous: {enabled: false}, webhook: {enabled: true}, x509: {clientCAFile: $PKI/ca.crt}}
authorization: {mode: Webhook}
tlsCertFile: $PKI/node.crt
tlsPrivateKeyFile: $PKI/node.key
clusterDNS: [$DNS_IP]
clusterDomain: cluster.local
cgroupDriver: cgroupfs
failCgroupV1: false
failSwapOn: false
containerRuntimeEndpoint: unix://$RUN/containerd.sock
resolvConf: $H/kubelet/resolv.conf
evictionHard: {memory.available: "100Mi", nodefs.available: "1%", imagefs.available: "1%"}
imageGCHighThresholdPercent: 100
syncFrequency: 10s
oomScoreAdj: 0
protectKernelDefaults: false
localStorageCapacityIsolation: false
Y
}
