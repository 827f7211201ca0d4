package dev.engram.collector.store.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.Cutoff;
import dev.engram.collector.store.DecisionFilter;
import dev.engram.collector.store.ExceptionFilter;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.MetricFilter;
import dev.engram.collector.store.Period;
import dev.engram.collector.store.ProducerCounts;
import dev.engram.collector.store.Removal;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.SearchFilter;
import dev.engram.collector.store.SearchHit;
import dev.engram.collector.store.SearchIn;
import dev.engram.collector.store.SearchQuery;
import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.SpanSum;
import dev.engram.collector.store.StatementFilter;
import dev.engram.collector.store.Store;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.StoreWriter;
import dev.engram.collector.store.StoredException;
import dev.engram.collector.store.StoredSpan;
import dev.engram.collector.store.Subject;
import dev.engram.collector.store.ThrowFilter;
import dev.engram.collector.store.ThrownStack;
import dev.engram.collector.store.TraceId;
import dev.engram.collector.store.memory.InMemoryStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A random history gives the same answers as the in-memory store. */
public abstract class ModelContract extends StoreContract {
  private static final int STEPS = 60;
  private static final int QUESTIONS = 40;
  private static final List<InstanceId> INSTANCES = List.of(CHECKOUT, PAYMENT);
  private static final List<Set<SearchIn>> PLACES =
      List.of(
          Set.of(SearchIn.ERRORS),
          Set.of(SearchIn.LOGS),
          Set.of(SearchIn.AI),
          Set.of(SearchIn.BODIES),
          Set.of(SearchIn.ERRORS, SearchIn.AI, SearchIn.BODIES));

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void randomHistory_answersAsTheModel(long seed) {
    Random random = new Random(seed);
    RandomRows rows = new RandomRows(random);
    try (Store model = new InMemoryStore()) {
      for (InstanceId instance : INSTANCES) {
        putBoth(model, instance, rows);
      }
      for (int step = 0; step < STEPS; step++) {
        act(model, random, rows, "seed " + seed + ", step " + step);
      }
      for (int question = 0; question < QUESTIONS; question++) {
        compare(model.reader(), random, rows, "seed " + seed + ", question " + question);
      }
    }
  }

  private void putBoth(Store model, InstanceId instance, RandomRows rows) {
    Instance description =
        new Instance(instance, rows.text(), rows.text(), rows.time(), 0, rows.attributes());
    model.writer().putInstance(description);
    writer().putInstance(description);
  }

  private void act(Store model, Random random, RandomRows rows, String where) {
    InstanceId instance = INSTANCES.get(random.nextInt(INSTANCES.size()));
    switch (random.nextInt(12)) {
      case 0 -> putBoth(model, instance, rows);
      case 1 -> {
        ProducerCounts counts =
            new ProducerCounts(9, 8, Map.of(rows.text(), 1L), 2, 3, 4, random.nextInt(9));
        Period sinceLast = period(random);
        model.writer().putCounters(instance, counts, sinceLast);
        writer().putCounters(instance, counts, sinceLast);
      }
      case 2 ->
          assertThat(writer().closeInstance(instance, 5))
              .as(where)
              .isEqualTo(model.writer().closeInstance(instance, 5));
      case 3 -> {
        writer().catchUp();
        writer().sumUp();
      }
      case 4 -> assertThat(removeOlder(writer())).as(where).isEqualTo(removeOlder(model.writer()));
      case 5 -> {
        Subject subject = subject(random, rows);
        boolean really = random.nextBoolean();
        assertThat(writer().forget(subject, really).rows())
            .as(where)
            .isEqualTo(model.writer().forget(subject, really).rows());
      }
      default -> writeBoth(model, random, rows, instance, where);
    }
    assertThat(reader().accounting()).as(where).isEqualTo(model.reader().accounting());
    assertThat(writer().checkpoint(instance)).isEqualTo(model.writer().checkpoint(instance));
  }

  private static Subject subject(Random random, RandomRows rows) {
    return switch (random.nextInt(5)) {
      case 0 -> new Subject.Before(random.nextLong(300_000_000_000L));
      case 1, 2 -> new Subject.Trace(rows.traceId());
      default -> new Subject.User(Set.of(rows.text()));
    };
  }

  /** All of 1970 that may go. */
  private static Map<String, Long> removeOlder(StoreWriter writer) {
    Removal all = Removal.NOTHING;
    Removal step;
    do {
      step = writer.removeOlder(Cutoff.of(TimeUnit.DAYS.toNanos(1_000)));
      all = all.then(step);
    } while (step.more());
    return all.rows();
  }

  /** Some batches begin before the checkpoint, and some are given twice. */
  private void writeBoth(
      Store model, Random random, RandomRows rows, InstanceId instance, String where) {
    boolean running = isRunning(instance, model.reader());
    long position = model.writer().checkpoint(instance).orElse(Checkpoint.START).position();
    position += random.nextInt(4) - 1;
    List<Row> chosen = new ArrayList<>();
    for (int left = random.nextInt(8); left > 0; left--) {
      chosen.add(rows.row(instance, position, running));
      position += random.nextInt(5) == 0 ? 0 : 1 + random.nextInt(9);
    }
    Checkpoint end = new Checkpoint(position, random.nextInt(3), random.nextInt(3));
    Batch batch =
        new Batch(instance, chosen, end, chosen.size() + 3, 1, 2, Map.of(rows.text(), 2L));
    for (int times = 1 + random.nextInt(2); times > 0; times--) {
      assertThat(writer().write(batch)).as(where).isEqualTo(model.writer().write(batch));
    }
  }

  private void compare(StoreReader model, Random random, RandomRows rows, String where) {
    SpanFilter spans =
        new SpanFilter(
            maybe(random, rows.time()),
            maybe(random, rows.time()),
            maybe(random, rows.text()),
            maybe(random, "SERVER"),
            maybe(random, random.nextBoolean() ? "sql" : "ai"),
            maybe(random, "error"),
            maybe(random, 1_000),
            maybe(random, random.nextInt(100) - 1),
            random.nextInt(5),
            rows.condition(2));
    ExceptionFilter exceptions =
        new ExceptionFilter(
            spans.sinceEpochNanos(),
            spans.untilEpochNanos(),
            spans.service(),
            maybe(random, rows.id()),
            maybe(random, rows.traceId()),
            random.nextInt(5),
            rows.condition(2));
    StatementFilter statements =
        new StatementFilter(
            spans.sinceEpochNanos(),
            spans.untilEpochNanos(),
            spans.service(),
            maybe(random, 1_000),
            random.nextInt(5),
            rows.condition(2));
    String prefix = "0123456789abcdef".repeat(2).substring(0, random.nextInt(4) + 1);
    InstanceId instance = INSTANCES.get(random.nextInt(INSTANCES.size()));
    same(reader().instances(), model.instances(), where);
    same(reader().spans(ALL_SPANS), model.spans(ALL_SPANS), where);
    same(reader().spans(spans), model.spans(spans), where + spans);
    same(visited(reader(), spans), visited(model, spans), where + spans);
    SpanFilter calls = ofKind("CLIENT", "ai", 0, 0, spans);
    same(visited(reader(), calls), visited(model, calls), where + calls);
    SpanFilter requests = ofKind("SERVER", null, 1_000, 3, spans);
    same(reader().spans(requests), model.spans(requests), where + requests);
    for (SpanSum.By by : SpanSum.By.values()) {
      same(sums(reader(), spans.limit(0), by), sums(model, spans.limit(0), by), where + by + spans);
    }
    Set<Long> ids = new HashSet<>(List.of(rows.id(), rows.id()));
    same(reader().spansById(ids), model.spansById(ids), where + ids);
    same(reader().inProgress(spans), model.inProgress(spans), where + spans);
    same(reader().exceptions(ALL_EXCEPTIONS), model.exceptions(ALL_EXCEPTIONS), where);
    same(reader().exceptions(exceptions), model.exceptions(exceptions), where + exceptions);
    same(latest(reader(), exceptions), latest(model, exceptions), where + exceptions);
    same(
        reader().exceptionGroups(exceptions),
        model.exceptionGroups(exceptions),
        where + exceptions);
    Period period = period(random);
    same(reader().losses(period), model.losses(period), where + period);
    same(reader().statements(statements), model.statements(statements), where + statements);
    MetricFilter metrics =
        new MetricFilter(
            spans.sinceEpochNanos(),
            spans.untilEpochNanos(),
            spans.service(),
            random.nextInt(5),
            rows.condition(2));
    same(reader().metrics(metrics), model.metrics(metrics), where + metrics);
    ThrowFilter throwCounts =
        new ThrowFilter(spans.sinceEpochNanos(), spans.untilEpochNanos(), spans.service());
    same(reader().throwCounts(throwCounts), model.throwCounts(throwCounts), where + throwCounts);
    DecisionFilter decisions =
        new DecisionFilter(
            spans.sinceEpochNanos(),
            spans.untilEpochNanos(),
            spans.service(),
            maybe(random, rows.text()),
            maybe(random, rows.id()),
            random.nextInt(5),
            rows.condition(2));
    same(reader().decisions(ALL_DECISIONS), model.decisions(ALL_DECISIONS), where);
    same(reader().decisions(decisions), model.decisions(decisions), where + decisions);
    same(reader().decisionIds(prefix), model.decisionIds(prefix), where + prefix);
    long since = maybe(random, rows.time());
    same(reader().outcomes(since), model.outcomes(since), where + since);
    same(reader().feedback(since), model.feedback(since), where + since);
    same(reader().knowledge(), model.knowledge(), where);
    same(reader().removed(), model.removed(), where);
    Cutoff cutoff = new Cutoff(since, maybe(random, rows.time()), maybe(random, rows.time()));
    same(reader().older(cutoff), model.older(cutoff), where + cutoff);
    same(
        reader().requestRollups(since, spans.untilEpochNanos(), spans.service()),
        model.requestRollups(since, spans.untilEpochNanos(), spans.service()),
        where + since);
    int atLeast = 1 + random.nextInt(2);
    same(
        reader().remedyAttempts(since, atLeast, 10 * atLeast),
        model.remedyAttempts(since, atLeast, 10 * atLeast),
        where + since);
    same(
        reader().repeatedStatements(statements, atLeast),
        model.repeatedStatements(statements, atLeast),
        where + statements + atLeast);
    same(
        reader().callsInTransactions(statements),
        model.callsInTransactions(statements),
        where + statements);
    SearchFilter search =
        new SearchFilter(
            SearchQuery.of(random.nextBoolean() ? rows.text() : "plain"),
            oneOf(random, PLACES),
            spans.sinceEpochNanos(),
            spans.untilEpochNanos(),
            spans.service(),
            0,
            rows.condition(2));
    same(found(reader(), search), found(model, search), where + search);
    long after = random.nextInt(100) - 1;
    same(
        reader().arrivedExceptions(exceptions, after),
        model.arrivedExceptions(exceptions, after),
        where + exceptions + after);
    same(reader().lifecycle(instance), model.lifecycle(instance), where);
    same(reader().spanIds(prefix), model.spanIds(prefix), where + prefix);
    same(reader().traceIds(prefix), model.traceIds(prefix), where + prefix);
    same(reader().fingerprints(prefix), model.fingerprints(prefix), where + prefix);
    long id = rows.id();
    same(reader().span(id), model.span(id), where + id);
    TraceId trace = rows.traceId();
    same(reader().trace(trace), model.trace(trace), where + trace);
    List<TraceId> traces = Stream.of(rows.traceId(), trace, rows.traceId()).distinct().toList();
    Map<TraceId, List<StoredSpan>> some = reader().traces(traces, atLeast);
    Map<TraceId, List<StoredSpan>> ofModel = model.traces(traces, atLeast);
    same(List.copyOf(some.keySet()), List.copyOf(ofModel.keySet()), where + traces + atLeast);
    same(all(some.values()), all(ofModel.values()), where + traces + atLeast);
    assertThat(reader().escaped(traces)).as(where + traces).isEqualTo(model.escaped(traces));
    same(
        reader().hasMoreSpans(trace, atLeast),
        model.trace(trace).size() > atLeast,
        where + trace + atLeast);
    same(reader().payload(instance, id), model.payload(instance, id), where + id);
    if (isRunning(instance, model) || isThrown(instance, id, model)) {
      same(reader().frames(instance, id), model.frames(instance, id), where + id);
    }
  }

  /** All of a kind that are of the same time and service, with the same status. */
  private static SpanFilter ofKind(
      String kind, @Nullable String category, long minDuration, int limit, SpanFilter like) {
    return new SpanFilter(
        like.sinceEpochNanos(),
        like.untilEpochNanos(),
        like.service(),
        kind,
        category,
        like.status(),
        minDuration,
        0,
        limit);
  }

  private static boolean isRunning(InstanceId instance, StoreReader model) {
    return model.instances().stream()
        .anyMatch(it -> it.id().equals(instance) && it.endedEpochNanos() == 0);
  }

  /** Others' frames may have gone with the rows that referred to them. */
  private static boolean isThrown(InstanceId instance, long hash, StoreReader model) {
    return model.exceptions(new ExceptionFilter(0, 0, null, 0, null, 0)).stream()
        .map(StoredException::row)
        .anyMatch(row -> row.instance().equals(instance) && refers(row.stack(), hash));
  }

  private static boolean refers(ThrownStack thrown, long hash) {
    ThrownStack cause = thrown.cause();
    return thrown.stackHash() == hash
        || (cause != null && refers(cause, hash))
        || thrown.suppressed().stream().anyMatch(each -> refers(each, hash));
  }

  private static List<StoredException> latest(StoreReader reader, ExceptionFilter filter) {
    List<StoredException> latest = new ArrayList<>();
    reader.visitLatest(filter, latest::add);
    return latest;
  }

  private static List<StoredSpan> visited(StoreReader reader, SpanFilter filter) {
    List<StoredSpan> visited = new ArrayList<>();
    reader.visit(filter, visited::add);
    return visited;
  }

  private static List<StoredSpan> all(Collection<List<StoredSpan>> traces) {
    return traces.stream().flatMap(List::stream).toList();
  }

  private static List<List<Object>> sums(StoreReader reader, SpanFilter filter, SpanSum.By by) {
    return reader.sums(filter, by).stream()
        .sorted(Comparator.comparing(SpanSum::service).thenComparing(SpanSum::name))
        .map(
            sum ->
                List.<Object>of(
                    sum.service(),
                    sum.name(),
                    sum.count(),
                    sum.errors(),
                    sum.lastEpochNanos(),
                    sum.durations().size(),
                    sum.durations().total(),
                    sum.durations().percentile(50),
                    sum.durations().percentile(95)))
        .toList();
  }

  /** In the order of arrival: which hit is better is the store's own affair. */
  private static List<SearchHit> found(StoreReader reader, SearchFilter filter) {
    List<SearchHit> hits = new ArrayList<>(reader.search(filter).hits());
    hits.sort(Comparator.comparingLong(SearchHit::arrival));
    return hits;
  }

  private static Period period(Random random) {
    long since = random.nextLong(300_000_000_000L);
    return new Period(since, since + random.nextLong(90_000_000_000L));
  }

  private static void same(Object actual, Object expected, String where) {
    assertThat(Rendering.lines(actual)).as(where).isEqualTo(Rendering.lines(expected));
  }

  private static long maybe(Random random, long value) {
    return random.nextInt(3) == 0 ? value : 0;
  }

  private static <T> T oneOf(Random random, List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private static <T> @Nullable T maybe(Random random, T value) {
    return random.nextInt(3) == 0 ? value : null;
  }
}
