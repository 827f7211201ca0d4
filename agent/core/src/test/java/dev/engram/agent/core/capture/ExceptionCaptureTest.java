package dev.engram.agent.core.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.record.Category;
import dev.engram.agent.record.ExceptionOrigin;
import dev.engram.agent.record.ExceptionRecord;
import dev.engram.agent.record.RecordKind;
import dev.engram.agent.record.SpanKind;
import dev.engram.agent.record.SpanRecord;
import dev.engram.agent.record.SpanStatus;
import dev.engram.agent.record.ThrowableShape;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExceptionCaptureTest {
  private final MemorySink sink = new MemorySink();

  @BeforeEach
  void start() {
    CaptureFixture.start(sink);
  }

  @AfterEach
  void stop() {
    Capture.stop();
    assertThat(sink.failed).hasValue(0);
  }

  @Test
  void failure_marksTheSpanAndIsRemembered() {
    OpenSpan span = open();
    span.fail(new IllegalStateException("broken"), ExceptionOrigin.HANDLED, "a.B#c").end();
    SpanRecord record = sink.only(SpanRecord.class);
    assertThat(record.status()).isEqualTo(SpanStatus.ERROR);
    assertThat(record.statusDescription()).isEqualTo("broken");
    assertThat(record.attributes()).containsEntry("error.type", "java.lang.IllegalStateException");
    ExceptionRecord exception = sink.only(ExceptionRecord.class);
    assertThat(exception.spanId()).isEqualTo(record.spanId());
    assertThat(exception.traceIdLow()).isEqualTo(record.traceIdLow());
    assertThat(exception.origin()).isEqualTo(ExceptionOrigin.HANDLED);
    assertThat(exception.site()).isEqualTo("a.B#c");
    assertThat(exception.threadName()).isEqualTo(Thread.currentThread().getName());
    assertThat(exception.timeEpochNanos()).isGreaterThanOrEqualTo(record.startEpochNanos());
    assertThat(exception.thrown().message()).isEqualTo("broken");
    assertThat(exception.thrown().frames().get(0).methodName())
        .isEqualTo("failure_marksTheSpanAndIsRemembered");
    assertThat(sink.worthOf(RecordKind.EXCEPTION)).isEqualTo(Worth.RESERVED);
    assertThat(sink.worthOf(RecordKind.SPAN)).isEqualTo(Worth.RESERVED);
  }

  @Test
  void oneException_seenInSeveralLayers_isOneRecord() {
    OpenSpan outer = open().enter();
    OpenSpan inner = open();
    RuntimeException root = new RuntimeException("root");
    inner.fail(root, ExceptionOrigin.ESCAPED, null).end();
    Tracing.exception(new Exception("wrapper", root), ExceptionOrigin.HANDLED, null);
    outer.fail(new Error(new Exception(root)), ExceptionOrigin.ESCAPED, null);
    outer.leave();
    outer.end();
    assertThat(sink.only(ExceptionRecord.class).thrown().message()).isEqualTo("root");
    assertThat(sink.all(SpanRecord.class))
        .extracting(SpanRecord::status)
        .containsExactly(SpanStatus.ERROR, SpanStatus.ERROR);
  }

  @Test
  void sameExceptionInAnotherTrace_isAnotherRecord() {
    RuntimeException shared = new RuntimeException("preallocated");
    open().fail(shared, ExceptionOrigin.ESCAPED, null).end();
    open().fail(shared, ExceptionOrigin.ESCAPED, null).end();
    assertThat(sink.all(ExceptionRecord.class)).hasSize(2);
  }

  @Test
  void exceptionOutsideAnySpan_isRememberedOnce() {
    RuntimeException thrown = new RuntimeException("alone");
    Tracing.exception(thrown, ExceptionOrigin.LOGGED, null);
    Tracing.exception(new Exception(thrown), ExceptionOrigin.ESCAPED, null);
    ExceptionRecord record = sink.only(ExceptionRecord.class);
    assertThat(record.spanId()).isZero();
    assertThat(record.traceIdHigh()).isZero();
    assertThat(record.site()).isNull();
  }

  @Test
  void exceptionOfASpan_isKnownOutsideIt() {
    RuntimeException thrown = new RuntimeException("escapes, then its container logs it");
    open().fail(thrown, ExceptionOrigin.ESCAPED, null).end();
    Tracing.logged(new Exception(thrown), "com.acme.Container", "Request failed");
    assertThat(sink.only(ExceptionRecord.class).origin()).isEqualTo(ExceptionOrigin.ESCAPED);
  }

  @Test
  void loggedException_isKnownWhereItEscapes() {
    OpenSpan span = open().enter();
    RuntimeException thrown = new RuntimeException("logged, then thrown on");
    Tracing.logged(thrown, "com.acme.Orders", "No place for order {}");
    span.leave();
    span.fail(thrown, ExceptionOrigin.ESCAPED, "a.B#c").end();
    ExceptionRecord record = sink.only(ExceptionRecord.class);
    assertThat(record.origin()).isEqualTo(ExceptionOrigin.LOGGED);
    assertThat(record.site()).isEqualTo("com.acme.Orders: No place for order {}");
    assertThat(record.spanId()).isEqualTo(sink.only(SpanRecord.class).spanId());
    assertThat(sink.only(SpanRecord.class).status()).isEqualTo(SpanStatus.ERROR);
  }

  @Test
  void loggedTemplate_isRedacted() {
    Tracing.logged(new Exception(), "com.acme.Login", "Refused password=geheim");
    assertThat(sink.only(ExceptionRecord.class).site())
        .startsWith("com.acme.Login: Refused")
        .doesNotContain("geheim");
  }

  @Test
  void oldExceptionOutsideAnySpan_isANewEvent() {
    SeenThrowables seen = SeenThrowables.ofService(100);
    Throwable preallocated = new Exception();
    assertThat(seen.add(preallocated, 1_000)).isTrue();
    assertThat(seen.add(preallocated, 1_100)).isFalse();
    assertThat(seen.add(preallocated, 1_201)).isTrue();
  }

  @Test
  void frames_travelOncePerRoll() {
    for (int i = 0; i < 3; i++) {
      sink.roll = 1 + i / 2;
      open().fail(thrownHere(), ExceptionOrigin.ESCAPED, null).end();
    }
    ThrowableShape first = sink.all(ExceptionRecord.class).get(0).thrown();
    ThrowableShape second = sink.all(ExceptionRecord.class).get(1).thrown();
    ThrowableShape afterRoll = sink.all(ExceptionRecord.class).get(2).thrown();
    assertThat(first.frames()).isNotEmpty();
    assertThat(second.frames()).isEmpty();
    assertThat(second.stackHash()).isEqualTo(first.stackHash()).isNotZero();
    assertThat(afterRoll.frames()).isEqualTo(first.frames());
  }

  @Test
  void refusedFrames_travelAgain() {
    sink.refuses = kind -> kind == RecordKind.EXCEPTION;
    for (int i = 0; i < 2; i++) {
      open().fail(thrownHere(), ExceptionOrigin.ESCAPED, null).end();
      sink.refuses = kind -> false;
    }
    assertThat(sink.only(ExceptionRecord.class).thrown().frames()).isNotEmpty();
  }

  @Test
  void causesAndSuppressed_areKeptWithinLimits() {
    Throwable chain = new Exception("innermost");
    for (int i = 0; i < 20; i++) {
      chain = new Exception("wrapper", chain);
    }
    for (int i = 0; i < 20; i++) {
      chain.addSuppressed(new Exception("suppressed " + i));
    }
    Tracing.exception(chain, ExceptionOrigin.ESCAPED, null);
    ThrowableShape shape = sink.only(ExceptionRecord.class).thrown();
    assertThat(shape.suppressed()).hasSize(8);
    int causes = 0;
    for (ThrowableShape next = shape.cause(); next != null; next = next.cause()) {
      causes++;
    }
    assertThat(causes).isEqualTo(8);
  }

  @Test
  void deepStack_keepsTheFramesNearestToTheFault() {
    StackTraceElement[] deep = new StackTraceElement[1_000];
    for (int i = 0; i < deep.length; i++) {
      deep[i] = new StackTraceElement("C", "m" + i, "C.java", i);
    }
    Exception thrown = new Exception();
    thrown.setStackTrace(deep);
    Tracing.exception(thrown, ExceptionOrigin.ESCAPED, null);
    ThrowableShape shape = sink.only(ExceptionRecord.class).thrown();
    assertThat(shape.frames()).hasSize(256);
    assertThat(shape.frames().get(0).methodName()).isEqualTo("m0");
    assertThat(shape.omittedFrames()).isEqualTo(744);
  }

  @Test
  void exceptionThatIsTooLarge_isSentWithLess() {
    sink.maxRecordLength = 4096;
    Tracing.exception(
        new Exception("long ".repeat(100_000), new Error("x".repeat(9_000))),
        ExceptionOrigin.ESCAPED,
        null);
    ThrowableShape shape = sink.only(ExceptionRecord.class).thrown();
    assertThat(shape.message()).startsWith("long long");
    assertThat(sink.refused).isEmpty();
  }

  /** It would keep a thread of the application, or end it, if anybody called it. */
  @Test
  void hostileThrowable_isRememberedWithoutRunningItsCode() {
    Exception cause = new Exception("cause");
    Hostile first = new Hostile("broken", cause);
    Tracing.exception(first, ExceptionOrigin.ESCAPED, null);
    open().fail(new Hostile("again", first), ExceptionOrigin.ESCAPED, null).end();
    ThrowableShape shape = sink.all(ExceptionRecord.class).get(0).thrown();
    assertThat(shape.type()).isEqualTo(Hostile.class.getName());
    assertThat(shape.message()).isEqualTo("broken");
    assertThat(shape.cause().message()).isEqualTo("cause");
    assertThat(shape.frames().get(0).methodName())
        .isEqualTo("hostileThrowable_isRememberedWithoutRunningItsCode");
    SpanRecord span = sink.only(SpanRecord.class);
    assertThat(span.status()).isEqualTo(SpanStatus.ERROR);
    assertThat(span.statusDescription()).isEqualTo("again");
    assertThat(Hostile.CALLS).hasValue(0);
  }

  @Test
  void cycleOfCauses_isCut() {
    Exception a = new Exception("a");
    Exception b = new Exception("b", a);
    a.initCause(b);
    a.addSuppressed(b);
    Tracing.exception(a, ExceptionOrigin.ESCAPED, null);
    ThrowableShape shape = sink.only(ExceptionRecord.class).thrown();
    assertThat(shape.cause().message()).isEqualTo("b");
    assertThat(shape.cause().cause()).isNull();
  }

  @Test
  void throwableWithoutFrames_hasNoHash() {
    Exception bare = new Exception("bare");
    bare.setStackTrace(new StackTraceElement[0]);
    Tracing.exception(bare, ExceptionOrigin.ESCAPED, null);
    assertThat(sink.only(ExceptionRecord.class).thrown().stackHash()).isZero();
  }

  private static Exception thrownHere() {
    return new Exception("here");
  }

  private static OpenSpan open() {
    return Tracing.open(SpanKind.INTERNAL, Category.METHOD, "work");
  }

  private static final class Hostile extends RuntimeException {
    private static final AtomicInteger CALLS = new AtomicInteger();

    Hostile(String message, Throwable cause) {
      super(message, cause);
    }

    @Override
    public String getMessage() {
      throw called();
    }

    @Override
    public String getLocalizedMessage() {
      throw called();
    }

    @Override
    public StackTraceElement[] getStackTrace() {
      throw called();
    }

    @Override
    public synchronized Throwable getCause() {
      throw called();
    }

    @Override
    public String toString() {
      throw called();
    }

    @Override
    public int hashCode() {
      throw called();
    }

    @Override
    public boolean equals(Object other) {
      throw called();
    }

    private static Error called() {
      CALLS.incrementAndGet();
      return new ThreadDeath();
    }
  }
}
