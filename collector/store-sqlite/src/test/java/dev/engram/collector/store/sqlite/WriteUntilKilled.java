package dev.engram.collector.store.sqlite;

import static dev.engram.collector.store.testkit.Rows.span;

import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.StoreWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A process that writes batches, prints the position of each one that is committed, and sums it up
 * as a block.
 */
final class WriteUntilKilled {
  static final InstanceId INSTANCE = new InstanceId(new UUID(3, 4));
  static final int ROWS = 50;

  private WriteUntilKilled() {}

  public static void main(String[] arguments) throws SQLException {
    try (SummedStore store = new SummedStore(Path.of(arguments[0]))) {
      StoreWriter writer = store.writer();
      writer.putInstance(new Instance(INSTANCE, "checkout", "1", 0, 0, Map.of()));
      long position = writer.checkpoint(INSTANCE).orElse(Checkpoint.START).position() + 1;
      while (true) {
        position = writeBatch(writer, position);
        System.out.println(position - 1);
        store.moveTo(
            (store.number("SELECT next_arrival FROM sequence") >> Arrivals.BLOCK_BITS) + 1);
        store.catchUp();
      }
    }
  }

  private static long writeBatch(StoreWriter writer, long from) {
    List<Row> rows = new ArrayList<>();
    for (long position = from; position < from + ROWS; position++) {
      rows.add(span(INSTANCE, position));
    }
    long last = from + ROWS - 1;
    writer.write(new Batch(INSTANCE, rows, new Checkpoint(last, last, 0), ROWS, 0, 0, Map.of()));
    if (last % 7 == 0) {
      writer.sync();
    }
    return last + 1;
  }
}
