package dev.engram.collector.store.testkit;

import static dev.engram.collector.store.testkit.Rows.attempt;
import static dev.engram.collector.store.testkit.Rows.begunAt;
import static dev.engram.collector.store.testkit.Rows.decision;
import static dev.engram.collector.store.testkit.Rows.exception;
import static dev.engram.collector.store.testkit.Rows.inCategory;
import static dev.engram.collector.store.testkit.Rows.outcome;
import static dev.engram.collector.store.testkit.Rows.part;
import static dev.engram.collector.store.testkit.Rows.reading;
import static dev.engram.collector.store.testkit.Rows.span;
import static dev.engram.collector.store.testkit.Rows.statement;
import static dev.engram.collector.store.testkit.Rows.throwCount;
import static dev.engram.collector.store.testkit.Rows.thrown;
import static dev.engram.collector.store.testkit.Rows.withPayloads;
import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.store.Condition;
import dev.engram.collector.store.Cutoff;
import dev.engram.collector.store.ExceptionFilter;
import dev.engram.collector.store.ExceptionGroup;
import dev.engram.collector.store.FeedbackRow;
import dev.engram.collector.store.KnowledgeRow;
import dev.engram.collector.store.LifecycleRow;
import dev.engram.collector.store.PayloadReference;
import dev.engram.collector.store.Removal;
import dev.engram.collector.store.Removed;
import dev.engram.collector.store.RequestRollup;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.SearchFilter;
import dev.engram.collector.store.SearchIn;
import dev.engram.collector.store.SearchQuery;
import dev.engram.collector.store.SpanRow;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is old goes, in steps, and what is to last stays. */
public abstract class RetentionContract extends StoreContract {
  /** Stores may go by days: no row of these tests is of the same day as a cut and older. */
  private static final long DAY = TimeUnit.DAYS.toNanos(1);

  /** In microseconds, which positions are. */
  private static final long DAY_AT = TimeUnit.DAYS.toMicros(1);

  private static final byte[] BODY = "a body".getBytes(StandardCharsets.UTF_8);

  @Test
  void rowsOfEachKind_goWithTheirAge() {
    put(CHECKOUT, "checkout");
    writeEachKind(DAY_AT);
    writeEachKind(3 * DAY_AT);
    writer().closeInstance(CHECKOUT, 5);
    Map<String, Long> older = reader().older(Cutoff.of(2 * DAY));

    assertThat(older)
        .containsOnlyKeys(
            "spans",
            "exceptions",
            "payload_parts",
            "lifecycle",
            "measurements",
            "throw_counts",
            "decisions",
            "outcomes",
            "feedback",
            "remedy_attempts");
    assertThat(removeOlder(2 * DAY)).isEqualTo(older);
    assertThat(reader().older(Cutoff.of(2 * DAY))).isEmpty();
    assertThat(reader().spans(ALL_SPANS)).hasSize(1);
    assertThat(reader().exceptions(ALL_EXCEPTIONS)).hasSize(1);
    assertThat(reader().lifecycle(CHECKOUT)).hasSize(1);
    assertThat(reader().decisions(ALL_DECISIONS)).hasSize(1);
    assertThat(reader().outcomes(0)).hasSize(1);
    assertThat(reader().feedback(0)).hasSize(1);
    assertThat(reader().remedyAttempts(0, 10, 10)).hasSize(1);
    assertThat(reader().throwCounts(ALL_THROW_COUNTS)).hasSize(1);
    assertThat(reader().metrics(ALL_METRICS)).hasSize(1);
    assertThat(reader().payload(CHECKOUT, DAY_AT)).isEmpty();
    assertThat(reader().payload(CHECKOUT, 3 * DAY_AT)).isPresent();
    assertThat(reader().trace(Rows.TRACE)).hasSize(1);
    assertThat(reader().spans(ALL_SPANS).get(0).row().payloads().get(0).bytes()).isEqualTo(BODY);
    assertThat(removed(Removed.AGE)).isEqualTo(older);
  }

  @Test
  void whatPeopleSaid_stays() {
    put(CHECKOUT, "checkout");
    KnowledgeRow said = new KnowledgeRow(1, 1, "error", "ab", "name", "n", "ada");
    write(CHECKOUT, said, new FeedbackRow(2, 1, "remedy", "retry", "approved", 1, "ada", null));

    assertThat(removeOlder(9 * DAY)).isEmpty();
    assertThat(reader().knowledge()).containsExactly(said);
    assertThat(reader().feedback(0)).hasSize(1);
  }

  @Test
  void whatSaysHowARunningInstanceBegan_stays() {
    put(CHECKOUT, "checkout");
    write(CHECKOUT, new LifecycleRow(1, 1, "start", Map.of()));

    assertThat(removeOlder(9 * DAY)).isEmpty();
    assertThat(reader().lifecycle(CHECKOUT)).hasSize(1);
  }

  @Test
  void decision_staysWhileWhatBecameOfItIsYoung() {
    put(CHECKOUT, "checkout");
    write(
        CHECKOUT,
        decision(1, -5, "routing", 0),
        decision(2, 6, "routing", 0),
        outcome(3 * DAY_AT, -5, "success"));

    assertThat(removeOlder(2 * DAY)).isEqualTo(Map.of("decisions", 1L));
    assertThat(reader().decisions(ALL_DECISIONS))
        .extracting(it -> it.row().decisionId())
        .containsExactly(-5L);
    assertThat(removeOlder(4 * DAY)).isEqualTo(Map.of("decisions", 1L, "outcomes", 1L));
  }

  @Test
  void errorGroups_areCountedOn() {
    put(CHECKOUT, "checkout");
    put(PAYMENT, "payment");
    write(CHECKOUT, exception(CHECKOUT, 10, 0, 7), exception(CHECKOUT, DAY_AT, 0, 7));
    write(PAYMENT, exception(PAYMENT, 20, 0, 7), exception(PAYMENT, 30, 0, 8));
    write(CHECKOUT, exception(CHECKOUT, 3 * DAY_AT, 0, 7));
    removeOlder(2 * DAY);

    List<ExceptionGroup> groups = reader().exceptionGroups(ALL_EXCEPTIONS);
    assertThat(groups).extracting(ExceptionGroup::fingerprint).containsExactly(7L, 8L);
    assertThat(groups.get(0).count()).isEqualTo(4);
    assertThat(groups.get(0).firstSeenEpochNanos()).isEqualTo(Rows.time(10));
    assertThat(groups.get(0).lastSeenEpochNanos()).isEqualTo(Rows.time(3 * DAY_AT));
    assertThat(groups.get(0).services()).containsExactly("checkout", "payment");
    assertThat(groups.get(0).message()).isNotNull();
    assertThat(groups.get(1).type()).isEqualTo("java.io.IOException");
    assertThat(groups.get(1).message()).isNull();
    assertThat(reader().fingerprints("")).containsExactly(7L, 8L);
  }

  @Test
  void goneErrors_countWhereTheFilterTakesAllOfThem() {
    put(CHECKOUT, "checkout");
    write(CHECKOUT, exception(CHECKOUT, 10, 0, 7), exception(CHECKOUT, 20, 0, 7));
    removeOlder(2 * DAY);

    assertThat(groups(Rows.time(10), Rows.time(20) + 1, "checkout")).hasSize(1);
    assertThat(groups(Rows.time(10) + 1, 0, null)).isEmpty();
    assertThat(groups(0, Rows.time(20), null)).isEmpty();
    assertThat(groups(0, 0, "payment")).isEmpty();
    Condition where = Condition.equal("exception.type", "java.io.IOException");
    assertThat(reader().exceptionGroups(new ExceptionFilter(0, 0, null, 0, null, 0, where)))
        .isEmpty();
  }

  @Test
  void goneErrors_addUpOverManyRemovals() {
    put(CHECKOUT, "checkout");
    for (int day = 1; day <= 3; day++) {
      write(CHECKOUT, exception(CHECKOUT, day * DAY_AT, 0, 7));
      removeOlder((day + 1) * DAY);
    }
    ExceptionGroup group = reader().exceptionGroups(ALL_EXCEPTIONS).get(0);
    assertThat(group.count()).isEqualTo(3);
    assertThat(group.firstSeenEpochNanos()).isEqualTo(DAY);
    assertThat(group.lastSeenEpochNanos()).isEqualTo(3 * DAY);
  }

  @Test
  void whatLasts_goesLater_withAllThatHangsOnIt() {
    put(CHECKOUT, "checkout");
    writeEachKind(DAY_AT);
    SpanRow call = withParts(inCategory("ai", span(CHECKOUT, DAY_AT + 20)), 77);
    write(CHECKOUT, part(DAY_AT + 19, 77, 0, 1, BODY), call);
    Cutoff before = new Cutoff(2 * DAY, DAY, DAY);
    Map<String, Long> older = reader().older(before);

    assertThat(older).isEqualTo(Map.of("spans", 1L, "measurements", 1L, "throw_counts", 1L));
    assertThat(removeOlder(before)).isEqualTo(older);
    assertThat(removeOlder(before)).isEmpty();
    assertThat(reader().spans(ALL_SPANS)).extracting(it -> it.row()).containsExactly(call);
    assertThat(reader().payload(CHECKOUT, 77)).hasValue(BODY);
    assertThat(reader().exceptions(ALL_EXCEPTIONS)).hasSize(1);
    assertThat(reader().decisions(ALL_DECISIONS)).hasSize(1);
    write(CHECKOUT, begunAt(Rows.time(9), span(CHECKOUT, DAY_AT + 30)), span(CHECKOUT, 3 * DAY_AT));
    assertThat(removeOlder(before)).isEqualTo(Map.of("spans", 1L));
    assertThat(removeOlder(2 * DAY)).containsEntry("spans", 1L).containsEntry("payload_parts", 2L);
    assertThat(reader().spans(ALL_SPANS)).hasSize(1);
  }

  @Test
  void partsOfPayloads_goWithTheirSpan() {
    put(CHECKOUT, "checkout");
    write(
        CHECKOUT,
        part(DAY_AT, 77, 0, 1, BODY),
        part(DAY_AT + 1, 78, 0, 1, BODY),
        withParts(span(CHECKOUT, DAY_AT + 2), 77));
    Cutoff before = new Cutoff(2 * DAY, DAY, DAY);
    Map<String, Long> older = reader().older(before);

    assertThat(older).isEqualTo(Map.of("spans", 1L, "payload_parts", 1L));
    assertThat(removeOlder(before)).isEqualTo(older);
    assertThat(reader().payload(CHECKOUT, 77)).isEmpty();
    assertThat(reader().payload(CHECKOUT, 78)).hasValue(BODY);
  }

  @Test
  void requestsThatWent_areCountedByHour() {
    put(CHECKOUT, "checkout");
    put(PAYMENT, "pay\0ment");
    long hour = TimeUnit.HOURS.toMicros(1);
    write(
        CHECKOUT,
        span(CHECKOUT, DAY_AT, 1, false, 500, Map.of()),
        statement(CHECKOUT, DAY_AT + 1, "select 1", 5, "ok"),
        span(CHECKOUT, DAY_AT + 2, 2, false, 700, Map.of()),
        Rows.begun(DAY_AT + hour, 3),
        Rows.ended(DAY_AT + hour + 1, 3),
        span(CHECKOUT, DAY_AT + hour + 2, 4, false, -1, Map.of()),
        span(CHECKOUT, 3 * DAY_AT));
    write(PAYMENT, span(PAYMENT, DAY_AT, 5, false, Long.MAX_VALUE, Map.of()));
    assertThat(reader().requestRollups(0, 0, null)).isEmpty();
    removeOlder(new Cutoff(2 * DAY, DAY, DAY));

    RequestRollup first = new RequestRollup(DAY, "checkout", "GET /cart", 2, 0, 1_200, 700);
    RequestRollup other = new RequestRollup(DAY, "pay\0ment", "GET /cart", 1, 0, DAY, DAY);
    RequestRollup second =
        new RequestRollup(DAY + RequestRollup.HOUR_NANOS, "checkout", "GET /cart", 2, 1, 700, 700);
    assertThat(reader().requestRollups(0, 0, null)).containsExactly(first, other, second);
    assertThat(reader().requestRollups(DAY + 1, 0, null)).containsExactly(second);
    assertThat(reader().requestRollups(DAY, DAY + 1, "checkout")).containsExactly(first);

    write(CHECKOUT, span(CHECKOUT, 3 * DAY_AT + 1), span(CHECKOUT, 4 * DAY_AT));
    removeOlder(new Cutoff(4 * DAY, DAY, DAY + RequestRollup.HOUR_NANOS));
    assertThat(reader().requestRollups(0, 0, null))
        .containsExactly(
            second, new RequestRollup(3 * DAY, "checkout", "GET /cart", 2, 0, 1_000, 500));
    assertThat(removed(Removed.AGE)).containsEntry("request_rollups", 2L);
  }

  @Test
  void sumsOfRequests_goWithTheirAge_andAreNotMadeOfOlder() {
    put(CHECKOUT, "checkout");
    write(CHECKOUT, span(CHECKOUT, DAY_AT));
    removeOlder(new Cutoff(2 * DAY, DAY, DAY));
    Cutoff before = Cutoff.of(2 * DAY);
    assertThat(reader().older(before)).isEqualTo(Map.of("request_rollups", 1L));
    assertThat(removeOlder(before)).isEqualTo(Map.of("request_rollups", 1L));

    write(CHECKOUT, span(CHECKOUT, DAY_AT + 1));
    assertThat(removeOlder(before)).isEqualTo(Map.of("spans", 1L));
    assertThat(reader().requestRollups(0, 0, null)).isEmpty();
  }

  @Test
  void contentThatYoungerRowsShare_stays() {
    put(CHECKOUT, "checkout");
    write(CHECKOUT, withBody(1), part(2, 5, 0, 1, BODY), withBody(3 * DAY_AT));
    removeOlder(2 * DAY);

    assertThat(reader().span(3 * DAY_AT).orElseThrow().row().payloads().get(0).bytes())
        .isEqualTo(BODY);
    write(CHECKOUT, withBody(4 * DAY_AT));
    assertThat(reader().span(4 * DAY_AT).orElseThrow().row().payloads().get(0).bytes())
        .isEqualTo(BODY);
  }

  @Test
  void framesOfYoungerExceptions_stay() {
    put(CHECKOUT, "checkout");
    write(CHECKOUT, exception(CHECKOUT, 1, 0, 7, thrown("T", 5, "a.B.c(B.java:1)")));
    write(CHECKOUT, exception(CHECKOUT, 3 * DAY_AT, 0, 7, thrown("T", 5)));
    removeOlder(2 * DAY);

    assertThat(reader().exceptions(ALL_EXCEPTIONS).get(0).row().stack().frames())
        .containsExactly("a.B.c(B.java:1)");
  }

  @Test
  void wordsOfWhatWent_areNotFound_andWhatComesIs() {
    put(CHECKOUT, "checkout");
    write(CHECKOUT, exception(CHECKOUT, 1, 0, 7), exception(CHECKOUT, 3 * DAY_AT, 0, 7));
    removeOlder(2 * DAY);
    write(CHECKOUT, exception(CHECKOUT, 4 * DAY_AT, 0, 8));

    SearchFilter filter =
        new SearchFilter(
            SearchQuery.of("IOException"), Set.of(SearchIn.ERRORS), 0, 0, null, 0, Condition.ANY);
    assertThat(reader().search(filter).hits()).hasSize(2);
  }

  @Test
  void textThatWent_mayComeAgain() {
    put(CHECKOUT, "checkout");
    for (int day = 1; day <= 4; day++) {
      SpanRow span =
          span(CHECKOUT, day * DAY_AT, day, false, 1, Map.of("key" + day % 2, "value" + day % 2));
      write(CHECKOUT, span);
      assertThat(reader().span(day).orElseThrow().row()).isEqualTo(span);
      removeOlder((day + 1) * DAY);
      assertThat(reader().spans(ALL_SPANS)).isEmpty();
    }
  }

  @Test
  void books_areAsBefore() {
    put(CHECKOUT, "checkout");
    writeEachKind(1);
    write(CHECKOUT, Rows.begun(50, 77));
    var before = books(CHECKOUT);
    var checkpoint = writer().checkpoint(CHECKOUT);
    removeOlder(9 * DAY);

    assertThat(books(CHECKOUT)).isEqualTo(before);
    assertThat(writer().checkpoint(CHECKOUT)).isEqualTo(checkpoint);
    assertThat(reader().inProgress(ALL_SPANS)).hasSize(1);
    assertThat(write(CHECKOUT, span(CHECKOUT, 60, 77, true)).joined()).isEqualTo(1);
  }

  @Test
  void compactStore_answersAsBefore() {
    put(CHECKOUT, "checkout");
    writeEachKind(DAY_AT);
    writeEachKind(3 * DAY_AT);
    removeOlder(2 * DAY);
    writer().compact();

    assertThat(reader().spans(ALL_SPANS)).hasSize(1);
    assertThat(reader().bytes()).isPositive();
    assertThat(reader().bytesByKind()).isNotEmpty();
    writeEachKind(4 * DAY_AT);
    assertThat(reader().spans(ALL_SPANS)).hasSize(2);
  }

  private List<ExceptionGroup> groups(long since, long until, @Nullable String service) {
    return reader().exceptionGroups(new ExceptionFilter(since, until, service, 0, null, 0));
  }

  private Map<String, Long> removeOlder(long before) {
    return removeOlder(Cutoff.of(before));
  }

  private Map<String, Long> removeOlder(Cutoff before) {
    Removal all = Removal.NOTHING;
    Removal step;
    do {
      step = writer().removeOlder(before);
      all = all.then(step);
    } while (step.more());
    return all.rows();
  }

  private Map<String, Long> removed(String reason) {
    Map<String, Long> counts = new TreeMap<>();
    reader().removed().stream()
        .filter(it -> it.reason().equals(reason))
        .forEach(it -> counts.put(it.kind(), it.count()));
    return counts;
  }

  private static SpanRow withParts(SpanRow span, long payloadId) {
    return withPayloads(
        span, new PayloadReference("body", "text/plain", BODY.length, false, payloadId, null));
  }

  private static SpanRow withBody(long position) {
    return withPayloads(
        span(CHECKOUT, position),
        new PayloadReference("http.request.body", "text/plain", BODY.length, false, 0, BODY));
  }

  /** The payload's id is the position. */
  private void writeEachKind(long position) {
    write(
        CHECKOUT,
        Arrays.asList(
                withBody(position),
                exception(CHECKOUT, position + 1, position, 7),
                part(position + 2, position, 0, 1, BODY),
                new LifecycleRow(position + 3, Rows.time(position), "start", Map.of()),
                reading(position + 4, "heap", 1, Map.of("at", position)),
                throwCount(position + 5, "site" + position, 1, 0, thrown("T", 0)),
                decision(position + 6, position, "routing", position),
                outcome(position + 7, position, "success"),
                new FeedbackRow(
                    position + 8, Rows.time(position), "span", "x", "good", 1, "ada", null),
                attempt(position + 9, "control"))
            .toArray(Row[]::new));
  }
}
