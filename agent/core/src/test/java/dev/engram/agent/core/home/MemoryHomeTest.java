package dev.engram.agent.core.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.engram.agent.core.capture.Worth;
import dev.engram.agent.core.writer.QueueSettings;
import dev.engram.agent.core.writer.TimeSource;
import dev.engram.agent.record.RecordKind;
import dev.engram.agent.record.ring.HomeLayout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryHomeTest {
  @TempDir Path temporary;

  @Test
  void homeThatOthersMayWrite_isRefused() throws Exception {
    Path home = Files.createDirectory(temporary.resolve("home"));
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxrwx---"));

    assertThatThrownBy(() -> MemoryHome.open(home))
        .isInstanceOf(UnusableHomeException.class)
        .hasMessageContaining("chmod go-w " + home);
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void homeThatIsAFile_isRefused() throws Exception {
    Path home = Files.createFile(temporary.resolve("home"));

    assertThatThrownBy(() -> MemoryHome.open(home))
        .isInstanceOf(UnusableHomeException.class)
        .hasMessageContaining(home + " is a file, not a folder); set engram.home")
        .hasMessageNotContaining("Exception");
  }

  @Test
  void homeBelowAFile_namesTheFile() throws Exception {
    Path file = Files.createFile(temporary.resolve("file"));

    assertThatThrownBy(() -> MemoryHome.open(file.resolve("some/home")))
        .isInstanceOf(UnusableHomeException.class)
        .hasMessageContaining("(" + file + " is a file, not a folder)");
  }

  /** A container often has one; whoever may write to it, changing its mode is no way out. */
  @Test
  void homeOnAReadOnlyFileSystem_isToBeElsewhere() throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/mounts")), "mounts can be listed");
    Optional<Path> readOnly =
        Files.readAllLines(Path.of("/proc/mounts")).stream()
            .map(line -> line.split(" "))
            .filter(mount -> List.of(mount[3].split(",")).contains("ro"))
            .map(mount -> Path.of(mount[1]))
            .filter(Files::isDirectory)
            .filter(mount -> !Files.isWritable(mount))
            .findFirst();
    assumeTrue(readOnly.isPresent(), "there is a read-only file system");

    assertThatThrownBy(() -> MemoryHome.open(readOnly.orElseThrow()))
        .isInstanceOf(UnusableHomeException.class)
        .hasMessageContaining("read-only file system; set engram.home")
        .hasMessageNotContaining("chmod");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nfs", "nfs4", "cifs", "SMB3", "smbfs", "9p", "ceph", "fuse.sshfs"})
  void homeOnANetworkFileSystem_isRefused(String type) {
    assertThatThrownBy(() -> MemoryHome.requireLocal(temporary, type))
        .isInstanceOf(UnusableHomeException.class)
        .hasMessageContaining(temporary + " is on a network file system")
        .hasMessageContaining("set engram.home");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ext4", "xfs", "btrfs", "tmpfs", "overlay", "apfs", "fuseblk"})
  void homeOnADiskOfThisMachine_isTaken(String type) {
    assertThatCode(() -> MemoryHome.requireLocal(temporary, type)).doesNotThrowAnyException();
  }

  @Test
  void otherOperatingSystem_isRefused_andNothingIsMade() {
    Path home = temporary.resolve("home");
    String system = System.setProperty("os.name", "AIX");
    try {
      assertThatThrownBy(() -> MemoryHome.open(home))
          .isInstanceOf(UnusableHomeException.class)
          .hasMessageContaining("nothing is remembered: only Linux and macOS");
    } finally {
      System.setProperty("os.name", system);
    }
    assertThat(home).doesNotExist();
  }

  @Test
  void homeOfAnotherUser_isRefusedAndLeftAsItWas() throws Exception {
    MemoryHome home = MemoryHome.open(temporary.resolve("home"));
    assumeTrue(Files.getAttribute(home.path(), "unix:uid").equals(0), "runs as root");
    Files.setAttribute(home.path(), "unix:uid", 65_534);

    Files.delete(home.instances());

    assertThatThrownBy(() -> MemoryHome.open(home.path()))
        .isInstanceOf(UnusableHomeException.class)
        .hasMessageContaining("belongs to user 65534");
    assertThat(home.path()).isEmptyDirectory();
  }

  @Test
  void homeThatAnybodyCouldReplace_isRefusedAndNotMade() throws Exception {
    Path open = Files.createDirectory(temporary.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));

    assertThatThrownBy(() -> MemoryHome.open(open.resolve("home")))
        .isInstanceOf(UnusableHomeException.class)
        .hasMessageContaining("nothing is remembered: " + open.resolve("home"))
        .hasMessageContaining("run: chmod +t " + open);
    assertThat(open).isEmptyDirectory();
  }

  @Test
  void homeThatIsMissing_isMadeForItsOwnerAlone_withItsParents() throws Exception {
    MemoryHome home = MemoryHome.open(temporary.resolve("a/b"));

    for (Path made : List.of(home.instances(), home.path(), temporary.resolve("a"))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void homeThatIsALink_isUsed_butNoLinkInIt() throws Exception {
    Path target = MemoryHome.open(temporary.resolve("target")).path();
    Path link = Files.createSymbolicLink(temporary.resolve("link"), target);
    assertThat(MemoryHome.open(link).instances()).isEqualTo(link.resolve("instances"));

    Files.delete(target.resolve("instances"));
    Path elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
    Files.createSymbolicLink(target.resolve("instances"), elsewhere);
    assertThatThrownBy(() -> MemoryHome.open(link))
        .isInstanceOf(UnusableHomeException.class)
        .hasMessageContaining(link.resolve("instances") + " is a symbolic link");
    Files.delete(elsewhere);
    assertThatThrownBy(() -> MemoryHome.open(link))
        .isInstanceOf(UnusableHomeException.class)
        .hasMessageContaining("nothing is remembered");
    assertThat(elsewhere).doesNotExist();
  }

  @Test
  void folderThatCannotBeFinished_leavesNothingBehind() throws Exception {
    MemoryHome home = MemoryHome.open(temporary.resolve("home"));
    int notAPowerOfTwo = 48 << 10;

    assertThatThrownBy(() -> create(home, notAPowerOfTwo))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(home.instances()).isEmptyDirectory();
  }

  /** However often a service is started that nobody collects from. */
  @Test
  void ring_leavesTheDiskItsFloor() throws Exception {
    MemoryHome home = MemoryHome.open(temporary.resolve("home"));
    long allOfIt = home.path().toFile().getTotalSpace();
    RecordingSettings settings = settings(home.path(), 1 << 20, allOfIt);

    assertThatThrownBy(() -> InstanceFolder.create(home, "shop", settings, Instant.now()))
        .isInstanceOf(UnusableHomeException.class)
        .hasMessageContainingAll("nothing is remembered", "engram.disk.floor", "free some space");
    assertThat(home.instances()).isEmptyDirectory();
  }

  private static InstanceFolder create(MemoryHome home, int ringCapacity)
      throws UnusableHomeException {
    return InstanceFolder.create(home, "shop", settings(home.path(), ringCapacity), Instant.now());
  }

  private static RecordingSettings settings(Path home, int ringCapacity) {
    return settings(home, ringCapacity, 0);
  }

  private static RecordingSettings settings(Path home, int ringCapacity, long floor) {
    QueueSettings queue =
        new QueueSettings(
            Duration.ofMinutes(5), 1L << 30, Duration.ZERO, floor, Duration.ofSeconds(1));
    return new RecordingSettings(home, ringCapacity, queue, "", "", List.of());
  }

  @Test
  void unusableHome_makesOneLineAndRefusesEveryOffer() throws Exception {
    Path home = Files.createFile(temporary.resolve("home"));
    RecordingSettings settings = settings(home, 1 << 20);
    AtomicInteger refusals = new AtomicInteger();

    String printed =
        stderrOf(
            () -> {
              Recording recording = Recording.start(settings, "shop", TimeSource.SYSTEM);
              recording.onRefusal(refusals::incrementAndGet);
              UnsafeBuffer record = new UnsafeBuffer(new byte[16]);
              for (int i = 0; i < 1_000; i++) {
                assertThat(recording.offer(RecordKind.SPAN, Worth.RESERVED, record, 0, 16))
                    .isFalse();
              }
              recording.failed();
              recording.stop();
            });

    assertThat(printed.lines().filter(line -> line.contains(home.toString())))
        .singleElement()
        .asString()
        .startsWith("engram: nothing is remembered");
    assertThat(refusals).hasValue(1);
  }

  @Test
  void fileName_isSafeWhateverTheServiceIsCalled() {
    assertThat(InstanceFolder.fileName("../../etc/x y")).isEqualTo("etc-x-y");
    assertThat(InstanceFolder.fileName("...")).isEqualTo("service");
    assertThat(InstanceFolder.fileName("käse@home")).isEqualTo("k-se-home");
    assertThat(InstanceFolder.fileName("x".repeat(500))).hasSize(80);
    assertThat(HomeLayout.instanceFolder(InstanceFolder.fileName("shop"), "1")).isEqualTo("shop@1");
  }

  private static String stderrOf(Runnable action) throws IOException {
    PrintStream before = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (PrintStream replaced = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
      System.setErr(replaced);
      action.run();
    } finally {
      System.setErr(before);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }
}
