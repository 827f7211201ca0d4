package dev.engram.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.collector.store.Accounting;
import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.sqlite.SqliteStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed with SIGKILL while records flow. */
class KillIT {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final int KILLS = 5;

  @TempDir Path home;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void end() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void collectorKilledWhileTailing_losesNothingAndStoresNothingTwice() throws Exception {
    long last = 30_000;
    Process service = start(ServiceProcess.class, Long.toString(last));
    long seen = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      Process collector = start(CollectorProcess.class);
      long before = seen;
      await().atMost(LONG).until(() -> stored() > before || !service.isAlive());
      seen = stored();
      collector.destroyForcibly().waitFor();
    }
    assertThat(service.waitFor()).isZero();

    collectOnce();

    assertThat(storedIds()).isEqualTo(LongStream.rangeClosed(1, last).boxed().toList());
    assertSettled();
    assertThat(HomeLayout.instances(home)).isEmptyDirectory();
  }

  @Test
  void serviceKilledUnderLoad_losesNoCommittedRecord() throws Exception {
    Process service = start(ServiceProcess.class, Long.toString(Long.MAX_VALUE));
    long committed = 0;
    try (BufferedReader lines = service.inputReader()) {
      while (committed < 5_000) {
        committed = Long.parseLong(lines.readLine());
      }
    }
    service.destroyForcibly().waitFor();

    collectOnce();

    List<Long> ids = storedIds();
    assertThat(ids).isEqualTo(LongStream.rangeClosed(1, ids.size()).boxed().toList());
    assertThat((long) ids.size()).isGreaterThanOrEqualTo(committed);
    assertSettled();
    assertThat(HomeLayout.instances(home)).isEmptyDirectory();
  }

  private Process start(Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-"))
        .forEach(command::add);
    command.addAll(List.of("-Xmx256m", "-cp", System.getProperty("java.class.path")));
    command.add(main.getName());
    command.add(home.toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    if (arguments.length == 0) {
      builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    }
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private void collectOnce() throws IOException {
    List<String> lines = new ArrayList<>();
    try (SqliteStore store = SqliteStore.open(SqliteStore.fileIn(home));
        Collector collector = Collector.open(home, Set.of(), store, lines::add)) {
      collector.runOnce();
    }
    assertThat(lines).isEmpty();
  }

  private long stored() {
    if (!Files.exists(SqliteStore.fileIn(home))) {
      return 0;
    }
    try (SqliteStore store = SqliteStore.openReadOnly(SqliteStore.fileIn(home))) {
      return store.reader().accounting().values().stream().mapToLong(Accounting::stored).sum();
    } catch (RuntimeException justBeingCreated) {
      return 0;
    }
  }

  private List<Long> storedIds() {
    try (SqliteStore store = SqliteStore.openReadOnly(SqliteStore.fileIn(home))) {
      return store
          .reader()
          .spans(new SpanFilter(0, 0, null, null, null, null, 0, 0, 1_000_000))
          .stream()
          .map(span -> span.row().spanId())
          .sorted()
          .toList();
    }
  }

  private void assertSettled() {
    try (SqliteStore store = SqliteStore.openReadOnly(SqliteStore.fileIn(home))) {
      Accounting books = store.reader().accounting().values().iterator().next();
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
  }
}
