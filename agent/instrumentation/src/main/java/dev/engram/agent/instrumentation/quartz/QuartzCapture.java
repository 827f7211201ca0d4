package dev.engram.agent.instrumentation.quartz;

import dev.engram.agent.core.attach.Attachments;
import dev.engram.agent.core.capture.Thrown;
import dev.engram.agent.core.workflow.WorkflowRun;
import dev.engram.agent.record.AttributeKey;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.utils.Key;

/** Follows a job that is due through its executions, on one thread. */
final class QuartzCapture {
  private static final AttributeKey TRIGGER = AttributeKey.of("engram.quartz.trigger");

  /** What Quartz puts around an exception that is none of its own, before and since 2.4. */
  private static final Set<String> WRAPPERS =
      Set.of("org.quartz.SchedulerException", "org.quartz.core.JobExecutionProcessException");

  /** By context, while its job runs. */
  private static final Attachments<QuartzRun> RUNS = new Attachments<>();

  private QuartzCapture() {}

  static void executionBegins(JobExecutionContext context) {
    QuartzRun run = RUNS.get(context);
    if (run == null) {
      run = begin(context);
    }
    if (run != null) {
      JobDetail job = context.getJobDetail();
      run.attempt(simpleName(job.getJobClass()), 1 + context.getRefireCount());
    }
  }

  static void executed(JobExecutionContext context, @Nullable JobExecutionException thrown) {
    QuartzRun run = RUNS.get(context);
    if (run != null) {
      String site = context.getJobDetail().getJobClass().getName() + "#execute";
      run.executed(thrown == null ? null : ofTheJob(thrown), site);
    }
  }

  static void ended(Object context) {
    QuartzRun run = RUNS.remove(context);
    if (run != null) {
      run.ended(((JobExecutionContext) context).getResult());
    }
  }

  private static @Nullable QuartzRun begin(JobExecutionContext context) {
    WorkflowRun run =
        WorkflowRun.open(
            "quartz", name(context.getJobDetail().getKey()), context.getFireInstanceId());
    if (run == null) {
      return null;
    }
    run.span().put(TRIGGER, name(context.getTrigger().getKey()));
    Map<String, Object> data = context.getMergedJobDataMap().getWrappedMap();
    if (!data.isEmpty()) {
      run.input(data);
    }
    QuartzRun begun = new QuartzRun(run.enter());
    RUNS.put(context, begun);
    return begun;
  }

  private static String name(Key<?> key) {
    return key.getGroup().equals(Key.DEFAULT_GROUP)
        ? key.getName()
        : key.getGroup() + "." + key.getName();
  }

  private static String simpleName(Class<?> type) {
    String name = type.getName();
    return name.substring(1 + Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')));
  }

  /** Quartz puts what is not its own into two of its own. */
  private static Throwable ofTheJob(JobExecutionException thrown) {
    Throwable wrapper = Thrown.cause(thrown);
    if (wrapper == null || !WRAPPERS.contains(wrapper.getClass().getName())) {
      return thrown;
    }
    Throwable cause = Thrown.cause(wrapper);
    return cause == null ? thrown : cause;
  }
}
