package dev.berth.modelserver.artifact;

import static dev.berth.modelserver.failure.FailureReason.ArtifactForbidden;
import static dev.berth.modelserver.failure.FailureReason.ArtifactNotFound;
import static dev.berth.modelserver.failure.FailureReason.ArtifactUnavailable;
import static dev.berth.modelserver.failure.FailureReason.InvalidConfiguration;

import dev.berth.modelserver.failure.LoadFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * A web server. Redirects are followed by hand: what authorises us is for the first host only, and
 * never in the clear.
 */
record HttpSource(URI uri, Credentials credentials) implements ArtifactSource {
  private static final int MAX_REDIRECTS = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Override
  public Opened open() throws LoadFailure, IOException, InterruptedException {
    Optional<String> authorization = authorization();
    if (authorization.isPresent() && !uri.getScheme().equals("https")) {
      throw new LoadFailure(
          InvalidConfiguration,
          shown() + ": credentials are sent over https only; use an https:// URI");
    }
    HttpClient client = client();
    try {
      return open(client, authorization);
    } catch (IOException | InterruptedException | LoadFailure | RuntimeException e) {
      client.shutdownNow();
      throw e;
    }
  }

  private Opened open(HttpClient client, Optional<String> authorization)
      throws LoadFailure, IOException, InterruptedException {
    URI at = uri;
    for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
      HttpRequest.Builder request = HttpRequest.newBuilder(at).timeout(PATIENCE);
      if (sameOrigin(at)) {
        authorization.ifPresent(value -> request.header("authorization", value));
      }
      HttpResponse<InputStream> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      Optional<String> location = response.headers().firstValue("location");
      if (response.statusCode() / 100 == 3 && location.isPresent()) {
        response.body().close();
        at = next(at, location.get());
        continue;
      }
      if (response.statusCode() != 200) {
        response.body().close();
        throw refused(response.statusCode());
      }
      long length = response.headers().firstValueAsLong("content-length").orElse(-1);
      return new Opened(new StallGuard(response.body(), PATIENCE, client::shutdownNow), length);
    }
    throw new LoadFailure(
        ArtifactUnavailable, shown() + " redirects more than " + MAX_REDIRECTS + " times");
  }

  private URI next(URI from, String location) throws LoadFailure {
    URI to;
    try {
      to = from.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new LoadFailure(ArtifactUnavailable, shown() + " redirects to what is no URI", e);
    }
    boolean downgrade = from.getScheme().equals("https") && !"https".equals(to.getScheme());
    if (downgrade || !("https".equals(to.getScheme()) || "http".equals(to.getScheme()))) {
      throw new LoadFailure(ArtifactUnavailable, shown() + " redirects away from https");
    }
    return to;
  }

  private boolean sameOrigin(URI other) {
    return uri.getScheme().equals(other.getScheme())
        && uri.getHost().equals(other.getHost())
        && uri.getPort() == other.getPort();
  }

  private LoadFailure refused(int status) {
    return switch (status) {
      case 404, 410 ->
          new LoadFailure(ArtifactNotFound, shown() + " is not there (HTTP " + status + ")");
      case 401, 403, 407 ->
          new LoadFailure(
              ArtifactForbidden,
              shown() + " may not be read with these credentials (HTTP " + status + ")");
      default ->
          new LoadFailure(ArtifactUnavailable, shown() + " was answered with HTTP " + status);
    };
  }

  private Optional<String> authorization() throws LoadFailure {
    Optional<String> whole = credentials.get("authorization");
    Optional<String> user = credentials.get("username");
    if (whole.isPresent() || user.isEmpty()) {
      return whole;
    }
    String pair = user.get() + ":" + credentials.get("password").orElse("");
    return Optional.of(
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
  }

  private HttpClient client() throws LoadFailure {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(PATIENCE);
    Optional<TrustManager[]> trust = credentials.trust();
    if (trust.isPresent()) {
      try {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.get(), null);
        builder.sslContext(context);
      } catch (GeneralSecurityException e) {
        throw new LoadFailure(
            InvalidConfiguration, "the certificate authority of the credentials is unusable", e);
      }
    }
    return builder.build();
  }

  @Override
  public String shown() {
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return uri.getScheme() + "://" + uri.getHost() + port + uri.getPath();
  }
}
