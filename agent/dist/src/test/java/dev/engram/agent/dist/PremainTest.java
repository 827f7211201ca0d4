package dev.engram.agent.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PremainTest {
  private static final int JAVA_8 = 52;

  @ParameterizedTest
  @ValueSource(strings = {"1.8", "11", "16", ""})
  void olderJava_isRefused(String version) {
    assertThat(Premain.isSupported(version)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"17", "21", "25"})
  void newerJava_isTaken(String version) {
    assertThat(Premain.isSupported(version)).isTrue();
  }

  @Test
  void classFile_canBeReadByJavaEight() throws IOException {
    try (DataInputStream in =
        new DataInputStream(Premain.class.getResourceAsStream("Premain.class"))) {
      in.skipNBytes(6);
      assertThat(in.readUnsignedShort()).isEqualTo(JAVA_8);
    }
  }
}
