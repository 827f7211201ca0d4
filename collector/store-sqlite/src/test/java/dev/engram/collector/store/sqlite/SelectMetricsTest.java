package dev.engram.collector.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.MeasurementRow;
import dev.engram.collector.store.MetricFilter;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.Store;
import dev.engram.collector.store.memory.InMemoryStore;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelectMetricsTest {
  private static final int READINGS = 300;

  private final Random random = new Random(1);

  @Test
  void sums_areTheSame_howeverManyReadingsAreReadAtATime(@TempDir Path folder) throws SQLException {
    try (Store model = new InMemoryStore();
        Store store = SqliteStore.open(SqliteStore.fileIn(folder))) {
      for (long id = 1; id <= 3; id++) {
        Batch batch = batch(new InstanceId(new UUID(id, id)));
        put(batch, model);
        put(batch, store);
      }
      for (MetricFilter filter :
          List.of(new MetricFilter(0, 0, null, 0), new MetricFilter(7, 31, "shop2", 4))) {
        assertSums(filter, folder, model);
      }
    }
  }

  private static void assertSums(MetricFilter filter, Path folder, Store model)
      throws SQLException {
    DatabaseFile file = new DatabaseFile(SqliteStore.fileIn(folder));
    try (ReadConnection connection = new ReadConnection(file.openForReading())) {
      for (int atATime : new int[] {1, 2, 7, 64, 3 * READINGS, 1 << 20}) {
        assertThat(SelectMetrics.by(filter, connection, atATime))
            .as("%d at a time", atATime)
            .isNotEmpty()
            .isEqualTo(model.reader().metrics(filter));
      }
    }
  }

  private static void put(Batch batch, Store store) {
    String service = "shop" + batch.instance().uuid().getLeastSignificantBits();
    store.writer().putInstance(new Instance(batch.instance(), service, "1.0", 1_000, 0, Map.of()));
    store.writer().write(batch);
  }

  private Batch batch(InstanceId instance) {
    List<Row> rows = new ArrayList<>();
    for (int position = 1; position <= READINGS; position++) {
      rows.add(reading(position));
    }
    Checkpoint end = new Checkpoint(READINGS, READINGS, 0);
    return new Batch(instance, rows, end, READINGS, 0, 0, Map.of());
  }

  /** Of few times, so that many are equal, and not in their order. */
  private MeasurementRow reading(long position) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    boolean turned = random.nextBoolean();
    attributes.put(turned ? "b" : "a", "1");
    attributes.put(turned ? "a" : "b", "1");
    return new MeasurementRow(
        position,
        1 + random.nextInt(40),
        "metric" + random.nextInt(3),
        "By",
        random.nextInt(10) == 0 ? Double.NaN : random.nextInt(1_000) - 500,
        random.nextBoolean() ? attributes : Map.of());
  }
}
