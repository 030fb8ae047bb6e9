package dev.berth.modelserver.artifact;

import static dev.berth.modelserver.failure.FailureReason.ArtifactForbidden;
import static dev.berth.modelserver.failure.FailureReason.ArtifactNotFound;
import static dev.berth.modelserver.failure.FailureReason.ArtifactUnavailable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.modelserver.config.ModelConfig.Artifact;
import dev.berth.modelserver.failure.FailureReason;
import dev.berth.modelserver.failure.LoadFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.SplittableRandom;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Against a real S3 server that verifies signatures. */
class S3ArtifactTest {
  private static final String ID = "berth";
  private static final String SECRET = "a-secret-nobody-may-read";
  private static final byte[] MODEL = new byte[300_000];
  private static S3Proxy server;

  @TempDir Path directory;

  @BeforeAll
  static void start() throws Exception {
    server =
        S3Proxy.builder()
            .blobStore(BlobStores.create("transient-nio2", new Properties()))
            .awsAuthentication(AuthenticationType.AWS_V4, ID, SECRET)
            .endpoint(URI.create("http://127.0.0.1:0"))
            .build();
    server.start();
    new SplittableRandom(1).nextBytes(MODEL);
    try (S3Client client =
        S3Client.builder()
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .endpointOverride(endpoint(server.getPort()))
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create(ID, SECRET)))
            .forcePathStyle(true)
            .build()) {
      client.createBucket(b -> b.bucket("models"));
      client.putObject(
          o -> o.bucket("models").key("boston/v 1+%20.ubj"), RequestBody.fromBytes(MODEL));
    }
  }

  @AfterAll
  static void stop() throws Exception {
    server.stop();
  }

  @Test
  void anObjectIsFetched() throws Exception {
    try (FetchedArtifact fetched =
        fetch("s3://models/boston/v 1+%20.ubj", SECRET, server.getPort())) {
      assertThat(fetched.file()).hasBinaryContent(MODEL);
      assertThat(fetched.sizeBytes()).isEqualTo(MODEL.length);
    }
  }

  @Test
  void aServerThatDiesInTheMiddleIsAskedAgain() throws Exception {
    try (CuttingProxy proxy = new CuttingProxy(server.getPort(), 2, 50_000);
        FetchedArtifact fetched = fetch("s3://models/boston/v 1+%20.ubj", SECRET, proxy.port())) {
      assertThat(fetched.file()).hasBinaryContent(MODEL);
      assertThat(proxy.connections()).isEqualTo(3);
    }
  }

  @Test
  void refusalsHaveReasonsAndTellNoSecret() {
    refused("s3://models/none", SECRET, server.getPort(), ArtifactNotFound);
    refused("s3://no-such-bucket/none", SECRET, server.getPort(), ArtifactNotFound);
    refused(
        "s3://models/boston/v 1+%20.ubj", "another-secret", server.getPort(), ArtifactForbidden);
    refused("s3://models/boston/v 1+%20.ubj", SECRET, 1, ArtifactUnavailable);
  }

  private FetchedArtifact fetch(String uri, String secret, int port) throws Exception {
    return new ArtifactFetcher(1_000_000, Duration.ofSeconds(20))
        .fetch(artifact(uri, secret, port));
  }

  private void refused(String uri, String secret, int port, FailureReason reason) {
    assertThatThrownBy(
            () -> new ArtifactFetcher(1_000_000, Duration.ZERO).fetch(artifact(uri, secret, port)))
        .isInstanceOfSatisfying(LoadFailure.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageContaining(uri)
        .hasMessageNotContaining(secret);
  }

  private Artifact artifact(String uri, String secret, int port) throws IOException {
    Files.writeString(directory.resolve("AWS_ACCESS_KEY_ID"), ID + "\n");
    Files.writeString(directory.resolve("AWS_SECRET_ACCESS_KEY"), secret);
    Files.writeString(directory.resolve("AWS_REGION"), "us-east-1");
    Files.writeString(directory.resolve("AWS_ENDPOINT_URL"), endpoint(port).toString());
    return new Artifact(uri, Optional.empty(), Optional.empty(), Optional.of(directory.toString()));
  }

  private static URI endpoint(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }
}
