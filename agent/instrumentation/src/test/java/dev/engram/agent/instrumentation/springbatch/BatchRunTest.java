package dev.engram.agent.instrumentation.springbatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.engram.agent.core.workflow.WorkflowRun;
import dev.engram.agent.instrumentation.RecordedRun;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BatchRunTest {
  @RegisterExtension final RecordedRun run = new RecordedRun();

  @Test
  void threadThatEndedAStep_isNotKeptByTheRun() throws Exception {
    WorkflowRun opened = WorkflowRun.open("spring-batch", "job", null);
    assertThat(opened).isNotNull();
    BatchRun batch = new BatchRun(opened);
    WeakReference<Thread> gone = endedThread(batch);

    await()
        .until(
            () -> {
              System.gc();
              return gone.refersTo(null);
            });
    Reference.reachabilityFence(batch);
    opened.end();
  }

  private static WeakReference<Thread> endedThread(BatchRun batch) throws InterruptedException {
    Thread thread = new Thread(() -> batch.ended("step", "COMPLETED"));
    thread.start();
    thread.join();
    return new WeakReference<>(thread);
  }
}
