package dev.engram.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.collector.store.Accounting;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.InstanceState;
import dev.engram.collector.store.SpanFilter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A collector that is killed in each of the steps by which it changes files or store, one after the
 * other: tailing, committing, deleting cycles, setting damage aside, adopting, removing folders.
 * Whatever the step, the next collector comes to the result of one that was never killed.
 */
class CollectorKilledInEachStepTest {
  /** A queue with a damaged file and a ring with a damaged record, whose service dies midway. */
  private static final int OF_THE_LONG_LIFE = 60;

  /** A ring alone. */
  private static final int OF_THE_SHORT_LIFE = 5;

  @TempDir Path folder;
  private Path left;
  private Path longLife;
  private Path shortLife;
  private InstanceId longLived;
  private InstanceId shortLived;

  /** What a collector makes of the home. */
  private record Outcome(
      List<Long> spans,
      Map<InstanceId, Accounting> books,
      List<InstanceState> states,
      Set<String> kept) {}

  @BeforeEach
  void recordTwoLives() throws IOException {
    left = Files.createDirectory(folder.resolve("left"));
    try (ServiceFolder service = new ServiceFolder(left)) {
      longLife = left.relativize(service.path);
      longLived = service.id();
      for (int cycle = 0; cycle < 4; cycle++) {
        offer(service, cycle * 12 + 1, 12);
        service.move();
        service.roll();
      }
      damageThirdExcerpt(service.cycleFiles().get(1));
      offer(service, 49, 6);
      service.offer(broken(55), 3);
      offer(service, 56, 5);
      service.claimAndDie(120);
    }
    try (ServiceFolder service = new ServiceFolder(left)) {
      shortLife = left.relativize(service.path);
      shortLived = service.id();
      offer(service, 101, OF_THE_SHORT_LIFE);
      service.stop();
    }
  }

  @Test
  void killed_inEachStep_losesNothing_andStoresNothingTwice() throws Throwable {
    assertSameAfterEveryKill(false);
  }

  /** A cycle or a folder goes only after the store has synced what it covers. */
  @Test
  void powerCut_inEachStep_losesNothingThatTheStoreHadNotSynced() throws Throwable {
    assertSameAfterEveryKill(true);
  }

  @Test
  @Tag("full")
  void killedTwice_inEachPairOfSteps_losesNothing_andStoresNothingTwice() throws Throwable {
    Outcome unharmed = unharmed();
    for (int first = 1; first <= steps(); first++) {
      int after = 0;
      for (int second = 1; second >= after; second += 2) {
        Run run = new Run(folder.resolve("twice"));
        run.killedIn(first);
        after = run.killedIn(second) ? second : Integer.MAX_VALUE;
        assertThat(run.toTheEnd())
            .as("killed in step %d, then in step %d", first, second)
            .isEqualTo(unharmed);
      }
    }
  }

  private void assertSameAfterEveryKill(boolean powerCut) throws Throwable {
    Outcome unharmed = unharmed();
    int steps = steps();
    assertThat(steps).as("steps in which a collector can be killed").isGreaterThan(40);
    for (int step = 1; step <= steps; step++) {
      Run run = new Run(folder.resolve("killed"));
      assertThat(run.killedIn(step)).as("killed in step " + step).isTrue();
      if (powerCut) {
        run.cutPower();
      }
      assertThat(run.toTheEnd()).as("after a kill in step %d", step).isEqualTo(unharmed);
    }
  }

  private Outcome unharmed() throws Throwable {
    Outcome outcome = new Run(folder.resolve("unharmed")).toTheEnd();
    Accounting books = outcome.books.get(longLived);
    assertThat(books.producer().offered()).isEqualTo(OF_THE_LONG_LIFE + 1);
    assertThat(books.producer().abandoned()).isEqualTo(1);
    assertThat(books.malformed()).isEqualTo(1);
    assertThat(books.dropped()).containsOnlyKeys("quarantined");
    long lost = books.dropped().get("quarantined");
    assertThat(books.read() + lost).isEqualTo(OF_THE_LONG_LIFE);
    assertThat(books.stored()).isEqualTo(books.read() - 1);
    assertThat(outcome.books.get(shortLived).stored()).isEqualTo(OF_THE_SHORT_LIFE);
    assertThat(outcome.spans)
        .doesNotHaveDuplicates()
        .hasSize((int) books.stored() + OF_THE_SHORT_LIFE);
    assertThat(outcome.states).containsExactly(InstanceState.ENDED, InstanceState.DAMAGED);
    assertThat(outcome.kept).hasSize(3);
    return outcome;
  }

  private int steps() throws Throwable {
    Run run = new Run(folder.resolve("counted"));
    run.toTheEnd();
    return run.steps;
  }

  /** One copy of the home on its way through collectors. */
  private final class Run {
    private final Path home;
    private KillableStore store = new KillableStore();
    private boolean servicesDied;
    private int steps;

    Run(Path home) throws IOException {
      this.home = home;
      PrivateFiles.remove(home);
      copy(left, home);
      Path crashed = HomeLayout.instances(home).resolve(HomeLayout.NEW_PREFIX + "crashed");
      Files.createFile(Files.createDirectory(crashed).resolve(HomeLayout.INSTANCE_LOCK));
      Files.setLastModifiedTime(crashed, FileTime.from(Instant.now().minusSeconds(90)));
    }

    /** Collects until the step is reached; false when there is none. */
    boolean killedIn(int step) throws IOException {
      try {
        collect(KillSwitch.in(step));
        return false;
      } catch (KillSwitch.Killed killed) {
        return true;
      }
    }

    void cutPower() throws Throwable {
      store = store.afterPowerCut();
    }

    Outcome toTheEnd() throws IOException {
      KillSwitch never = KillSwitch.never();
      collect(never);
      steps = never.steps();
      assertThat(HomeLayout.instances(home)).isEmptyDirectory();
      return new Outcome(spans(), store.reader().accounting(), states(), kept());
    }

    /** First while both live: the end of either would sync what the other has stored. */
    private void collect(KillSwitch kill) throws IOException {
      if (!servicesDied) {
        try (FileChannel one = lock(longLife);
            FileChannel other = lock(shortLife)) {
          one.lock();
          other.lock();
          collect(kill, Clock.systemUTC());
        }
        servicesDied = true;
      }
      collect(kill, Clock.offset(Clock.systemUTC(), Duration.ofMinutes(2)));
    }

    private FileChannel lock(Path instance) throws IOException {
      Path file = home.resolve(instance).resolve(HomeLayout.INSTANCE_LOCK);
      return FileChannel.open(file, StandardOpenOption.WRITE);
    }

    private void collect(KillSwitch kill, Clock clock) throws IOException {
      KillableFiles files = new KillableFiles(kill);
      Path seen = files.path(home);
      Territory territory = Territory.ofThisHost();
      try (Collector collector =
          Collector.open(seen, territory, store.with(kill), line -> {}, clock)) {
        collector.runOnce();
      } finally {
        files.closeAll();
      }
    }

    private List<Long> spans() {
      return store
          .reader()
          .spans(new SpanFilter(0, 0, null, null, null, null, 0, 0, 100_000))
          .stream()
          .map(span -> span.row().spanId())
          .sorted()
          .toList();
    }

    private List<InstanceState> states() {
      return store.reader().instances().stream().map(Instance::state).sorted().toList();
    }

    /** What is in quarantine; a line may be there again for each kill. */
    private Set<String> kept() throws IOException {
      try (Stream<Path> files = Files.walk(home.resolve(HomeLayout.QUARANTINE))) {
        return files
            .filter(Files::isRegularFile)
            .map(file -> file.getFileName() + " of " + length(file))
            .collect(Collectors.toCollection(TreeSet::new));
      }
    }

    private static long length(Path file) {
      return file.endsWith(Quarantine.RECORDS) ? 1 : file.toFile().length();
    }
  }

  private static void offer(ServiceFolder service, long first, int count) throws IOException {
    for (long id = first; id < first + count; id++) {
      assertThat(service.offer(TestRecords.span(id))).isTrue();
    }
  }

  private static byte[] broken(long id) {
    byte[] broken = TestRecords.bytes(TestRecords.span(id));
    broken[broken.length - 1] ^= 1;
    return broken;
  }

  private static void damageThirdExcerpt(Path file) throws IOException {
    long place;
    try (CycleFile cycle = new CycleFile(file)) {
      cycle.next();
      cycle.next();
      cycle.next();
      place = cycle.place();
    }
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(place);
      int before = bytes.read();
      bytes.seek(place);
      bytes.write(before ^ 0x20);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }
}
