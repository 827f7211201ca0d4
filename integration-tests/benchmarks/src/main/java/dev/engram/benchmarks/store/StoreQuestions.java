package dev.engram.benchmarks.store;

import dev.engram.collector.analysis.ai.AiUsage;
import dev.engram.collector.query.Queries;
import dev.engram.collector.query.Range;
import dev.engram.collector.store.Condition;
import dev.engram.collector.store.SearchIn;
import dev.engram.collector.store.SearchQuery;
import dev.engram.collector.store.StoredSpan;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What the command line asks of a store: as it does without options, unless they are named. */
final class StoreQuestions {
  private static final int LIMIT = 20;
  private static final long DAY = TimeUnit.DAYS.toNanos(1);

  private final long now;
  private final Random random;

  /**
   * Asked at this time.
   *
   * @param random draws what is looked for
   */
  StoreQuestions(long nowEpochNanos, Random random) {
    now = nowEpochNanos;
    this.random = random;
  }

  /** Each by its command line. */
  Map<String, Consumer<Queries>> all(Queries queries) {
    Range all = new Range(0, null, LIMIT);
    Range day = new Range(now - DAY, null, LIMIT);
    List<StoredSpan> some = queries.requests(new Range(0, now - DAY * 2, null, 200), null, 0);
    Map<String, Consumer<Queries>> questions = new LinkedHashMap<>();
    questions.put("requests", it -> it.requests(all, null, 0));
    questions.put("requests --status error", it -> it.requests(all, "error", 0));
    questions.put(
        "requests --route --since 1d",
        it -> it.requests(day.and(Condition.equal("http.route", route())), null, 0));
    questions.put("requests --min-duration 1s", it -> it.requests(all, null, 1_000_000_000L));
    questions.put("requests --min-duration 50ms", it -> it.requests(all, null, 50_000_000L));
    questions.put("show (a trace)", it -> it.show(oneOf(some).row().traceId().hex(), now));
    questions.put("timeline (a request)", it -> timeline(it, oneOf(some)));
    questions.put("services --since 1d", it -> it.services(day));
    questions.put("services", it -> it.services(all));
    questions.put("users", it -> it.users(day));
    questions.put("errors --since 1d", it -> it.errors(day, now));
    questions.put("errors", it -> it.errors(all, now));
    questions.put("sql --since 1d", it -> it.statements(day, 0));
    questions.put("sql", it -> it.statements(all, 0));
    questions.put("metrics", it -> it.metrics(day));
    questions.put("insights", it -> it.insights(all, day, now));
    questions.put("ai --since 1d", it -> it.ai(day, AiUsage.By.MODEL));
    questions.put("ai", it -> it.ai(all, AiUsage.By.MODEL));
    questions.put("ai calls", it -> it.aiCalls(all, null));
    questions.put("workflows --since 1d", it -> it.workflows(day, null));
    questions.put("decisions", it -> it.decisions().summaries(all, null, false));
    questions.put("search", this::search);
    questions.put("compare (the last day with the one before)", it -> compare(it, day));
    questions.put("status", Queries::accounting);
    return questions;
  }

  private void timeline(Queries queries, StoredSpan request) {
    String id = String.format("%016x", request.row().spanId());
    queries.timeline(id, TimeUnit.MINUTES.toNanos(5), 100, now);
  }

  private void search(Queries queries) {
    SearchQuery words = SearchQuery.of("word" + (4_000 + random.nextInt(8_000)));
    queries.search(words, EnumSet.of(SearchIn.ERRORS, SearchIn.AI), new Range(0, null, LIMIT));
  }

  private void compare(Queries queries, Range day) {
    queries.comparisons().compare("before", day.between(now - 2 * DAY, now - DAY), "after", day);
  }

  private String route() {
    return LargeRows.route(random.nextInt(LargeRows.ROUTES / 2));
  }

  private StoredSpan oneOf(List<StoredSpan> some) {
    return some.get(random.nextInt(some.size()));
  }
}
