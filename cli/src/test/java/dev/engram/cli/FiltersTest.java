package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.record.Pseudonym;
import dev.engram.cli.render.CapturedTerminal;
import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.TraceId;
import dev.engram.collector.store.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Narrowing, sorting and writing of listings; who and what is remembered. */
class FiltersTest {

  private static final InstanceId OLD = new InstanceId(new UUID(1, 1));
  private static final InstanceId NEW = new InstanceId(new UUID(1, 2));
  private static final byte[] SALT = "0123456789abcdef0123456789abcdef".getBytes();
  private static final long MILLISECOND = 1_000_000L;

  @TempDir private static Path home;

  private CapturedTerminal terminal = CapturedTerminal.piped();

  @BeforeAll
  static void remember() throws IOException, NoSuchAlgorithmException {
    Path control =
        Files.createDirectory(
            home.resolve("control"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.write(control.resolve("salt"), SALT);
    String alice = Pseudonym.of(SALT, "alice");
    try (SqliteStore store = SqliteStore.open(SqliteStore.fileIn(home))) {
      store
          .writer()
          .putInstance(new Instance(OLD, "shop", "1.0", SampleMemory.MIDNIGHT, 0, Map.of()));
      store
          .writer()
          .putInstance(new Instance(NEW, "shop", "2.0", SampleMemory.MIDNIGHT + 1, 0, Map.of()));
      write(store, OLD, request(OLD, 1, 100, "ok", alice, "/cart"), statement(OLD, 2, 10, "a"));
      write(
          store,
          NEW,
          request(NEW, 11, 300, "error", "bob", "/orders/{id}"),
          statement(NEW, 12, 20, "b"),
          request(NEW, 13, 50, "ok", "bob", "/orders/{id}"));
    }
  }

  @BeforeEach
  void freshTerminal() {
    terminal = CapturedTerminal.piped();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "requests --route /cart                     | 0000000000000001",
        "requests --user alice                      | 0000000000000001",
        "requests --user bob                        | 000000000000000d 000000000000000b",
        "requests --version 1.0                     | 0000000000000001",
        "requests --min-duration 100ms              | 000000000000000b 0000000000000001",
        "requests --route /orders/{id} --status ok  | 000000000000000d",
        "requests --where duration<60ms             | 000000000000000d",
        "requests --where user.id~bo                | 000000000000000d 000000000000000b",
        "requests --sort duration:desc              | 000000000000000b 0000000000000001 000000000000000d",
        "requests --sort duration --limit 1         | 000000000000000d",
        "requests --sort http.route --limit 1       | 0000000000000001"
      })
  void requests_areNarrowedAndSorted(String command, String ids) {
    assertThat(run(command + " --json")).isZero();

    assertThat(
            terminal.out().lines().map(line -> line.replaceAll(".*\"span_id\":\"(\\w+)\".*", "$1")))
        .containsExactly(ids.split(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "sql --route /cart                          | select a",
        "sql --user alice                           | select a",
        "sql --version 2.0                          | select b",
        "sql --min-duration 15ms                    | select b",
        "sql --where request.status=error           | select b",
        "sql --where \"db.query.text='select a'\"   | select a"
      })
  void statements_areThoseOfTheRequest(String command, String text) {
    assertThat(execute(words(command + " --json"))).isZero();

    assertThat(terminal.out().lines())
        .singleElement()
        .asString()
        .contains("\"db.query.text\":\"" + text + "\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "errors",
        "insights",
        "metrics",
        "ai",
        "ai calls",
        "workflows",
        "workflows runs",
        "decisions",
        "decisions list",
        "users",
        "requests"
      })
  void everyListing_takesThem_andSaysWhatToLeaveOut(String command) {
    assertThat(run(command + " --where name=nothing --exit-status")).isEqualTo(1);
    assertThat(terminal.out()).isEmpty();
    assertThat(terminal.err()).contains("match; try a longer --since, or without --where");

    terminal = CapturedTerminal.piped();
    assertThat(run(command + " --where name=nothing --version 3 -o csv")).isZero();
    assertThat(terminal.err()).contains("or without --version, --where");
  }

  @Test
  void csv_isOneRecordALine() {
    assertThat(run("requests --limit 2 -o csv")).isZero();

    assertThat(terminal.out())
        .startsWith(
            "trace_id,span_id,service,instance,kind,category,name,start,duration_ns,status,")
        .contains("attributes.http.route,attributes.user.id\r\n")
        .endsWith(",/orders/{id},bob\r\n");
    assertThat(terminal.out().lines()).hasSize(3);
  }

  @Test
  void jsonl_isWhatJsonIs() {
    run("requests -o jsonl");
    String lines = terminal.out();
    terminal = CapturedTerminal.piped();
    run("requests --json");

    assertThat(lines).isEqualTo(terminal.out()).startsWith("{\"trace_id\"");
  }

  @Test
  void services_haveInstancesVersionsAndErrorRates() {
    assertThat(run("services")).isZero();

    assertThat(terminal.out().lines())
        .containsExactly(
            "SERVICE  INSTANCES  RUNNING   FIRST     LAST  REQUESTS  ERRORS (95% BETWEEN)     P95  VERSIONS",
            "shop             2        2  1m ago  59s ago         3    33.3% (6.8%-80.6%)  300 ms  2.0, 1.0");

    terminal = CapturedTerminal.piped();
    run("services --version 1.0 --json");
    assertThat(terminal.out())
        .startsWith("{\"service\":\"shop\",\"instances\":2,\"running\":2,\"versions\":[\"2.0\",")
        .contains("\"requests\":1,\"errors\":0,\"error_rate\":0.0,")
        .endsWith("\"p95_ns\":100000000}\n");
  }

  @Test
  void users_haveRequestsErrorsAndRoutes() {
    assertThat(run("users --limit 1")).isZero();

    assertThat(terminal.out().lines())
        .containsExactly(
            "USER  REQUESTS  ERRORS (95% BETWEEN)     P95     LAST  SERVICE  ROUTES",
            "bob          2    50.0% (9.4%-90.6%)  300 ms  59s ago  shop     /orders/{id}");

    terminal = CapturedTerminal.piped();
    run("users --user alice --json");
    assertThat(terminal.out())
        .contains("\"requests\":1,\"errors\":0")
        .endsWith("\"routes\":[\"/cart\"]}\n");
  }

  @Test
  void users_withoutSince_areThoseOfTheLastDay_andItIsSaid() {
    run("users");
    assertThat(terminal.err())
        .isEqualTo(
            "engram: these are the users of the last day; others with --since, such as 7d\n");

    Clock later = Clock.offset(SampleMemory.CLOCK, Duration.ofDays(2));
    terminal = CapturedTerminal.piped();
    RunCommands.execute(terminal, later, words("users"));
    assertThat(terminal.out()).isEmpty();
    RunCommands.execute(terminal, later, words("users --since 3d"));
    assertThat(terminal.out()).contains("bob");
    terminal = CapturedTerminal.piped();
    RunCommands.execute(terminal, later, words("users --since 1970-01-01T00:00:00Z"));
    assertThat(terminal.out()).contains("bob");
    assertThat(terminal.err()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "requests --where durration>1s   | --where, column 1: unknown field durration (attributes without a dot stand in quotes); did you mean duration?",
        "requests --where duration>1     | -",
        "requests --where duration       | --where, column 9: one of = != ~ < <= > >= is missing at the end",
        "requests --min-duration 200     | --min-duration takes a time such as 200ms or 1.5s, not 200",
        "requests --min-duration 2MB     | --min-duration takes a time such as 200ms or 1.5s, not 2MB",
        "requests -o cvs                 | unknown format cvs; did you mean csv?",
        "requests -o csv --json          | give --json or -o csv, not both",
        "requests --sort statu_          | no field statu_ to sort by; did you mean status?",
        "requests --sort zzzzzzzz        | no field zzzzzzzz to sort by; valid: trace_id, span_id, service",
        "tail -o csv                     | tail has no end: it takes no -o csv",
        "errors --swallowed --user alice | what was swallowed is only counted"
      })
  void wrongWords_areNamed(String command, String message) {
    boolean right = message.equals("-");

    assertThat(run(command)).isEqualTo(right ? 0 : 2);
    assertThat(terminal.err()).startsWith(right ? "" : "engram: " + message);
  }

  @Test
  void completion_isAScriptForBothShells() {
    assertThat(execute("completion", "bash")).isZero();
    assertThat(terminal.out())
        .startsWith("#!/usr/bin/env bash")
        .contains("ZSH_VERSION", "bashcompinit", "requests", "--min-duration", "complete -F");

    String bash = terminal.out();
    terminal = CapturedTerminal.piped();
    assertThat(execute("completion", "zsh")).isZero();
    assertThat(terminal.out().lines().count()).isEqualTo(bash.lines().count());
    assertThat(execute("completion", "fish")).isEqualTo(2);
    assertThat(terminal.err()).contains("unknown shell fish; valid: bash, zsh");
  }

  private static void write(SqliteStore store, InstanceId instance, Row... rows) {
    long last = rows[rows.length - 1].position();
    Checkpoint end = new Checkpoint(last, last, 0);
    store.writer().write(new Batch(instance, List.of(rows), end, rows.length, 0, 0, Map.of()));
  }

  private static SpanRow request(
      InstanceId instance, int position, int duration, String status, String user, String route) {
    return span(
        instance,
        position,
        "SERVER",
        "http",
        duration,
        status,
        Map.of("http.route", route, "user.id", user));
  }

  private static SpanRow statement(InstanceId instance, int position, int duration, String letter) {
    Map<String, Object> attributes =
        Map.of("db.system.name", "h2", "db.query.text", "select " + letter);
    return span(instance, position, "CLIENT", "sql", duration, "unset", attributes);
  }

  /** In one trace with those of the same ten positions, but for the thirteenth. */
  private static SpanRow span(
      InstanceId instance,
      int position,
      String kind,
      String category,
      int duration,
      String status,
      Map<String, Object> attributes) {
    return new SpanRow(
        instance,
        position,
        new TraceId(7, position == 13 ? 13 : 1 + position / 10),
        position,
        0,
        kind,
        category,
        kind.equals("SERVER") ? "GET" : "select",
        SampleMemory.MIDNIGHT + position * 50 * MILLISECOND,
        duration * MILLISECOND,
        status,
        null,
        attributes,
        List.of(),
        false);
  }

  private int run(String command) {
    return execute(words(command));
  }

  /** Split at blanks that do not stand in double quotes. */
  private static String[] words(String command) {
    List<String> words = new ArrayList<>();
    for (String word : command.trim().split(" (?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)")) {
      words.add(word.replace("\"", ""));
    }
    words.addAll(List.of("--home", home.toString()));
    return words.toArray(String[]::new);
  }

  private int execute(String... arguments) {
    return RunCommands.execute(terminal, SampleMemory.CLOCK, arguments);
  }
}
