package dev.engram.agent.core.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeSaltTest {
  private static final int MAKERS = 8;

  @TempDir Path home;

  @Test
  void makersAtOnce_agree_andLeaveNothingElse() throws Exception {
    Set<String> salts = ConcurrentHashMap.newKeySet();
    ExecutorService makers = Executors.newFixedThreadPool(MAKERS);
    List<Callable<Boolean>> making =
        IntStream.range(0, MAKERS)
            .<Callable<Boolean>>mapToObj(
                maker -> () -> salts.add(HexFormat.of().formatHex(HomeSalt.of(home))))
            .toList();
    for (Future<Boolean> made : makers.invokeAll(making)) {
      made.get();
    }
    makers.shutdown();

    assertThat(salts).hasSize(1);
    try (Stream<Path> files = Files.list(home.resolve("control"))) {
      assertThat(files.map(Path::getFileName).map(Path::toString).collect(Collectors.toSet()))
          .containsExactly("salt");
    }
    assertThat(Files.getPosixFilePermissions(home.resolve("control/salt")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(Files.getPosixFilePermissions(home.resolve("control")))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void cutSalt_isRefused() throws IOException {
    HomeSalt.of(home);
    Files.write(home.resolve("control/salt"), new byte[] {1, 2});

    assertThatIOException().isThrownBy(() -> HomeSalt.of(home)).withMessageContaining("2 bytes");
  }
}
