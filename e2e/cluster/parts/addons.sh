# CoreDNS and metrics-server run beside the node; a Service without a selector leads to each.

addons() { # NODE-IP
  cat > "$H/Corefile" <<Y
.:1053 {
  errors
  ready 127.0.0.1:8181
  kubernetes cluster.local in-addr.arpa {
    kubeconfig $H/kubeconfig
    ttl 5
  }
  cache 5
}
Y
  start coredns "$BIN/coredns" -conf "$H/Corefile"
  start metrics-server "$BIN/metrics-server" --kubeconfig="$H/kubeconfig" --authentication-kubeconfig="$H/kubeconfig" \
    --authorization-kubeconfig="$H/kubeconfig" --secure-port=4443 --cert-dir="$H/metrics-server" --kubelet-insecure-tls \
    --kubelet-preferred-address-types=InternalIP --metric-resolution=15s
  {
    service kube-dns "clusterIP: $DNS_IP, " \
      "{name: dns, port: 53, targetPort: 1053, protocol: UDP}, {name: dns-tcp, port: 53, targetPort: 1053, protocol: TCP}"
    addresses kube-dns "$1" "{name: dns, port: 1053, protocol: UDP}, {name: dns-tcp, port: 1053, protocol: TCP}"
    service metrics-server "" "{name: https, port: 443, targetPort: 4443}"
    addresses metrics-server "$1" "{name: https, port: 4443, protocol: TCP}"
    cat <<'Y'
---
apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata: {name: v1beta1.metrics.k8s.io}
spec:
  group: metrics.k8s.io
  version: v1beta1
  groupPriorityMinimum: 100
  versionPriority: 100
  insecureSkipTLSVerify: true
  service: {name: metrics-server, namespace: kube-system}
Y
  } | K apply -f - >/dev/null
}

service() { # NAME FIELDS PORTS
  printf -- '---\napiVersion: v1\nkind: Service\nmetadata: {name: %s, namespace: kube-system}\nspec: {%sports: [%s]}\n' "$@"
}

addresses() { # SERVICE IP PORTS
  cat <<Y
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: $1-1, namespace: kube-system, labels: {kubernetes.io/service-name: $1}}
addressType: IPv4
ports: [$3]
endpoints: [{addresses: ["$2"], conditions: {ready: true}}]
Y
}
