package dev.engram.collector.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.ExceptionRow;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.ThrowCountRow;
import dev.engram.collector.store.ThrowFilter;
import dev.engram.collector.store.ThrownStack;
import dev.engram.collector.store.TraceId;
import dev.engram.collector.store.memory.InMemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SwallowedExceptionsTest {
  private static final InstanceId INSTANCE = new InstanceId(new UUID(1, 2));
  private static final ThrowFilter ALL = new ThrowFilter(0, 0, null);
  private static final long PERIOD = 10_000_000_000L;
  private static final String NUMBER = "java.lang.NumberFormatException";
  private static final String JDK = "java.lang.Integer.parseInt(Integer.java:652)";
  private static final String PARSER = "com.acme.Parser.parse(Parser.java:88)";
  private static final String LOADER = "java.net.URLClassLoader.findClass(URLClassLoader.java:445)";

  private final InMemoryStore store = new InMemoryStore();
  private final List<Row> rows = new ArrayList<>();

  @BeforeEach
  void putInstance() {
    store.writer().putInstance(new Instance(INSTANCE, "shop", "1", 0, 0, Map.of()));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void estimate_hasItsIntervalRateAndStack() {
    for (int period = 1; period <= 4; period++) {
      count(period, NUMBER, null, 40, 40, 40);
      count(period, NUMBER, PARSER, 40, 35, 41);
    }

    SwallowedThrows found = find().get(0);

    assertThat(found.site()).isEqualTo(PARSER);
    assertThat(found.count()).isEqualTo(160);
    assertThat(found.low()).isEqualTo(150);
    assertThat(found.high()).isEqualTo(162);
    assertThat(found.perHour()).isEqualTo(160 * 90.0);
    assertThat(found.firstSeenEpochNanos()).isZero();
    assertThat(found.lastSeenEpochNanos()).isEqualTo(4 * PERIOD);
    assertThat(found.frames()).containsExactly(JDK, PARSER);
    assertThat(find()).hasSize(1);
  }

  @Test
  void whatWasSeenOtherwise_isNotSwallowed() {
    count(1, NUMBER, null, 10, 10, 10);
    count(1, NUMBER, PARSER, 10, 10, 10);
    seen("logged", thrown(NUMBER, null, JDK, PARSER, "com.acme.Main.main(Main.java:3)"));
    seen("escaped", thrown("com.acme.Failed", thrown(NUMBER, null, JDK, PARSER), LOADER));

    SwallowedThrows found = find().get(0);

    assertThat(found.count()).isEqualTo(8);
    assertThat(found.low()).isEqualTo(8);
    assertThat(found.high()).isEqualTo(8);
    assertThat(found.constructed()).isEqualTo(10);
  }

  @Test
  void sites_ofWhichAllWereSeen_areNotListed() {
    count(1, NUMBER, null, 1, 1, 1);
    count(1, NUMBER, PARSER, 1, 1, 1);
    seen("escaped", thrown(NUMBER, null, JDK, PARSER));

    assertThat(find()).isEmpty();
  }

  @Test
  void whatWasSeenBeforeCountingBegins_takesNothingOff() {
    seen("logged", thrown(NUMBER, null, JDK, PARSER));
    count(3, NUMBER, null, 10, 10, 10);
    count(3, NUMBER, PARSER, 10, 10, 10);

    assertThat(find()).extracting(SwallowedThrows::count).containsExactly(10L);
  }

  @Test
  void restOfAType_hasNoSite() {
    count(1, NUMBER, null, 10, 10, 10);
    count(1, NUMBER, PARSER, 7, 5, 8);

    assertThat(find()).extracting(SwallowedThrows::site).containsExactly(PARSER, null);
    assertThat(find()).extracting(SwallowedThrows::count).containsExactly(7L, 3L);
  }

  @Test
  void application_goesBeforeWhatLibrariesThrow() {
    String missing = "java.lang.ClassNotFoundException";
    count(1, missing, null, 3_000, 3_000, 3_000);
    count(1, missing, LOADER, 3_000, 2_900, 3_000);
    count(1, NUMBER, null, 2, 2, 2);
    count(1, NUMBER, PARSER, 2, 2, 2);

    assertThat(find()).extracting(SwallowedThrows::site).containsExactly(PARSER, LOADER);
    assertThat(SwallowedExceptions.find(store.reader(), ALL, 1)).hasSize(1);
  }

  private List<SwallowedThrows> find() {
    if (!rows.isEmpty()) {
      Checkpoint end = new Checkpoint(rows.size(), rows.size(), 0);
      store
          .writer()
          .write(new Batch(INSTANCE, List.copyOf(rows), end, rows.size(), 0, 0, Map.of()));
      rows.clear();
    }
    return SwallowedExceptions.find(store.reader(), ALL, 0);
  }

  private void count(
      int period, String type, @Nullable String site, long count, long low, long high) {
    List<String> frames = site == null ? List.of() : List.of(JDK, site);
    ThrownStack stack = new ThrownStack(type, null, frames.hashCode(), frames, 0, null, List.of());
    rows.add(
        new ThrowCountRow(rows.size() + 1, period * PERIOD, PERIOD, site, count, low, high, stack));
  }

  private static ThrownStack thrown(String type, @Nullable ThrownStack cause, String... frames) {
    List<String> all = List.of(frames);
    return new ThrownStack(type, "m", all.hashCode(), all, 0, cause, List.of());
  }

  private void seen(String origin, ThrownStack thrown) {
    rows.add(
        new ExceptionRow(
            INSTANCE,
            rows.size() + 1,
            PERIOD,
            TraceId.NONE,
            0,
            origin,
            "main",
            null,
            thrown.type(),
            thrown.message(),
            thrown.hashCode(),
            thrown));
  }
}
