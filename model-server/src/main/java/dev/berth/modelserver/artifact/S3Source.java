package dev.berth.modelserver.artifact;

import static dev.berth.modelserver.failure.FailureReason.ArtifactForbidden;
import static dev.berth.modelserver.failure.FailureReason.ArtifactNotFound;
import static dev.berth.modelserver.failure.FailureReason.ArtifactUnavailable;
import static dev.berth.modelserver.failure.FailureReason.InvalidConfiguration;

import dev.berth.modelserver.failure.LoadFailure;
import java.io.FilterInputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * An object of S3, or of whatever speaks its protocol. Retries are the fetcher's: the SDK's own
 * would not cover a body that breaks off.
 */
record S3Source(String bucket, String key, Credentials credentials) implements ArtifactSource {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /**
   * The object that {@code s3://bucket/key} names; a key is what stands there, nothing in it is
   * decoded.
   */
  static S3Source of(String uri, Credentials credentials) throws LoadFailure {
    String[] parts = uri.substring(uri.indexOf(':') + 1).split("/", 4);
    boolean whole = parts.length == 4 && parts[0].isEmpty() && parts[1].isEmpty();
    if (!whole || parts[2].isEmpty() || parts[2].contains("@") || parts[3].isEmpty()) {
      throw new LoadFailure(InvalidConfiguration, "an s3 URI is s3://bucket/key");
    }
    return new S3Source(parts[2], parts[3], credentials);
  }

  @Override
  public Opened open() throws LoadFailure, IOException {
    S3Client client = client();
    boolean opened = false;
    try {
      ResponseInputStream<GetObjectResponse> object =
          client.getObject(GetObjectRequest.builder().bucket(bucket).key(key).build());
      Long length = object.response().contentLength();
      opened = true;
      return new Opened(new ObjectBytes(object, client), length == null ? -1 : length);
    } catch (S3Exception e) {
      throw refused(e);
    } catch (SdkClientException e) {
      throw unreached(e);
    } finally {
      if (!opened) {
        client.close();
      }
    }
  }

  private LoadFailure refused(S3Exception e) {
    String code = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
    String answer =
        " (HTTP " + e.statusCode() + (code == null || code.isBlank() ? "" : ", " + code) + ")";
    return switch (e.statusCode()) {
      case 404 -> new LoadFailure(ArtifactNotFound, shown() + " is not there" + answer, e);
      case 401, 403 ->
          new LoadFailure(
              ArtifactForbidden, shown() + " may not be read with these credentials" + answer, e);
      case 301, 307, 400 ->
          new LoadFailure(
              ArtifactUnavailable,
              shown() + " was refused; is AWS_REGION the bucket's region?" + answer,
              e);
      default -> new LoadFailure(ArtifactUnavailable, shown() + " was refused" + answer, e);
    };
  }

  private LoadFailure unreached(SdkClientException e) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("Unable to load credentials")) {
      return new LoadFailure(
          ArtifactForbidden,
          shown()
              + ": no credentials; name a Secret with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give the"
              + " pod an identity",
          e);
    }
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return new LoadFailure(
        ArtifactUnavailable, shown() + " cannot be reached: " + root.getClass().getSimpleName(), e);
  }

  private S3Client client() throws LoadFailure {
    UrlConnectionHttpClient.Builder http =
        UrlConnectionHttpClient.builder().connectionTimeout(PATIENCE).socketTimeout(PATIENCE);
    Optional<TrustManager[]> trust = credentials.trust();
    trust.ifPresent(managers -> http.tlsTrustManagersProvider(() -> managers));
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClientBuilder(http)
            .region(region())
            .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()));
    Optional<String> endpoint = credentials.get("AWS_ENDPOINT_URL");
    if (endpoint.isPresent()) {
      builder.endpointOverride(URI.create(endpoint.get()));
    }
    // Only Amazon's own endpoints have a host name for every bucket.
    boolean elsewhere =
        endpoint.isPresent()
            || System.getenv("AWS_ENDPOINT_URL") != null
            || System.getenv("AWS_ENDPOINT_URL_S3") != null;
    builder.forcePathStyle(elsewhere);
    Optional<AwsCredentials> keys = keys();
    if (keys.isPresent()) {
      builder.credentialsProvider(StaticCredentialsProvider.create(keys.get()));
    }
    return builder.build();
  }

  private Optional<AwsCredentials> keys() throws LoadFailure {
    Optional<String> id = credentials.get("AWS_ACCESS_KEY_ID");
    Optional<String> secret = credentials.get("AWS_SECRET_ACCESS_KEY");
    Optional<String> token = credentials.get("AWS_SESSION_TOKEN");
    if (id.isEmpty() || secret.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        token.isPresent()
            ? AwsSessionCredentials.create(id.get(), secret.get(), token.get())
            : AwsBasicCredentials.create(id.get(), secret.get()));
  }

  private Region region() throws LoadFailure {
    Optional<String> named = credentials.get("AWS_REGION");
    if (named.isPresent()) {
      return Region.of(named.get());
    }
    try {
      return DefaultAwsRegionProviderChain.builder().build().getRegion();
    } catch (SdkClientException _) {
      return Region.US_EAST_1;
    }
  }

  @Override
  public String shown() {
    return "s3://" + bucket + "/" + key;
  }

  /**
   * The object's bytes; the SDK's own exceptions become IOExceptions, and the client goes with the
   * stream.
   */
  private static final class ObjectBytes extends FilterInputStream {
    private final ResponseInputStream<GetObjectResponse> object;
    private final S3Client client;
    private boolean whole;

    ObjectBytes(ResponseInputStream<GetObjectResponse> object, S3Client client) {
      super(object);
      this.object = object;
      this.client = client;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      try {
        int count = super.read(into, from, length);
        whole |= count < 0;
        return count;
      } catch (SdkException e) {
        throw new IOException(e.getMessage(), e);
      }
    }

    @Override
    public void close() throws IOException {
      try (client) {
        if (whole) {
          super.close();
        } else {
          // Closing would first read what is left.
          object.abort();
        }
      }
    }
  }
}
