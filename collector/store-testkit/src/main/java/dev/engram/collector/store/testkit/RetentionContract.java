package dev.engram.collector.store.testkit;

import static dev.engram.collector.store.testkit.Rows.attempt;
import static dev.engram.collector.store.testkit.Rows.decision;
import static dev.engram.collector.store.testkit.Rows.exception;
import static dev.engram.collector.store.testkit.Rows.outcome;
import static dev.engram.collector.store.testkit.Rows.part;
import static dev.engram.collector.store.testkit.Rows.reading;
import static dev.engram.collector.store.testkit.Rows.span;
import static dev.engram.collector.store.testkit.Rows.throwCount;
import static dev.engram.collector.store.testkit.Rows.thrown;
import static dev.engram.collector.store.testkit.Rows.withPayloads;
import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.store.Condition;
import dev.engram.collector.store.ExceptionFilter;
import dev.engram.collector.store.ExceptionGroup;
import dev.engram.collector.store.FeedbackRow;
import dev.engram.collector.store.KnowledgeRow;
import dev.engram.collector.store.LifecycleRow;
import dev.engram.collector.store.PayloadReference;
import dev.engram.collector.store.Removal;
import dev.engram.collector.store.Removed;
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
    Map<String, Long> older = reader().older(2 * DAY);

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
    assertThat(reader().older(2 * DAY)).isEmpty();
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
