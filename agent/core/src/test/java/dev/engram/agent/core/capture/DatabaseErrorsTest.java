package dev.engram.agent.core.capture;

import static dev.engram.agent.core.capture.CaptureFixture.open;
import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.record.ExceptionOrigin;
import dev.engram.agent.record.ExceptionRecord;
import dev.engram.agent.record.SpanRecord;
import dev.engram.agent.record.ThrowableShape;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a database quotes in a message is hidden, and in whatever repeats the message. */
class DatabaseErrorsTest {
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
  void valuesThatADatabaseQuotes_neverEnterARecord_norThroughWhatWrapsIt() {
    SQLException refused = new SQLException("near 's3cr3t'");
    refused.initCause(new NumberFormatException("For input string: \"s3cr3t\""));
    refused.addSuppressed(new SQLException("Key (a)=(s3cr3t) already exists."));
    IllegalStateException wrapping =
        new IllegalStateException("[insert into a values ('s3cr3t')]", refused);
    open().fail(wrapping, ExceptionOrigin.ESCAPED, null).end();

    ThrowableShape thrown = sink.only(ExceptionRecord.class).thrown();
    assertThat(thrown.message()).isEqualTo("[insert into a values (?)]");
    assertThat(thrown.cause().message()).isEqualTo("near ?");
    assertThat(thrown.cause().cause().message()).isEqualTo("For input string: ?");
    assertThat(thrown.cause().suppressed().get(0).message())
        .isEqualTo("Key (a)=(?) already exists.");
    assertThat(sink.only(SpanRecord.class).statusDescription())
        .isEqualTo("[insert into a values (?)]");
  }

  /** The driver's exception tells, though it is not kept itself. */
  @Test
  void valuesThatADatabaseQuotes_areFound_whereNoCauseIsKept() {
    CaptureLimits limits =
        new CaptureLimits(4096, 128, 1 << 20, 8192, 256, 0, 8, CaptureFixture.AI);
    CaptureFixture.start(sink, limits, CaptureLevel.ALL);
    Exception closing = new Exception("not closed");
    closing.addSuppressed(wrapped(2, "Key (a)=(s3cr3t) already exists."));
    Tracing.exception(wrapped(2, "near 's3cr3t'"), ExceptionOrigin.ESCAPED, null);
    Tracing.exception(closing, ExceptionOrigin.ESCAPED, null);
    Tracing.unobserved(wrapped(2, "near 's3cr3t', later"), "com.acme.Task#run");
    Capture.endHeld();

    List<ExceptionRecord> records = sink.all(ExceptionRecord.class);
    assertThat(records).allMatch(record -> record.thrown().cause() == null);
    assertThat(records)
        .extracting(record -> record.thrown().message())
        .containsExactly("near ?", "not closed", "near ?, later");
    assertThat(records.get(1).thrown().suppressed().get(0).message())
        .isEqualTo("Key (a)=(?) already exists.");
  }

  @Test
  void valuesThatADatabaseQuotes_areFound_whereTheRecordIsTooSmall() {
    sink.maxRecordLength = 4096;
    Throwable thrown = wrapped(7, "near 's3cr3t' " + "long ".repeat(2_000));
    Tracing.exception(thrown, ExceptionOrigin.ESCAPED, null);

    ThrowableShape next = sink.only(ExceptionRecord.class).thrown();
    while (next != null) {
      assertThat(next.type()).isEqualTo("java.lang.Exception");
      assertThat(next.message()).startsWith("near ? ");
      next = next.cause();
    }
  }

  @Test
  void chainOfCausesWithoutEnd_isTakenForADatabases() {
    Tracing.exception(wrapped(1_000, "near 's3cr3t'"), ExceptionOrigin.ESCAPED, null);
    assertThat(sink.only(ExceptionRecord.class).thrown().message()).isEqualTo("near ?");
  }

  @Test
  void logsText_isRedactedAsTheMessageThatItMayRepeat() {
    Exception refused = new Exception("Not saved", new SQLException("near 's3cr3t'"));
    Tracing.logged(refused, "com.acme.Shop$Jobs$Nightly", "Not saved: near 's3cr3t'");
    assertThat(sink.only(ExceptionRecord.class).site())
        .isEqualTo("com.acme.Shop$Jobs$Nightly: Not saved: near ?");
  }

  @Test
  void quotesOfOtherExceptions_areKept() {
    open().fail(new Exception("no user 'ada'"), ExceptionOrigin.ESCAPED, null).end();
    assertThat(sink.only(ExceptionRecord.class).thrown().message()).isEqualTo("no user 'ada'");
    assertThat(sink.only(SpanRecord.class).statusDescription()).isEqualTo("no user 'ada'");
  }

  /** A driver's exception in so many others, all of which repeat what it says. */
  private static Throwable wrapped(int times, String message) {
    Throwable thrown = new SQLException(message);
    for (int i = 0; i < times; i++) {
      thrown = new Exception(message, thrown);
    }
    return thrown;
  }
}
