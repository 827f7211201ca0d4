package dev.engram.collector.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LibraryFramesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "com.acme.Shop.sell(Shop.java:12)",
        "app//com.acme.Shop.sell(Shop.java:12)",
        "com.acme.Shop.lambda$sell$0(Shop.java:12)",
        "javafactory.Tool.run(Tool.java:1)",
        "nonsense"
      })
  void isInApp_ownCode_is(String frame) {
    assertThat(LibraryFrames.isInApp(frame)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.util.Optional.map(Optional.java:260)",
        "java.base/java.lang.Thread.run(Thread.java:840)",
        "app//org.springframework.web.servlet.DispatcherServlet.doGet(DispatcherServlet.java:1)",
        "com.acme.Shop$$SpringCGLIB$$0.sell(<generated>)"
      })
  void isInApp_libraryOrGenerated_isNot(String frame) {
    assertThat(LibraryFrames.isInApp(frame)).isFalse();
  }
}
