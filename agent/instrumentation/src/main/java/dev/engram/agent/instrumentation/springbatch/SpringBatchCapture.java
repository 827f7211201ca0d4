package dev.engram.agent.instrumentation.springbatch;

import dev.engram.agent.core.attach.Attachments;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.workflow.WorkflowNode;
import dev.engram.agent.core.workflow.WorkflowRun;
import dev.engram.agent.record.AttributeKey;
import dev.engram.agent.record.ExceptionOrigin;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Follows executions of jobs and steps from their beginning to their end, on one thread each. */
final class SpringBatchCapture {
  private static final AttributeKey EXIT_CODE = AttributeKey.of("engram.batch.exit_code");
  private static final AttributeKey INSTANCE = AttributeKey.of("engram.batch.job.instance.id");

  /** Name of each count, as it is remembered and as its getter has it. */
  private static final Map<AttributeKey, String> COUNTS =
      Map.of(
          AttributeKey.of("engram.batch.read_count"), "getReadCount",
          AttributeKey.of("engram.batch.write_count"), "getWriteCount",
          AttributeKey.of("engram.batch.filter_count"), "getFilterCount",
          AttributeKey.of("engram.batch.skip_count"), "getSkipCount",
          AttributeKey.of("engram.batch.commit_count"), "getCommitCount",
          AttributeKey.of("engram.batch.rollback_count"), "getRollbackCount");

  /** By execution of a job, while it runs. */
  private static final Attachments<BatchRun> RUNS = new Attachments<>();

  /** How often each step was started before, by instance of a job. */
  private static final Attachments<Map<String, Long>> STARTS = new Attachments<>();

  private SpringBatchCapture() {}

  static @Nullable Object jobBegins(Object execution) {
    try {
      return begin(execution);
    } catch (Throwable unexpected) {
      Tracing.failed();
      return null;
    }
  }

  static void jobEnds(Object run, Object execution, @Nullable Throwable thrown) {
    OpenSpan span = ((BatchRun) run).run().span();
    try {
      RUNS.remove(execution);
      ended(
          span,
          execution,
          thrown,
          "getAllFailureExceptions",
          "org.springframework.batch.core.job.AbstractJob#execute");
    } catch (Throwable unexpected) {
      Tracing.failed();
    } finally {
      span.leave();
      span.end();
    }
  }

  static @Nullable Object stepBegins(Object execution) {
    try {
      return beginStep(execution);
    } catch (Throwable unexpected) {
      Tracing.failed();
      return null;
    }
  }

  static void stepEnds(Object node, Object step, Object execution, @Nullable Throwable thrown) {
    OpenSpan span = ((WorkflowNode) node).span();
    try {
      for (Map.Entry<AttributeKey, String> count : COUNTS.entrySet()) {
        span.put(count.getKey(), number(Getters.get(execution, count.getValue())));
      }
      ended(
          span, execution, thrown, "getFailureExceptions", step.getClass().getName() + "#execute");
      BatchRun run = runOf(execution);
      if (run != null) {
        run.ended(Getters.text(execution, "getStepName"), span.text(EXIT_CODE));
      }
    } catch (Throwable unexpected) {
      Tracing.failed();
    } finally {
      span.leave();
      span.end();
    }
  }

  /** As its repository has counted. */
  static void startedBefore(Object jobInstance, String step, long count) {
    Map<String, Long> starts = STARTS.get(jobInstance);
    if (starts != null) {
      starts.put(step, count);
    }
  }

  private static @Nullable BatchRun begin(Object execution) throws Throwable {
    Object instance = Getters.get(execution, "getJobInstance");
    String job = Getters.text(instance, "getJobName");
    WorkflowRun run = WorkflowRun.open("spring-batch", job, id(job, execution));
    if (run == null) {
      return null;
    }
    run.span().put(INSTANCE, number(Getters.get(instance, "getInstanceId")));
    run.input(parameters(Getters.get(execution, "getJobParameters")));
    BatchRun begun = new BatchRun(run.enter());
    RUNS.put(execution, begun);
    if (instance != null) {
      STARTS.put(instance, new ConcurrentHashMap<>());
    }
    return begun;
  }

  private static @Nullable WorkflowNode beginStep(Object execution) throws Throwable {
    Object jobExecution = Getters.get(execution, "getJobExecution");
    Object instance = Getters.get(jobExecution, "getJobInstance");
    BatchRun run = runOf(execution);
    String job = Getters.text(instance, "getJobName");
    String step = Getters.text(execution, "getStepName");
    OpenSpan current = Tracing.current();
    WorkflowNode node =
        WorkflowNode.open(
            current == null && run != null ? run.run().span() : current,
            job,
            run == null ? id(job, jobExecution) : run.run().id(),
            step,
            1 + startsBefore(instance, step));
    if (node == null) {
      return null;
    }
    if (run != null) {
      run.begins(node);
    }
    return node.enter();
  }

  /**
   * With its time: repositories that keep nothing count from 1 in each process, or always say 1.
   */
  private static String id(String job, @Nullable Object execution) throws Throwable {
    String id = job + "#" + Getters.text(execution, "getId");
    return Getters.get(execution, "getCreateTime") instanceof LocalDateTime created
        ? id + "@" + created.truncatedTo(ChronoUnit.MILLIS)
        : id;
  }

  private static @Nullable BatchRun runOf(Object stepExecution) throws Throwable {
    Object jobExecution = Getters.get(stepExecution, "getJobExecution");
    return jobExecution == null ? null : RUNS.get(jobExecution);
  }

  private static long startsBefore(@Nullable Object instance, String step) {
    Map<String, Long> starts = instance == null ? null : STARTS.get(instance);
    Long count = starts == null ? null : starts.get(step);
    return count == null ? 0 : count;
  }

  /** Spring Batch keeps what a job or step has thrown, and throws nothing itself. */
  private static void ended(
      OpenSpan span, Object execution, @Nullable Throwable thrown, String failures, String site)
      throws Throwable {
    String status = Getters.text(Getters.get(execution, "getStatus"), "name");
    span.put(EXIT_CODE, Getters.text(Getters.get(execution, "getExitStatus"), "getExitCode"));
    if (thrown == null && !status.equals("FAILED") && !status.equals("UNKNOWN")) {
      return;
    }
    Throwable failure =
        thrown == null ? firstOf((List<?>) Getters.get(execution, failures)) : thrown;
    if (failure == null) {
      span.fail(status, null);
    } else {
      span.fail(failure, ExceptionOrigin.ESCAPED, site);
    }
  }

  private static @Nullable Throwable firstOf(@Nullable List<?> thrown) {
    return thrown == null || thrown.isEmpty() ? null : (Throwable) thrown.get(0);
  }

  private static Map<String, Object> parameters(@Nullable Object parameters) throws Throwable {
    Map<String, Object> plain = new LinkedHashMap<>();
    if (parameters instanceof Iterable<?> named) {
      for (Object parameter : named) {
        plain.put(Getters.text(parameter, "name"), Getters.get(parameter, "value"));
      }
    } else if (parameters != null) {
      for (Map.Entry<?, ?> entry : entries(Getters.get(parameters, "getParameters"))) {
        plain.put((String) entry.getKey(), Getters.get(entry.getValue(), "getValue"));
      }
    }
    return plain;
  }

  private static Set<? extends Map.Entry<?, ?>> entries(@Nullable Object map) {
    return map == null ? Set.of() : ((Map<?, ?>) map).entrySet();
  }

  private static long number(@Nullable Object number) {
    return number == null ? 0 : ((Number) number).longValue();
  }
}
