package dev.engram.collector.query;

import dev.engram.collector.store.Accounting;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.ProducerCounts;
import dev.engram.collector.store.StoreReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** Puts the store's books and the running instances' counts together. */
final class Books {
  private static final Accounting NOTHING =
      new Accounting(ProducerCounts.NONE, 0, Map.of(), 0, 0, 0, 0, 0, 0, 0);

  private final StoreReader reader;
  private final RunningInstances running;

  Books(StoreReader reader, RunningInstances running) {
    this.reader = reader;
    this.running = running;
  }

  /** The store is read first: what it holds was offered before, so that no count seems to lag. */
  AccountingReport report() {
    Map<InstanceId, Accounting> stored = new HashMap<>(reader.accounting());
    Map<Instance, ProducerCounts> present = running.producerCounts();
    present.forEach(
        (instance, counts) ->
            stored.merge(instance.id(), with(NOTHING, counts), (old, fresh) -> with(old, counts)));
    Map<InstanceId, Instance> known = known(present.keySet());
    List<InstanceAccounting> instances = new ArrayList<>();
    stored.forEach(
        (id, books) -> instances.add(describe(Objects.requireNonNull(known.get(id)), books)));
    instances.sort(Comparator.comparingLong(InstanceAccounting::startedEpochNanos).reversed());
    return report(instances);
  }

  static AccountingReport report(List<InstanceAccounting> instances) {
    Accounting total =
        instances.stream().map(InstanceAccounting::accounting).reduce(NOTHING, Books::sum);
    return new AccountingReport(total, instances);
  }

  /** A folder knows better what became of its instance, until the store knows the end. */
  private Map<InstanceId, Instance> known(Set<Instance> present) {
    Map<InstanceId, Instance> known = new HashMap<>();
    present.forEach(instance -> known.put(instance.id(), instance));
    reader
        .instances()
        .forEach(
            instance ->
                known.merge(
                    instance.id(),
                    instance,
                    (folder, row) -> row.endedEpochNanos() == 0 ? folder : row));
    return known;
  }

  private static InstanceAccounting describe(Instance instance, Accounting books) {
    return new InstanceAccounting(
        instance.id(),
        instance.service(),
        instance.startedEpochNanos(),
        instance.state(),
        instance.damage(),
        books);
  }

  private static Accounting with(Accounting books, ProducerCounts producer) {
    return new Accounting(
        producer,
        books.read(),
        books.dropped(),
        books.decoded(),
        books.malformed(),
        books.stored(),
        books.joined(),
        books.duplicate(),
        books.rejected(),
        books.pending());
  }

  private static Accounting sum(Accounting a, Accounting b) {
    return new Accounting(
        sum(a.producer(), b.producer()),
        a.read() + b.read(),
        sum(a.dropped(), b.dropped()),
        a.decoded() + b.decoded(),
        a.malformed() + b.malformed(),
        a.stored() + b.stored(),
        a.joined() + b.joined(),
        a.duplicate() + b.duplicate(),
        a.rejected() + b.rejected(),
        a.pending() + b.pending());
  }

  private static ProducerCounts sum(ProducerCounts a, ProducerCounts b) {
    return new ProducerCounts(
        a.offered() + b.offered(),
        a.written() + b.written(),
        sum(a.shed(), b.shed()),
        a.abandoned() + b.abandoned(),
        a.queued() + b.queued(),
        a.inRing() + b.inRing(),
        a.inQueue() + b.inQueue());
  }

  private static Map<String, Long> sum(Map<String, Long> a, Map<String, Long> b) {
    Map<String, Long> sum = new TreeMap<>(a);
    b.forEach((reason, count) -> sum.merge(reason, count, Long::sum));
    return sum;
  }
}
