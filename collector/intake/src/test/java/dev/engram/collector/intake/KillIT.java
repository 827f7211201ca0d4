package dev.engram.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.collector.store.Accounting;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.sqlite.SqliteStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that are killed with SIGKILL at no moment in particular. Their queues begin a new file
 * each second, and services come and go, so that collectors are also killed while they delete files
 * and adopt.
 */
class KillIT {
  private static final boolean FULL = "full".equals(System.getProperty("engram.tier"));
  private static final int KILLS = FULL ? 1_000 : 4;

  /** A start takes about as long. */
  private static final int LONGEST_LIFE_MILLIS = 1_000;

  @TempDir Path home;
  @TempDir Path outputs;
  private final ChildJvms jvms = new ChildJvms();
  private final List<ServiceLife> lives = new ArrayList<>();
  private final Set<Path> cycles = new HashSet<>();
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private int cyclesDeleted;

  @AfterEach
  void end() {
    jvms.close();
  }

  @Test
  void collectorKilledAgainAndAgain_alsoWithItsService_losesNothingAndStoresNothingTwice()
      throws Exception {
    for (int kill = 0; kill < KILLS; kill++) {
      ServiceLife service = runningService();
      Process collector = collectForAWhile(kill % 3 == 2);
      if (kill % 4 == 1) {
        service.kill();
      }
      collector.destroyForcibly().waitFor();
      countDeletedCycles();
    }
    lives.get(lives.size() - 1).awaitEnd();
    long adopted = adopted();
    System.out.printf(
        "%d kills with seed %d: at least %d cycle files deleted before their instance ended, and %d"
            + " of %d instances adopted, by collectors that were killed%n",
        KILLS, seed, cyclesDeleted, adopted, lives.size());

    collectOnce();

    for (ServiceLife life : lives) {
      assertRemembered(life);
    }
    assertNoInstanceIsLeft();
    if (FULL) {
      assertThat(cyclesDeleted).isPositive();
      assertThat(adopted).isPositive();
    }
  }

  @Test
  void serviceKilledUnderLoad_losesNoCommittedRecord() throws Exception {
    ServiceLife service = new ServiceLife(jvms, home, outputs.resolve("shop"), Long.MAX_VALUE, 10);
    lives.add(service);
    await().atMost(Duration.ofMinutes(1)).until(() -> service.printed() >= 5_000);
    service.kill();

    collectOnce();

    assertRemembered(service);
    assertNoInstanceIsLeft();
  }

  private ServiceLife runningService() throws IOException {
    if (lives.isEmpty() || !lives.get(lives.size() - 1).isRunning()) {
      long last = 100L * (random.nextInt(4) == 0 ? 150 : 5 + random.nextInt(40));
      Path output = outputs.resolve("shop-" + lives.size());
      lives.add(new ServiceLife(jvms, home, output, last, 100));
    }
    return lives.get(lives.size() - 1);
  }

  /** Until a moment after it began to serve its home, or after it was started. */
  private Process collectForAWhile(boolean fromItsStart) throws Exception {
    Process collector = jvms.start(Redirect.PIPE, CollectorProcess.class, home.toString());
    if (!fromItsStart) {
      try (BufferedReader lines = collector.inputReader()) {
        assertThat(lines.readLine()).isEqualTo("serving");
      }
    }
    long life = random.nextInt(LONGEST_LIFE_MILLIS);
    assertThat(collector.waitFor(life, TimeUnit.MILLISECONDS)).as("collector ended").isFalse();
    return collector;
  }

  /** Those of instances that are still there. */
  private void countDeletedCycles() throws IOException {
    for (Path cycle : List.copyOf(cycles)) {
      if (!Files.exists(cycle)) {
        cycles.remove(cycle);
        cyclesDeleted += Files.exists(cycle.getParent()) ? 1 : 0;
      }
    }
    Path instances = HomeLayout.instances(home);
    if (Files.exists(instances)) {
      Files.walkFileTree(instances, new Cycles());
    }
  }

  /** A folder is renamed when it is complete. */
  private final class Cycles extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (file.toString().endsWith(".cq4")) {
        cycles.add(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (failure instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw failure;
    }
  }

  private void collectOnce() throws IOException {
    List<String> lines = new ArrayList<>();
    try (SqliteStore store = SqliteStore.open(SqliteStore.fileIn(home));
        Collector collector = Collector.open(home, Set.of(), store, lines::add)) {
      collector.runOnce();
    }
    assertThat(lines).isEmpty();
  }

  private long adopted() {
    try (SqliteStore store = SqliteStore.openReadOnly(SqliteStore.fileIn(home))) {
      return store.reader().instances().stream().filter(it -> it.endedEpochNanos() != 0).count();
    }
  }

  private void assertRemembered(ServiceLife life) throws IOException {
    try (SqliteStore store = SqliteStore.openReadOnly(SqliteStore.fileIn(home))) {
      List<Long> ids = ids(store, life.service);
      assertThat(ids)
          .as("spans of %s, seed %d", life.service, seed)
          .isEqualTo(LongStream.rangeClosed(1, ids.size()).boxed().toList());
      assertThat((long) ids.size()).isGreaterThanOrEqualTo(life.committed());
      instance(store, life.service)
          .ifPresent(it -> assertSettled(store.reader().accounting().get(it.id())));
    }
  }

  private static List<Long> ids(SqliteStore store, String service) {
    return store.reader().spans(new SpanFilter(0, 0, service, null, null, null, 0, 0, 0)).stream()
        .map(span -> span.row().spanId())
        .sorted()
        .toList();
  }

  /** None of a service that was killed before its first record. */
  private static Optional<Instance> instance(SqliteStore store, String service) {
    return store.reader().instances().stream()
        .filter(it -> it.service().equals(service))
        .findFirst();
  }

  private static void assertSettled(Accounting books) {
    long shed = books.producer().shed().values().stream().mapToLong(Long::longValue).sum();
    assertThat(books.producer().written() + shed + books.producer().abandoned())
        .isEqualTo(books.producer().offered());
    assertThat(books.producer().queued()).isEqualTo(books.producer().written());
    assertThat(books.read()).isEqualTo(books.producer().queued());
    assertThat(books.decoded()).isEqualTo(books.read());
    assertThat(books.stored()).isEqualTo(books.read());
    assertThat(books.dropped()).isEmpty();
    assertThat(books.producer().abandoned()).isLessThanOrEqualTo(1);
  }

  /** A folder that was being removed goes after a minute. */
  private void assertNoInstanceIsLeft() throws IOException {
    try (Stream<Path> folders = Files.list(HomeLayout.instances(home))) {
      assertThat(folders)
          .allMatch(it -> it.getFileName().toString().startsWith(HomeLayout.NEW_PREFIX));
    }
  }
}
