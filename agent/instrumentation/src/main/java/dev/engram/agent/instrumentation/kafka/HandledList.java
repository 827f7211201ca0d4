package dev.engram.agent.instrumentation.kafka;

import java.util.AbstractList;
import java.util.Iterator;
import java.util.List;
import java.util.RandomAccess;

/** The records of a partition, which Kafka gives out as a list that cannot be changed. */
final class HandledList extends AbstractList<Object> implements RandomAccess {
  private final List<?> records;
  private final Poller poller;

  HandledList(List<?> records, Poller poller) {
    this.records = records;
    this.poller = poller;
  }

  @Override
  public Object get(int index) {
    return records.get(index);
  }

  @Override
  public int size() {
    return records.size();
  }

  @Override
  public Iterator<Object> iterator() {
    return new HandledRecords(records.iterator(), poller);
  }
}
