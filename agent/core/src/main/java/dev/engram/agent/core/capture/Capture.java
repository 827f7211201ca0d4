package dev.engram.agent.core.capture;

import dev.engram.agent.core.clock.EpochClock;
import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.config.Settings;
import dev.engram.agent.core.context.OpenTelemetryAgent;
import dev.engram.agent.core.context.Traceparent;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.ExceptionOrigin;
import dev.engram.agent.record.Hash64;
import dev.engram.agent.record.SpanKind;
import dev.engram.agent.record.StackFrame;
import dev.engram.agent.record.redaction.Pseudonyms;
import dev.engram.agent.record.redaction.Redaction;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Capture while it is live: decides what is remembered and what it is worth. Started and stopped by
 * the agent's start; used by {@link Tracing} and {@link OpenSpan} on application threads.
 * Thread-safe.
 */
public final class Capture {
  private static volatile @Nullable Capture live;

  private final RecordSink sink;
  private final Redaction redaction;
  private final RecordWriter writer;
  private final CaptureLimits limits;
  private final Exceptions exceptions;
  private final PendingRequests pendingRequests = new PendingRequests();
  private final EpochClock clock;
  private final Failures failures;
  private final HeldSpans held;
  private volatile CapturePolicy policy;

  Capture(
      RecordSink sink,
      Redaction redaction,
      CaptureLimits limits,
      CapturePolicy policy,
      EpochClock clock) {
    this.sink = sink;
    this.redaction = redaction;
    this.writer = new RecordWriter(sink, redaction, limits);
    this.limits = limits;
    this.policy = policy;
    this.clock = clock;
    this.failures = new Failures(sink);
    this.held = new HeldSpans(clock);
    this.exceptions = new Exceptions(sink, writer, limits, clock);
  }

  /** Makes {@link Tracing} live. With {@code engram.capture=off} it takes nothing. */
  public static void start(Configuration configuration, RecordSink sink) {
    start(
        new Capture(
            sink,
            new Redaction(
                configuration.list(Settings.REDACT_KEYS),
                configuration.list(Settings.REDACT_ALLOW),
                new Pseudonyms(configuration.text(Settings.CAPTURE_USER))),
            CaptureLimits.from(configuration),
            CapturePolicy.of(configuration),
            EpochClock.SYSTEM));
  }

  /** What is captured from now on; a request that has begun goes on as it began. Never throws. */
  public static void apply(Configuration configuration) {
    Capture capture = live;
    if (capture != null) {
      capture.policy = CapturePolicy.of(configuration);
    }
  }

  /** Whether a configuration says that nothing is to be captured. */
  public static boolean isOff(Configuration configuration) {
    return CapturePolicy.of(configuration).isOff();
  }

  static void start(Capture capture) {
    live = capture;
  }

  /** Makes {@link Tracing} inert. Spans that are open may still end, and are offered then. */
  public static void stop() {
    live = null;
  }

  /** The salt of the memory home: users and sessions can be told apart from now on. */
  public static void salt(byte[] salt) {
    Capture capture = live;
    if (capture != null) {
      capture.redaction.salt(salt);
    }
  }

  /** Remembers something about the instance itself, such as its start. Never throws. */
  public static void lifecycle(String event, Map<String, Object> attributes) {
    Capture capture = live;
    if (capture == null) {
      return;
    }
    try {
      capture.writer.lifecycle(capture.clock.epochNanos(), event, attributes);
    } catch (Throwable failure) {
      capture.failures.survived(failure);
    }
  }

  /**
   * Remembers a reading of the JVM. Never throws.
   *
   * @param name the OpenTelemetry metric name
   * @param unit UCUM, as OpenTelemetry uses it
   */
  public static void measurement(
      String name, String unit, double value, Map<String, Object> attributes) {
    Capture capture = live;
    if (capture == null || capture.policy.isOff()) {
      return;
    }
    try {
      capture.writer.measurement(capture.clock.epochNanos(), name, unit, value, attributes);
    } catch (Throwable failure) {
      capture.failures.survived(failure);
    }
  }

  /**
   * Remembers how many throwables of one type were constructed until now. Never throws.
   *
   * @param site the frame they were constructed at, or null for all of the type
   * @param count where a site is given, an estimate between low and high
   * @param frames the stack of one of them, innermost first; empty where no site is given
   * @return false when that was refused
   */
  public static boolean throwCount(
      String type,
      @Nullable String site,
      long periodNanos,
      long count,
      long low,
      long high,
      List<StackFrame> frames) {
    Capture capture = live;
    if (capture == null || capture.policy.isOff()) {
      return true;
    }
    try {
      return capture.exceptions.counted(type, site, periodNanos, count, low, high, frames);
    } catch (Throwable failure) {
      capture.failures.survived(failure);
      return false;
    }
  }

  /**
   * Remembers even the spans that wait for a count, and the exceptions that wait for somebody to
   * ask. Before the sink is stopped; never throws.
   */
  public static void endHeld() {
    Capture capture = live;
    if (capture != null) {
      capture.held.endAll();
      capture.exceptions.endUnobserved();
    }
  }

  /** Called about once a second, so that what waits long is remembered too. Never throws. */
  public static void beat() {
    Capture capture = live;
    if (capture != null) {
      capture.held.beat();
      capture.exceptions.beat();
    }
  }

  static @Nullable Capture live() {
    return live;
  }

  EpochClock clock() {
    return clock;
  }

  CaptureLimits limits() {
    return limits;
  }

  Failures failures() {
    return failures;
  }

  HeldSpans held() {
    return held;
  }

  void failed() {
    sink.failed();
  }

  boolean ignores(String method, String path) {
    return policy.ignored().matches(method, path);
  }

  /** Null where nothing is to be captured, such as what the application does for us. */
  @Nullable OpenSpan open(
      @Nullable OpenSpan parent, boolean ignored, SpanKind kind, Category category, String name) {
    if (ApplicationText.isAsking()) {
      return null;
    }
    LocalRoot root = parent == null ? newRoot(ignored) : parent.root();
    return root == null || (parent != null && root.isIgnored())
        ? null
        : new OpenSpan(this, parent, root, kind, category, name);
  }

  /** Whether the begun note was committed. */
  boolean begun(OpenSpan span) {
    return !span.root().isPending()
        && writer.begun(span, isAlwaysWorth(span) ? Worth.RESERVED : Worth.ORDINARY);
  }

  void end(OpenSpan span, long durationNanos) {
    LocalRoot root = span.root();
    if (span.isLocalRoot()) {
      held.endBelow(root);
    }
    if (span.hasFailed()) {
      root.failed(span.isLocalRoot());
    }
    if (span.category() == Category.AI) {
      root.answered();
    }
    if (span.isLocalRoot() && root.ended(clock.nanoTime())) {
      return;
    }
    boolean committed = false;
    try {
      committed = writer.span(span, durationNanos, worth(span), root.sink(sink));
    } finally {
      if (!committed && span.hasBegun()) {
        writer.ended(span, durationNanos);
      }
    }
  }

  /** Remembers the exception unless another layer did. */
  void exception(
      Throwable thrown, ExceptionOrigin origin, @Nullable String site, @Nullable OpenSpan span) {
    if (!ApplicationText.isAsking() && (span != null || !policy.isOff())) {
      exceptions.seen(thrown, origin, site, span);
    }
  }

  /** Remembers the exception as escaped if nobody asks for it in a while. */
  void unobserved(Throwable thrown, String site, @Nullable OpenSpan span) {
    if (!ApplicationText.isAsking() && (span != null || !policy.isOff())) {
      exceptions.unobserved(thrown, site, span);
    }
  }

  void observed(Throwable thrown) {
    exceptions.observed(thrown);
  }

  /** 16 hex digits of what may be remembered of a JSON text, so that no digit is of a secret. */
  String hashOfJson(String name, String json) {
    return hash(List.of(redaction.document(name, "application/json", json, false)));
  }

  String hashOf(String name, List<String> texts) {
    return hash(texts.stream().map(text -> redaction.text(name, text)).toList());
  }

  private static String hash(List<String> redacted) {
    Hash64 hash = new Hash64();
    redacted.forEach(hash::add);
    return String.format("%016x", hash.value());
  }

  /** Not what the application decides for us, nor what is decided in a request that is ignored. */
  boolean remembersDecisions(@Nullable OpenSpan span) {
    boolean wanted = span == null ? policy.level() == CaptureLevel.ALL : !span.root().isIgnored();
    return wanted && !ApplicationText.isAsking();
  }

  void decision(CapturedDecision decision, @Nullable OpenSpan span) {
    if (remembersDecisions(span)) {
      RecordSink into = span == null ? sink : span.root().sink(sink);
      writer.decision(clock.epochNanos(), decision, span, into);
      if (span != null) {
        span.root().answered();
      }
    }
  }

  void outcome(
      String key,
      String id,
      String label,
      double value,
      @Nullable String author,
      @Nullable String comment) {
    if (!policy.isOff()) {
      writer.outcome(clock.epochNanos(), key, id, label, value, author, comment);
    }
  }

  void remedyAttempt(CapturedAttempt attempt, @Nullable OpenSpan span) {
    if (!policy.isOff()) {
      writer.remedyAttempt(clock.epochNanos(), attempt, span);
    }
  }

  void feedback(
      String target,
      @Nullable String targetId,
      @Nullable String label,
      double score,
      @Nullable String author,
      @Nullable String comment) {
    String id = targetId != null ? targetId : currentId(target);
    if (id != null && !policy.isOff()) {
      writer.feedback(clock.epochNanos(), target, id, label, score, author, comment);
    }
  }

  private @Nullable LocalRoot newRoot(boolean ignored) {
    CaptureLevel level = policy.level();
    if (level == CaptureLevel.OFF) {
      return null;
    }
    boolean onlyIfItFails = ignored || level == CaptureLevel.ERRORS;
    PendingRecords pending = onlyIfItFails ? new PendingRecords(sink, pendingRequests) : null;
    LocalRoot root = new LocalRoot(clock.epochNanos(), clock.offset(), pending, ignored);
    Traceparent other = OpenTelemetryAgent.current();
    if (other != null) {
      root.continueFrom(other);
    }
    return root;
  }

  private static @Nullable String currentId(String target) {
    OpenSpan current = CurrentSpan.get();
    if (current == null) {
      return null;
    }
    return switch (target) {
      case "trace" -> current.traceId();
      case "span" -> String.format("%016x", current.spanId());
      default -> null;
    };
  }

  private static Worth worth(OpenSpan span) {
    boolean reserved = span.hasFailed() || span.hasBegun() || isAlwaysWorth(span);
    return reserved ? Worth.RESERVED : Worth.ORDINARY;
  }

  private static boolean isAlwaysWorth(OpenSpan span) {
    return switch (span.category()) {
      case AI, TOOL, WORKFLOW, NODE, DECISION -> true;
      case METHOD, HTTP, SQL, MESSAGING, RPC, DB -> false;
    };
  }
}
