package dev.engram.agent.core.home;

import static dev.engram.agent.core.home.RecordedHome.DRAIN;
import static dev.engram.agent.core.home.RecordedHome.permissions;
import static dev.engram.agent.core.home.RecordedHome.removeTree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.engram.agent.core.capture.Worth;
import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.agent.record.ring.HostIdentity;
import dev.engram.agent.record.ring.RingHeader;
import dev.engram.agent.record.ring.RingLayout;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** When a folder is made, what is in it, and what becomes of a recording without one. */
class RecordingTest {
  @RegisterExtension final RecordedHome home = new RecordedHome();

  @Test
  void start_withoutRecords_createsNothing() {
    Recording recording = home.startWithoutTime();
    recording.stop();

    assertThat(home.path()).doesNotExist();
    assertThat(home.offer(1, Worth.ORDINARY, 100)).isFalse();
  }

  @Test
  void quietService_isOpenAfterASecond() {
    AtomicLong opened = new AtomicLong();
    Recording recording = home.start(1 << 20);
    recording.onOpen(opened::incrementAndGet);

    await().atMost(DRAIN).until(() -> opened.get() == 1);

    assertThat(home.offer(1, Worth.ORDINARY, 100)).isTrue();
  }

  @Test
  void serviceOfWhichNothingIsWanted_makesNothing_untilSomethingIs() {
    AtomicLong waits = new AtomicLong();
    AtomicBoolean wanted = new AtomicBoolean();
    Recording recording = home.start(1 << 20);
    recording.onWait(waits::incrementAndGet, wanted::get);

    await().atMost(DRAIN).until(() -> waits.get() >= 4);
    assertThat(home.path()).doesNotExist();

    wanted.set(true);
    await().atMost(DRAIN).until(() -> Files.exists(HomeLayout.instances(home.path())));
  }

  @Test
  void whatIsSaidOfTheAgent_isReplacedWhole_andHarmsNothing() throws Exception {
    Recording recording = home.start(1 << 20);
    recording.describeAgent("too early");
    assertThat(home.offer(1, Worth.ORDINARY, 64)).isTrue();
    Path folder = InstanceReader.only(home.path());
    recording.describeAgent("first");
    recording.describeAgent("second");

    Path file = folder.resolve(HomeLayout.AGENT_FILE);
    assertThat(file).hasContent("second");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).noneMatch(it -> it.getFileName().toString().startsWith("."));
    }
    removeTree(home.path());
    recording.describeAgent("nobody is there");
    assertThat(home.path()).doesNotExist();
  }

  @Test
  void firstRecord_createsAPrivateLockedFolder() throws Exception {
    home.startWithoutTime();

    assertThat(home.offer(1, Worth.ORDINARY, 100)).isTrue();

    Path folder = InstanceReader.only(home.path());
    assertThat(folder.getFileName().toString()).startsWith("check-out@");
    assertThat(permissions(home.path())).isEqualTo("rwx------");
    assertThat(permissions(folder)).isEqualTo("rwx------");
    assertThat(permissions(folder.resolve(HomeLayout.RING))).isEqualTo("rw-------");
    assertThat(permissions(folder.resolve(HomeLayout.INSTANCE_FILE))).isEqualTo("rw-------");
    assertThat(permissions(folder.resolve(HomeLayout.INSTANCE_LOCK))).isEqualTo("rw-------");
    assertThat(folder.resolve(HomeLayout.QUEUE)).doesNotExist();
    RingHeader header = new InstanceReader(folder).header();
    assertThat(header.hasMagic()).isTrue();
    assertThat(folder.getFileName().toString()).endsWith("@" + header.instance());
    assertThat(header.state()).isEqualTo(RingLayout.STATE_RUNNING);
    assertSaysWhereItIs(folder);
    assertIsLocked(folder);
  }

  private static void assertSaysWhereItIs(Path folder) {
    HostIdentity here = HostIdentity.current();
    assertThat(folder.resolve(HomeLayout.INSTANCE_FILE))
        .content()
        .contains("\"host\": \"" + here.host() + "\"", "\"boot_id\": \"" + here.bootId() + "\"")
        .contains("\"pid_namespace\": \"" + here.pidNamespace() + "\"")
        .contains("\"pid\": " + ProcessHandle.current().pid() + ",");
  }

  /** Closing the channel gives the lock up, so that nothing may come after this. */
  private static void assertIsLocked(Path folder) throws IOException {
    try (FileChannel lock =
        FileChannel.open(folder.resolve(HomeLayout.INSTANCE_LOCK), StandardOpenOption.WRITE)) {
      assertThatThrownBy(lock::tryLock).isInstanceOf(OverlappingFileLockException.class);
    }
  }

  @Test
  void beat_callsTheHookAndRaisesTheHeartbeat() throws Exception {
    Recording recording = home.start(1 << 20);
    AtomicLong beats = new AtomicLong();
    recording.onBeat(
        () -> {
          beats.incrementAndGet();
          throw new IllegalStateException("a hook that fails");
        });
    assertThat(home.offer(1, Worth.ORDINARY, 64)).isTrue();
    RingHeader header = new InstanceReader(InstanceReader.only(home.path())).header();
    long first = header.heartbeatEpochMillis();

    await().atMost(DRAIN).until(() -> beats.get() >= 2);

    assertThat(header.heartbeatEpochMillis()).isGreaterThan(first);
    assertThat(home.offer(2, Worth.ORDINARY, 64)).isTrue();
  }

  @Test
  void removedFolder_endsRecordingAndNothingElse() throws Exception {
    Recording recording = home.start(1 << 20);
    home.offerUntilQueued();
    removeTree(home.path());

    await().atMost(DRAIN).until(() -> !home.offer(1, Worth.RESERVED, 64));

    assertThat(home.path()).doesNotExist();
    recording.stop();
  }
}
