package dev.engram.agent.instrumentation.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.instrumentation.RecordedRun;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BatchCaptureTest {
  @RegisterExtension final RecordedRun run = new RecordedRun();

  private final Object statement = new Object();

  @Test
  void countThatTheDriverDoesNotKnow_isLeftOut() {
    assertThat(executed(new int[] {1, Statement.SUCCESS_NO_INFO}))
        .containsEntry("db.operation.batch.size", 2L)
        .doesNotContainKey("engram.db.update_count");
  }

  @Test
  void statementThatFailed_changedNothing() {
    assertThat(executed(new int[] {1, Statement.EXECUTE_FAILED, 2}))
        .containsEntry("db.operation.batch.size", 3L)
        .containsEntry("engram.db.update_count", 3L);
  }

  private Map<String, Object> executed(int[] counts) {
    Object execution = BatchCapture.enter(statement);
    assertThat(execution).isNotNull();
    BatchCapture.exit(execution, statement, "executeBatch", counts, null);
    return run.onlySpan().attributes();
  }
}
