package dev.engram.agent.instrumentation.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.instrumentation.RecordedRun;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.SpanKind;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ResultCaptureTest {
  private static final int MANY = 1_000_000;

  @RegisterExtension final RecordedRun run = new RecordedRun();

  private final Object statement = new Object();
  private final Object rows = new Object();

  @Test
  void row_costsNoMemory() {
    OpenSpan span = executed();
    read(1);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long allocated = threads.getThreadAllocatedBytes(thread);
    read(MANY);
    assertThat(threads.getThreadAllocatedBytes(thread) - allocated).isLessThan(MANY);

    ResultCapture.closed(rows);
    assertThat(span.isEnded()).isTrue();
    assertThat(run.onlySpan().attributes()).containsEntry("db.response.returned_rows", MANY + 1L);
  }

  @Test
  void nextWithinNext_countsOnce() {
    executed();
    Object outer = ResultCapture.enterNext(rows);
    assertThat(ResultCapture.enterNext(rows)).isNull();
    ResultCapture.exitNext(rows, outer, true, null);
    ResultCapture.closed(rows);

    assertThat(run.onlySpan().attributes()).containsEntry("db.response.returned_rows", 1L);
  }

  @Test
  void nextThatFails_leavesTheRowsBeforeIt() {
    executed();
    read(2);
    ResultCapture.exitNext(
        rows, ResultCapture.enterNext(rows), false, new IllegalStateException("connection lost"));
    assertThat(run.spans()).isEmpty();
    ResultCapture.endOf(statement);

    assertThat(run.onlySpan().attributes()).containsEntry("db.response.returned_rows", 2L);
  }

  @Test
  void secondResultSet_isNotCounted() {
    executed();
    ResultCapture.rowsGiven(statement, new Object());
    Object other = new Object();
    ResultCapture.rowsGiven(statement, other);
    assertThat(ResultCapture.enterNext(other)).isNull();
    ResultCapture.endOf(statement);
  }

  private OpenSpan executed() {
    OpenSpan span = Tracing.open(SpanKind.CLIENT, Category.SQL, "SELECT");
    ResultCapture.executed(span, statement, true);
    ResultCapture.rowsGiven(statement, rows);
    return span;
  }

  private void read(int count) {
    for (int i = 0; i < count; i++) {
      ResultCapture.exitNext(rows, ResultCapture.enterNext(rows), true, null);
    }
  }
}
