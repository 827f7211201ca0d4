package dev.engram.collector.analysis.prevent;

import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.MetricFilter;
import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.StoreReader;
import java.util.HashMap;
import java.util.Map;

/** How many requests instances answer. Reads the requests of a time once, when first asked. */
final class RequestRates {
  private final StoreReader reader;
  private final MetricFilter filter;
  private final Map<Long, Map<InstanceId, Long>> bySince = new HashMap<>();

  RequestRates(StoreReader reader, MetricFilter filter) {
    this.reader = reader;
    this.filter = filter;
  }

  /**
   * A second, from the begin of this part to the end of the window.
   *
   * @param window all end at the same time
   */
  double perSecond(InstanceId instance, Window window, int part) {
    long since = window.partBegin(part);
    long until = window.untilEpochNanos();
    long requests =
        bySince.computeIfAbsent(since, it -> count(it, until)).getOrDefault(instance, 0L);
    return requests / ((until - since) / 1e9);
  }

  private Map<InstanceId, Long> count(long since, long until) {
    Map<InstanceId, Long> requests = new HashMap<>();
    SpanFilter servers =
        new SpanFilter(
            since, until, filter.service(), "SERVER", null, null, 0, 0, 0, filter.where());
    reader.visit(servers, span -> requests.merge(span.row().instance(), 1L, Long::sum));
    return requests;
  }
}
