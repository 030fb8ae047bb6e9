package dev.berth.serving.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A client that asks which release it talks to is told. */
class ServerIdentityTest {
  @Test
  void namesTheReleaseThatWasBuilt() {
    assertThat(ServerIdentity.VERSION).isEqualTo(System.getProperty("berth.version")).isNotBlank();
    assertThat(ServerIdentity.OPEN_INFERENCE).contains("\"version\":\"" + ServerIdentity.VERSION);
  }
}
