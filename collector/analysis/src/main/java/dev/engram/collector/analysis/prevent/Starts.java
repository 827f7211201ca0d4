package dev.engram.collector.analysis.prevent;

import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** When JVMs began, and where they run. */
final class Starts {
  /** Of a window, the part after a start in which classes load, pools and caches fill. */
  private static final int WARM_UP_PARTS = Window.PARTS / 10;

  private final Map<InstanceId, Instance> instances;

  Starts(List<Instance> instances) {
    this.instances =
        instances.stream().collect(Collectors.toMap(Instance::id, Function.identity()));
  }

  /** The first part of a window that begins after the instance's warm-up. */
  int firstWarm(InstanceId id, Window window) {
    Instance instance = instances.get(id);
    if (instance == null) {
      return 0;
    }
    double part = (double) (window.untilEpochNanos() - window.sinceEpochNanos()) / Window.PARTS;
    double start = (instance.startedEpochNanos() - window.sinceEpochNanos()) / part;
    return (int) Math.min(Window.PARTS, Math.max(0, Math.ceil(start + WARM_UP_PARTS)));
  }

  /** The host that an instance runs on; itself where that is not known. */
  String host(InstanceId id) {
    Instance instance = instances.get(id);
    Object host = instance == null ? null : instance.attributes().get("host.name");
    return host == null ? id.toString() : host.toString();
  }
}
