package dev.berth.modelserver.artifact;

import static dev.berth.modelserver.failure.FailureReason.ArtifactTooLarge;
import static dev.berth.modelserver.failure.FailureReason.ArtifactUnavailable;
import static dev.berth.modelserver.failure.FailureReason.ChecksumMismatch;
import static dev.berth.modelserver.failure.FailureReason.InvalidConfiguration;

import dev.berth.modelserver.config.ModelConfig.Artifact;
import dev.berth.modelserver.failure.LoadFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches artifacts into temporary files, and tries again while trying again may help. */
public final class ArtifactFetcher {
  private static final Logger log = LoggerFactory.getLogger(ArtifactFetcher.class);
  private static final long FIRST_PAUSE_MILLIS = 250;
  private static final long LONGEST_PAUSE_MILLIS = 5_000;

  private final long maxBytes;
  private final Duration retryFor;

  /**
   * A fetcher with these bounds.
   *
   * @param maxBytes of the artifact, and of the model unpacked from it
   * @param retryFor how long a failure that may pass is tried again
   */
  public ArtifactFetcher(long maxBytes, Duration retryFor) {
    this.maxBytes = maxBytes;
    this.retryFor = retryFor;
  }

  /** The artifact's model in a temporary file, its checksum being the one that was asked for. */
  public FetchedArtifact fetch(Artifact artifact) throws LoadFailure, InterruptedException {
    ArtifactSource source = source(artifact);
    long deadline = System.nanoTime() + retryFor.toNanos();
    long pause = FIRST_PAUSE_MILLIS;
    while (true) {
      try {
        return once(source, artifact.sha256());
      } catch (LoadFailure failure) {
        long jittered = pause / 2 + ThreadLocalRandom.current().nextLong(pause);
        if (failure.reason().permanent()
            || System.nanoTime() + Duration.ofMillis(jittered).toNanos() > deadline) {
          throw failure;
        }
        log.warn("{}: {}; trying again in {} ms", failure.reason(), failure.getMessage(), jittered);
        Thread.sleep(jittered);
        pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
      }
    }
  }

  private static ArtifactSource source(Artifact artifact) throws LoadFailure {
    if (artifact.format().isPresent() && !artifact.format().get().equals("XGBoost")) {
      throw new LoadFailure(
          InvalidConfiguration,
          "artifact.format '" + artifact.format().get() + "' is not known; it is XGBoost");
    }
    Credentials credentials = new Credentials(artifact.credentials().map(Path::of));
    String uri = artifact.uri();
    int colon = uri.indexOf(':');
    String scheme = colon < 0 ? "" : uri.substring(0, colon).toLowerCase(Locale.ROOT);
    return switch (scheme) {
      case "file" -> new FileSource(file(uri));
      case "http", "https" -> http(parsed(uri), credentials);
      case "s3" -> S3Source.of(uri, credentials);
      default ->
          throw new LoadFailure(
              InvalidConfiguration,
              "artifact.uri has the scheme '"
                  + scheme
                  + "'; this server fetches file, http, https and s3");
    };
  }

  private static URI parsed(String uri) throws LoadFailure {
    try {
      return new URI(uri);
    } catch (URISyntaxException e) {
      throw new LoadFailure(InvalidConfiguration, "artifact.uri is not a URI: " + e.getReason());
    }
  }

  /** Paths of volumes are often written as they are, not as a URI's grammar wants them. */
  private static Path file(String uri) throws LoadFailure {
    try {
      return Path.of(new URI(uri));
    } catch (URISyntaxException | IllegalArgumentException _) {
      if (uri.startsWith("file:///")) {
        return Path.of(uri.substring("file://".length()));
      }
      throw new LoadFailure(InvalidConfiguration, "a file URI is file:///path");
    }
  }

  private static HttpSource http(URI uri, Credentials credentials) throws LoadFailure {
    if (uri.getHost() == null) {
      throw new LoadFailure(InvalidConfiguration, "artifact.uri names no host");
    }
    if (uri.getUserInfo() != null) {
      throw new LoadFailure(
          InvalidConfiguration,
          "artifact.uri holds a user; put username and password in the Secret");
    }
    return new HttpSource(uri, credentials);
  }

  private FetchedArtifact once(ArtifactSource source, Optional<String> expectedSha256)
      throws LoadFailure, InterruptedException {
    Optional<Path> artifact = Optional.empty();
    Optional<Path> model = Optional.empty();
    try {
      artifact = Optional.of(TemporaryFile.create("berth-artifact-"));
      long size = download(source, artifact.get());
      boolean packed = ModelArchive.isGzip(artifact.get());
      // Reading it all once more takes a tenth of a small model's start: later, if nobody asks.
      Optional<String> sha256 =
          packed || expectedSha256.isPresent()
              ? Optional.of(Sha256.of(artifact.get()))
              : Optional.empty();
      if (expectedSha256.isPresent() && !expectedSha256.get().equalsIgnoreCase(sha256.get())) {
        throw new LoadFailure(
            ChecksumMismatch,
            source.shown()
                + " has the sha256 "
                + sha256.get()
                + ", not "
                + expectedSha256.get()
                + " as artifact.sha256 says");
      }
      if (!packed) {
        FetchedArtifact plain = new FetchedArtifact(artifact.get(), sha256, size);
        artifact = Optional.empty();
        return plain;
      }
      model = Optional.of(TemporaryFile.create("berth-model-"));
      ModelArchive.unpack(artifact.get(), model.get(), maxBytes, source.shown());
      FetchedArtifact unpacked = new FetchedArtifact(model.get(), sha256, size);
      model = Optional.empty();
      return unpacked;
    } catch (IOException e) {
      throw new LoadFailure(
          ArtifactUnavailable, source.shown() + " cannot be fetched: " + words(e), e);
    } finally {
      delete(artifact);
      delete(model);
    }
  }

  private long download(ArtifactSource source, Path to)
      throws LoadFailure, IOException, InterruptedException {
    try (ArtifactSource.Opened opened = source.open();
        OutputStream out = Files.newOutputStream(to)) {
      if (opened.length() > maxBytes) {
        throw tooLarge(source);
      }
      InputStream in = opened.bytes();
      byte[] piece = new byte[1 << 16];
      long size = 0;
      for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
        size += count;
        if (size > maxBytes) {
          throw tooLarge(source);
        }
        out.write(piece, 0, count);
      }
      if (opened.length() >= 0 && size != opened.length()) {
        throw new IOException("it ends after " + size + " of " + opened.length() + " bytes");
      }
      return size;
    }
  }

  private LoadFailure tooLarge(ArtifactSource source) {
    return new LoadFailure(
        ArtifactTooLarge,
        source.shown() + " is larger than " + maxBytes + " bytes (--max-artifact-bytes)");
  }

  /**
   * What an exception of the network says for itself; not its toString, which is for programmers.
   */
  private static String words(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static void delete(Optional<Path> file) {
    file.ifPresent(
        path -> {
          try {
            Files.deleteIfExists(path);
          } catch (IOException e) {
            log.warn("{} cannot be deleted", path, e);
          }
        });
  }
}
