package dev.engram.agent.core.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.engram.agent.core.writer.QueueReader.ReadRecord;
import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.agent.record.ring.RingHeader;
import dev.engram.agent.record.ring.ShedReason;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small file system that fills under load; needs the right to mount one. */
class FullDiskIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MIB = 1 << 20;

  @TempDir Path temporary;
  private Path disk;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(temporary.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=48m,mode=0700", "tmpfs", disk.toString()) == 0,
        "this user may not mount a tmpfs");
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", "-l", disk.toString());
  }

  @Test
  void ringWithoutRoom_isSaidInOneLineAndLeavesNothing() throws Exception {
    try (ServiceProcess service = new ServiceProcess(home(), temporary, 64 * MIB, 0, 2)) {
      await().atMost(PATIENCE).until(() -> !service.output().isEmpty());
      assertThat(service.end()).isZero();
      assertThat(service.output().lines())
          .singleElement()
          .asString()
          .startsWith("engram: nothing is remembered")
          .contains("free some space");
    }
    assertThat(HomeLayout.instances(home())).isEmptyDirectory();
  }

  @Test
  void serviceThatStartsWithoutRoom_isRememberedOnceThereIsSome() throws Exception {
    Path ballast = write("ballast", 40 * MIB);
    try (ServiceProcess service = new ServiceProcess(home(), temporary, 16 * MIB, 0, 2)) {
      await().atMost(PATIENCE).until(() -> !service.output().isEmpty());

      Files.delete(ballast);
      RingHeader header = awaitRing();
      await().atMost(PATIENCE).until(() -> header.shed(ShedReason.DISK_FULL) > 1_000);
      await().atMost(PATIENCE).until(() -> header.queued() > 1_000);
      assertThat(service.end()).isZero();
      assertThat(service.output().lines().filter(line -> line.contains("nothing is remembered")))
          .hasSize(1);
      verifyBooks();
    }
  }

  @Test
  void diskBelowItsFloor_shedsAndGoesOnWhenThereIsRoomAgain() throws Exception {
    Path ballast = write("ballast", 16 * MIB);
    try (ServiceProcess service = new ServiceProcess(home(), temporary, MIB, 2 * MIB, 2)) {
      RingHeader header = awaitRing();
      await().atMost(PATIENCE).until(() -> header.shed(ShedReason.DISK_FULL) > 1_000);
      long queued = header.queued();
      assertThat(disk.toFile().getUsableSpace()).isGreaterThan(2 * MIB);

      Files.delete(ballast);
      await().atMost(PATIENCE).until(() -> header.queued() > queued);
      await().atMost(PATIENCE).until(() -> disk.toFile().getUsableSpace() < 9 * MIB);
      assertThat(service.end()).isZero();
      assertThat(service.output())
          .contains("free some space or lower engram.disk.floor")
          .contains("has room again");
      verifyBooks();
    }
  }

  @Test
  void diskThatSomebodyElseFillsAtOnce_harmsNobody() throws Exception {
    try (ServiceProcess service = new ServiceProcess(home(), temporary, MIB, 0, 2)) {
      RingHeader header = awaitRing();
      await().atMost(PATIENCE).until(() -> header.queued() > 1_000);

      Path ballast = fillCompletely();
      long answered = header.answered();
      await().atMost(PATIENCE).until(() -> header.answered() > answered + 100_000);
      assertThat(service.isAlive()).isTrue();

      Files.delete(ballast);
      assertThat(service.end()).isZero();
      verifyBooks();
    }
  }

  private void verifyBooks() throws IOException {
    InstanceReader left = new InstanceReader(InstanceReader.only(home()));
    List<ReadRecord> all = left.all();
    long inFlight = left.header().offered() - left.header().answered();
    assertThat(left.header().offered() - all.size() - left.shed())
        .isBetween(0L, inFlight + left.skippedClaims());
  }

  private RingHeader awaitRing() throws IOException {
    Path instances = HomeLayout.instances(home());
    await()
        .atMost(PATIENCE)
        .until(() -> Files.isDirectory(instances) && InstanceReader.isComplete(instances));
    return new InstanceReader(InstanceReader.only(home())).header();
  }

  private Path home() {
    return disk.resolve("home");
  }

  private Path write(String name, int bytes) throws IOException {
    return Files.write(disk.resolve(name), new byte[bytes]);
  }

  private Path fillCompletely() throws IOException {
    Path ballast = disk.resolve("ballast");
    try (OutputStream out = Files.newOutputStream(ballast)) {
      while (true) {
        out.write(new byte[64 << 10]);
      }
    } catch (IOException full) {
      return ballast;
    }
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
