package dev.engram.agent.core.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.core.clock.EpochClock;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.ExceptionOrigin;
import dev.engram.agent.record.ExceptionRecord;
import dev.engram.agent.record.SpanKind;
import dev.engram.agent.record.SpanRecord;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UnobservedExceptionTest {
  private static final String SITE = "com.acme.Task#run";

  private final AtomicLong now = new AtomicLong(1_000);
  private final MemorySink sink = new MemorySink();

  @BeforeEach
  void start() {
    start(CaptureFixture.EVERYTHING);
  }

  @AfterEach
  void stop() {
    Capture.stop();
    assertThat(sink.failed).hasValue(0);
  }

  @Test
  void exceptionThatNobodyAsksFor_hasEscapedWhereItWasThrown() throws Exception {
    OpenSpan span = open().enter();
    Thread task = new Thread(() -> keptIn(span), "pool-1");
    task.start();
    task.join();
    span.leave();
    span.end();
    pass(10);
    assertThat(sink.all(ExceptionRecord.class)).isEmpty();
    pass(1);

    ExceptionRecord record = sink.only(ExceptionRecord.class);
    assertThat(record.origin()).isEqualTo(ExceptionOrigin.ESCAPED);
    assertThat(record.site()).isEqualTo(SITE);
    assertThat(record.threadName()).isEqualTo("pool-1");
    assertThat(record.timeEpochNanos()).isEqualTo(1_000);
    assertThat(record.spanId()).isEqualTo(sink.only(SpanRecord.class).spanId());
    assertThat(record.thrown().frames()).isNotEmpty();
  }

  @Test
  void exceptionThatSomebodyWasGiven_isNoError() {
    Exception thrown = new Exception("the caller knows what to do");
    Tracing.unobserved(thrown, SITE);
    Tracing.observed(new ExecutionException(thrown));
    pass(60);
    Capture.endHeld();

    assertThat(sink.accepted).isEmpty();
  }

  @Test
  void exceptionThatWasLoggedMeanwhile_isOne() {
    Exception thrown = new Exception();
    Tracing.unobserved(thrown, SITE);
    Tracing.logged(thrown, "com.acme.Task", null);
    pass(11);

    assertThat(sink.only(ExceptionRecord.class).origin()).isEqualTo(ExceptionOrigin.LOGGED);
  }

  @Test
  void exceptionThatWasLoggedBefore_isOne() {
    OpenSpan span = open().enter();
    Exception thrown = new Exception();
    Tracing.logged(thrown, "com.acme.Task", null);
    Tracing.unobserved(thrown, SITE);
    span.leave();
    span.end();
    pass(11);

    assertThat(sink.only(ExceptionRecord.class).origin()).isEqualTo(ExceptionOrigin.LOGGED);
  }

  @Test
  void exceptionOfSeveralFutures_isOne() {
    Exception thrown = new Exception();
    Tracing.unobserved(thrown, SITE);
    Tracing.unobserved(new RuntimeException(thrown), SITE);
    pass(11);

    assertThat(sink.only(ExceptionRecord.class).thrown().type()).isEqualTo("java.lang.Exception");
  }

  @Test
  void stop_remembersWhatNobodyHasAskedFor() {
    Tracing.unobserved(new Exception(), SITE);
    Capture.endHeld();

    assertThat(sink.only(ExceptionRecord.class).site()).isEqualTo(SITE);
  }

  @Test
  void whatFindsNoRoom_isRememberedAtOnce() {
    for (int i = 0; i < UnobservedExceptions.LIMIT + 3; i++) {
      Tracing.unobserved(withoutStack(), SITE);
    }
    assertThat(sink.all(ExceptionRecord.class)).hasSize(3);
    pass(11);
    assertThat(sink.all(ExceptionRecord.class)).hasSize(UnobservedExceptions.LIMIT + 3);
    Tracing.unobserved(withoutStack(), SITE);
    assertThat(sink.all(ExceptionRecord.class)).hasSize(UnobservedExceptions.LIMIT + 3);
  }

  @Test
  void whatWaits_takesNoMoreThanItsBytes() {
    for (int i = 0; i < UnobservedExceptions.LIMIT; i++) {
      Exception thrown = new Exception("long ".repeat(2_000), new Exception("x".repeat(9_000)));
      Tracing.unobserved(thrown, SITE);
    }
    int waiting = UnobservedExceptions.LIMIT - sink.all(ExceptionRecord.class).size();
    assertThat(waiting).isBetween(1, UnobservedExceptions.MAX_BYTES / 16_000);
  }

  @Test
  void ofARequestThatIsKeptOnlyIfItFails_theExceptionIsKept() {
    Capture.stop();
    start(new CapturePolicy(CaptureLevel.ERRORS, IgnoredRequests.NONE));
    OpenSpan span = open().enter();
    Tracing.unobserved(new Exception(), SITE);
    span.leave();
    pass(11);
    span.end();

    assertThat(sink.all(ExceptionRecord.class)).hasSize(1);
    assertThat(sink.all(SpanRecord.class)).hasSize(1);
  }

  private void start(CapturePolicy policy) {
    EpochClock clock = new EpochClock(now::get, now::get);
    Capture.start(
        new Capture(sink, CaptureFixture.redaction(), CaptureFixture.LIMITS, policy, clock));
  }

  private void pass(int seconds) {
    now.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    Capture.beat();
  }

  private static Exception withoutStack() {
    Exception thrown = new Exception();
    thrown.setStackTrace(new StackTraceElement[0]);
    return thrown;
  }

  private static void keptIn(OpenSpan span) {
    span.enter();
    Tracing.unobserved(new Exception("kept"), SITE);
    span.leave();
  }

  private static OpenSpan open() {
    return Tracing.open(SpanKind.INTERNAL, Category.METHOD, "work");
  }
}
