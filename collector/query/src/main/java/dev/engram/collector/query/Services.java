package dev.engram.collector.query;

import dev.engram.collector.analysis.Proportion;
import dev.engram.collector.analysis.RequestSummary;
import dev.engram.collector.analysis.RequestsByService;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.StoreReader;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Sums up what is known of services. */
final class Services {
  private static final RequestSummary NO_REQUESTS = new RequestSummary(new Proportion(0, 0), -1, 0);

  private Services() {}

  /** By name, those that no collector has taken from yet included. */
  static List<ServiceSummary> find(AccountingReport books, StoreReader reader, SpanFilter filter) {
    Map<String, RequestSummary> requests = RequestsByService.find(reader, filter);
    Map<String, List<Instance>> stored =
        reader.instances().stream().collect(Collectors.groupingBy(Instance::service));
    Map<String, List<InstanceAccounting>> all =
        books.instances().stream()
            .filter(it -> filter.service() == null || filter.service().equals(it.service()))
            .collect(
                Collectors.groupingBy(
                    InstanceAccounting::service, TreeMap::new, Collectors.toList()));
    return all.entrySet().stream()
        .map(
            service ->
                summary(
                    service.getKey(),
                    service.getValue(),
                    stored.getOrDefault(service.getKey(), List.of()),
                    requests.getOrDefault(service.getKey(), NO_REQUESTS)))
        .toList();
  }

  private static ServiceSummary summary(
      String service,
      List<InstanceAccounting> instances,
      List<Instance> stored,
      RequestSummary requests) {
    long lastStart =
        instances.stream().mapToLong(InstanceAccounting::startedEpochNanos).max().orElse(0);
    long lastEnd = stored.stream().mapToLong(Instance::endedEpochNanos).max().orElse(0);
    return new ServiceSummary(
        service,
        instances.size(),
        (int) instances.stream().filter(InstanceAccounting::running).count(),
        stored.stream().map(Instance::version).filter(it -> !it.isEmpty()).distinct().toList(),
        instances.stream().mapToLong(InstanceAccounting::startedEpochNanos).min().orElse(0),
        Math.max(Math.max(lastStart, lastEnd), requests.lastEpochNanos()),
        requests);
  }
}
