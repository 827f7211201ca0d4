package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.render.CapturedTerminal;
import dev.engram.cli.render.Style;
import dev.engram.collector.query.Queries;
import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.MeasurementRow;
import dev.engram.collector.store.Period;
import dev.engram.collector.store.ProducerCounts;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.memory.InMemoryStore;
import dev.engram.collector.store.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class CommandsTest {

  @TempDir private static Path home;
  @TempDir private static Path emptyHome;

  @TempDir private Path otherHome;

  private CapturedTerminal terminal = CapturedTerminal.piped();

  @BeforeAll
  static void remember() {
    SampleMemory.in(home);
  }

  @Nested
  class Requests {
    @Test
    void piped_isAlignedAndHarmless() {
      assertThat(run("requests")).isZero();

      assertThat(terminal.out().lines())
          .containsExactly(
              "START                    DURATION  STATUS  CODE  ERRORS  SERVICE  ID               "
                  + " REQUEST",
              "2026-01-01 00:00:00.500   12.3 ms  -        200          shop     0000000000000020 "
                  + " GET /products/\\u001b]0;owned\\u0007",
              "2026-01-01 00:00:00.005    100 ms  error    500       1  shop     0000000000000010 "
                  + " POST /orders");
      assertThat(terminal.err()).isEmpty();
    }

    @Test
    void narrowColouredTerminal_cutsAndPaints() {
      terminal = CapturedTerminal.interactive(Style.COLOUR, 100);

      run("requests", "--status", "error");

      assertThat(terminal.out()).contains("\u001b[31merror\u001b[0m").contains("POST /orders");
      terminal = CapturedTerminal.interactive(Style.PLAIN, 100);
      run("requests");
      assertThat(terminal.out().lines()).allMatch(line -> line.length() <= 100);
    }

    @Test
    void json_isOneObjectALine() {
      run("requests", "--json", "--limit", "1");

      assertThat(terminal.out())
          .isEqualTo(
              "{\"trace_id\":\"bbbbbbbbbbbbbbbb0000000000000002\",\"span_id\":\"0000000000000020\","
                  + "\"service\":\"shop\",\"instance\":\"11111111-2222-3333-4444-555555555555\","
                  + "\"kind\":\"SERVER\",\"category\":\"http\",\"name\":\"GET"
                  + " /products/\\u001B]0;owned\\u0007\",\"start\":\"2026-01-01T00:00:00.500000007Z\",\"duration_ns\":12345678,\"status\":\"unset\",\"exceptions\":0,\"attributes\":{\"cached\":true,\"http.response.status_code\":200,\"ratio\":0.5}}\n");
    }

    @Test
    void filters_narrow() {
      run("requests", "--json", "--status", "ERROR");
      assertThat(terminal.out().lines()).hasSize(1).allMatch(line -> line.contains("POST /orders"));

      terminal = CapturedTerminal.piped();
      run("requests", "--json", "--since", "2026-01-01T00:00:00.3Z");
      assertThat(terminal.out().lines())
          .hasSize(1)
          .allMatch(line -> line.contains("GET /products"));

      terminal = CapturedTerminal.piped();
      run("requests", "--json", "--until", "2026-01-01T00:00:00.5Z");
      assertThat(terminal.out().lines()).hasSize(1).allMatch(line -> line.contains("POST /orders"));
    }

    @Test
    void nothingFound_saysWhyOnStandardErrorAndIsNoFailure() {
      assertThat(run("requests", "--since", "10s")).isZero();
      assertThat(terminal.out()).isEmpty();
      assertThat(terminal.err())
          .isEqualTo("engram: no requests match; try a longer --since, or without --service\n");
    }

    @Test
    void unknownService_namesTheNearest() {
      assertThat(run("requests", "--service", "shp")).isZero();
      assertThat(terminal.err()).isEqualTo("engram: no service shp; did you mean shop?\n");
    }
  }

  @Nested
  class Talk {
    @Test
    void say_capturedText_isOneHarmlessLine() {
      new Invocation(terminal.terminal(), SampleMemory.CLOCK, Map.of())
          .say("no host \u001b[2J\nengram: fine");

      assertThat(terminal.err()).isEqualTo("engram: no host \\u001b[2J\\nengram: fine\n");
    }
  }

  @Nested
  class Errors {
    @Test
    void piped_isAlignedAndHarmless() {
      assertThat(run("errors")).isZero();

      assertThat(terminal.out().lines())
          .containsExactly(
              "ID              COUNT  TREND SINCE 59s ago    FIRST     LAST  SERVICE  ERROR",
              "E-abcdef012345      1  █···········         59s ago  59s ago  shop    "
                  + " com.acme.NoBox: no \\u001b[31mbox\\n"
                  + "at all");
    }

    @Test
    void json_hasCountsAndTimes() {
      run("errors", "--json");

      assertThat(terminal.out())
          .isEqualTo(
              "{\"id\":\"E-abcdef012345\",\"type\":\"com.acme.NoBox\","
                  + "\"message\":\"no \\u001B[31mbox\\nat all\",\"count\":1,"
                  + "\"first_seen\":\"2026-01-01T00:00:00.090000000Z\","
                  + "\"last_seen\":\"2026-01-01T00:00:00.090000000Z\","
                  + "\"services\":[\"shop\"],\"trend\":[1,0,0,0,0,0,0,0,0,0,0,0],"
                  + "\"state\":\"open\",\"state_version\":null,\"state_by\":null,"
                  + "\"name\":null,\"assignee\":null,\"comment\":null,\"merged\":[]}\n");
    }

    @Test
    void swallowed_areShownByPlace_lessWhatWasSeen() {
      remember(SampleMemory.constructed().toArray(Row[]::new));

      assertThat(execute("errors", "--swallowed", "--home", otherHome.toString())).isZero();
      assertThat(terminal.out().lines())
          .containsExactly(
              "COUNT  95% BETWEEN  PER HOUR   FIRST     LAST  SERVICE  SITE                        "
                  + "           TYPE",
              "  120      100-150    43,200  1m ago  50s ago  shop    "
                  + " com.acme.Parser.parse(Parser.java:88)  java.lang.NumberFormatException",
              "    4        exact     1,440  1m ago  50s ago  shop    "
                  + " com.acme.Orders.place(Orders.java:33)  com.acme.NoBox",
              "",
              "wrappers of an exception that was seen before are counted here too, escaped or not");

      terminal = CapturedTerminal.piped();
      execute("errors", "--swallowed", "--json", "--limit", "1", "--home", otherHome.toString());
      assertThat(terminal.out())
          .isEqualTo(
              "{\"service\":\"shop\",\"type\":\"java.lang.NumberFormatException\","
                  + "\"site\":\"com.acme.Parser.parse(Parser.java:88)\",\"count\":120,\"low\":100,"
                  + "\"high\":150,\"per_hour\":43200.0,\"constructed\":120,"
                  + "\"first_seen\":\"2026-01-01T00:00:00.000000000Z\","
                  + "\"last_seen\":\"2026-01-01T00:00:10.000000000Z\","
                  + "\"frames\":[\"java.lang.Integer.parseInt(Integer.java:652)\","
                  + "\"com.acme.Parser.parse(Parser.java:88)\"]}\n");
    }
  }

  @Nested
  class Sql {
    @Test
    void piped_isOnOneLine() {
      assertThat(run("sql")).isZero();

      assertThat(terminal.out().lines())
          .containsExactly(
              "  TOTAL  SHARE  COUNT  ERRORS     MEAN      P95      MAX  SLOWEST           SERVICE "
                  + " STATEMENT",
              "25.0 ms   100%      1          25.0 ms  25.0 ms  25.0 ms  0000000000000011  shop    "
                  + " insert into orders values (?)");
    }

    @Test
    void json_hasOpenTelemetryAttributes() {
      run("sql", "--json");

      assertThat(terminal.out())
          .startsWith("{\"service\":\"shop\",\"count\":1,\"errors\":0,\"total_ns\":25000000,")
          .endsWith(
              "\"attributes\":{\"db.query.text\":\"insert into orders\\n  values (?)\","
                  + "\"db.system.name\":\"h2\"}}\n");
    }
  }

  @Nested
  class Insights {
    @Test
    void nothingFound_isSaid() {
      assertThat(run("insights")).isZero();

      assertThat(terminal.out()).isEmpty();
      assertThat(terminal.err()).contains("no insights among what is remembered of shop");
    }

    @Test
    void repeatedStatement_isShownWithTheSpanAboveIt() {
      remember(SampleMemory.repeated(7).toArray(Row[]::new));

      assertThat(execute("insights", "--home", otherHome.toString())).isZero();
      assertThat(terminal.out().lines())
          .containsExactly(
              "SEVERITY    TOTAL  COUNT  INSIGHT              LOOK AT           SERVICE  WHAT",
              "notice    7.00 ms      7  N+1: up to 7 in one  0000000000000020  shop     select *"
                  + " from item");

      terminal = CapturedTerminal.piped();
      execute("insights", "--json", "--home", otherHome.toString());
      assertThat(terminal.out())
          .startsWith(
              "{\"kind\":\"n_plus_one\",\"severity\":\"notice\",\"service\":\"shop\",\"count\":7,")
          .contains("\"evidence\":{\"most_below_one\":7,\"parents\":1}")
          .contains("\"span_id\":\"0000000000000020\"");
    }

    @Test
    void callInATransaction_isShownWithWhatItKeptOpen() {
      remember(SampleMemory.callInTransaction().toArray(Row[]::new));

      assertThat(execute("insights", "--home", otherHome.toString())).isZero();
      assertThat(terminal.out())
          .contains("call in a transaction: open for up to 9.00 ms")
          .contains("POST to pay:8443 in GET /products/")
          .contains(" after insert into orders");

      terminal = CapturedTerminal.piped();
      execute("insights", "--json", "--home", otherHome.toString());
      assertThat(terminal.out())
          .startsWith(
              "{\"kind\":\"call_in_transaction\",\"severity\":\"notice\",\"service\":\"shop\",\"count\":1,")
          .contains("\"evidence\":{\"longest_open_ns\":9000000,\"open_ns\":9000000,")
          .contains("\"engram.call.name\":\"POST\",\"engram.request.name\":\"GET /products/")
          .contains("\"server.address\":\"pay\",\"server.port\":8443}");
    }
  }

  @Nested
  class Metrics {
    @Test
    void piped_isInTheUnitOfEach() {
      remember(
          reading(10, "jvm.memory.used", "By", 2_048, Map.of("jvm.memory.type", "heap")),
          reading(11, "jvm.memory.used", "By", 1_024, Map.of("jvm.memory.type", "heap")),
          reading(12, "jvm.gc.duration", "s", 0.0123, Map.of()),
          reading(13, "jvm.cpu.recent_utilization", "1", 0.37, Map.of()),
          reading(14, "jvm.thread.count", "{thread}", 1_234, Map.of()));

      assertThat(execute("metrics", "--home", otherHome.toString())).isZero();
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

      execute("metrics", "--json", "--home", otherHome.toString());
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

      execute("metrics", "--home", otherHome.toString());
      assertThat(terminal.out()).containsPattern("5 +5 +5  shop");
      assertThat(terminal.err())
          .isEqualTo(
              "engram: these are the readings of the last day; others with --since, such as 7d\n");

      terminal = CapturedTerminal.piped();
      execute("metrics", "--since", "7d", "--home", otherHome.toString());
      assertThat(terminal.out()).containsPattern("5 +5 +7  shop");
      assertThat(terminal.err()).isEmpty();
    }

    @Test
    void readingsOfEarlierDaysAlone_areNamedAsSuch() {
      remember(earlier());

      execute("metrics", "--json", "--home", otherHome.toString());
      assertThat(terminal.out()).isEmpty();
      assertThat(terminal.err())
          .contains("no metrics of the last day among what is remembered of shop");
      assertThat(execute("metrics", "--help")).isZero();
      assertThat(terminal.out()).contains("Without --since only the readings of the last day");
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
  }

  @Nested
  class Show {
    @Test
    void span_isATreeWithTimeBars() {
      assertThat(run("show", "0000000000000010")).isZero();

      assertThat(terminal.out().lines())
          .containsExactly(
              "trace aaaaaaaaaaaaaaaa0000000000000001  2026-01-01 00:00:00.005  100 ms",
              "shop: POST /orders 500 error" + " ".repeat(60) + "100 ms  " + "█".repeat(24),
              "│   http.request.method = POST",
              "│   http.response.status_code = 500",
              "│   request.body (15 B) {\"quantity\":13}",
              "│   E-abcdef012345 escaped",
              "│     com.acme.NoBox: no \\u001b[31mbox\\nat all",
              "│         at com.acme.Orders.place(Orders.java:33)",
              "│         at java.util.Optional.map(Optional.java:260)",
              "│     caused by: java.io.IOException: pipe",
              "│         at a.B.c(B.java:1)",
              "│         ... 3 more",
              "└─ INSERT orders" + " ".repeat(71) + "25.0 ms  " + " ".repeat(12) + "█".repeat(6),
              "       insert into orders values (?)");
    }

    @Test
    void json_isOneSpanALineWithItsErrors() {
      run("show", "aaaaaaaaaaaaaaaa0000000000000001", "--json");

      List<String> lines = terminal.out().lines().toList();
      assertThat(lines).hasSize(2);
      assertThat(lines.get(0))
          .contains("\"span_id\":\"0000000000000010\"")
          .contains("\"errors\":[{\"id\":\"E-abcdef012345\"")
          .contains("\"cause\":{\"type\":\"java.io.IOException\"")
          .contains("\"payloads\":[{\"name\":\"request.body\"");
      assertThat(lines.get(1)).contains("\"parent_span_id\":\"0000000000000010\"");
    }

    @Test
    void errorGroup_hasStackAndRequests() {
      assertThat(run("show", "E-abc")).isZero();

      assertThat(terminal.out().lines())
          .containsExactly(
              "E-abcdef012345 com.acme.NoBox: no \\u001b[31mbox\\nat all",
              "",
              "count     1  █···········",
              "first     2026-01-01 00:00:00.090 in version 1.0",
              "last      2026-01-01 00:00:00.090 in version 1.0",
              "services  shop",
              "",
              "latest, escaped in http-1, com.acme.Orders#place",
              "  com.acme.NoBox: no \\u001b[31mbox\\nat all",
              "      at com.acme.Orders.place(Orders.java:33)",
              "      at java.util.Optional.map(Optional.java:260)",
              "  caused by: java.io.IOException: pipe",
              "      at a.B.c(B.java:1)",
              "      ... 3 more",
              "",
              "requests it hit, newest first",
              "START                    DURATION  STATUS  CODE  ERRORS  SERVICE  ID               "
                  + " REQUEST",
              "2026-01-01 00:00:00.005    100 ms  error    500       1  shop     0000000000000010 "
                  + " POST /orders");
    }

    @Test
    void ambiguousBeginning_listsTheIds() {
      assertThat(run("show", "0")).isEqualTo(2);
      assertThat(terminal.err())
          .startsWith("engram: 0 begins several ids: 0000000000000010, 0000000000000011,");
    }

    @Test
    void unknownId_isAFailure() {
      assertThat(run("show", "dddd")).isEqualTo(1);
      assertThat(terminal.err())
          .isEqualTo("engram: nothing with the id dddd; see: engram requests, engram errors\n");
    }

    @Test
    void noId_isWrongUsage() {
      assertThat(run("show", "checkout")).isEqualTo(2);
      assertThat(terminal.err()).startsWith("engram: checkout is no id;");
    }
  }

  @Nested
  class Status {
    @Test
    void settledBooks_passWithEverySum() {
      assertThat(run("status", "--settled")).isZero();

      assertThat(terminal.out().lines())
          .contains(
              "collector  none (engram collect)",
              "offered 4 = written 4 + shed 0 + abandoned 0",
              "decoded 4 = stored 4 + joined 0 + duplicate 0 + rejected 0 + pending 0");
      assertThat(terminal.err()).isEmpty();
    }

    @Test
    void json_hasEveryTermForTotalAndInstance() {
      assertThat(run("status", "--json")).isZero();

      String terms =
          "\"offered\":4,\"written\":4,\"shed\":{},\"abandoned\":0,\"queued\":4,\"in_ring\":0,"
              + "\"read\":4,\"in_queue\":0,\"dropped\":{},\"decoded\":4,\"malformed\":0,"
              + "\"stored\":4,\"joined\":0,\"duplicate\":0,\"rejected\":0,\"pending\":0}";
      assertThat(terminal.out().replaceFirst("\"store_bytes\":[1-9][0-9]*", "\"store_bytes\":1"))
          .isEqualTo(
              "{\"total\":{"
                  + terms
                  + ",\"instances\":[{\"instance\":\"11111111-2222-3333-4444-555555555555\","
                  + "\"service\":\"shop\",\"start\":\"2026-01-01T00:00:00.000000000Z\","
                  + "\"running\":false,\"state\":\"ended\","
                  + terms
                  + "],\"losses\":[],\"store_bytes\":1,\"removed\":[]}\n");
    }

    @Test
    void emptyHome_isNoFailureAndMakesNothing() {
      assertThat(execute("status", "--home", emptyHome.toString())).isZero();
      assertThat(terminal.out()).contains(emptyHome.toString());
      assertThat(terminal.err()).contains("nothing is remembered yet").contains("engram demo");
      assertThat(emptyHome).isEmptyDirectory();
    }
  }

  @Nested
  class Incomplete {
    private static final String LINE =
        "engram: incomplete: 12 shed (ring_full) at 00:00; see: engram status\n";

    @BeforeEach
    void lose() {
      SampleMemory.in(
          otherHome,
          writer ->
              writer.putCounters(
                  SampleMemory.INSTANCE, shed("ring_full", 12), milliseconds(50, 300)));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "requests",
          "requests --status error",
          "errors",
          "sql",
          "show 0000000000000010",
          "show E-abcdef012345"
        })
    void answer_thatMayLackRecords_saysSoOnStandardError(String command) {
      assertThat(ask(command)).isZero();
      assertThat(terminal.err()).isEqualTo(LINE);
      assertThat(terminal.out()).isNotEmpty().doesNotContain("incomplete");

      terminal = CapturedTerminal.piped();
      assertThat(ask(command + " --json")).isZero();
      assertThat(terminal.err()).isEqualTo(LINE);
      assertThat(terminal.out().lines()).isNotEmpty().allMatch(line -> line.startsWith("{"));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "requests --limit 1",
          "requests --until 2026-01-01T00:00:00.030Z",
          "requests --since 2026-01-01T00:00:00.400Z",
          "sql --since 2026-01-01T00:00:00.400Z",
          "errors --since 2026-01-01T00:00:00.400Z",
          "show 0000000000000020"
        })
    void answer_ofAnotherTime_saysNothing(String command) {
      assertThat(ask(command)).isZero();
      assertThat(terminal.err()).doesNotContain("incomplete");
    }

    @Test
    void severalLosses_areSummedOnOneLine_forTheServiceAskedFor() {
      loseInAnotherService();

      ask("requests");
      assertThat(terminal.err())
          .isEqualTo(
              "engram: incomplete: 1 dropped (queue_full), 12 shed (ring_full)"
                  + " between 2025-12-31 23:59 and 00:00; see: engram status\n");
      terminal = CapturedTerminal.piped();
      ask("requests --service shop");
      assertThat(terminal.err()).isEqualTo(LINE);
    }

    @Test
    void status_hasTheSumsAsJson() {
      loseInAnotherService();

      ask("status --json");

      assertThat(terminal.out())
          .contains(
              ",\"losses\":[{\"service\":\"shop\",\"term\":\"shed\",\"reason\":\"ring_full\","
                  + "\"count\":12,\"since\":\"2026-01-01T00:00:00.050000000Z\","
                  + "\"until\":\"2026-01-01T00:00:00.300000000Z\"},"
                  + "{\"service\":\"till\",\"term\":\"dropped\",\"reason\":\"queue_full\","
                  + "\"count\":1,\"since\":\"2025-12-31T23:59:59.999000000Z\","
                  + "\"until\":\"2026-01-01T00:00:00.000000000Z\"}],\"store_bytes\":");
    }

    private void loseInAnotherService() {
      InstanceId till = new InstanceId(new UUID(1, 1));
      try (SqliteStore store = SqliteStore.open(SqliteStore.fileIn(otherHome))) {
        store.writer().putInstance(new Instance(till, "till", "1.0", 1, 0, Map.of()));
        Checkpoint end = new Checkpoint(1, 1, 0);
        store.writer().write(new Batch(till, List.of(), end, 0, 0, 0, Map.of("queue_full", 1L)));
        store.writer().putCounters(till, ProducerCounts.NONE, milliseconds(-1, 0));
      }
    }

    private ProducerCounts shed(String reason, long count) {
      return new ProducerCounts(4 + count, 4, Map.of(reason, count), 0, 4, 0, 0);
    }

    private Period milliseconds(long since, long until) {
      return new Period(
          SampleMemory.MIDNIGHT + since * 1_000_000, SampleMemory.MIDNIGHT + until * 1_000_000);
    }

    private int ask(String command) {
      return execute((command + " --home " + otherHome).split(" "));
    }
  }

  @Nested
  class Usage {
    @Test
    void unknownCommand_namesTheNearest() {
      assertThat(execute("requets")).isEqualTo(2);
      assertThat(terminal.err())
          .isEqualTo(
              "engram: unknown command requets; did you mean requests? (see: engram --help)\n");
      assertThat(terminal.out()).isEmpty();
    }

    @Test
    void unknownOption_namesTheNearest() {
      assertThat(execute("requests", "--sinse=2h")).isEqualTo(2);
      assertThat(terminal.err())
          .isEqualTo(
              "engram: unknown option --sinse; did you mean --since? (see: engram requests"
                  + " --help)\n");
    }

    @Test
    void badValues_areNamed() {
      assertThat(execute("requests", "--status", "eror")).isEqualTo(2);
      assertThat(execute("requests", "--since", "soon")).isEqualTo(2);
      assertThat(execute("requests", "--until", "soon")).isEqualTo(2);
      assertThat(execute("requests", "--since", "1h", "--until", "2h")).isEqualTo(2);
      assertThat(execute("requests", "--limit", "0")).isEqualTo(2);
      assertThat(execute("requests", "--limit", "many")).isEqualTo(2);
      assertThat(execute("requests", "--home")).isEqualTo(2);
      assertThat(terminal.err().lines())
          .satisfiesExactly(
              line -> assertThat(line).contains("unknown status eror; did you mean error?"),
              line ->
                  assertThat(line)
                      .contains("--since takes a time such as 30m")
                      .endsWith("not soon (see: engram requests --help)"),
              line -> assertThat(line).contains("--until takes a time such as 30m"),
              line -> assertThat(line).contains("--until takes a time later than that of --since"),
              line -> assertThat(line).contains("--limit takes a number from 1, not 0"),
              line -> assertThat(line).contains("--limit takes a whole number, not many"),
              line -> assertThat(line).contains("--home takes a value: --home=FOLDER"));
    }

    @Test
    void hostileArgument_isShownEscaped() {
      assertThat(execute("\u001b[2J")).isEqualTo(2);
      assertThat(terminal.err()).doesNotContain("\u001b").contains("\\u001b[2J");
    }

    @Test
    void commandBelowAnother_isNamedWithIt() {
      assertThat(execute("replay", "memory.db")).isEqualTo(2);
      assertThat(terminal.err())
          .startsWith("engram: unknown command replay; did you mean quarantine replay?");
    }

    @Test
    void unknownCommand_isNoQuestionForHelp() {
      assertThat(execute("reqests", "--help")).isEqualTo(2);
      assertThat(terminal.out()).isEmpty();
      assertThat(terminal.err())
          .startsWith("engram: unknown command reqests; did you mean requests?");
    }

    @Test
    void atSign_isNoArgumentFile() {
      assertThat(execute("show", "@/etc/passwd")).isEqualTo(2);
      assertThat(terminal.err()).contains("@/etc/passwd is no id");
    }

    @Test
    void help_listsEveryCommand() {
      assertThat(execute("help")).isZero();
      assertThat(terminal.out())
          .contains("demo", "run", "collect", "status", "requests", "errors", "show", "sql", "tail")
          .contains("insights", "metrics", "ai", "workflows")
          .contains("agent-path", "version");
    }

    @Test
    void helpOfACommand_isItsUsage() {
      assertThat(execute("help", "requests")).isZero();
      String help = terminal.out();
      assertThat(execute("requests", "--help")).isZero();
      assertThat(help).contains("--since").contains("--status");
    }

    @Test
    void run_withoutCommand_isWrongUsage() {
      assertThat(execute("run")).isEqualTo(2);
      assertThat(terminal.err())
          .isEqualTo(
              "engram: COMMAND is missing; give it after the options (see: engram run --help)\n");
    }
  }

  @Nested
  class UnusableHome {
    @ParameterizedTest
    @ValueSource(strings = {"requests", "errors", "sql", "tail", "status", "show 0"})
    void file_isSaidToBeNoFolder(String command) throws IOException {
      Path file = Files.writeString(otherHome.resolve("file"), "");
      for (Path asked : List.of(file, file.resolve("below"))) {
        terminal = CapturedTerminal.piped();
        assertThat(execute((command + " --home " + asked).split(" "))).isEqualTo(1);
        assertThat(terminal.err())
            .isEqualTo("engram: " + file + " is no folder; choose another --home\n");
      }
    }
  }

  @Nested
  class HomeOfOthers {
    @ParameterizedTest
    @ValueSource(strings = {"requests", "tail", "status", "show 0", "doctor 1", "switch"})
    void isNotRead(String command) throws IOException {
      Files.setPosixFilePermissions(otherHome, PosixFilePermissions.fromString("rwxrwxrwx"));

      assertThat(execute((command + " --home " + otherHome).split(" "))).isEqualTo(1);

      assertThat(terminal.err())
          .isEqualTo(
              "engram: %1$s may be written by others; run: chmod go-w %1$s\n".formatted(otherHome));
      assertThat(terminal.out()).isEmpty();
    }
  }

  @Nested
  class EmptyListing {
    @Test
    void otherRecords_areNamedInsteadOfACollector() {
      try (SqliteStore store = SqliteStore.open(SqliteStore.fileIn(otherHome))) {
        InstanceId id = new InstanceId(new UUID(1, 1));
        store.writer().putInstance(new Instance(id, "shop", "1.0", 1, 0, Map.of()));
      }

      assertThat(execute("sql", "--home", otherHome.toString())).isZero();

      assertThat(terminal.err())
          .isEqualTo("engram: no SQL statements among what is remembered of shop\n");
    }

    @Test
    void recordsThatNobodyCollected_areCounted() {
      InMemoryStore store = new InMemoryStore();
      ProducerCounts counts = new ProducerCounts(30, 30, Map.of(), 0, 20, 10, 20);
      InstanceId id = new InstanceId(new UUID(1, 1));
      Instance shop = new Instance(id, "shop", "1.0", 1, 0, Map.of());
      Queries queries = new Queries(store.reader(), () -> Map.of(shop, counts));
      Invocation invocation = new Invocation(terminal.terminal(), SampleMemory.CLOCK, Map.of());

      ListingOptions listing = CommandLine.populateCommand(new Listing()).options;
      EmptyAnswer.say(invocation, "requests", listing.rangeOptions(), queries);

      assertThat(terminal.err())
          .isEqualTo("engram: 30 records wait to be collected; run: engram collect\n");
    }
  }

  @Command(name = "listing")
  private static final class Listing {
    @Mixin private ListingOptions options = new ListingOptions();
  }

  /** In the other home: the sample, and these. */
  private void remember(Row... rows) {
    SampleMemory.in(otherHome, List.of(rows));
  }

  private int run(String... arguments) {
    return RunCommands.in(home, terminal, SampleMemory.CLOCK, arguments);
  }

  private int execute(String... arguments) {
    return RunCommands.execute(terminal, SampleMemory.CLOCK, arguments);
  }
}
