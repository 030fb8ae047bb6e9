package dev.berth.modelserver.artifact;

import static dev.berth.modelserver.failure.FailureReason.ArtifactNotFound;
import static dev.berth.modelserver.failure.FailureReason.ArtifactTooLarge;
import static dev.berth.modelserver.failure.FailureReason.ChecksumMismatch;
import static dev.berth.modelserver.failure.FailureReason.InvalidConfiguration;
import static dev.berth.modelserver.failure.FailureReason.InvalidModel;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.modelserver.config.ModelConfig.Artifact;
import dev.berth.modelserver.failure.FailureReason;
import dev.berth.modelserver.failure.LoadFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileArtifactTest {
  private static final byte[] MODEL = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
  private static final String SHA256 =
      "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862";
  private static final long MAX = 100_000;

  @TempDir Path directory;
  private final ArtifactFetcher fetcher = new ArtifactFetcher(MAX, Duration.ZERO);

  @Test
  void aFileIsCopiedAndChecked() throws Exception {
    Path file = Files.write(directory.resolve("my model.ubj"), MODEL);
    for (String uri : new String[] {file.toUri().toString(), "file://" + file}) {
      try (FetchedArtifact fetched = fetcher.fetch(artifact(uri, Optional.of(SHA256)))) {
        assertThat(fetched.file()).hasBinaryContent(MODEL).isNotEqualTo(file);
        assertThat(fetched.sha256()).isEqualTo(SHA256);
        assertThat(fetched.sizeBytes()).isEqualTo(MODEL.length);
      }
    }
  }

  @Test
  void anotherChecksumIsRefused() throws Exception {
    Path file = Files.write(directory.resolve("model"), MODEL);
    String wrong = "0".repeat(64);
    refused(artifact(file.toUri().toString(), Optional.of(wrong)), ChecksumMismatch, SHA256, wrong);
  }

  @Test
  void aMissingFileIsNamed() {
    refused(
        plain(directory.resolve("none")),
        ArtifactNotFound,
        directory.resolve("none") + " does not exist");
    refused(plain(directory), ArtifactNotFound, "is a directory");
  }

  @Test
  void tooMuchIsRefused() throws Exception {
    refused(write(new byte[(int) MAX + 1]), ArtifactTooLarge, "larger than 100000 bytes");
    refused(
        write(new Archives().add("m", new byte[(int) MAX]).gzip()),
        ArtifactTooLarge,
        "unpacks to more than");
    refused(write(Archives.gzip(new byte[50 * (int) MAX])), InvalidModel, "holds no file");
  }

  @Test
  void anArchiveWithOneFileIsUnpacked() throws Exception {
    byte[] archive =
        new Archives()
            .add("x", 'g', new byte[700])
            .add("models/", '5', new byte[0])
            .add("models/._model.json", new byte[5])
            .add("../../etc/model.json", MODEL)
            .gzip();
    try (FetchedArtifact fetched = fetcher.fetch(write(archive))) {
      assertThat(fetched.file()).hasBinaryContent(MODEL);
      assertThat(fetched.sizeBytes()).isEqualTo(archive.length);
    }
    assertThat(directory.getParent().resolve("etc")).doesNotExist();
  }

  @Test
  void otherArchivesAreRefused() throws Exception {
    refused(
        write(new Archives().add("a", MODEL).add("b", MODEL).gzip()),
        InvalidModel,
        "more than one file: 'a' and 'b'");
    refused(write(new Archives().gzip()), InvalidModel, "holds no file");
    refused(
        write(new Archives().add("link", '2', new byte[0]).gzip()),
        InvalidModel,
        "neither a file nor a directory");
    refused(
        write(
            Archives.gzip("no tar at all, but text".repeat(100).getBytes(StandardCharsets.UTF_8))),
        InvalidModel,
        "tar");
    byte[] whole = new Archives().add("a", MODEL).gzip();
    refused(write(Arrays.copyOf(whole, whole.length - 20)), InvalidModel, "damaged .tar.gz");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://host/x",
        "model.ubj",
        "s3://bucket",
        "s3:///key",
        "https:///x",
        "https://u:secret@host/x",
        "http://a b/"
      })
  void otherUrisAreRefused(String uri) {
    assertThatThrownBy(() -> fetcher.fetch(artifact(uri, Optional.empty())))
        .isInstanceOfSatisfying(
            LoadFailure.class, e -> assertThat(e.reason()).isEqualTo(InvalidConfiguration))
        .hasMessageNotContaining("secret");
  }

  private Artifact write(byte[] content) throws IOException {
    return plain(Files.write(directory.resolve("artifact"), content));
  }

  private static Artifact plain(Path file) {
    return artifact(file.toUri().toString(), Optional.empty());
  }

  private static Artifact artifact(String uri, Optional<String> sha256) {
    return new Artifact(uri, sha256, Optional.empty(), Optional.empty());
  }

  private void refused(Artifact artifact, FailureReason reason, String... words) {
    assertThatThrownBy(() -> fetcher.fetch(artifact))
        .isInstanceOfSatisfying(LoadFailure.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageContainingAll(words);
  }
}
