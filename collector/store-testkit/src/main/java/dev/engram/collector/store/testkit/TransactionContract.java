package dev.engram.collector.store.testkit;

import static dev.engram.collector.store.testkit.Rows.TRACE;
import static dev.engram.collector.store.testkit.Rows.below;
import static dev.engram.collector.store.testkit.Rows.inTrace;
import static dev.engram.collector.store.testkit.Rows.statement;
import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.engram.collector.store.CallInTransaction;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.StatementFilter;
import dev.engram.collector.store.TraceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Which calls count as made while a transaction was open. Spans begin at the microsecond of their
 * position; the transaction of most tests is open from 10 to 50.
 */
public abstract class TransactionContract extends StoreContract {
  private static final long REQUEST = 1;
  private static final String INSERT = "insert into orders";

  @BeforeEach
  void services() {
    put(CHECKOUT, "checkout");
    put(PAYMENT, "payment");
  }

  @Test
  void callInsideATransaction_isFound_withWhatAnsweredIt() {
    write(CHECKOUT, request(), insert(10), call(20, 10), call(35, 5), end(50, 40));
    write(PAYMENT, span(PAYMENT, 21, "SERVER", "http", "POST /charge/{id}", 20, 8, Map.of()));

    assertThat(found())
        .containsExactly(
            of("POST", 1, 1, 5_000, 40_000, 50), of("POST /charge/{id}", 1, 1, 10_000, 40_000, 50));
  }

  @Test
  void callsOfManyTransactions_areSummedUp() {
    write(CHECKOUT, request(), insert(10), call(20, 10), call(31, 9), end(50, 40));
    write(CHECKOUT, insert(110), call(120, 10), end(190, 80), insert(210), end(250, 40));

    assertThat(found()).containsExactly(of("POST", 3, 2, 29_000, 120_000, 190));
    assertThat(reader().callsInTransactions(new StatementFilter(100_000, 0, "checkout", 0, 0)))
        .containsExactly(of("POST", 1, 1, 10_000, 80_000, 190));
    assertThat(reader().callsInTransactions(new StatementFilter(0, 100_000, null, 9_500, 0)))
        .containsExactly(of("POST", 1, 1, 10_000, 40_000, 50));
    assertThat(reader().callsInTransactions(new StatementFilter(0, 0, "payment", 0, 0))).isEmpty();
  }

  @Test
  void callOutsideATransaction_isNotFound() {
    write(
        CHECKOUT,
        request(),
        call(2, 5),
        insert(10),
        end(50, 40),
        call(60, 10),
        insert(80),
        call(90, 5));

    assertThat(found()).isEmpty();
  }

  @Test
  void callThatGoesOnBeyondATransaction_isNotFound() {
    write(CHECKOUT, request(), call(5, 10), insert(10), call(45, 10), end(50, 40));

    assertThat(found()).isEmpty();
  }

  @Test
  void callOfAnotherRequest_isNotFound() {
    write(
        CHECKOUT,
        request(),
        insert(10),
        below(7, call(20, 10)),
        inTrace(new TraceId(1, 1), call(21, 10)),
        end(50, 40));
    write(PAYMENT, call(PAYMENT, 22, 10));

    assertThat(found()).isEmpty();
  }

  @Test
  void callInARememberedMethod_isFound_butNoneBelowAnotherCall() {
    write(
        CHECKOUT,
        request(),
        insert(10),
        span(CHECKOUT, 18, "INTERNAL", "method", "Payments.charge", REQUEST, 25, Map.of()),
        below(18, call(20, 10)),
        below(20, call(21, 4)),
        end(50, 40));

    assertThat(found()).containsExactly(of("POST", 1, 1, 10_000, 40_000, 50));
  }

  @Test
  void callBesideStatements_isNotWaitedFor() {
    write(CHECKOUT, request(), insert(10), call(20, 20), insert(25), end(50, 40));

    assertThat(found()).isEmpty();
  }

  @Test
  void driverThatCallsByHttp_isNoOtherSystem() {
    write(CHECKOUT, request(), insert(10), insert(20), below(20, call(21, 3)), end(50, 40));

    assertThat(found()).isEmpty();
  }

  /** As many as are read at once. Looked at in pairs, these spans take about a minute. */
  @Test
  void transactionsOfALargeTrace_areFoundInTime() {
    int turns = 28_000;
    List<SpanRow> rows = new ArrayList<>(List.of(request()));
    for (long at = 10; at < 10 + 10 * turns; at += 20) {
      rows.addAll(turn(at, REQUEST));
      rows.add(span(CHECKOUT, at + 10, "INTERNAL", "method", "Turns.take", REQUEST, 9, Map.of()));
      rows.addAll(turn(at + 11, at + 10));
    }
    write(CHECKOUT, rows.toArray(SpanRow[]::new));

    assertThat(assertTimeout(Duration.ofSeconds(50), this::found))
        .singleElement()
        .satisfies(
            call -> {
              assertThat(call.request()).isEqualTo("GET /cart");
              assertThat(call.statement()).isEqualTo(INSERT);
              assertThat(call.calls()).isEqualTo(turns);
              assertThat(call.transactions()).isEqualTo(turns);
              assertThat(call.callNanos()).isEqualTo(turns * 3_000L);
              assertThat(call.openNanos()).isEqualTo(turns * 7_000L);
            });
  }

  @Test
  void unknownStatementAndRequest_areEmpty() {
    write(CHECKOUT, call(20, 10), end(50, 40));

    assertThat(found())
        .singleElement()
        .satisfies(
            call -> {
              assertThat(call.request()).isEmpty();
              assertThat(call.statement()).isEmpty();
            });
  }

  private List<CallInTransaction> found() {
    return reader().callsInTransactions(ALL_STATEMENTS).stream()
        .sorted(comparing(CallInTransaction::call))
        .toList();
  }

  private static CallInTransaction of(
      String call, long calls, long transactions, long callNanos, long openNanos, long end) {
    return new CallInTransaction(
        "checkout",
        "GET /cart",
        "h2",
        INSERT,
        call,
        "pay",
        8443,
        calls,
        transactions,
        callNanos,
        openNanos,
        end == 190 ? 80_000 : 40_000,
        TRACE,
        end);
  }

  private static List<SpanRow> turn(long at, long parent) {
    return Stream.of(insert(at), call(at + 2, 3), end(at + 7, 7))
        .map(span -> below(parent, span))
        .toList();
  }

  private static SpanRow request() {
    return span(CHECKOUT, REQUEST, "SERVER", "http", "GET /cart", 0, 1_000, Map.of());
  }

  private static SpanRow insert(long at) {
    return below(REQUEST, statement(CHECKOUT, at, INSERT, 1_000, "ok"));
  }

  private static SpanRow call(long at, long micros) {
    return call(CHECKOUT, at, micros);
  }

  private static SpanRow call(InstanceId instance, long at, long micros) {
    Map<String, Object> peer = Map.of("server.address", "pay", "server.port", 8443L);
    return span(instance, at, "CLIENT", "http", "POST", REQUEST, micros, peer);
  }

  /** The end, which takes a microsecond, of a transaction that was open for so long before. */
  private static SpanRow end(long at, long openMicros) {
    Map<String, Object> open =
        Map.of(
            "db.system.name",
            "h2",
            "db.operation.name",
            "COMMIT",
            "engram.db.transaction.duration",
            openMicros * 1_000);
    return span(CHECKOUT, at, "CLIENT", "sql", "COMMIT", REQUEST, 1, open);
  }

  private static SpanRow span(
      InstanceId instance,
      long at,
      String kind,
      String category,
      String name,
      long parent,
      long micros,
      Map<String, Object> attributes) {
    return new SpanRow(
        instance,
        at,
        TRACE,
        at,
        parent,
        kind,
        category,
        name,
        Rows.time(at),
        micros * 1_000,
        "ok",
        null,
        attributes,
        List.of(),
        false);
  }
}
