package dev.engram.integration.healing;

import dev.engram.integration.harness.Artifacts;
import dev.engram.integration.harness.Jdks;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/**
 * Which fixtures run on which JDK: in the full tier each on each, in the fast tier the first alone
 * on the oldest.
 */
final class FixturesByTier {
  private FixturesByTier() {}

  static <T> Stream<Arguments> of(List<T> all) {
    return Jdks.byTier()
        .flatMap(
            jdk ->
                all.stream()
                    .limit(Artifacts.isFullTier() ? all.size() : 1)
                    .map(each -> Arguments.of(each, jdk)));
  }
}
