package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.render.CapturedTerminal;
import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.MeasurementRow;
import dev.engram.collector.store.Row;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What will fail; what costs time is in {@link InsightsListingTest}. */
class InsightsCommandTest {
  private static final long HOUR = Duration.ofHours(1).toNanos();
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();
  private static final long NOW = SampleMemory.MIDNIGHT + 24 * HOUR;
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-02T00:00:00Z"), ZoneOffset.UTC);
  private static final InstanceId INSTANCE = new InstanceId(new UUID(0xabcdef0123456789L, 1));

  @TempDir private static Path home;

  private CapturedTerminal terminal = CapturedTerminal.piped();

  /** File descriptors that run out within two hours, and a disk within a day. */
  @BeforeAll
  static void remember() {
    List<Row> rows = new ArrayList<>();
    for (long time = NOW - 24 * HOUR; time < NOW; time += MINUTE) {
      double hours = (double) (NOW - time) / HOUR;
      double open = hours > 6 ? 100 : 100 + 120 * (6 - hours);
      add(rows, time, "jvm.file_descriptor.count", open, Map.of());
      add(rows, time, "jvm.file_descriptor.limit", 1_000, Map.of());
      Map<String, Object> free =
          Map.of("system.filesystem.state", "free", "system.filesystem.mountpoint", "/\u001b[31mx");
      add(rows, time, "system.filesystem.usage", (10 + hours) * (1 << 30), free);
    }
    Checkpoint end = new Checkpoint(rows.size(), rows.size(), 0);
    Batch batch = new Batch(INSTANCE, rows, end, rows.size(), 0, 0, Map.of());
    SampleMemory.in(
        home,
        writer -> {
          writer.putInstance(new Instance(INSTANCE, "orders", "1", NOW - 48 * HOUR, 0, Map.of()));
          writer.write(batch);
        });
  }

  private static void add(
      List<Row> rows, long time, String name, double value, Map<String, Object> attributes) {
    rows.add(new MeasurementRow(rows.size() + 1, time, name, "1", value, attributes));
  }

  @Test
  void risks_areListedByUrgency_harmlessly() {
    assertThat(run("insights")).isZero();

    List<String> lines = terminal.out().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(1))
        .startsWith("warning")
        .contains("no file descriptors left in 1h", "orders", "abcdef01: find which files");
    assertThat(lines.get(2))
        .startsWith("warning")
        .containsPattern("disk full in (9h59m|10h00m)")
        .contains("abcdef01 /\\u001b[31mx: free space");
  }

  @Test
  void json_hasHorizonEvidenceAndAction() {
    run("insights", "--json", "--limit", "1");

    assertThat(terminal.out().lines()).hasSize(1);
    assertThat(terminal.out())
        .startsWith(
            "{\"kind\":\"file_descriptor_exhaustion\",\"severity\":\"warning\","
                + "\"service\":\"orders\",\"id\":\"I-")
        .contains("\"horizon_ns\":", "\"horizon_earliest_ns\":", "\"limit\":1000.0")
        .contains("\"action\":\"find which files");
  }

  @Test
  void show_hasTheEvidenceOfOne() {
    run("insights", "--json", "--limit", "1");
    String id = terminal.out().replaceAll("(?s).*\"id\":\"(I-\\w+)\".*", "$1");

    terminal = CapturedTerminal.piped();
    assertThat(run("insights", "show", id.substring(0, 8))).isZero();
    assertThat(terminal.out())
        .startsWith(id + "  no file descriptors left in 1h")
        .contains("severity  warning", "service   orders", "  limit: 1,000.00", "  watched: 6h00m");

    terminal = CapturedTerminal.piped();
    assertThat(run("insights", "show", id, "--json")).isZero();
    assertThat(terminal.out()).contains("\"id\":\"" + id + "\"");
  }

  @Test
  void show_ofWhatThereIsNot_saysSo() {
    assertThat(run("insights", "show", "I-0")).isEqualTo(1);
    assertThat(terminal.err())
        .isEqualTo("engram: no insight with the id I-0, or no longer; see: engram insights\n");

    terminal = CapturedTerminal.piped();
    assertThat(run("insights", "show", "I-")).isEqualTo(2);
    assertThat(terminal.err()).contains("I- begins several ids: I-");
  }

  @Test
  void show_takesNoOptionsOfListings() {
    for (String option : List.of("--limit=1", "--sort=id", "--exit-status")) {
      terminal = CapturedTerminal.piped();
      assertThat(run("insights", "show", "I-0", option)).as(option).isEqualTo(2);
      assertThat(terminal.err()).contains("unknown option " + option.split("=", 2)[0]);
    }
  }

  @Test
  void filters_leaveOutOthers() {
    assertThat(run("insights", "--service", "shop", "--exit-status")).isEqualTo(1);
    assertThat(run("insights", "--route", "/cart", "--exit-status")).isEqualTo(1);
    assertThat(run("insights", "--until", "2026-01-01T12:00:00Z", "--exit-status")).isEqualTo(1);
  }

  private int run(String... arguments) {
    return RunCommands.in(home, terminal, CLOCK, arguments);
  }
}
