package dev.engram.collector.analysis.prevent;

import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.MetricSummary;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** When JVMs began and ended, and where they run. */
final class Starts {
  /** Of a window, the part after a start in which classes load, pools and caches fill. */
  private static final int WARM_UP_PARTS = Window.PARTS / 10;

  private final Map<InstanceId, Instance> instances;

  Starts(List<Instance> instances) {
    this.instances =
        instances.stream().collect(Collectors.toMap(Instance::id, Function.identity()));
  }

  /** The first part of a window that begins after the instance's warm-up; a disk has none. */
  int firstWarm(MetricSummary metric, Window window) {
    Instance instance = instances.get(metric.instance());
    if (instance == null || isOfHost(metric)) {
      return 0;
    }
    double part = (double) (window.untilEpochNanos() - window.sinceEpochNanos()) / Window.PARTS;
    double start = (instance.startedEpochNanos() - window.sinceEpochNanos()) / part;
    return (int) Math.min(Window.PARTS, Math.max(0, Math.ceil(start + WARM_UP_PARTS)));
  }

  /** Whether it had ended by then: who restarts it cures it. */
  boolean hadEnded(MetricSummary metric, long atEpochNanos) {
    Instance instance = instances.get(metric.instance());
    return instance != null
        && instance.endedEpochNanos() != 0
        && instance.endedEpochNanos() <= atEpochNanos;
  }

  /** What readings of one series share: those of a disk go on when a JVM is started again. */
  List<Object> key(MetricSummary metric) {
    return isOfHost(metric)
        ? List.of(host(metric.instance()), metric.name(), metric.unit(), metric.attributes())
        : metric.key();
  }

  /** The host that an instance runs on; itself where that is not known. */
  private Object host(InstanceId id) {
    Instance instance = instances.get(id);
    Object host = instance == null ? null : instance.attributes().get("host.name");
    return host == null ? id : host;
  }

  private static boolean isOfHost(MetricSummary metric) {
    return metric.name().equals(Resource.DISK.metric());
  }
}
