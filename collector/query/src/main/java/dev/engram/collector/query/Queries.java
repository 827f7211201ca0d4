package dev.engram.collector.query;

import dev.engram.collector.analysis.ErrorGroup;
import dev.engram.collector.analysis.ErrorGroups;
import dev.engram.collector.analysis.ErrorLabel;
import dev.engram.collector.analysis.Insight;
import dev.engram.collector.analysis.Risk;
import dev.engram.collector.analysis.RouteSummary;
import dev.engram.collector.analysis.SlowStatement;
import dev.engram.collector.analysis.SwallowedThrows;
import dev.engram.collector.analysis.UserSummary;
import dev.engram.collector.analysis.ai.AiSummary;
import dev.engram.collector.analysis.ai.AiUsage;
import dev.engram.collector.analysis.ai.Prices;
import dev.engram.collector.analysis.remedy.JudgedRemedy;
import dev.engram.collector.analysis.remedy.RemedyJudge;
import dev.engram.collector.analysis.solution.Solution;
import dev.engram.collector.analysis.triage.Triages;
import dev.engram.collector.analysis.workflow.Run;
import dev.engram.collector.analysis.workflow.WorkflowSummary;
import dev.engram.collector.store.ExceptionFilter;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.Loss;
import dev.engram.collector.store.MetricSummary;
import dev.engram.collector.store.SearchFilter;
import dev.engram.collector.store.SearchHits;
import dev.engram.collector.store.SearchIn;
import dev.engram.collector.store.SearchQuery;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.StoredSpan;
import dev.engram.collector.store.ThrownStack;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The questions people ask of the memory. Lists are empty, never null, when nothing matches; a
 * store that cannot answer throws {@link dev.engram.collector.store.StoreException}.
 */
public final class Queries {
  static final String SERVER = "SERVER";

  /** The status of a request that has begun and not ended. */
  public static final String IN_PROGRESS = "in_progress";

  private final StoreReader reader;
  private final RequestQueries requests;
  private final FindingQueries findings;
  private final WorkflowQueries workflows;
  private final Finder finder;
  private final SolutionQueries solutions;
  private final Books books;
  private final Losses losses;
  private final AiCalls ai;
  private final Supplier<Prices> prices;

  /** Ones that know no prices, and no solutions but people's. */
  public Queries(StoreReader reader, RunningInstances running) {
    this(reader, running, () -> Prices.NONE, List::of);
  }

  /**
   * All of them.
   *
   * @param prices asked for each time that an answer has costs
   * @param catalogue of solutions, asked for each time that an answer has some
   */
  public Queries(
      StoreReader reader,
      RunningInstances running,
      Supplier<Prices> prices,
      Supplier<List<Solution>> catalogue) {
    this.reader = reader;
    this.requests = new RequestQueries(reader);
    this.findings = new FindingQueries(reader);
    this.workflows = new WorkflowQueries(reader, prices);
    this.solutions = new SolutionQueries(reader, catalogue);
    this.finder = new Finder(reader, solutions);
    this.books = new Books(reader, running);
    this.losses = new Losses(reader);
    this.ai = new AiCalls(reader, prices);
    this.prices = prices;
  }

  /**
   * Requests, newest first; those in progress are among them.
   *
   * @param status {@code ok}, {@code error}, {@code unset}, {@code interrupted} or {@code
   *     in_progress}; null for any
   */
  public List<StoredSpan> requests(Range range, @Nullable String status, long minDurationNanos) {
    return requests.list(range, status, minDurationNanos);
  }

  /** Every route with requests that have ended in this range, that with the most time first. */
  public List<RouteSummary> routes(Range range) {
    return requests.routes(range);
  }

  /** Requests that have ended, newest first: where following begins. */
  public List<StoredSpan> ended(Range range, @Nullable String status) {
    return requests.ended(range, status, 0);
  }

  /**
   * Requests that arrived after the cursor, oldest arrival first. The next cursor is the last one's
   * {@link StoredSpan#arrival()}.
   *
   * @param cursor greater than 0
   */
  public List<StoredSpan> arrived(Range range, @Nullable String status, long cursor) {
    return requests.ended(range, status, cursor);
  }

  /** Remedies, that of the latest attempt first. */
  public List<JudgedRemedy> remedies(long nowEpochNanos) {
    return RemedyJudge.find(reader, nowEpochNanos);
  }

  /** What healing would have done in the last day, where nothing was done; empty for nothing. */
  public Optional<HealableRequests> healable(long nowEpochNanos) {
    return HealableRequests.find(reader, nowEpochNanos);
  }

  /** Error groups, most frequent first; without those that people ignore. */
  public List<ErrorGroup> errors(Range range, long nowEpochNanos) {
    return errors(range, nowEpochNanos, false);
  }

  /**
   * Error groups, most frequent first.
   *
   * @param ignored whether those that people ignore are among them
   */
  public List<ErrorGroup> errors(Range range, long nowEpochNanos, boolean ignored) {
    return ErrorGroups.find(
        reader,
        new ExceptionFilter(
            range.sinceEpochNanos(),
            range.untilEpochNanos(),
            range.service(),
            0,
            null,
            range.limit(),
            range.where()),
        nowEpochNanos,
        ignored);
  }

  /**
   * Fingerprints of error groups whose label begins so; at most 10.
   *
   * @return empty when there is none, or the text can be no label
   */
  public List<Long> errorIds(String label) {
    return ErrorLabel.hexDigits(label).map(finder::errors).orElse(List.of());
  }

  /** The error group that this one belongs to; itself where it was not merged. */
  public long rootOfError(long fingerprint) {
    return Triages.of(reader.knowledge()).root(fingerprint);
  }

  /** The questions people ask of solutions. */
  public SolutionQueries solutions() {
    return solutions;
  }

  /** Error groups whose latest exception is like this stack, the most similar first. */
  public List<SimilarError> similar(ThrownStack stack, Range range, long nowEpochNanos) {
    return new SimilarErrors(reader, solutions).to(stack, 0, range, nowEpochNanos);
  }

  /** Error groups that are like this one, the most similar first; itself not among them. */
  public List<SimilarError> similar(ErrorDetail detail, Range range, long nowEpochNanos) {
    return new SimilarErrors(reader, solutions)
        .to(detail.latest().row().stack(), detail.group().fingerprint(), range, nowEpochNanos);
  }

  /** What was thrown and caught without a trace, that of the application first, then by count. */
  public List<SwallowedThrows> swallowed(Range range) {
    return findings.swallowed(range);
  }

  /** SQL statements, those with the most total time first. */
  public List<SlowStatement> statements(Range range, long minDurationNanos) {
    return findings.statements(range, minDurationNanos);
  }

  /** What was measured in the JVMs, in {@link MetricSummary#ORDER}. */
  public List<MetricSummary> metrics(Range range) {
    return findings.metrics(range);
  }

  /**
   * What is worth a look: what will fail, the most urgent first, then what costs most time.
   *
   * @param range of readings; without a begin the last hour, six hours and day are looked at
   * @param statements of what costs time; its limit is that of all
   */
  public List<Insight> insights(Range range, Range statements, long nowEpochNanos) {
    return findings.insights(range, statements, nowEpochNanos);
  }

  /** What will fail, the most urgent first. */
  public List<Risk> risks(Range range, long nowEpochNanos) {
    return findings.risks(range, nowEpochNanos);
  }

  /** The services that are remembered, by name, with what their requests of this range came to. */
  public List<ServiceSummary> services(Range range) {
    return requests.services(books.report(), range);
  }

  /** Who made requests, most requests first. */
  public List<UserSummary> users(Range range) {
    return requests.users(range);
  }

  /** The questions people ask of decisions. */
  public DecisionQueries decisions() {
    return new DecisionQueries(reader);
  }

  /** The questions people ask of labelled runs. */
  public RunQueries runs() {
    return new RunQueries(reader, prices);
  }

  /** The questions people ask of two parts of the memory. */
  public CompareQueries comparisons() {
    return new CompareQueries(reader);
  }

  /** Calls of models summed up, most expensive first. */
  public List<AiSummary> ai(Range range, AiUsage.By by) {
    return ai.summaries(range, by);
  }

  /**
   * Calls of models, newest first; those in progress are among them.
   *
   * @param status as of {@link #requests}
   */
  public List<PricedCall> aiCalls(Range range, @Nullable String status) {
    return ai.list(range, status);
  }

  /**
   * The call of a model, or of an agent, that this id stands for: a span (16 hex digits), a trace
   * with one such call (32), or the unique beginning of one. A {@link Conversation} when there is
   * one.
   */
  public Shown conversation(String id) {
    return ai.conversation(id);
  }

  /**
   * Workflows with the runs that began in this range, that with the most runs first.
   *
   * @param name of the only workflow; null for all
   */
  public List<WorkflowSummary> workflows(Range range, @Nullable String name) {
    return workflows.summaries(range, name);
  }

  /**
   * Runs of workflows, newest first; those that go on are among them.
   *
   * @param status as of {@link #requests}, and {@code unset} where it is not known; null for any
   */
  public List<Run> workflowRuns(Range range, @Nullable String status) {
    return workflows.runs(range, status);
  }

  /**
   * What this id stands for: a span (16 hex digits), a trace (32), an error group ({@code E-} and
   * 12), or the unique beginning of one.
   */
  public Shown show(String id, long nowEpochNanos) {
    return finder.show(id, nowEpochNanos);
  }

  /** Rows whose text has all that is searched for, best first. */
  public FoundTexts search(SearchQuery query, Set<SearchIn> in, Range range) {
    SearchHits hits =
        reader.search(
            new SearchFilter(
                query,
                in,
                range.sinceEpochNanos(),
                range.untilEpochNanos(),
                range.service(),
                range.limit(),
                range.where()));
    return new FoundTexts(
        hits.hits().stream().map(hit -> new FoundText(hit, Snippet.of(hit.text(), query))).toList(),
        hits.searchedSinceEpochNanos());
  }

  /**
   * What happened around what this id stands for: as {@link #show}, or an instance (a UUID or its
   * beginning). A {@link Timeline} when there is such a thing.
   *
   * @param windowNanos how far to look before its begin and after its end
   * @param limit most entries
   */
  public Shown timeline(String id, long windowNanos, int limit, long nowEpochNanos) {
    return new Timelines(reader, finder).of(id, windowNanos, limit, nowEpochNanos);
  }

  /** All that there is, to be handed on. */
  public Export export() {
    return new Export(reader);
  }

  public List<Instance> instances() {
    return reader.instances();
  }

  public AccountingReport accounting() {
    return books.report();
  }

  /**
   * What was lost that a listing of this range may lack, as far as a collector has noted it; in
   * {@link Loss#ORDER}.
   */
  public List<Loss> losses(Range range) {
    return losses.of(range);
  }

  /** What the instances of a trace lost while it went on. */
  public List<Loss> losses(TraceTree trace) {
    return losses.of(trace);
  }

  /** What the instance of a call lost while it went on. */
  public List<Loss> losses(Conversation conversation) {
    return losses.of(conversation);
  }

  /** What the services of an error have lost since it was first seen. */
  public List<Loss> losses(ErrorDetail detail) {
    return losses.of(detail);
  }

  static long start(StoredSpan span) {
    return span.row().startEpochNanos();
  }
}
