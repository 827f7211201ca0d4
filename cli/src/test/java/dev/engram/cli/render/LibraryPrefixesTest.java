package dev.engram.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.record.InAppFrames;
import dev.engram.collector.analysis.LibraryFrames;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * What the agent takes for a library, the collector does too, which may not use the agent's list.
 */
class LibraryPrefixesTest {
  private static final Iterable<String> KNOWN_TO_THE_AGENT = InAppFrames.LIBRARY_PREFIXES;

  @ParameterizedTest
  @FieldSource("KNOWN_TO_THE_AGENT")
  void libraryOfTheAgent_isOneOfTheCollector(String prefix) {
    assertThat(LibraryFrames.isInApp(prefix + "Some.method(Some.java:1)")).isFalse();
  }
}
