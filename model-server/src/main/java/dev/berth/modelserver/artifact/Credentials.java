package dev.berth.modelserver.artifact;

import static dev.berth.modelserver.failure.FailureReason.ArtifactForbidden;
import static dev.berth.modelserver.failure.FailureReason.InvalidConfiguration;

import dev.berth.modelserver.failure.LoadFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * A mounted Secret: a directory with one file per key. Read when needed, so that a renewed one is
 * taken up.
 */
final class Credentials {
  private static final String CA = "ca.crt";

  private final Optional<Path> directory;

  Credentials(Optional<Path> directory) throws LoadFailure {
    this.directory = directory;
    if (directory.isPresent() && !Files.isDirectory(directory.get())) {
      throw new LoadFailure(
          ArtifactForbidden, "there is no directory of credentials at " + directory.get());
    }
  }

  /** The value of a key, without the line end that editors leave. */
  Optional<String> get(String key) throws LoadFailure {
    if (directory.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
              Files.readString(directory.get().resolve(key), StandardCharsets.UTF_8).strip())
          .filter(value -> !value.isEmpty());
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw new LoadFailure(
          ArtifactForbidden, "the key " + key + " of the credentials cannot be read", e);
    }
  }

  /** Whom to trust, when the credentials name an authority of their own ({@code ca.crt}, PEM). */
  Optional<TrustManager[]> trust() throws LoadFailure {
    Optional<String> pem = get(CA);
    if (pem.isEmpty()) {
      return Optional.empty();
    }
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int count = 0;
      for (Certificate authority :
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(pem.get().getBytes(StandardCharsets.UTF_8)))) {
        store.setCertificateEntry("authority-" + count++, authority);
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return Optional.of(factory.getTrustManagers());
    } catch (GeneralSecurityException | IOException e) {
      throw new LoadFailure(
          InvalidConfiguration,
          "the key " + CA + " of the credentials holds no PEM certificate",
          e);
    }
  }
}
