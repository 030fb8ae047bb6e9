package dev.berth.local.mount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.api.Model;
import dev.berth.api.ModelSpec;
import dev.berth.api.ProductionVariant;
import dev.berth.local.manifest.ManifestFolder;
import dev.berth.local.manifest.Manifests;
import dev.berth.local.process.ServerSetup;
import dev.berth.planner.Fleet;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountsTest {
  @TempDir private Path temporary;
  private Path folder;
  private Path files;

  @BeforeEach
  void folders() throws IOException {
    folder = Files.createDirectory(temporary.resolve("folder"));
    files = temporary.resolve("files");
  }

  @Test
  void configMapBecomesAFile() throws IOException {
    write("kind: ConfigMap\nmetadata: {name: c}\nbinaryData: {m.ubj: AAEC}\n");
    JsonNode model = complete("artifact: {uri: 'configmap://c/m.ubj'}");

    URI uri = URI.create(model.path("artifact").path("uri").asText());
    assertThat(Path.of(uri)).startsWith(files).hasBinaryContent(new byte[] {0, 1, 2});
  }

  @Test
  void claimIsAFolderBesideTheManifests() throws IOException {
    Path file = folder.resolve("pvc/claim/a/m.ubj");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "model");

    assertThat(
            complete("artifact: {uri: 'pvc://claim/a/m.ubj'}")
                .path("artifact")
                .path("uri")
                .asText())
        .isEqualTo(file.toUri().toString());
  }

  @Test
  void storesAreLeftToTheServerAndSecretsToItsOwner() throws IOException {
    write("kind: Secret\nmetadata: {name: s}\ndata: {A: eA==}\nstringData: {B: y}\n");
    JsonNode artifact = complete("artifact: {uri: 's3://b/m.ubj', secretName: s}").path("artifact");

    assertThat(artifact.path("uri").asText()).isEqualTo("s3://b/m.ubj");
    assertThat(artifact.has("secretName")).isFalse();
    Path credentials = Path.of(artifact.path("credentials").asText());
    assertThat(credentials.resolve("A")).hasContent("x");
    assertThat(credentials.resolve("B")).hasContent("y");
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(credentials.resolve("A"))))
        .isEqualTo("rw-------");
  }

  @Test
  void variablesComeFromConfigMapsAndSecrets() throws IOException {
    write("kind: ConfigMap\nmetadata: {name: c}\ndata: {k: v}\n");
    ServerSetup setup =
        setup(
            """
            artifact: {uri: 's3://b/m'}
              env:
              - {name: A, value: plain}
              - {name: B, valueFrom: {configMapKeyRef: {name: c, key: k}}}
              - {name: C, valueFrom: {secretKeyRef: {name: s, key: k, optional: true}}}""");

    assertThat(setup)
        .isInstanceOfSatisfying(
            ServerSetup.Complete.class,
            it -> assertThat(it.environment()).isEqualTo(Map.of("A", "plain", "B", "v")));
  }

  @Test
  void whatIsMissingIsNamedAndMayCome() throws IOException {
    assertThat(missing("artifact: {uri: 'configmap://c/m.ubj'}"))
        .isEqualTo("ArtifactNotFound, may come: there is no ConfigMap c in the folder");
    assertThat(missing("artifact: {uri: 'pvc://claim/m.ubj'}"))
        .startsWith("ArtifactNotFound, may come: pvc://claim/m.ubj: there is no file");
    assertThat(missing("artifact: {uri: 's3://b/m', secretName: s}"))
        .isEqualTo("SecretNotFound, may come: there is no Secret s in the folder");
    write("kind: ConfigMap\nmetadata: {name: c}\ndata: {other: v}\n");
    assertThat(missing("artifact: {uri: 'configmap://c/m.ubj'}"))
        .isEqualTo("ArtifactNotFound, may come: ConfigMap c has no key 'm.ubj', only [other]");
  }

  @Test
  void ownImageNeedsACluster() throws IOException {
    assertThat(missing("image: registry/own:1")).startsWith("ImageNotSupported, for good: Model m");
  }

  @Test
  void claimCannotBeLeft() {
    assertThat(new ArtifactFiles(folder, files))
        .satisfies(
            it ->
                assertThat(
                        catchThrowable(
                            () -> it.uri("pvc://claim/../../secret", Manifests.none(), "default")))
                    .isInstanceOf(MissingException.class)
                    .hasMessageContaining("leads out of its claim"));
  }

  private void write(String document) throws IOException {
    Files.writeString(folder.resolve("other.yaml"), "apiVersion: v1\n" + document);
  }

  private JsonNode complete(String spec) throws IOException {
    return switch (setup(spec)) {
      case ServerSetup.Complete(JsonNode config, Map<String, String> _) ->
          config.path("models").path(0);
      case ServerSetup.Incomplete(var failure) -> throw new AssertionError(failure);
    };
  }

  private String missing(String spec) throws IOException {
    return switch (setup(spec)) {
      case ServerSetup.Complete complete -> throw new AssertionError(complete);
      case ServerSetup.Incomplete(var failure) ->
          failure.reason()
              + (failure.permanent() ? ", for good: " : ", may come: ")
              + failure.message();
    };
  }

  private ServerSetup setup(String spec) throws IOException {
    Files.writeString(
        folder.resolve("model.yaml"),
        "apiVersion: berth.dev/v1alpha1\nkind: Model\nmetadata: {name: m}\nspec:\n  "
            + spec
            + "\n");
    Manifests manifests = ManifestFolder.read(folder, Manifests.none());
    assertThat(manifests.problems()).isEmpty();
    ModelSpec model = manifests.find(Model.class, "default", "m").orElseThrow().getSpec();
    ProductionVariant variant =
        new ProductionVariant("v", "m", null, null, null, null, null, null, null);
    return new Mounts(folder, files, () -> manifests)
        .of(new Fleet("f", "default", "e", "r", "m", model, variant, "", 1));
  }
}
