package dev.engram.agent.core.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IgnoredTypesTest {
  private final ClassLoader application = getClass().getClassLoader();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.util.ArrayList",
        "dev.engram.agent.core.capture.Capture",
        "com.acme.Shop$$Lambda",
        "com.acme.$Proxy12",
        "com.acme.Shop$ByteBuddy$4boNuPnO",
        "com.acme.Shop/0x00000001"
      })
  void name_isIgnored(String name) {
    assertThat(IgnoredTypes.isIgnored(name, application)).isTrue();
  }

  @Test
  void application_isNotIgnored() {
    assertThat(IgnoredTypes.isIgnored("com.acme.Shop", application)).isFalse();
    assertThat(IgnoredTypes.isIgnored("net.openhft.chronicle.Own", application)).isFalse();
  }

  /** A method setting that takes everything would otherwise follow the agent's own appends. */
  @Test
  void librariesOfTheAgent_areIgnoredWhateverTheirNames() {
    ClassLoader ofTheAgent = new AdviceLoader(application, application, "com.acme");

    assertThat(IgnoredTypes.isIgnored("net.openhft.chronicle.Own", ofTheAgent)).isTrue();
  }
}
