package dev.engram.agent.instrumentation.springbatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.instrumentation.RecordedRun;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Executions as Spring Batch has them, of which the capture knows the getters alone. */
class SpringBatchCaptureTest {
  private static final LocalDateTime NIGHT = LocalDateTime.parse("2026-03-01T02:00:00.512345");

  @RegisterExtension final RecordedRun run = new RecordedRun();

  @Test
  void executionsWithTheSameId_areTwoRuns() {
    execute(new Execution(NIGHT));
    execute(new Execution(NIGHT.plusDays(1)));

    assertThat(run.spans(2))
        .extracting(span -> span.attributes().get("engram.workflow.run.id"))
        .containsExactly(
            "importOrders#1@2026-03-01T02:00:00.512", "importOrders#1@2026-03-02T02:00:00.512");
  }

  private static void execute(Execution execution) {
    Object opened = Objects.requireNonNull(SpringBatchCapture.jobBegins(execution));
    SpringBatchCapture.jobEnds(opened, execution, null);
  }

  /** Of a repository that keeps nothing. */
  public static final class Execution {
    private final LocalDateTime created;

    Execution(LocalDateTime created) {
      this.created = created;
    }

    public Long getId() {
      return 1L;
    }

    public LocalDateTime getCreateTime() {
      return created;
    }

    public Job getJobInstance() {
      return new Job();
    }

    public Parameters getJobParameters() {
      return new Parameters();
    }

    public Thread.State getStatus() {
      return Thread.State.TERMINATED;
    }

    public Exit getExitStatus() {
      return new Exit();
    }
  }

  public static final class Job {
    public String getJobName() {
      return "importOrders";
    }

    public Long getInstanceId() {
      return 1L;
    }
  }

  public static final class Parameters {
    public Map<String, Object> getParameters() {
      return Map.of();
    }
  }

  public static final class Exit {
    public String getExitCode() {
      return "COMPLETED";
    }
  }
}
