package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.render.CapturedTerminal;
import dev.engram.collector.analysis.remedy.RemedyLabel;
import dev.engram.collector.store.ExceptionRow;
import dev.engram.collector.store.Period;
import dev.engram.collector.store.ProducerCounts;
import dev.engram.collector.store.RemedyAttemptRow;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.ThrownStack;
import dev.engram.collector.store.TraceId;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemediesCommandTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:01:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final long START = TimeUnit.SECONDS.toNanos(NOW.getEpochSecond() - 59);
  private static final String LOAD = "retry method a.B#load";
  private static final String ASK = "retry method a.B#a\u001b[2Jsk";
  private static final long FINGERPRINT = 0x1f0c9a77b3d2L << 16;

  @TempDir private Path home;
  private CapturedTerminal terminal = CapturedTerminal.piped();

  @Test
  void nothingAttempted_isSaid() {
    remember(List.of());

    assertThat(run("remedies")).isZero();
    assertThat(terminal.out()).isEmpty();
    assertThat(terminal.err()).contains("no failure was met");
  }

  @Test
  void emptyHome_isSaidWithWhatToDo() {
    assertThat(run("remedies")).isZero();
    assertThat(terminal.err())
        .isEqualTo(
            "engram: nothing is remembered yet in "
                + home
                + "; try: engram demo, or: engram run -- java -jar your-service.jar\n");
  }

  @Test
  void listThatMayLackAttempts_saysSo() {
    Period period = new Period(START, START + 1);
    ProducerCounts shed = new ProducerCounts(9, 4, Map.of("ring_full", 5L), 0, 4, 0, 0);
    SampleMemory.in(home, writer -> writer.putCounters(SampleMemory.INSTANCE, shed, period));

    run("remedies");
    assertThat(terminal.err()).contains("incomplete: 5 shed (ring_full)");
  }

  @Test
  void list_showsWhatIsDoneWhere_onWhatEvidence_andTakesNoTerminalOver() {
    remember(attempts());
    assertThat(run("remedies")).isZero();

    assertThat(terminal.out().lines())
        .containsExactly(
            "ID              STATE          SINCE                    TREATED  RESOLVED  95% BETWEEN"
                + "  MASKED    ADDED  LEFT ALONE  ERROR           SERVICE  REMEDY",
            label(ASK)
                + "  observed, ask  2026-01-01 00:00:01.000        0         -            -       -"
                + "        -           4  E-1f0c9a77b3d2  shop     retry method a.B#a\\u001b[2Jsk",
            label(LOAD)
                + "  active         2026-01-01 00:00:01.000        6      100%     59%-100%       0"
                + "  5.00 ms           0  E-1f0c9a77b3d2  shop     retry method a.B#load");
  }

  @Test
  void json_hasOneObjectALine() {
    remember(attempts());
    run("remedies", "--json");

    assertThat(terminal.out().lines()).hasSize(2);
    assertThat(terminal.out())
        .contains(
            "\"kind\":\"retry\",\"action\":\"retry method"
                + " a.B#load\",\"error_id\":\"E-1f0c9a77b3d2\"")
        .contains("\"state\":\"active\"")
        .contains("\"treated\":6,\"resolved\":6,\"resolved_low\":0.59");
  }

  @Test
  void remedyForAnAnswer_namesItsStatus() {
    remember(List.of(attempt(100, "retry http a:80", "treated", "resolved", 503)));
    run("remedies");
    assertThat(terminal.out()).contains("  answer 503  ");

    terminal = CapturedTerminal.piped();
    run("remedies", "--json");
    assertThat(terminal.out()).contains("\"answer\":503").doesNotContain("error_id");
    terminal = CapturedTerminal.piped();
    run("remedies", "explain", RemedyLabel.of("retry http a:80", 503));
    assertThat(terminal.out()).contains("  error      answer 503\n");
  }

  @Test
  void fallback_isShownAsMasked_neverAsResolved() {
    String action = "fallback method a.B#load";
    remember(
        List.of(
            attempt(100, action, "treated", "masked"), attempt(101, action, "treated", "masked")));
    run("remedies");
    assertThat(terminal.out().lines().toList().get(1))
        .contains("        2        0%", "       2  ");

    terminal = CapturedTerminal.piped();
    run("remedies", "--json");
    assertThat(terminal.out())
        .contains("\"kind\":\"fallback\"", "\"treated\":2,\"resolved\":0,", "\"masked\":2");
  }

  @Test
  void breaker_isForWhateverFails_andWaitsForAPerson() {
    String action = "breaker http a:80";
    remember(List.of(attempt(100, action, "observed", "failed", 0)));
    run("remedies");
    assertThat(terminal.out()).contains("  observed, ask  ", "  any  ");

    terminal = CapturedTerminal.piped();
    run("remedies", "--json");
    assertThat(terminal.out())
        .contains("\"applied\":false", "\"probes\":0,\"probes_failed\":0")
        .doesNotContain("error_id");
  }

  @Test
  void limit_hasWhatWasRefusedWithItAndWithout() {
    String action = "limit http a:80";
    remember(
        List.of(
            attempt(100, action, "observed", "failed", 0),
            attempt(101, action, "control", "failed", 0),
            attempt(102, action, "treated", "resolved", 0)));
    run("remedies", "--json");

    assertThat(terminal.out()).contains("\"kind\":\"limit\"", "\"refused\":2,\"refused_alone\":2,");
  }

  @Test
  void errorGroup_saysWhatIsDoneAboutIt() {
    List<Row> rows = new ArrayList<>();
    rows.add(attempt(100, LOAD, "treated", "resolved", SampleMemory.BOOM));
    rows.add(attempt(101, LOAD, "observed", "failed", FINGERPRINT));
    remember(rows);
    run("show", "E-abc");

    String label = RemedyLabel.of(LOAD, SampleMemory.BOOM);
    assertThat(terminal.out())
        .contains("what is done about it, or could be\n  " + label + " trial: " + LOAD)
        .contains("; resolved 1 of 1 time, 95% between ")
        .doesNotContain(label(LOAD));
    terminal = CapturedTerminal.piped();
    run("show", "E-abc", "--json");
    assertThat(terminal.out())
        .contains("\"remedies\":[{\"remedy_id\":\"" + label + "\"", "\"first_version\":\"1.0\"");
  }

  /** What the application throws because of an answer is not what the remedy is for. */
  @Test
  void errorGroup_saysWhatIsDoneAboutTheAnswer_thatItsRequestsWereGiven() {
    String http = "retry http a:80";
    remember(
        List.of(
            attempt(100, SampleMemory.FAILED, http, "observed", "failed", 503),
            attempt(101, new TraceId(9, 9), http, "observed", "failed", 504),
            attempt(102, SampleMemory.FAILED, LOAD, "observed", "failed", FINGERPRINT)));
    run("errors", "show", "E-abc");

    String label = RemedyLabel.of(http, 503);
    assertThat(terminal.out())
        .contains("  " + label + " observed: " + http + ", for answer 503 in the same requests\n")
        .doesNotContain(RemedyLabel.of(http, 504), label(LOAD));
    terminal = CapturedTerminal.piped();
    run("errors", "show", "E-abc", "--json");
    assertThat(terminal.out()).contains("\"remedies\":[{\"remedy_id\":\"" + label + "\"");
  }

  @Test
  void errorGroup_thatIsMasked_isNotResolved() {
    String action = "fallback method a.B#load";
    List<Row> rows = new ArrayList<>();
    rows.add(attempt(100, action, "treated", "masked", SampleMemory.BOOM));
    rows.add(attempt(101, action, "treated", "masked", SampleMemory.BOOM));
    remember(rows);
    run("errors", "show", "E-abc");

    assertThat(terminal.out())
        .contains(": " + action + "; masked 2 of 2 times, 95% between ")
        .doesNotContain("resolved");
  }

  /** A breaker, a limit and another model are for whatever fails at their place. */
  @Test
  void errorGroup_hasTheRemediesForWhateverFailsAtItsPlace() {
    remember(
        List.of(
            attempt(100, "retry ai a:80", "observed", "failed", SampleMemory.BOOM),
            attempt(101, "breaker ai a:80", "treated", "spared", 0),
            attempt(102, "alternative ai a:80 big=small", "observed", "failed", 0),
            attempt(103, "limit ai a:8080", "observed", "failed", 0)));
    run("errors", "show", "E-abc");

    assertThat(terminal.out())
        .contains(
            " trial: breaker ai a:80, for whatever fails there; 2 calls not made\n",
            " observed: alternative ai a:80 big=small, for whatever fails there\n")
        .doesNotContain("a:8080");
  }

  @Test
  void errorGroup_hasTheRemedyThatItsLatestExceptionNames() {
    String action = "breaker http a:80";
    String why = "not called (engram remedies explain " + RemedyLabel.of(action, 0) + ")";
    remember(
        List.of(
            attempt(100, action, "treated", "spared", 0),
            attempt(101, "resize pool P-1", "observed", "failed", 0),
            attempt(102, "resize pool P", "observed", "failed", 0),
            thrown(103, why, "P-1 - Connection is not available")));
    run("errors", "show", "E-abc");

    assertThat(terminal.out()).contains(": " + action + ",", "resize pool P-1,");
    assertThat(terminal.out()).doesNotContain("resize pool P,");
  }

  private static Row thrown(long position, String message, String cause) {
    ThrownStack inner = new ThrownStack("x.Y", cause, 0, List.of(), 0, null, List.of());
    return new ExceptionRow(
        SampleMemory.INSTANCE,
        position,
        START + position,
        TraceId.NONE,
        0,
        "escaped",
        "main",
        null,
        "x.Y",
        message,
        SampleMemory.BOOM,
        new ThrownStack("x.Y", message, 0, List.of(), 0, inner, List.of()));
  }

  @Test
  void explain_saysWhy_byTheBeginningOfAnId() {
    remember(attempts());
    assertThat(run("remedies", "explain", label(LOAD).substring(0, 10))).isZero();

    assertThat(terminal.out())
        .startsWith(label(LOAD) + "  retry method a.B#load\n")
        .contains("  state      active since ")
        .contains("  error      engram show E-1f0c9a77b3d2\n")
        .contains("  Active: the outcomes are 729 times likelier")
        .contains("  6 of 6 treated episodes ended well: 100%");
    terminal = CapturedTerminal.piped();
    run("remedies", "explain", label(LOAD), "--json");
    assertThat(terminal.out()).contains("\"why\":[\"Active: ");
  }

  @Test
  void approve_isRemembered_andTheRemedyMayBeTried() {
    remember(attempts());
    assertThat(run("remedies", "approve", label(ASK), "--author", "ada")).isZero();
    assertThat(terminal.out()).isEqualTo("remembered: " + label(ASK) + " may be tried\n");

    terminal = CapturedTerminal.piped();
    run("remedies", "explain", label(ASK), "--json");
    assertThat(terminal.out()).contains("\"applied\":true,\"unclear\":true,\"approved\":true");
    terminal = CapturedTerminal.piped();
    run("remedies", "approve", label(ASK), "--json");
    assertThat(terminal.out())
        .isEqualTo("{\"remedy_id\":\"" + label(ASK) + "\",\"approved\":true,\"stored\":true}\n");
  }

  @Test
  void mistakes_areNamedWithWhatHelps() {
    remember(attempts());
    assertThat(run("remedies", "explain", "R-ffffffffffff")).isEqualTo(1);
    assertThat(terminal.err())
        .contains("no remedy with the id R-ffffffffffff; see: engram remedies");
    assertThat(run("remedies", "approve", "R-")).isEqualTo(2);
    assertThat(terminal.err()).contains("begins several ids");
  }

  private static String label(String action) {
    return RemedyLabel.of(action, FINGERPRINT);
  }

  private static List<Row> attempts() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      rows.add(attempt(100 + i, LOAD, "treated", "resolved"));
    }
    for (int i = 0; i < 4; i++) {
      rows.add(attempt(200 + i, ASK, "unclear", "failed"));
    }
    return rows;
  }

  private static Row attempt(long position, String action, String arm, String result) {
    return attempt(position, action, arm, result, FINGERPRINT);
  }

  private static Row attempt(
      long position, String action, String arm, String result, long fingerprint) {
    return attempt(position, new TraceId(9, position), action, arm, result, fingerprint);
  }

  private static Row attempt(
      long position, TraceId trace, String action, String arm, String result, long fingerprint) {
    return new RemedyAttemptRow(
        position,
        START + position,
        trace,
        1,
        action,
        arm,
        fingerprint,
        2,
        result,
        TimeUnit.MILLISECONDS.toNanos(5));
  }

  private void remember(List<Row> rows) {
    SampleMemory.in(home, rows);
  }

  private int run(String... arguments) {
    return RunCommands.in(home, terminal, CLOCK, arguments);
  }
}
