package dev.engram.collector.store.testkit;

import static dev.engram.collector.store.testkit.Rows.decision;
import static dev.engram.collector.store.testkit.Rows.exception;
import static dev.engram.collector.store.testkit.Rows.inTrace;
import static dev.engram.collector.store.testkit.Rows.reading;
import static dev.engram.collector.store.testkit.Rows.span;
import static dev.engram.collector.store.testkit.Rows.statement;
import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.store.Condition;
import dev.engram.collector.store.Condition.All;
import dev.engram.collector.store.Condition.Comparison;
import dev.engram.collector.store.Condition.Not;
import dev.engram.collector.store.Condition.OfRequest;
import dev.engram.collector.store.Condition.Some;
import dev.engram.collector.store.DecisionFilter;
import dev.engram.collector.store.ExceptionFilter;
import dev.engram.collector.store.ExceptionGroup;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.MetricFilter;
import dev.engram.collector.store.MetricSummary;
import dev.engram.collector.store.Operator;
import dev.engram.collector.store.RepeatedStatement;
import dev.engram.collector.store.StatementFilter;
import dev.engram.collector.store.StatementSummary;
import dev.engram.collector.store.StoredSpan;
import dev.engram.collector.store.TraceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the conditions of filters take: two requests of different users, each with a statement and
 * an exception, and a statement without a request.
 */
public abstract class ConditionContract extends StoreContract {
  private static final TraceId OTHER = new TraceId(9, 9);
  private static final Condition OF_ALICE = new OfRequest(Condition.equal("user.id", "alice"));

  @BeforeEach
  void remember() {
    writer().putInstance(new Instance(CHECKOUT, "checkout", "1.0", 1, 0, Map.of()));
    writer().putInstance(new Instance(PAYMENT, "payment", "2.0", 1, 0, Map.of()));
    write(
        CHECKOUT,
        span(CHECKOUT, 1, 1, false, 500, request("alice", "/cart", 2.5)),
        statement(CHECKOUT, 2, "select a", 10, "ok"),
        exception(CHECKOUT, 3, 1, 5));
    write(
        PAYMENT,
        inTrace(OTHER, span(PAYMENT, 11, 11, false, 900, request("bob", "/orders/{id}", 7))),
        inTrace(OTHER, statement(PAYMENT, 12, "select b", 20, "error")),
        inTrace(TraceId.NONE, statement(PAYMENT, 13, "select c", 30, "ok")));
  }

  private static Map<String, Object> request(String user, String route, double load) {
    return Map.of("user.id", user, "http.route", route, "load", load, "retries", 3L, "vip", true);
  }

  @Test
  void everyOperator_comparesAsItSays() {
    assertThat(spans(compare("http.route", Operator.EQUAL, "/cart", null))).containsExactly(1L);
    assertThat(spans(compare("http.route", Operator.NOT_EQUAL, "/cart", null)))
        .containsExactly(13L, 12L, 11L, 2L);
    assertThat(spans(compare("http.route", Operator.CONTAINS, "ORDERS", null)))
        .containsExactly(11L);
    assertThat(spans(compare("duration", Operator.LESS, "20", 20.0))).containsExactly(2L);
    assertThat(spans(compare("duration", Operator.AT_MOST, "20", 20.0))).containsExactly(12L, 2L);
    assertThat(spans(compare("duration", Operator.GREATER, "500", 500.0))).containsExactly(11L);
    assertThat(spans(compare("duration", Operator.AT_LEAST, "500", 500.0)))
        .containsExactly(11L, 1L);
    assertThat(spans(compare("name", Operator.GREATER, "H", null))).containsExactly(13L, 12L, 2L);
  }

  @Test
  void fields_areOfTheirTypes() {
    assertThat(spans(compare("load", Operator.GREATER, "2.5", 2.5))).containsExactly(11L);
    assertThat(spans(compare("retries", Operator.EQUAL, "3", 3.0))).containsExactly(11L, 1L);
    assertThat(spans(compare("retries", Operator.EQUAL, "three", null))).isEmpty();
    assertThat(spans(Condition.equal("vip", "true"))).containsExactly(11L, 1L);
    assertThat(spans(Condition.equal("db.query.text", "select b"))).containsExactly(12L);
    assertThat(spans(Condition.equal("db.system.name", "h2"))).containsExactly(13L, 12L, 2L);
    assertThat(spans(Condition.equal("kind", "SERVER"))).containsExactly(11L, 1L);
    assertThat(spans(Condition.equal("category", "sql"))).containsExactly(13L, 12L, 2L);
    assertThat(spans(Condition.equal("status", "error"))).containsExactly(12L);
    assertThat(spans(Condition.equal("service", "payment"))).containsExactly(13L, 12L, 11L);
    assertThat(spans(Condition.equal("version", "1.0"))).containsExactly(2L, 1L);
    assertThat(spans(Condition.equal("chosen", "1.0"))).isEmpty();
  }

  @Test
  void conditions_areJoined() {
    Condition cart = Condition.equal("http.route", "/cart");
    Condition failed = Condition.equal("status", "error");

    assertThat(spans(new All(List.of(cart, failed)))).isEmpty();
    assertThat(spans(new Some(List.of(cart, failed)))).containsExactly(12L, 1L);
    assertThat(spans(new Not(new Some(List.of(cart, failed))))).containsExactly(13L, 11L, 2L);
    assertThat(spans(new Some(List.of()))).isEmpty();
    assertThat(spans(cart.and(Condition.ANY))).containsExactly(1L);
    assertThat(spans(Condition.ANY)).hasSize(5);
  }

  @Test
  void hostileTexts_areTexts() {
    String hostile = "a\0b'; DROP TABLE span; --\ud800";
    Map<String, Object> attributes = Map.of("hostile\0key", hostile);
    write(CHECKOUT, span(CHECKOUT, 21, 21, false, 1, attributes));

    assertThat(spans(Condition.equal("hostile\0key", hostile))).containsExactly(21L);
    assertThat(spans(compare("hostile\0key", Operator.CONTAINS, "\ud800", null)))
        .containsExactly(21L);
    assertThat(spans(Condition.equal("service", hostile))).isEmpty();
    assertThat(spans(Condition.equal("x' OR 1=1 --", "x"))).isEmpty();
  }

  @Test
  void whatARequestDid_isFoundByTheRequest() {
    assertThat(spans(OF_ALICE)).containsExactly(2L, 1L);
    assertThat(spans(new Not(OF_ALICE))).containsExactly(13L, 12L, 11L);
    Condition bothOfOne =
        new OfRequest(
            new All(
                List.of(
                    Condition.equal("user.id", "bob"), Condition.equal("http.route", "/cart"))));
    assertThat(spans(bothOfOne)).isEmpty();
    assertThat(spans(new OfRequest(OF_ALICE))).isEmpty();
  }

  @Test
  void limit_isOfThoseThatMeetIt() {
    assertThat(
            reader().spans(ALL_SPANS.limit(1).where(OF_ALICE)).stream()
                .map(span -> span.row().spanId()))
        .containsExactly(2L);
  }

  @Test
  void visitedSpans_meetItToo() {
    List<StoredSpan> visited = new ArrayList<>();
    reader().visit(ALL_SPANS.where(OF_ALICE), visited::add);

    assertThat(visited).extracting(span -> span.row().spanId()).containsExactly(1L, 2L);
  }

  @Test
  void spansInProgress_haveNoDuration() {
    write(CHECKOUT, Rows.begun(31, 31));
    Condition ended = compare("duration", Operator.AT_LEAST, "0", 0.0);

    assertThat(reader().inProgress(ALL_SPANS.where(Condition.equal("a", "1")))).isEmpty();
    assertThat(reader().inProgress(ALL_SPANS.where(compare("a", Operator.EQUAL, "1", 1.0))))
        .hasSize(1);
    assertThat(reader().inProgress(ALL_SPANS.where(Condition.equal("status", "in_progress"))))
        .hasSize(1);
    assertThat(reader().inProgress(ALL_SPANS.where(ended))).isEmpty();
  }

  @Test
  void exceptions_areThoseOfTheRequest() {
    write(PAYMENT, exception(PAYMENT, 41, 11, 6));
    Condition ofPayment = Condition.equal("version", "2.0");

    assertThat(reader().exceptions(exceptions(ofPayment)))
        .extracting(found -> found.row().fingerprint())
        .containsExactly(6L);
    assertThat(reader().exceptionGroups(exceptions(new All(List.of(ofPayment, OF_ALICE)))))
        .extracting(ExceptionGroup::fingerprint)
        .containsExactly(6L);
    assertThat(reader().exceptionGroups(exceptions(new OfRequest(Condition.equal("a", "b")))))
        .isEmpty();
    assertThat(
            reader()
                .exceptionGroups(
                    exceptions(compare("exception.type", Operator.CONTAINS, "ioexc", null))))
        .hasSize(2);
  }

  @Test
  void statements_areSummedUpOfThoseThatMeetIt() {
    assertThat(reader().statements(statements(OF_ALICE)))
        .extracting(StatementSummary::text)
        .containsExactly("select a");
    assertThat(reader().repeatedStatements(statements(Condition.equal("status", "error")), 1))
        .extracting(RepeatedStatement::text)
        .containsExactly("select b");
  }

  @Test
  void readings_andDecisions_meetItToo() {
    write(
        CHECKOUT,
        reading(51, "jvm.memory.used", 7, Map.of("pool", "eden")),
        reading(52, "jvm.memory.used", 9, Map.of("pool", "old")),
        decision(53, 0x53, "route", 1));

    Condition eden = Condition.equal("pool", "eden").and(Condition.equal("unit", "By"));
    assertThat(reader().metrics(new MetricFilter(0, 0, null, 0, eden)))
        .extracting(MetricSummary::last)
        .containsExactly(7.0);
    Condition high = compare("value", Operator.GREATER, "8", 8.0);
    assertThat(reader().metrics(new MetricFilter(0, 0, null, 0, high)))
        .extracting(MetricSummary::last)
        .containsExactly(9.0);
    assertThat(reader().decisions(decisions(OF_ALICE.and(Condition.equal("chosen", "a")))))
        .hasSize(1);
    assertThat(reader().decisions(decisions(compare("confidence", Operator.LESS, "2", 2.0))))
        .isEmpty();
  }

  private List<Long> spans(Condition condition) {
    return reader().spans(ALL_SPANS.where(condition)).stream()
        .map(span -> span.row().spanId())
        .toList();
  }

  private static Comparison compare(
      String field, Operator operator, String text, @Nullable Double number) {
    return new Comparison(field, operator, text, number);
  }

  private static ExceptionFilter exceptions(Condition condition) {
    return new ExceptionFilter(0, 0, null, 0, null, 0, condition);
  }

  private static StatementFilter statements(Condition condition) {
    return new StatementFilter(0, 0, null, 0, 0, condition);
  }

  private static DecisionFilter decisions(Condition condition) {
    return new DecisionFilter(0, 0, null, null, 0, 0, condition);
  }
}
