package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.render.CapturedTerminal;
import dev.engram.cli.render.Style;
import dev.engram.collector.store.DecisionRow;
import dev.engram.collector.store.MeasurementRow;
import dev.engram.collector.store.RemedyAttemptRow;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.TraceId;
import dev.engram.collector.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every listing keeps within the width of the terminal that shows it. */
class ListingWidthTest {
  private static final long MILLISECOND = 1_000_000L;
  private static final String LONG = "a_name_that_is_longer_than_any_terminal_is_wide_".repeat(4);

  @TempDir private static Path home;
  @TempDir private static Path aiHome;

  @BeforeAll
  static void remember() {
    List<Row> rows = new ArrayList<>(SampleMemory.repeated(10));
    rows.addAll(SampleMemory.constructed());
    rows.add(decision());
    rows.add(attempt());
    rows.add(span(190, 0, "SERVER", "http", Map.of("user.id", LONG, "http.route", LONG)));
    rows.add(run(200, 0, "workflow"));
    rows.add(run(201, 200, "node"));
    rows.add(
        new MeasurementRow(210, SampleMemory.MIDNIGHT, LONG, "By", 1L << 40, Map.of("pool", LONG)));
    SampleMemory.in(home, rows);
    try (SqliteStore store = SqliteStore.open(SqliteStore.fileIn(aiHome))) {
      SampleAi.write(store.writer());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ai",
        "ai --by route",
        "ai --by prompt",
        "ai calls",
        "decisions",
        "decisions list",
        "errors",
        "errors --swallowed",
        "insights",
        "metrics",
        "remedies",
        "requests",
        "services",
        "sql",
        "timeline 0000000000000010",
        "users",
        "workflows",
        "workflows runs"
      })
  void tables_areNotWiderThanTheTerminal_andWholeWithoutOne(String listing) {
    for (int width : new int[] {80, 100}) {
      assertThat(table(CapturedTerminal.interactive(Style.PLAIN, width), listing))
          .hasSizeGreaterThan(1)
          .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(width));
    }
    assertThat(table(CapturedTerminal.piped(), listing)).noneMatch(line -> line.contains("…"));
  }

  /** What follows a table are sentences, which a terminal may break. */
  private static List<String> table(CapturedTerminal terminal, String listing) {
    boolean ofAi = listing.startsWith("ai");
    RunCommands.in(ofAi ? aiHome : home, terminal, SampleMemory.CLOCK, listing.split(" "));
    return terminal.out().lines().takeWhile(line -> !line.isEmpty()).toList();
  }

  private static DecisionRow decision() {
    return new DecisionRow(
        100,
        SampleMemory.MIDNIGHT,
        0x51,
        SampleMemory.FAILED,
        0x10,
        LONG,
        List.of("billing", "technical"),
        LONG,
        0.9,
        "stated",
        List.of(),
        Map.of("gen_ai.request.model", LONG));
  }

  private static RemedyAttemptRow attempt() {
    return new RemedyAttemptRow(
        110,
        SampleMemory.MIDNIGHT,
        new TraceId(9, 9),
        1,
        "retry method com.acme." + LONG,
        "treated",
        0x1f0c9a77b3d20000L,
        2,
        "resolved",
        5 * MILLISECOND);
  }

  private static SpanRow run(long id, long parent, String category) {
    Map<String, Object> attributes =
        Map.of(
            "gen_ai.workflow.name",
            LONG,
            "engram.workflow.run.id",
            "run-1",
            "engram.workflow.engine",
            "langgraph4j",
            "engram.workflow.node.name",
            LONG);
    return span(id, parent, "INTERNAL", category, attributes);
  }

  private static SpanRow span(
      long id, long parent, String kind, String category, Map<String, Object> attributes) {
    return new SpanRow(
        SampleMemory.INSTANCE,
        id,
        new TraceId(5, 5),
        id,
        parent,
        kind,
        category,
        LONG,
        SampleMemory.MIDNIGHT + id * MILLISECOND,
        50 * MILLISECOND,
        "ok",
        null,
        attributes,
        List.of(),
        false);
  }
}
