package dev.engram.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.Cutoff;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.MeasurementRow;
import dev.engram.collector.store.Retention;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.StoreException;
import dev.engram.collector.store.StoreException.Kind;
import dev.engram.collector.store.StoreWriter;
import dev.engram.collector.store.memory.InMemoryStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeepingTest {
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
  private static final InstanceId INSTANCE = new InstanceId(new UUID(1, 2));

  private final InMemoryStore store = new InMemoryStore();
  private final List<String> lines = new ArrayList<>();
  private @Nullable StoreException failure;
  private Instant now = NOON;

  @Test
  void ages_areRoundedToWholeDays() {
    assertThat(retention(Duration.ofDays(2), 0).before(NOON))
        .isEqualTo(Cutoff.of(nanos("2026-01-29T00:00:00Z")));
    assertThat(retention(Duration.ofHours(3), 0).before(NOON))
        .isEqualTo(Cutoff.of(nanos("2026-01-31T09:00:00Z")));
    assertThat(Retention.NONE.before(NOON)).isEqualTo(Cutoff.of(Long.MIN_VALUE));
  }

  @Test
  void whatLasts_isKeptNoShorterThanOthers() {
    Duration two = Duration.ofDays(2);
    Duration one = Duration.ofDays(1);
    assertThat(new Retention(two, one, one, 0)).isEqualTo(new Retention(two, two, two, 0));
    assertThat(new Retention(Duration.ZERO, one, one, 0)).isEqualTo(Retention.NONE);
    assertThat(new Retention(one, Duration.ZERO, two, 0).rollupAge()).isZero();
    assertThat(new Retention(one, two, two, 0).before(NOON))
        .isEqualTo(
            new Cutoff(
                nanos("2026-01-30T00:00:00Z"),
                nanos("2026-01-29T00:00:00Z"),
                nanos("2026-01-29T00:00:00Z")));
  }

  @Test
  void whatIsTooOld_goes_andIsToldOnce() {
    write("2026-01-28T23:00:00Z", "2026-01-29T00:00:00Z", "2026-01-31T10:00:00Z");
    Keeping keeping = keeping(retention(Duration.ofDays(2), 0));
    keeping.step();
    keeping.step();

    assertThat(kept()).isEqualTo(2);
    assertThat(lines).containsExactly("took out 1 records that were too old, or too many");
  }

  @Test
  void clockThatJumps_costsNoRecordForADay() {
    write("2026-01-31T10:00:00Z");
    Keeping keeping = keeping(retention(Duration.ofDays(30), 0));
    now = NOON.plus(Duration.ofDays(40));
    keeping.all();
    now = now.plus(Duration.ofHours(23));
    keeping.all();

    assertThat(kept()).isEqualTo(1);
    assertThat(lines)
        .containsExactly(
            "the clock jumped to 2026-03-12T12:00:00Z: for a day no record is taken out for its"
                + " age");

    now = now.plus(Duration.ofHours(2));
    keeping.all();
    assertThat(kept()).isZero();
  }

  @Test
  void clockThatIsSetRightAgain_costsNoRecord() {
    write("2026-01-31T10:00:00Z", "2025-12-01T10:00:00Z");
    Keeping keeping = keeping(retention(Duration.ofDays(30), 0));
    now = NOON.plus(Duration.ofDays(40));
    keeping.all();
    now = NOON.plus(Duration.ofMinutes(10));
    keeping.all();
    assertThat(kept()).isEqualTo(2);

    now = now.plus(Duration.ofHours(20));
    keeping.all();
    now = now.plus(Duration.ofHours(5));
    keeping.all();

    assertThat(kept()).isEqualTo(1);
  }

  /** The store in the heap counts rows for bytes. */
  @Test
  void whatIsTooMuch_goes_oldestFirst_untilThereIsRoom() {
    String[] times = new String[60];
    for (int i = 0; i < times.length; i++) {
      times[i] = Instant.parse("2026-01-31T10:00:00Z").plusSeconds(60L * i).toString();
    }
    write(times);
    keeping(retention(Duration.ZERO, 40)).all();

    assertThat(kept()).isBetween(1L, 38L);
  }

  @Test
  void everythingIsKept_whereNothingIsSaid() {
    write("1970-01-01T00:00:01Z");
    Keeping keeping = keeping(Retention.NONE);
    keeping.step();

    assertThat(kept()).isEqualTo(1);
  }

  @Test
  void storeThatCannotDoItNow_isToldOnce_andHindersNobody() {
    failure = new StoreException(Kind.OVERLOADED, "busy", null);
    keeping(retention(Duration.ofDays(2), 0)).step();

    assertThat(lines).containsExactly("old records stay for now: busy");
  }

  @Test
  void storeThatNeedsHelp_endsTheCollector() {
    failure = new StoreException(Kind.CORRUPT, "damaged", null);
    Keeping keeping = keeping(retention(Duration.ofDays(2), 0));

    assertThatExceptionOfType(StoreException.class).isThrownBy(keeping::step);
  }

  /** All kinds alike. */
  private static Retention retention(Duration age, long maxBytes) {
    return new Retention(age, age, age, maxBytes);
  }

  private Keeping keeping(Retention retention) {
    return new Keeping(retention, writer(), store.reader(), clock(), lines::add);
  }

  /** Fails with what is set, else does it. */
  private StoreWriter writer() {
    return (StoreWriter)
        Proxy.newProxyInstance(
            StoreWriter.class.getClassLoader(),
            new Class<?>[] {StoreWriter.class},
            (proxy, method, arguments) -> {
              if (failure != null) {
                throw failure;
              }
              try {
                return method.invoke(store.writer(), arguments);
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
            });
  }

  private void write(String... times) {
    store.writer().putInstance(new Instance(INSTANCE, "checkout", "1", 0, 0, Map.of()));
    List<Row> rows = new ArrayList<>();
    for (String time : times) {
      rows.add(new MeasurementRow(rows.size() + 1, nanos(time), "heap", "By", 1, Map.of()));
    }
    Checkpoint end = new Checkpoint(rows.size(), rows.size(), 0);
    store.writer().write(new Batch(INSTANCE, rows, end, rows.size(), 0, 0, Map.of()));
  }

  private long kept() {
    return store.reader().bytes();
  }

  /** Says what {@link #now} is, and moves only with it. */
  private Clock clock() {
    return new Clock() {
      @Override
      public Instant instant() {
        return now;
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }
    };
  }

  private static long nanos(String time) {
    return TimeUnit.SECONDS.toNanos(Instant.parse(time).getEpochSecond());
  }
}
