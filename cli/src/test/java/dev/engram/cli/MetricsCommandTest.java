package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.render.CapturedTerminal;
import dev.engram.collector.store.MeasurementRow;
import dev.engram.collector.store.Row;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code engram metrics}: the readings of the last day, or of others. */
class MetricsCommandTest {
  @TempDir private Path home;

  private CapturedTerminal terminal = CapturedTerminal.piped();

  @Test
  void piped_isInTheUnitOfEach() {
    remember(
        reading(10, "jvm.memory.used", "By", 2_048, Map.of("jvm.memory.type", "heap")),
        reading(11, "jvm.memory.used", "By", 1_024, Map.of("jvm.memory.type", "heap")),
        reading(12, "jvm.gc.duration", "s", 0.0123, Map.of()),
        reading(13, "jvm.cpu.recent_utilization", "1", 0.37, Map.of()),
        reading(14, "jvm.thread.count", "{thread}", 1_234, Map.of()));

    assertThat(execute("metrics", "--home", home.toString())).isZero();
    assertThat(terminal.out().lines())
        .containsExactly(
            "   LAST      MIN      MAX  SERVICE  INSTANCE  METRIC",
            "    37%      37%      37%  shop     11111111  jvm.cpu.recent_utilization",
            "12.3 ms  12.3 ms  12.3 ms  shop     11111111  jvm.gc.duration",
            "1.0 KiB  1.0 KiB  2.0 KiB  shop     11111111  jvm.memory.used (heap)",
            "  1,234    1,234    1,234  shop     11111111  jvm.thread.count");
  }

  @Test
  void json_hasTheNumbersAsTheyAre() {
    remember(reading(10, "jvm.gc.duration", "s", 0.5, Map.of("jvm.gc.name", "G1")));

    execute("metrics", "--json", "--home", home.toString());
    assertThat(terminal.out())
        .isEqualTo(
            "{\"name\":\"jvm.gc.duration\",\"unit\":\"s\",\"service\":\"shop\","
                + "\"instance\":\"11111111-2222-3333-4444-555555555555\",\"count\":1,"
                + "\"last\":0.5,\"last_time\":\"2026-01-01T00:00:10.000000000Z\","
                + "\"min\":0.5,\"max\":0.5,\"attributes\":{\"jvm.gc.name\":\"G1\"}}\n");
  }

  @Test
  void withoutSince_isOfTheLastDay_andSaysSo() {
    remember(earlier(), reading(10, "jvm.thread.count", "{thread}", 5, Map.of()));

    execute("metrics", "--home", home.toString());
    assertThat(terminal.out()).containsPattern("5 +5 +5  shop");
    assertThat(terminal.err())
        .isEqualTo(
            "engram: these are the metrics of the last day; others with --since, such as 7d\n");

    terminal = CapturedTerminal.piped();
    execute("metrics", "--since", "7d", "--home", home.toString());
    assertThat(terminal.out()).containsPattern("5 +5 +7  shop");
    assertThat(terminal.err()).isEmpty();
  }

  @Test
  void readingsOfEarlierDaysAlone_areNamedAsSuch() {
    remember(earlier());

    execute("metrics", "--json", "--home", home.toString());
    assertThat(terminal.out()).isEmpty();
    assertThat(terminal.err())
        .contains("no metrics of the last day among what is remembered of shop");
    assertThat(execute("metrics", "--help")).isZero();
    assertThat(terminal.out()).contains("Without --since or --until only the last day counts");
  }

  private MeasurementRow earlier() {
    long time = SampleMemory.MIDNIGHT - TimeUnit.HOURS.toNanos(25);
    return new MeasurementRow(9, time, "jvm.thread.count", "{thread}", 7, Map.of());
  }

  private MeasurementRow reading(
      int second, String name, String unit, double value, Map<String, Object> attributes) {
    long time = SampleMemory.MIDNIGHT + second * 1_000_000_000L;
    return new MeasurementRow(second, time, name, unit, value, attributes);
  }

  /** The sample, and these. */
  private void remember(Row... rows) {
    SampleMemory.in(home, List.of(rows));
  }

  private int execute(String... arguments) {
    return RunCommands.execute(terminal, SampleMemory.CLOCK, arguments);
  }
}
