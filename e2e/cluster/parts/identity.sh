# One certificate authority, a certificate for every part, a kubeconfig for every client.

identities() { # NODE-IP
  if [[ ! -f $PKI/ca.crt ]]; then
    openssl req -x509 -newkey rsa:2048 -nodes -keyout "$PKI/ca.key" -out "$PKI/ca.crt" -subj /CN=onenode-ca -days 3650 2>/dev/null
    openssl genrsa -out "$PKI/sa.key" 2048 2>/dev/null
    openssl rsa -in "$PKI/sa.key" -pubout -out "$PKI/sa.pub" 2>/dev/null
  fi
  local names="DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,DNS:localhost"
  certificate apiserver /CN=kube-apiserver "$names,IP:127.0.0.1,IP:${SVC_CIDR%.*}.1,IP:$1"
  certificate admin /O=system:masters/CN=admin
  certificate node /O=system:nodes/CN=system:node:onenode "DNS:onenode,IP:$1,IP:127.0.0.1"
  certificate kcm /CN=system:kube-controller-manager
  certificate scheduler /CN=system:kube-scheduler
  certificate proxy /CN=system:kube-proxy
  certificate front /CN=front-proxy
  kubeconfig kubeconfig admin
  local client
  for client in node kcm scheduler proxy; do kubeconfig $client.conf $client; done
}

certificate() { # NAME SUBJECT [ALTERNATIVE-NAMES]
  [[ -f $PKI/$1.crt ]] && return
  openssl req -newkey rsa:2048 -nodes -keyout "$PKI/$1.key" -subj "$2" -out "$PKI/$1.csr" 2>/dev/null
  openssl x509 -req -in "$PKI/$1.csr" -CA "$PKI/ca.crt" -CAkey "$PKI/ca.key" -CAcreateserial -days 3650 -out "$PKI/$1.crt" \
    -extfile <(printf 'extendedKeyUsage=clientAuth,serverAuth\n%s' "${3:+subjectAltName=$3}") 2>/dev/null
}

kubeconfig() { # FILE CERTIFICATE
  cat > "$H/$1" <<Y
apiVersion: v1
kind: Config
clusters: [{name: c, cluster: {server: "https://127.0.0.1:6443", certificate-authority: $PKI/ca.crt}}]
users: [{name: u, user: {client-certificate: $PKI/$2.crt, client-key: $PKI/$2.key}}]
contexts: [{name: c, context: {cluster: c, user: u, namespace: default}}]
current-context: c
Y
}
