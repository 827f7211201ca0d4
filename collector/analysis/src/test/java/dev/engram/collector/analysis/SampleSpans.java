package dev.engram.collector.analysis;

import dev.engram.collector.store.Batch;
import dev.engram.collector.store.BegunRow;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.FeedbackRow;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.TraceId;
import dev.engram.collector.store.memory.InMemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Spans of one trace of a shop, in a store. Times are in milliseconds. */
public final class SampleSpans implements AutoCloseable {
  public static final InstanceId SHOP = new InstanceId(new UUID(1, 2));
  private static final InstanceId DEPOT = new InstanceId(new UUID(3, 4));
  public static final long MILLISECOND = 1_000_000;

  private final InMemoryStore store = new InMemoryStore();
  private final List<Row> rows = new ArrayList<>();
  private final List<Row> ofOther = new ArrayList<>();
  private TraceId trace = new TraceId(7, 7);
  private boolean isOther;

  public SampleSpans() {
    store.writer().putInstance(new Instance(SHOP, "shop", "1.0", 1, 0, Map.of()));
    store.writer().putInstance(new Instance(DEPOT, "depot", "1.0", 1, 0, Map.of()));
  }

  /** Those that follow are of the depot, another service. */
  public void inTheDepot() {
    isOther = true;
  }

  /** Those that follow are of another trace. */
  public void trace(long number) {
    trace = new TraceId(7, number);
  }

  /** Adds one; its id is its number among all, from 1. */
  public long add(
      long parent,
      String kind,
      String category,
      String name,
      String status,
      long start,
      long duration,
      Map<String, Object> attributes) {
    long id = rows.size() + ofOther.size() + 1;
    List<Row> mine = isOther ? ofOther : rows;
    mine.add(
        new SpanRow(
            isOther ? DEPOT : SHOP,
            id,
            trace,
            id,
            parent,
            kind,
            category,
            name,
            start * MILLISECOND,
            duration < 0 ? -1 : duration * MILLISECOND,
            status,
            null,
            attributes,
            List.of(),
            false));
    return id;
  }

  /** Adds one that has not ended. */
  public long begin(
      long parent, String category, String name, long start, Map<String, Object> attributes) {
    long id = rows.size() + 1;
    rows.add(
        new BegunRow(
            id, trace, id, parent, "INTERNAL", category, name, start * MILLISECOND, attributes));
    return id;
  }

  /** Says what somebody thinks of something. */
  public void judge(String target, String id, double score, String author) {
    long position = rows.size() + 1;
    rows.add(new FeedbackRow(position, position, target, id, null, score, author, null));
  }

  /** A reader of all that were added. */
  public StoreReader reader() {
    write(SHOP, rows);
    write(DEPOT, ofOther);
    return store.reader();
  }

  private void write(InstanceId instance, List<Row> written) {
    long last = rows.size() + ofOther.size();
    Checkpoint end = new Checkpoint(last, last, 0);
    store.writer().write(new Batch(instance, written, end, written.size(), 0, 0, Map.of()));
  }

  @Override
  public void close() {
    store.close();
  }
}
