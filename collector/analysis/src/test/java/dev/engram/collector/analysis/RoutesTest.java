package dev.engram.collector.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.TraceId;
import dev.engram.collector.store.memory.InMemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RoutesTest {
  private static final InstanceId INSTANCE = new InstanceId(new UUID(1, 2));

  private final List<Row> rows = new ArrayList<>();

  @Test
  void routes_areSummedUp_mostTimeFirst() {
    request("GET /a", 10, "unset");
    request("GET /b", 5, "unset");
    request("GET /b", 7, "error");
    request("GET /c", -1, "interrupted");

    try (InMemoryStore store = new InMemoryStore()) {
      store.writer().putInstance(new Instance(INSTANCE, "shop", "1", 0, 0, Map.of()));
      store.writer().write(new Batch(INSTANCE, rows, new Checkpoint(4, 4, 0), 4, 0, 0, Map.of()));
      SpanFilter all = new SpanFilter(0, 0, null, "SERVER", null, null, 0, 0, 0);
      assertThat(Routes.find(store.reader(), all))
          .containsExactly(
              new RouteSummary("shop", "GET /b", new Proportion(1, 2), 12, 5, 7),
              new RouteSummary("shop", "GET /a", new Proportion(0, 1), 10, 10, 10),
              new RouteSummary("shop", "GET /c", new Proportion(0, 1), 0, -1, -1));
    }
  }

  private void request(String name, long duration, String status) {
    rows.add(
        new SpanRow(
            INSTANCE,
            rows.size() + 1,
            new TraceId(1, 1),
            100 + rows.size(),
            0,
            "SERVER",
            "http",
            name,
            1,
            duration,
            status,
            null,
            Map.of(),
            List.of(),
            false));
  }
}
