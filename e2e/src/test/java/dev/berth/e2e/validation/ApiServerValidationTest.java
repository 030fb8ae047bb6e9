package dev.berth.e2e.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.berth.api.validation.Fixture;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A real API server says of every fixture what the fixture expects, at the field it names. */
@Tag("cluster")
final class ApiServerValidationTest {
  private static ValidationNamespace namespace;

  @BeforeAll
  static void open() throws IOException {
    namespace = ValidationNamespace.open();
  }

  @AfterAll
  static void close() {
    if (namespace != null) {
      namespace.close();
    }
  }

  static List<Fixture> fixtures() throws IOException {
    return Fixture.all();
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void saysWhatTheFixtureExpects(Fixture fixture) {
    GenericKubernetesResource last = namespace.read(fixture.documents().getLast());
    if (fixture.documents().size() == 1) {
      judge(fixture, () -> namespace.tryCreate(last));
    } else {
      GenericKubernetesResource first =
          namespace.create(namespace.read(fixture.documents().getFirst()));
      try {
        judge(fixture, () -> namespace.tryUpdate(last));
      } finally {
        namespace.delete(first);
      }
    }
  }

  private static void judge(Fixture fixture, Runnable request) {
    if (fixture.expect().isEmpty()) {
      assertThatNoException().isThrownBy(request::run);
      return;
    }
    String words = fixture.expect().get();
    assertThatExceptionOfType(KubernetesClientException.class)
        .isThrownBy(request::run)
        .withMessageContaining(words)
        .withMessageContaining(words.startsWith("unknown field") ? words : fixture.field())
        .satisfies(refusal -> assertThat(refusal.getCode()).isIn(400, 422));
  }
}
