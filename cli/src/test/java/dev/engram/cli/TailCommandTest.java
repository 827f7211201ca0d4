package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.engram.cli.render.AnswerStream;
import dev.engram.cli.render.Style;
import dev.engram.cli.render.Terminal;
import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.Period;
import dev.engram.collector.store.ProducerCounts;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.TraceId;
import dev.engram.collector.store.sqlite.SqliteStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TailCommandTest {
  @TempDir private Path home;

  private final Pipe out = new Pipe();
  private final Pipe err = new Pipe();
  private final ExecutorService executor = Executors.newSingleThreadExecutor();

  @AfterEach
  void end() {
    executor.shutdownNow();
  }

  @Test
  void memoryThatIsMadeLater_isFollowedUntilNobodyReads() throws Exception {
    Future<Integer> exitCode = tail();
    await().until(() -> err.toString().contains("waiting"));

    SampleMemory.in(home);

    await().until(() -> out.toString().lines().count() == 3);
    assertThat(out.toString().lines().findFirst().orElseThrow())
        .matches("START +DURATION +STATUS +CODE +SERVICE +ID +REQUEST");
    assertThat(out.toString()).contains("POST /orders").containsPattern("100 ms  error +500  shop");
    out.broken = true;
    assertThat(exitCode.get()).isZero();
  }

  @Test
  void losses_areSaidOnce_whenTheyAreNoted() throws Exception {
    long now = System.currentTimeMillis() * 1_000_000;
    try (SqliteStore store = SqliteStore.open(SqliteStore.fileIn(home))) {
      SampleMemory.write(store.writer());
      lose(store, 3, new Period(SampleMemory.MIDNIGHT, SampleMemory.MIDNIGHT + 1));
      Future<Integer> exitCode = tail();
      await().until(() -> err.toString().contains("incomplete: 3 shed (ring_full) at 2026-01-01"));

      lose(store, 5, new Period(now, now + TimeUnit.MINUTES.toNanos(5)));
      await().until(() -> err.toString().contains("incomplete: 2 shed (ring_full) "));
      lose(store, 9, new Period(now, now + TimeUnit.MINUTES.toNanos(5)));
      await().until(() -> err.toString().contains("incomplete: 4 shed (ring_full) "));

      assertThat(err.toString().lines()).hasSize(3);
      out.broken = true;
      assertThat(exitCode.get()).isZero();
    }
  }

  @Test
  void requestsThatAreNotWanted_arePassedOver_untilOneIs() throws Exception {
    try (SqliteStore store = SqliteStore.open(SqliteStore.fileIn(home))) {
      SampleMemory.write(store.writer());
      Future<Integer> exitCode = tail("--route", "/late", "--json");
      await().until(() -> err.toString().contains("waiting"));

      write(store, request(5, "/early"), request(6, "/late"));
      await().until(() -> out.toString().contains("/late"));
      write(store, request(7, "/late"));
      await().until(() -> out.toString().contains("\"span_id\":\"0000000000000007\""));

      assertThat(out.toString().lines()).hasSize(2).noneMatch(line -> line.contains("/early"));
      out.broken = true;
      assertThat(exitCode.get()).isZero();
    }
  }

  @Test
  void following_goesOnBehindAnArrival() throws Exception {
    SampleMemory.in(home);
    Future<Integer> all = tail("--json");
    await().until(() -> out.toString().lines().count() == 2);
    out.broken = true;
    assertThat(all.get()).isZero();
    List<String> lines = out.toString().lines().toList();
    String arrival = lines.get(0).replaceFirst(".*\"arrival\":([0-9]+)}", "$1");

    out.broken = false;
    out.reset();
    Future<Integer> rest = tail("-f", "--json", "--after", arrival);
    await().until(() -> out.toString().contains(lines.get(1)));

    assertThat(out.toString().lines()).containsExactly(lines.get(1));
    assertThat(err.toString()).isEmpty();
    out.broken = true;
    assertThat(rest.get()).isZero();
  }

  @Test
  void arrivalBeyondTheLast_isSaid_andWhatComesIsShown() throws Exception {
    try (SqliteStore store = SqliteStore.open(SqliteStore.fileIn(home))) {
      SampleMemory.write(store.writer());
      Future<Integer> exitCode = tail("--json", "--after", "4711");
      await().until(() -> err.toString().contains("nothing has arrived as late as 4711"));

      write(store, request(5, "/late"));
      await().until(() -> out.toString().contains("/late"));

      assertThat(err.toString().lines()).hasSize(1);
      out.broken = true;
      assertThat(exitCode.get()).isZero();
    }
  }

  @Test
  void lossesSinceAnArrival_areSaid() throws Exception {
    long later = SampleMemory.MIDNIGHT + TimeUnit.HOURS.toNanos(1);
    try (SqliteStore store = SqliteStore.open(SqliteStore.fileIn(home))) {
      SampleMemory.write(store.writer());
      lose(store, 3, new Period(later, later + 1));
      Future<Integer> exitCode = tail("--json", "--after", "1");
      await().until(() -> err.toString().contains("incomplete: 3 shed (ring_full) at 2026-01-01"));

      out.broken = true;
      assertThat(exitCode.get()).isZero();
    }
  }

  private static void write(SqliteStore store, SpanRow... rows) {
    long last = rows[rows.length - 1].position();
    Checkpoint end = new Checkpoint(last, last, 0);
    List<Row> all = List.of(rows);
    store.writer().write(new Batch(SampleMemory.INSTANCE, all, end, rows.length, 0, 0, Map.of()));
  }

  private static SpanRow request(int position, String route) {
    return new SpanRow(
        SampleMemory.INSTANCE,
        position,
        new TraceId(1, position),
        position,
        0,
        "SERVER",
        "http",
        "GET " + route,
        SampleMemory.MIDNIGHT,
        1,
        "ok",
        null,
        Map.of("http.route", route),
        List.of(),
        false);
  }

  private static void lose(SqliteStore store, long inAll, Period period) {
    ProducerCounts counts =
        new ProducerCounts(4 + inAll, 4, Map.of("ring_full", inAll), 0, 4, 0, 0);
    store.writer().putCounters(SampleMemory.INSTANCE, counts, period);
  }

  private Future<Integer> tail(String... more) {
    Terminal terminal =
        new Terminal(
            new AnswerStream(out, true),
            stream(err),
            false,
            Style.PLAIN,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE);
    Invocation invocation = new Invocation(terminal, Clock.systemUTC(), Map.of());
    List<String> all = new ArrayList<>(List.of("tail", "--home", home.toString()));
    all.addAll(List.of(more));
    String[] arguments = all.toArray(String[]::new);
    return executor.submit(() -> Main.commandLine(invocation, arguments).execute(arguments));
  }

  private static PrintStream stream(Pipe pipe) {
    return new PrintStream(pipe, true, StandardCharsets.UTF_8);
  }

  /** Keeps what it is told, until its reader has gone. */
  private static final class Pipe extends ByteArrayOutputStream {
    volatile boolean broken;

    @Override
    public void flush() throws IOException {
      if (broken) {
        throw new IOException("broken pipe");
      }
    }
  }
}
