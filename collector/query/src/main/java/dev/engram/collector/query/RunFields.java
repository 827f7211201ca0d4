package dev.engram.collector.query;

import dev.engram.collector.analysis.workflow.Run;
import dev.engram.collector.store.Condition;
import dev.engram.collector.store.Fields;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.RowFields;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.StoredSpan;
import dev.engram.collector.store.TraceId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a run of a workflow: name, status and duration are the run's, the others those of
 * its first leg.
 */
record RunFields(Run run, Fields first) implements Fields {
  /** Those of the runs that meet the condition, in their order. */
  static List<Run> meeting(Condition where, List<Run> runs, StoreReader reader) {
    if (where.isAny() || runs.isEmpty()) {
      return runs;
    }
    Map<InstanceId, String> versions =
        reader.instances().stream().collect(Collectors.toMap(Instance::id, Instance::version));
    Map<TraceId, List<StoredSpan>> traces = new HashMap<>();
    return runs.stream().filter(run -> where.test(of(run, versions, traces, reader))).toList();
  }

  @Override
  public @Nullable Object value(String field) {
    return switch (field) {
      case "name" -> run.workflow();
      case "status" -> run.status();
      case "duration" -> run.durationNanos() < 0 ? null : run.durationNanos();
      default -> first.value(field);
    };
  }

  @Override
  public Stream<Fields> requests() {
    return first.requests();
  }

  private static Fields of(
      Run run,
      Map<InstanceId, String> versions,
      Map<TraceId, List<StoredSpan>> traces,
      StoreReader reader) {
    TraceId trace = run.first().row().traceId();
    Fields first =
        RowFields.of(
            run.first(),
            version(run.first().row(), versions),
            () ->
                traces.computeIfAbsent(trace, reader::trace).stream()
                    .filter(span -> !span.row().status().equals(Queries.IN_PROGRESS))
                    .filter(span -> RowFields.isRequestOf(trace, span.row()))
                    .map(span -> request(span, versions)));
    return new RunFields(run, first);
  }

  private static Fields request(StoredSpan span, Map<InstanceId, String> versions) {
    return RowFields.of(span, version(span.row(), versions), Stream::empty);
  }

  private static String version(SpanRow row, Map<InstanceId, String> versions) {
    return versions.getOrDefault(row.instance(), "");
  }
}
