package dev.engram.agent.core.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.engram.agent.record.redaction.Redaction;
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

  /** Hosts whose memories are compared share one file. */
  @Test
  void homesWithTheSameSalt_hashUsersAlike(@TempDir Path other) throws IOException {
    Redaction here = salted(home);
    Files.createDirectory(other.resolve("control"));
    Files.copy(home.resolve("control/salt"), other.resolve("control/salt"));
    Redaction there = salted(other);

    assertThat(here.text("user.id", "alice"))
        .matches("[0-9a-f]{16}")
        .isEqualTo(there.text("user.id", "alice"));
    assertThat(here.text("session.id", "0123")).isEqualTo(there.text("session.id", "0123"));
  }

  @Test
  void homesOfTheirOwn_hashUsersDifferently(@TempDir Path other) throws IOException {
    assertThat(salted(home).text("user.id", "alice"))
        .isNotEqualTo(salted(other).text("user.id", "alice"));
  }

  private static Redaction salted(Path home) throws IOException {
    Redaction redaction = new Redaction(List.of());
    redaction.salt(HomeSalt.of(home));
    return redaction;
  }

  @Test
  void saltThatOthersMayHaveMade_isRefused() throws IOException {
    HomeSalt.of(home);
    Path salt = home.resolve("control/salt");
    Files.setPosixFilePermissions(salt, PosixFilePermissions.fromString("rw-rw----"));
    assertThatIOException()
        .isThrownBy(() -> HomeSalt.of(home))
        .withMessageContaining(salt + " may be written by others");

    Files.move(salt, home.resolve("theirs"));
    Files.createSymbolicLink(salt, home.resolve("theirs"));
    assertThatIOException()
        .isThrownBy(() -> HomeSalt.of(home))
        .withMessageContaining(salt + " is a symbolic link");
  }

  @Test
  void controlFolderThatIsALink_getsNoSalt() throws IOException {
    Path elsewhere = Files.createDirectory(home.resolve("elsewhere"));
    Files.createSymbolicLink(home.resolve("control"), elsewhere);

    assertThatIOException()
        .isThrownBy(() -> HomeSalt.of(home))
        .withMessageContaining("control is a symbolic link");
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void cutSalt_isRefused() throws IOException {
    HomeSalt.of(home);
    Files.write(home.resolve("control/salt"), new byte[] {1, 2});

    assertThatIOException().isThrownBy(() -> HomeSalt.of(home)).withMessageContaining("2 bytes");
  }
}
