package dev.engram.agent.instrumentation.springscheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.engram.agent.instrumentation.RecordedRun;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.ExceptionOrigin;
import dev.engram.agent.record.ExceptionRecord;
import dev.engram.agent.record.SpanRecord;
import java.lang.reflect.Method;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.aop.interceptor.AsyncExecutionAspectSupport;
import org.springframework.scheduling.support.ScheduledMethodRunnable;

class SpringSchedulingTest {
  @RegisterExtension final RecordedRun run = new RecordedRun();

  @Test
  void exceptionOfAScheduledMethod_hasEscapedFromTheMethod() throws Exception {
    ScheduledMethodRunnable task = new ScheduledMethodRunnable(new Job(), "tick");
    assertThatThrownBy(task::run).isInstanceOf(IllegalStateException.class);
    assertThat(run.exceptions())
        .extracting(ExceptionRecord::origin, ExceptionRecord::site)
        .containsExactly(tuple(ExceptionOrigin.ESCAPED, Job.class.getName() + "#tick"));
  }

  @Test
  void runOfAScheduledMethod_hasATraceOfItsOwn() throws Exception {
    new ScheduledMethodRunnable(new Job(), "tock").run();
    SpanRecord span = run.onlySpan();
    assertThat(span.category()).isEqualTo(Category.WORKFLOW);
    assertThat(span.name()).isEqualTo("invoke_workflow SpringSchedulingTest$Job.tock");
    assertThat(span.parentSpanId()).isZero();
  }

  @Test
  void exceptionOfAnAsynchronousMethod_hasEscapedUnlessAFutureKeepsIt() throws Exception {
    Aspect aspect = new Aspect();
    aspect.handle(new Exception("void"), Job.class.getMethod("tick"));
    Exception kept = new Exception("kept");
    assertThatThrownBy(() -> aspect.handle(kept, Job.class.getMethod("later"))).isSameAs(kept);

    assertThat(run.exceptions()).extracting(it -> it.thrown().message()).containsExactly("void");
  }

  /** Its methods are found by name. */
  public static final class Job {
    public void tick() {
      throw new IllegalStateException("no tick");
    }

    public void tock() {}

    public Future<String> later() {
      throw new UnsupportedOperationException();
    }
  }

  private static final class Aspect extends AsyncExecutionAspectSupport {
    Aspect() {
      super(null);
    }

    void handle(Throwable thrown, Method method) throws Exception {
      handleError(thrown, method);
    }

    @Override
    protected String getExecutorQualifier(Method method) {
      return "";
    }
  }
}
