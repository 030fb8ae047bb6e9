package dev.berth.e2e.operator;

import dev.berth.operator.ClusterClient;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * etcd, kube-apiserver and kube-controller-manager on free ports: an API server of the test's own,
 * where no other operator acts. The binaries are those of the one-node cluster, in CLUSTER_HOME.
 */
final class ControlPlane implements AutoCloseable {

  private static final String TOKEN = "test-admin";
  private static final Duration START = Duration.ofMinutes(3);

  private final Path home;
  private final List<Process> processes = new ArrayList<>();
  private final int api;

  private ControlPlane(Path home, int api) {
    this.home = home;
    this.api = api;
  }

  static ControlPlane start() throws IOException, GeneralSecurityException {
    ControlPlane plane = new ControlPlane(Files.createTempDirectory("control-plane"), freePort());
    try {
      plane.startAll();
    } catch (IOException | GeneralSecurityException | RuntimeException | AssertionError e) {
      plane.close();
      throw e;
    }
    return plane;
  }

  private void startAll() throws IOException, GeneralSecurityException {
    int etcd = freePort();
    int peers = freePort();
    run(
        "etcd",
        "--data-dir=" + home.resolve("etcd"),
        "--listen-client-urls=http://127.0.0.1:" + etcd,
        "--advertise-client-urls=http://127.0.0.1:" + etcd,
        "--listen-peer-urls=http://127.0.0.1:" + peers,
        "--initial-advertise-peer-urls=http://127.0.0.1:" + peers,
        "--initial-cluster=default=http://127.0.0.1:" + peers,
        "--unsafe-no-fsync",
        "--log-level=error");
    Path key = write("sa.key", privateKey());
    Path tokens = write("tokens.csv", TOKEN + ",admin,admin,system:masters\n");
    run(
        "kube-apiserver",
        "--etcd-servers=http://127.0.0.1:" + etcd,
        "--bind-address=127.0.0.1",
        "--secure-port=" + api,
        "--cert-dir=" + home.resolve("certs"),
        "--token-auth-file=" + tokens,
        "--authorization-mode=RBAC",
        "--service-account-issuer=https://kubernetes.default.svc",
        "--service-account-key-file=" + key,
        "--service-account-signing-key-file=" + key,
        "--service-cluster-ip-range=10.111.0.0/24",
        "--endpoint-reconciler-type=none",
        // There is no controller that would make the service accounts that this asks for.
        "--disable-admission-plugins=ServiceAccount");
    try (KubernetesClient client = client()) {
      Wait.until("the API server", START, () -> "ok".equals(client.raw("/readyz")));
    }
    run(
        "kube-controller-manager",
        "--kubeconfig=" + write("kubeconfig", kubeconfig()),
        "--leader-elect=false",
        "--secure-port=0",
        "--controllers=deployment-controller,replicaset-controller,"
            + "garbage-collector-controller,namespace-controller");
  }

  /** For somebody who is not the operator: to the API server a field manager of another name. */
  KubernetesClient client() {
    return new KubernetesClientBuilder().withConfig(config()).build();
  }

  /** As the operator itself connects. */
  KubernetesClient operatorsClient() {
    return ClusterClient.connect(config());
  }

  private Config config() {
    return new ConfigBuilder(Config.empty())
        .withMasterUrl("https://127.0.0.1:" + api)
        .withOauthToken(TOKEN)
        .withTrustCerts(true)
        .withRequestRetryBackoffLimit(0)
        .build();
  }

  /** Installs our resource types and waits until they are served. */
  void install(Path crds) throws IOException {
    try (KubernetesClient client = client();
        var files = Files.list(crds)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
        try (var in = Files.newInputStream(file)) {
          client.load(in).serverSideApply();
        }
      }
      for (String plural : List.of("models", "endpointconfigs", "endpoints", "endpointroutes")) {
        Wait.until(plural, START, () -> served(client, plural));
      }
    }
  }

  private static boolean served(KubernetesClient client, String plural) {
    try {
      return client.raw("/apis/berth.dev/v1alpha1/" + plural) != null;
    } catch (KubernetesClientException e) {
      return false;
    }
  }

  private void run(String name, String... flags) throws IOException {
    String clusterHome = System.getenv("CLUSTER_HOME");
    Path bin =
        clusterHome == null
            ? Path.of(System.getProperty("user.home"), ".cache", "onenode", "bin")
            : Path.of(clusterHome, "bin");
    List<String> command = new ArrayList<>(List.of(bin.resolve(name).toString()));
    command.addAll(List.of(flags));
    processes.add(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(home.resolve(name + ".log").toFile())
            .start());
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(home.resolve(name), text);
  }

  private String kubeconfig() {
    return """
        apiVersion: v1
        kind: Config
        clusters:
        - name: c
          cluster: {server: "https://127.0.0.1:%d", insecure-skip-tls-verify: true}
        users:
        - name: u
          user: {token: "%s"}
        contexts:
        - name: c
          context: {cluster: c, user: u}
        current-context: c
        """
        .formatted(api, TOKEN);
  }

  private static String privateKey() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    String key =
        Base64.getMimeEncoder(64, new byte[] {'\n'})
            .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
    return "-----BEGIN PRIVATE KEY-----\n" + key + "\n-----END PRIVATE KEY-----\n";
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    for (Process process : processes.reversed()) {
      process.destroy();
      try {
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }
}
