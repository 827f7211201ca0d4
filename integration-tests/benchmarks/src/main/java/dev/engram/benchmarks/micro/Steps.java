package dev.engram.benchmarks.micro;

import dev.engram.agent.core.capture.Capture;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.capture.Worth;
import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.recall.Match;
import dev.engram.agent.core.recall.Question;
import dev.engram.agent.core.recall.Recollections;
import dev.engram.agent.core.thrown.ThrowCounts;
import dev.engram.agent.record.AttributeKey;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.Field;
import dev.engram.agent.record.InAppFrames;
import dev.engram.agent.record.RecordEncoder;
import dev.engram.agent.record.RecordKind;
import dev.engram.agent.record.SpanKind;
import dev.engram.agent.record.control.Recollection;
import dev.engram.agent.record.redaction.Redaction;
import dev.engram.benchmarks.load.ServedRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The steps, one method each. Confined to the benchmark's thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else.
public class Steps {
  private static final int RECORD_LENGTH = 256;
  private static final int LIMIT = 4096;
  private static final String QUERY = "page=2&size=50&access_token=3f9a6c51";
  private static final int CASES = 32;
  private static final String ASKED = "my parcel %d is late, and order %d was not what I ordered";

  private final RecordEncoder encoder = new RecordEncoder();
  private final UnsafeBuffer record = new UnsafeBuffer(new byte[4096]);
  private final Redaction redaction = new Redaction(List.of());
  private DrainedRing ring;
  private OpenSpan span;
  private ThrowCounts throwCounts;
  private final Question question =
      Question.ofDecision("route", List.of(ASKED.formatted(7, 4711).repeat(10)), null, 5);

  /** Makes capture live over a ring that never fills. */
  @Setup
  public void start() throws IOException {
    ring = new DrainedRing();
    throwCounts = new ThrowCounts(InAppFrames.of(List.of()), TimeUnit.HOURS.toNanos(1));
    Capture.start(Configuration.of(""), ring);
    Recollections.learn(IntStream.range(0, CASES).mapToObj(Steps::past).toList());
    span = Objects.requireNonNull(Tracing.open(SpanKind.SERVER, Category.HTTP, "GET"));
  }

  /** Throwables are counted as the writer thread does it. */
  @Setup(Level.Iteration)
  public void beat() {
    throwCounts.beat();
  }

  /** Ends capture. */
  @TearDown
  public void stop() throws IOException {
    Capture.stop();
    ring.close();
  }

  /** A SERVER span with eight attributes becomes bytes. */
  @Benchmark
  public int encode() {
    encoder
        .begin(RecordKind.SPAN, record, 0)
        .put(Field.TIME, 1_770_000_000_000_000_000L)
        .put(Field.TRACE_ID_HIGH, 0x4bf92f3577b34da6L)
        .put(Field.TRACE_ID_LOW, 0xa3ce929d0e0e4736L)
        .put(Field.SPAN_ID, 0x00f067aa0ba902b7L)
        .put(Field.SPAN_KIND, SpanKind.SERVER.code())
        .put(Field.CATEGORY, Category.HTTP.code())
        .put(Field.NAME, "GET /api/orders/{id}", LIMIT)
        .put(Field.DURATION, 12_345_678L);
    encoder.attribute(AttributeKey.HTTP_REQUEST_METHOD, "GET", LIMIT);
    encoder.attribute(AttributeKey.URL_PATH, "/api/orders/20261", LIMIT);
    encoder.attribute(AttributeKey.URL_QUERY, QUERY, LIMIT);
    encoder.attribute(AttributeKey.URL_SCHEME, "https", LIMIT);
    encoder.attribute(AttributeKey.CLIENT_ADDRESS, "10.20.30.40", LIMIT);
    encoder.attribute(AttributeKey.USER_AGENT_ORIGINAL, ServedRequest.USER_AGENT, LIMIT);
    encoder.attribute(AttributeKey.HTTP_ROUTE, "/api/orders/{id}", LIMIT);
    encoder.attribute(AttributeKey.HTTP_RESPONSE_STATUS_CODE, 200);
    return encoder.end();
  }

  /** 256 bytes are counted, claimed, copied and committed. */
  @Benchmark
  public boolean ring() {
    return ring.offer(RecordKind.SPAN, Worth.RESERVED, record, 0, RECORD_LENGTH);
  }

  /** A span becomes the thread's current one, is asked for, and is left. */
  @Benchmark
  public OpenSpan context() {
    span.enter();
    OpenSpan current = Tracing.current();
    span.leave();
    return Objects.requireNonNull(current);
  }

  /** A header that may be remembered. */
  @Benchmark
  public String redactHeader() {
    return redaction.text("user_agent.original", ServedRequest.USER_AGENT);
  }

  /** A query of three parameters, one of them a secret. */
  @Benchmark
  public String redactQuery() {
    return redaction.text("url.query", QUERY);
  }

  /** One request, from its open to both its records in the ring. */
  @Benchmark
  public void request() {
    ServedRequest.serve();
  }

  /** As many cases as are kept of one decision are compared with the input of the next one. */
  @Benchmark
  public List<Match> recall() {
    return Recollections.answer(question);
  }

  /** What the measuring itself takes. */
  @Benchmark
  public void nothing() {}

  /** One call of a model with 2 KiB of questions and 1 KiB of answer, as a framework tells it. */
  @Benchmark
  public void modelCall() {
    AskedModel.told();
  }

  /** The same, read from the bodies of a client. */
  @Benchmark
  public void modelCallOnTheWire() {
    AskedModel.read();
  }

  /** The same, with an answer in a hundred pieces. */
  @Benchmark
  public void streamOnTheWire() {
    AskedModel.streamed();
  }

  /** One node of a workflow that is given 1 KiB and gives 1 KiB. */
  @Benchmark
  public void node() {
    AskedModel.node();
  }

  /** An exception is thrown and caught. */
  @Benchmark
  public int swallow() {
    try {
      throw new NumberFormatException();
    } catch (NumberFormatException swallowed) {
      return 1;
    }
  }

  /** The same, told as it is constructed. */
  @Benchmark
  public int swallowCounted() {
    try {
      NumberFormatException thrown = new NumberFormatException();
      throwCounts.accept(thrown, 1);
      throw thrown;
    } catch (NumberFormatException swallowed) {
      return 1;
    }
  }

  private static Recollection past(int number) {
    return new Recollection(
        Recollection.DECISION,
        "",
        "route",
        "00f067aa0ba902b7",
        Instant.EPOCH,
        "a3ce929d0e0e4736",
        ASKED.formatted(number, 31 * number).repeat(10),
        "support",
        0.9,
        "success",
        List.of());
  }
}
