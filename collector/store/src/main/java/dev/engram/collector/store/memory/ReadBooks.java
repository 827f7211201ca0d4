package dev.engram.collector.store.memory;

import static java.util.Comparator.comparingLong;

import dev.engram.collector.store.Accounting;
import dev.engram.collector.store.Cutoff;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.LifecycleRow;
import dev.engram.collector.store.Loss;
import dev.engram.collector.store.MeasurementRow;
import dev.engram.collector.store.MetricFilter;
import dev.engram.collector.store.MetricSummary;
import dev.engram.collector.store.Period;
import dev.engram.collector.store.Removed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers what is asked of instances, their books, and the store itself. Thread-safe. */
final class ReadBooks {
  private final Memory memory;
  private final StoredRows rows;
  private final Questions questions;

  ReadBooks(Memory memory) {
    this.memory = memory;
    rows = new StoredRows(memory);
    questions = new Questions(memory);
  }

  List<Instance> instances() {
    return questions.locked(
        () ->
            memory.instances.values().stream()
                .map(remembered -> remembered.description)
                .sorted(
                    comparingLong(Instance::startedEpochNanos)
                        .reversed()
                        .thenComparing(instance -> instance.id().toString()))
                .toList());
  }

  List<LifecycleRow> lifecycle(InstanceId instance) {
    return questions.locked(
        () ->
            rows.of(LifecycleRow.class)
                .filter(row -> row.instance().equals(instance))
                .map(Arrived::row)
                .sorted(comparingLong(LifecycleRow::position))
                .toList());
  }

  Map<InstanceId, Accounting> accounting() {
    return questions.locked(
        () -> {
          Map<InstanceId, Accounting> books = new LinkedHashMap<>();
          for (Instance instance : instances()) {
            books.put(instance.id(), memory.known(instance.id()).books.accounting());
          }
          return books;
        });
  }

  List<Loss> losses(Period period) {
    return questions.locked(
        () ->
            memory.instances.values().stream()
                .flatMap(known -> known.losses.losses(known.description))
                .filter(loss -> loss.period().meets(period))
                .sorted(Loss.ORDER)
                .toList());
  }

  Map<String, Long> older(Cutoff before) {
    return questions.locked(() -> new Removing(memory).countOlder(before));
  }

  List<Removed> removed() {
    return questions.locked(
        () ->
            memory.removed.entrySet().stream()
                .map(it -> new Removed(it.getKey().get(0), it.getKey().get(1), it.getValue()))
                .sorted(Removed.ORDER)
                .toList());
  }

  /** What rows take in a heap nobody can tell: one for each. */
  long bytes() {
    return questions.locked(() -> (long) memory.rows.size());
  }

  List<MetricSummary> metrics(MetricFilter filter) {
    return questions.limited(
        filter.limit(),
        () ->
            Metrics.summaries(
                rows.of(MeasurementRow.class)
                    .map(reading -> Metrics.of(reading, rows.service(reading.instance())))
                    .filter(metric -> Filters.takes(filter, metric))
                    .filter(metric -> rows.meets(filter.where(), metric))));
  }
}
