package dev.berth.local.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.Endpoint;
import dev.berth.api.Model;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a folder means, and what an edit of it means. */
final class ManifestFolderTest {
  private static final String MODEL =
      """
      apiVersion: berth.dev/v1alpha1
      kind: Model
      metadata: {name: boston}
      spec: {artifact: {uri: "configmap://models/boston"}}
      """;
  private static final String ENDPOINT =
      """
      apiVersion: berth.dev/v1alpha1
      kind: Endpoint
      metadata: {name: housing}
      spec: {endpointConfigName: boston, variants: [{name: stable, weight: 1}]}
      """;

  @TempDir private Path folder;

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private Manifests read(Manifests previous) throws IOException {
    return ManifestFolder.read(folder, previous);
  }

  @Test
  void readsWhatKubectlReads() throws IOException {
    write("a.yaml", MODEL + "---\n# nothing\n---\n" + ENDPOINT);
    write(
        "b.json",
        "{\"apiVersion\": \"v1\", \"kind\": \"ConfigMap\", \"metadata\": {\"name\": \"c\"}}");
    write(
        "c.yml",
        "{apiVersion: v1, kind: List, items: [{apiVersion: v1, kind: Secret,"
            + " metadata: {name: s, namespace: other}, stringData: {key: text}}]}");
    write("notes.txt", "not a manifest");
    Files.createDirectory(folder.resolve("deeper.yaml"));

    Manifests manifests = read(Manifests.none());

    assertThat(manifests.problems()).isEmpty();
    assertThat(manifests.find(Model.class, "default", "boston")).isPresent();
    assertThat(manifests.all(Endpoint.class))
        .singleElement()
        .satisfies(e -> assertThat(e.getSpec().variants().getFirst().weight()).isEqualTo(1.0));
    assertThat(manifests.all(ConfigMap.class)).hasSize(1);
    assertThat(manifests.find(Secret.class, "other", "s").orElseThrow().getData())
        .containsEntry("key", "dGV4dA==");
  }

  @Test
  void countsGenerationsAndSharesWhatStaysTheSame() throws IOException {
    write("a.yaml", ENDPOINT);
    Manifests first = read(Manifests.none());
    Manifests same = read(first);
    write("a.yaml", ENDPOINT.replace("weight: 1", "weight: 2"));
    Manifests changed = read(same);

    assertThat(generation(first)).isEqualTo(1);
    assertThat(same.all(Endpoint.class).getFirst()).isSameAs(first.all(Endpoint.class).getFirst());
    assertThat(generation(changed)).isEqualTo(2);
  }

  private static long generation(Manifests manifests) {
    return manifests.all(Endpoint.class).getFirst().getMetadata().getGeneration();
  }

  @Test
  void whatTurnsInvalidStaysAsItWas() throws IOException {
    write("a.yaml", ENDPOINT);
    Manifests before = read(Manifests.none());
    write("a.yaml", ENDPOINT.replace("weight: 1", "wieght: 1"));
    Manifests misspelt = read(before);
    write("a.yaml", ENDPOINT + "spec: {");
    Manifests unreadable = read(misspelt);

    assertThat(misspelt.problems())
        .singleElement()
        .hasToString(
            "a.yaml: Endpoint housing: spec.variants[0]: unknown field"
                + " \"spec.variants[0].wieght\", did you mean \"weight\"?");
    assertThat(misspelt.resources()).isEqualTo(before.resources());
    assertThat(unreadable.problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains("line "));
    assertThat(unreadable.resources()).isEqualTo(before.resources());
  }

  @Test
  void whatIsGoneFromTheFolderIsGone() throws IOException {
    write("a.yaml", ENDPOINT);
    write("b.yaml", MODEL);
    Manifests before = read(Manifests.none());
    Files.delete(folder.resolve("a.yaml"));
    assertThat(read(before).resources()).hasSize(1);
  }

  @Test
  void nothingIsDefinedTwice() throws IOException {
    write("a.yaml", MODEL);
    write("b.yaml", "---\n" + MODEL.replace("models/boston", "models/other"));
    Manifests manifests = read(Manifests.none());
    assertThat(manifests.problems())
        .singleElement()
        .hasToString(
            "b.yaml: Model boston: metadata.name: defined twice: a.yaml has it too, remove one of"
                + " the two");
    assertThat(manifests.resources()).hasSize(1);
  }

  @Test
  void kindsOfOthersAreNotedAndUnknownKindsOfOursAreProblems() throws IOException {
    write("a.yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\n");
    write("b.yaml", "apiVersion: berth.dev/v1alpha1\nkind: MonitoringSchedule\n");
    write("c.yaml", "just words\n");
    Manifests manifests = read(Manifests.none());
    assertThat(manifests.notes()).singleElement().asString().contains("apps/v1 Deployment");
    assertThat(manifests.problems()).hasSize(2);
    assertThat(manifests.problems().getFirst().message()).contains("MonitoringSchedule");
    assertThat(manifests.problems().getLast().field()).isEqualTo("kind");
  }

  @Test
  void artifactsMustBeBase64() throws IOException {
    write(
        "a.yaml",
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: c}, binaryData: {k: \"?\", n: 1}}");
    assertThat(read(Manifests.none()).problems())
        .extracting(Problem::field)
        .containsExactly("binaryData.k", "binaryData.n");
  }

  @Test
  void namesAreThoseOfKubernetes() throws IOException {
    write("a.yaml", MODEL.replace("name: boston", "name: Boston, namespace: a.b"));
    assertThat(read(Manifests.none()).problems())
        .extracting(Problem::field)
        .containsExactly("metadata.name", "metadata.namespace");
  }
}
