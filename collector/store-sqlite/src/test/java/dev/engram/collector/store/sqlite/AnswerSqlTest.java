package dev.engram.collector.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.Cutoff;
import dev.engram.collector.store.DecisionRow;
import dev.engram.collector.store.FeedbackRow;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.LifecycleRow;
import dev.engram.collector.store.PayloadReference;
import dev.engram.collector.store.Period;
import dev.engram.collector.store.ProducerCounts;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.SqlQuestion;
import dev.engram.collector.store.SqlRefusedException;
import dev.engram.collector.store.SqlTable;
import dev.engram.collector.store.SqlUnansweredException;
import dev.engram.collector.store.StoreException;
import dev.engram.collector.store.ThrownStack;
import dev.engram.collector.store.TraceId;
import dev.engram.collector.store.testkit.Rows;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerSqlTest {
  private static final InstanceId INSTANCE =
      new InstanceId(UUID.fromString("11111111-2222-3333-4444-5555555555ff"));
  private static final long START = 1_767_225_600_000_000_007L;
  private static final List<String> EMPTY =
      List.of("throws", "outcomes", "workflow_runs", "workflow_nodes", "request_rollups");
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private SqliteStore store;

  @BeforeEach
  void fill() {
    store = SqliteStore.open(SqliteStore.fileIn(folder));
    store.writer().putInstance(new Instance(INSTANCE, "shop", "1.0", START, 0, Map.of("pid", 7L)));
    List<Row> rows =
        List.of(
            request(1),
            Rows.statement(INSTANCE, 2, "select 1", 20, "ok"),
            Rows.exception(INSTANCE, 3, 0xff, 0xabcdef0123456789L, broken()),
            call(4),
            new DecisionRow(
                5,
                6,
                0x1f,
                TraceId.NONE,
                0,
                "route",
                List.of("a", "b"),
                "a",
                Double.NaN,
                "rule",
                List.of("it is \"small\""),
                Map.of()),
            new FeedbackRow(6, 7, "decision", "1f", "good", Double.NaN, "ada", null),
            Rows.reading(7, "jvm.memory.used", 5, Map.of("jvm.memory.pool.name", "Eden")),
            new LifecycleRow(8, 9, "start", Map.of()));
    store.writer().write(new Batch(INSTANCE, rows, new Checkpoint(8, 8, 0), 8, 0, 0, Map.of()));
    store
        .writer()
        .putCounters(
            INSTANCE,
            new ProducerCounts(9, 8, Map.of("ring_full", 1L), 0, 8, 0, 0),
            new Period(1, 2));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void everyView_answers_andEveryColumnIsThere() {
    for (View view : Views.ALL) {
      SqlTable answer = ask("select * from " + view.name());
      assertThat(answer.columns())
          .as(view.name())
          .isEqualTo(view.columns().stream().map(View.Column::name).toList());
      if (!EMPTY.contains(view.name())) {
        assertThat(answer.rows()).as(view.name()).isNotEmpty();
      }
    }
  }

  @Test
  void requestsThatWent_areSummedByTheirHour() {
    store.writer().removeOlder(new Cutoff(START + 1, Long.MIN_VALUE, Long.MIN_VALUE));
    assertThat(row("select hour, service, name, count, errors from request_rollups"))
        .containsExactly("2026-01-01T00:00:00.000000000Z", "shop", "a name", 1L, 1L);
  }

  @Test
  void values_areReadable() {
    assertThat(
            row(
                "select trace_id, span_id, parent_span_id, service, instance, method, route,"
                    + " status_code, user_id, start, start_ns, duration_ns, status from requests"))
        .containsExactly(
            "0123456789abcdef8edcba9876543210",
            "00000000000000ff",
            null,
            "shop",
            "11111111-2222-3333-4444-5555555555ff",
            "GET",
            "/cart/{id}",
            200L,
            null,
            "2026-01-01T00:00:00.000000007Z",
            START,
            null,
            "error");
    assertThat(row("select id, message, origin from errors"))
        .containsExactly("E-abcdef012345", "no?text", "escaped");
    assertThat(row("select system, statement, parent_span_id from statements"))
        .containsExactly("h2", "select 1", "0000000000000001");
    assertThat(row("select model, input_tokens, output_tokens from ai_calls"))
        .containsExactly("large-1", 12L, null);
    assertThat(row("select options, reasoning, confidence from decisions"))
        .containsExactly("[\"a\",\"b\"]", "[\"it is \\\"small\\\"\"]", null);
    assertThat(row("select name, text from payloads")).containsExactly("said", "h\u00e9llo");
    assertThat(row("select term, reason, count from losses"))
        .containsExactly("shed", "ring_full", 1L);
  }

  @Test
  void attributes_areJson_thoseOfStatementsWhole() {
    assertThat(row("select attributes ->> '$.\"http.route\"' from requests"))
        .containsExactly("/cart/{id}");
    assertThat(row("select attributes ->> '$.\"db.query.text\"' from statements"))
        .containsExactly("select 1");
    assertThat(row("select attributes ->> '$.\"broken\"' from requests")).hasSize(1);
    assertThat(row("select json_valid(attributes) from requests")).containsExactly(1L);
  }

  @Test
  void columnsOfOneName_getNumbers() {
    assertThat(ask("select 1 as a, 2 as a, 3 as a").columns()).containsExactly("a", "a_2", "a_3");
  }

  @Test
  void rows_areNoMoreThanAsked_andItSaysSo() {
    SqlTable two = store.sql(new SqlQuestion("select name from spans", 2, LONG)).orElseThrow();
    SqlTable all = store.sql(new SqlQuestion("select name from spans", 3, LONG)).orElseThrow();

    assertThat(two.rows()).hasSize(2);
    assertThat(two.more()).isTrue();
    assertThat(all.rows()).hasSize(3);
    assertThat(all.more()).isFalse();
  }

  @Test
  void questionWithoutEnd_isStopped() {
    String endless =
        "with recursive n(i) as (select 1 union all select i + 1 from n) select * from n";
    SqlQuestion question = new SqlQuestion(endless + " where i < 0", 1, Duration.ofMillis(200));

    assertThatExceptionOfType(SqlUnansweredException.class)
        .isThrownBy(() -> store.sql(question))
        .withMessageContaining("--timeout");
    assertThat(ask("select 1").rows()).hasSize(1);
  }

  @Test
  void questionWithLargeCells_isStoppedToo() {
    String endless = "with recursive n(i) as (select 1 union all select i + 1 from n) ";
    String large = "select count(*) from (select distinct i || hex(zeroblob(7000000)) from n)";
    SqlQuestion question = new SqlQuestion(endless + large, 1, Duration.ofMillis(200));

    assertThatExceptionOfType(SqlUnansweredException.class)
        .isThrownBy(() -> store.sql(question))
        .withMessageContaining("--timeout");
  }

  @Test
  void functionWithoutEnd_isNotWaitedFor() {
    String stuck = "select instr(hex(zeroblob(3000000)), hex(zeroblob(1500000)) || '1')";
    long begin = System.nanoTime();

    assertThatExceptionOfType(SqlUnansweredException.class)
        .isThrownBy(() -> store.sql(new SqlQuestion(stuck, 1, Duration.ofMillis(200))))
        .withMessageContaining("--timeout");
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMinutes(2));
  }

  @Test
  void moreThanMemoryShouldHold_isSortedInAFile() {
    assertThat(row("select temp_store from pragma_temp_store")).containsExactly(1L);
    String sorted =
        "with recursive n(i) as (select 1 union all select i + 1 from n limit 3000)"
            + " select i, length(t) from (select i, hex(zeroblob(5000)) t from n order by t, i desc)";
    assertThat(ask(sorted).rows().get(0)).containsExactly(3000L, 10_000L);
  }

  @Test
  void answerThatIsTooLarge_isRefused() {
    String large =
        "with recursive n(i) as (select 1 union all select i + 1 from n limit 30)"
            + " select hex(zeroblob(5000000)) from n";
    assertThatExceptionOfType(SqlRefusedException.class)
        .isThrownBy(() -> ask(large))
        .withMessageContaining("--limit");
  }

  @Test
  void damagedBytes_areNoMistakeOfTheQuestion() throws Exception {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + SqliteStore.fileIn(folder));
        Statement statement = connection.createStatement()) {
      statement.execute("update span set attributes = x'ff'");
    }
    for (String column : List.of("attributes", "route")) {
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> ask("select " + column + " from requests"))
          .satisfies(damage -> assertThat(damage.kind()).isEqualTo(StoreException.Kind.CORRUPT));
    }
    assertThat(row("select count(*) from requests")).containsExactly(1L);
  }

  @Test
  void functionsOfNothing_areNothing() {
    assertThat(row("select strings(null), attribute('a', null), plain(null)"))
        .containsExactly(null, null, null);
    assertThat(row("select attributes(null, null, 'x'), attributes()")).containsExactly("{}", "{}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ; ",
        "select ?",
        "select * from requests where route = :route",
        "select attribute()",
        "-- nothing",
        "delete from main.span",
        "with x as (select 1) delete from main.span",
        "insert into main.word values (1, 'x')",
        "create temp table t (a)",
        "drop view requests",
        "attach 'other.db' as other",
        "pragma query_only = 0",
        "vacuum into 'other.db'",
        "select 1; delete from main.span",
        "select 1; select 2",
        "/* select */ pragma user_version",
        "explain select 1",
        "begin",
        "select load_extension('x')",
        "select 1 from",
        "select 'open",
        "select zeroblob(2000000000)",
        "select \0 1",
        "\ud800",
      })
  void whatIsNoQuestion_isRefusedInOneLine_andChangesNothing(String sql) {
    assertThatExceptionOfType(SqlRefusedException.class)
        .isThrownBy(() -> ask(sql))
        .satisfies(refused -> assertThat(refused.getMessage()).isNotBlank().doesNotContain("\n"));
    assertThat(row("select count(*) from spans")).containsExactly(3L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 1;",
        " \n-- why\nselect 1 /* ; */ ; -- done",
        "WITH a AS (SELECT 1) SELECT * FROM a",
        "select ';', \";\", [;] from (select 1 as \";\")",
        "select '--', 'a''b;'"
      })
  void oneQuestion_howeverItIsWritten_isAnswered(String sql) {
    assertThat(ask(sql).rows()).hasSize(1);
  }

  @Test
  void aMegabyteOfQuotes_isNoHarm() {
    assertThatExceptionOfType(SqlRefusedException.class)
        .isThrownBy(() -> ask("select " + "'".repeat((1 << 20) + 1)));
    assertThatExceptionOfType(SqlRefusedException.class)
        .isThrownBy(() -> ask("select " + "(".repeat(1 << 20)));
  }

  @Test
  void unknownName_isToldWithThoseThereAre() {
    assertThatExceptionOfType(SqlRefusedException.class)
        .isThrownBy(() -> ask("select * from request"))
        .satisfies(
            refused -> {
              assertThat(refused.unknown()).isEqualTo("request");
              assertThat(refused.known()).contains("requests", "spans");
            });
    assertThatExceptionOfType(SqlRefusedException.class)
        .isThrownBy(() -> ask("select r.rout from requests r"))
        .satisfies(
            refused -> {
              assertThat(refused.unknown()).isEqualTo("rout");
              assertThat(refused.known()).contains("route").doesNotContain("confidence");
            });
  }

  @Test
  void withoutAFile_thereIsNoAnswer_andWithAnotherProgramsItSaysSo(@TempDir Path other)
      throws Exception {
    Path file = SqliteStore.fileIn(other);
    try (SqliteStore none = SqliteStore.openReadOnly(file)) {
      assertThat(none.sql(new SqlQuestion("select 1", 1, LONG))).isEmpty();
      assertThat(file).doesNotExist();
    }
    Files.createDirectories(file.getParent());
    Files.writeString(file, "this is no database, whatever its name may say of it".repeat(99));
    try (SqliteStore broken = SqliteStore.openReadOnly(file)) {
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> broken.sql(new SqlQuestion("select 1", 1, LONG)));
    }
  }

  private SqlTable ask(String sql) {
    return store.sql(new SqlQuestion(sql, 100, LONG)).orElseThrow();
  }

  private List<Object> row(String sql) {
    assertThat(ask(sql).rows()).hasSize(1);
    return ask(sql).rows().get(0);
  }

  private static SpanRow request(long position) {
    Map<String, Object> attributes =
        Map.of(
            "http.request.method", "GET",
            "http.route", "/cart/{id}",
            "http.response.status_code", 200L,
            "broken", "a\0b\ud800",
            "ratio", Double.NaN);
    return span(position, "SERVER", "http", attributes, List.of());
  }

  private static SpanRow call(long position) {
    byte[] text = "h\u00e9llo".getBytes(StandardCharsets.UTF_8);
    PayloadReference said = new PayloadReference("said", null, text.length, false, 0, text);
    Map<String, Object> attributes =
        Map.of("gen_ai.request.model", "large-1", "gen_ai.usage.input_tokens", 12L);
    return span(position, "CLIENT", "ai", attributes, List.of(said));
  }

  private static SpanRow span(
      long position,
      String kind,
      String category,
      Map<String, Object> attributes,
      List<PayloadReference> payloads) {
    return new SpanRow(
        INSTANCE,
        position,
        Rows.TRACE,
        0xff,
        0,
        kind,
        category,
        "a name",
        START,
        -1,
        "error",
        null,
        attributes,
        payloads,
        false);
  }

  private static ThrownStack broken() {
    return new ThrownStack("a.Broken", "no\ud800text", 0, List.of(), 0, null, List.of());
  }
}
