package dev.engram.collector.analysis.prevent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.engram.collector.analysis.Risk;
import dev.engram.collector.analysis.Risk.Horizon;
import dev.engram.collector.analysis.Risk.Kind;
import dev.engram.collector.analysis.Severity;
import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.ExceptionRow;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.MeasurementRow;
import dev.engram.collector.store.MetricFilter;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.ThrownStack;
import dev.engram.collector.store.TraceId;
import dev.engram.collector.store.memory.InMemoryStore;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RisksTest {
  private static final InstanceId INSTANCE = new InstanceId(new UUID(1, 2));
  private static final long HOUR = TimeUnit.HOURS.toNanos(1);
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long NOW = 1_000_000 * HOUR;
  private static final double MIB = 1 << 20;
  private static final Map<String, Object> HEAP = Map.of("jvm.memory.type", "heap");
  private static final Map<String, Object> NONE = Map.of();
  private static final Map<String, Object> FREE =
      Map.of("system.filesystem.state", "free", "system.filesystem.mountpoint", "/data");
  private static final String POOL = "db.client.connection.pool.name";

  private final InMemoryStore store = new InMemoryStore();
  private final List<Row> rows = new ArrayList<>();
  private long position;
  private long started = NOW - 48 * HOUR;
  private long ended;
  private String method = "GET";
  private String peer = "pay";
  private boolean resends;

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void leakingHeap_isFound_withItsHorizon() {
    measure("jvm.memory.limit", HEAP, 6, hour -> 1024 * MIB);
    measure("jvm.memory.used_after_last_gc", HEAP, 6, hour -> (900 - 100 * hour) * MIB);

    Risk risk = only();

    assertThat(risk.kind()).isEqualTo(Kind.HEAP_EXHAUSTION);
    assertThat(risk.severity()).isEqualTo(Severity.WARNING);
    assertThat(risk.instance()).isEqualTo(INSTANCE);
    Horizon horizon = Objects.requireNonNull(risk.horizon());
    assertThat((double) horizon.nanos() / HOUR).isCloseTo(1.24, within(0.3));
    assertThat(horizon.earliestNanos()).isLessThanOrEqualTo(horizon.nanos());
    assertThat(horizon.latestNanos()).isGreaterThanOrEqualTo(horizon.nanos());
    assertThat(risk.evidence().get("growth_per_hour")).isCloseTo(100 * MIB, within(MIB));
    assertThat(risk.evidence()).containsEntry("limit", 1024 * MIB);
  }

  @Test
  void heapThatIsCollected_isNone() {
    measure("jvm.memory.limit", HEAP, 24, hour -> 1024 * MIB);
    measure("jvm.memory.used_after_last_gc", HEAP, 24, hour -> (800 - 500 * (hour % 1)) * MIB);

    assertThat(find()).isEmpty();
  }

  @Test
  void since_remembersWhatWasBefore() {
    measure("jvm.file_descriptor.limit", NONE, 26, hour -> 1000);
    DoubleUnaryOperator rising = hour -> 100 + 130 * (6 - hour);
    measure("jvm.file_descriptor.count", NONE, 26, hour -> rising.applyAsDouble(hour % 6));
    pool("max", null, 26, hour -> 20);
    pool("count", "used", 26, hour -> Math.round(16 - 2 * (hour % 6)));

    assertThat(find(NOW - 6 * HOUR)).isEmpty();
  }

  /** Before its first collection a JVM says 0, and its caches fill after a start. */
  @Test
  void startOfAJvm_isNone() {
    started = NOW - 50 * MINUTE;
    measure("jvm.memory.limit", HEAP, 0.8, hour -> 1024 * MIB);
    measure(
        "jvm.memory.used_after_last_gc",
        HEAP,
        0.8,
        hour -> hour > 0.7 ? 0 : 900 * MIB * (1 - Math.exp(-(0.7 - hour) / 0.15)));

    assertThat(find()).isEmpty();
  }

  @Test
  void whatHasBeenAsHighBefore_andCameDown_isNone() {
    measure("jvm.file_descriptor.limit", NONE, 24, hour -> 1000);
    DoubleUnaryOperator rising = hour -> 100 + 130 * (6 - hour);
    measure("jvm.file_descriptor.count", NONE, 24, hour -> rising.applyAsDouble(hour % 6));

    assertThat(find()).isEmpty();
  }

  @Test
  void fileDescriptors_runOut_atTheirLimit() {
    measure("jvm.file_descriptor.limit", NONE, 6, hour -> 1000);
    measure("jvm.file_descriptor.count", NONE, 6, hour -> 880 - 130 * hour);

    assertThat(only().kind()).isEqualTo(Kind.FILE_DESCRIPTOR_EXHAUSTION);
    assertThat(only().severity()).isEqualTo(Severity.CRITICAL);
  }

  @Test
  void resourceWithoutANearLimit_leaks_whenItDoubledInADay() {
    measure("jvm.thread.count", NONE, 24, hour -> 1000 - 35 * hour);
    measure("jvm.file_descriptor.count", NONE, 24, hour -> 1000 - 35 * hour);

    assertThat(only().kind()).isEqualTo(Kind.THREAD_LEAK);
    assertThat(only().severity()).isEqualTo(Severity.NOTICE);
    assertThat(only().horizon()).isNull();
  }

  @Test
  void threadsThatFollowTheLoad_areNone() {
    measure("jvm.thread.count", NONE, 24, hour -> 600 + 500 * Math.cos(hour / 24 * 2 * Math.PI));

    assertThat(find()).isEmpty();
  }

  @Test
  void fillingDisk_isFoundOnce_howeverManyInstancesSeeIt() {
    put(new InstanceId(new UUID(1, 3)));
    measure("system.filesystem.usage", FREE, 24, hour -> (10 + 2 * hour) * 1024 * MIB);
    write(INSTANCE);
    measure("system.filesystem.usage", FREE, 24, hour -> (10 + 2 * hour) * 1024 * MIB);
    write(new InstanceId(new UUID(1, 3)));

    Risk risk = only();

    assertThat(risk.kind()).isEqualTo(Kind.DISK_EXHAUSTION);
    assertThat(risk.subject()).isEqualTo("/data");
    assertThat((double) Objects.requireNonNull(risk.horizon()).nanos() / HOUR)
        .isCloseTo(5, within(1.0));
  }

  @Test
  void fillingDisk_isFound_throughRestarts() {
    for (int life = 8; life > 0; life--) {
      InstanceId id = new InstanceId(new UUID(1, 10 + life));
      started = NOW - 3 * life * HOUR;
      ended = life == 1 ? 0 : started + 3 * HOUR;
      for (long time = started; time < started + 3 * HOUR; time += MINUTE) {
        double hour = (double) (NOW - time) / HOUR;
        reading(time, "system.filesystem.usage", FREE, (10 + 2 * hour) * 1024 * MIB);
      }
      write(id);
    }

    Risk risk = Risks.find(store.reader(), filter(0), NOW).get(0);

    assertThat(risk.kind()).isEqualTo(Kind.DISK_EXHAUSTION);
    assertThat(risk.instance()).isEqualTo(new InstanceId(new UUID(1, 11)));
    assertThat((double) Objects.requireNonNull(risk.horizon()).nanos() / HOUR)
        .isCloseTo(5, within(1.0));
  }

  @Test
  void whatIsGone_isNoRiskAnyMore() {
    measure("jvm.file_descriptor.limit", NONE, 6, hour -> 1000);
    for (long time = NOW - 6 * HOUR; time < NOW - HOUR; time += MINUTE) {
      double hour = (double) (NOW - time) / HOUR;
      reading(time, "jvm.file_descriptor.count", NONE, 1000 - 130 * hour);
    }

    assertThat(find()).isEmpty();
  }

  /** Somebody has restarted it: that is the cure. */
  @Test
  void whatHasEnded_isNoRiskAnyMore() {
    measure("jvm.file_descriptor.limit", NONE, 6, hour -> 1000);
    measure("jvm.file_descriptor.count", NONE, 6, hour -> 995 - 130 * hour);
    pool("max", null, 6, hour -> 10);
    pool("count", "used", 6, hour -> 10);
    pool("pending_requests", null, 6, hour -> 3);
    ended = NOW - MINUTE;

    assertThat(find()).isEmpty();

    ended = NOW + MINUTE;

    assertThat(find()).hasSize(2);
  }

  @Test
  void whatHasReachedItsLimit_isFound_thoughItRisesNoMore() {
    measure("jvm.memory.limit", HEAP, 3, hour -> 1024 * MIB);
    measure(
        "jvm.memory.used_after_last_gc", HEAP, 3, hour -> Math.min(1010, 2000 - 900 * hour) * MIB);
    measure("jvm.file_descriptor.limit", NONE, 3, hour -> 1000);
    measure("jvm.file_descriptor.count", NONE, 3, hour -> 1000);
    measure("system.filesystem.usage", FREE, 3, hour -> 0);

    assertThat(find())
        .extracting(Risk::kind, Risk::severity, Risk::horizon)
        .containsExactly(
            tuple(Kind.HEAP_EXHAUSTION, Severity.CRITICAL, Horizon.at(0)),
            tuple(Kind.FILE_DESCRIPTOR_EXHAUSTION, Severity.CRITICAL, Horizon.at(0)),
            tuple(Kind.DISK_EXHAUSTION, Severity.CRITICAL, Horizon.at(0)));
    assertThat(find().get(0).evidence())
        .containsEntry("last_level", 1010 * MIB)
        .containsEntry("limit", 1024 * MIB);
  }

  @Test
  void whatIsNearItsLimit_andWasFullForAMoment_isNone() {
    measure("jvm.file_descriptor.limit", NONE, 3, hour -> 1000);
    measure("jvm.file_descriptor.count", NONE, 3, hour -> hour < 0.05 ? 1000 : 970);

    assertThat(find()).isEmpty();
  }

  @Test
  void since_makesOneWindowOfAllFromThenOn() {
    measure("jvm.file_descriptor.limit", NONE, 40, hour -> 10_000);
    measure("jvm.file_descriptor.count", NONE, 40, hour -> 9000 - 200 * hour);

    assertThat(find(NOW - 40 * HOUR))
        .extracting(Risk::kind)
        .containsExactly(Kind.FILE_DESCRIPTOR_EXHAUSTION);
    assertThat(find(NOW - 2 * HOUR)).isEmpty();
    assertThat(find(NOW + HOUR)).isEmpty();
  }

  @Test
  void fillingPool_isFound_withTheRequestsThatItBears() {
    pool("max", null, 6, hour -> 20);
    pool("count", "used", 6, hour -> Math.round(16 - 2 * hour));
    for (long time = NOW - HOUR; time < NOW; time += SECOND) {
      request(time);
    }

    Risk risk = only();

    assertThat(risk.kind()).isEqualTo(Kind.POOL_SATURATION);
    assertThat(risk.subject()).isEqualTo("orders");
    assertThat(risk.evidence().get("used")).isCloseTo(16, within(0.5));
    assertThat(risk.evidence()).containsEntry("max", 20.0);
    assertThat(risk.evidence().get("requests_per_second_borne"))
        .isCloseTo(
            Objects.requireNonNull(risk.evidence().get("requests_per_second")) * 20 / 16,
            within(0.05));
  }

  @Test
  void fullPool_isExhausted_whenCallersWaitAgainAndAgain() {
    pool("max", null, 1, hour -> 10);
    pool("count", "used", 1, hour -> 10);
    pool("pending_requests", null, 1, hour -> 3);

    assertThat(only().kind()).isEqualTo(Kind.POOL_EXHAUSTED);
    assertThat(only().severity()).isEqualTo(Severity.CRITICAL);
  }

  @Test
  void fullPool_isExhausted_howeverLongTheTimeThatIsLookedAt() {
    pool("max", null, 24, hour -> 10);
    pool("count", "used", 24, hour -> hour < 0.5 ? 10 : 2);
    pool("pending_requests", null, 24, hour -> hour < 0.5 ? 3 : 0);

    assertThat(find(NOW - 24 * HOUR)).extracting(Risk::kind).containsExactly(Kind.POOL_EXHAUSTED);
  }

  /** Of long windows each part has such a moment. */
  @Test
  void poolThatIsFullForAMomentOfEachHour_isNone() {
    DoubleUnaryOperator minute = hour -> Math.round(hour * 60) % 60;
    pool("max", null, 24, hour -> 10);
    pool("count", "used", 24, hour -> minute.applyAsDouble(hour) == 20 ? 10 : 1);
    pool("pending_requests", null, 24, hour -> minute.applyAsDouble(hour) == 20 ? 3 : 0);

    assertThat(find()).isEmpty();
    assertThat(find(NOW - 24 * HOUR)).isEmpty();
  }

  @Test
  void requests_areReadOnce_howeverManyPoolsFill() {
    for (int i = 0; i < 5; i++) {
      Map<String, Object> pool = Map.of(POOL, "pool-" + i);
      measure("db.client.connection.max", pool, 1, hour -> 10);
      measure("db.client.connection.pending_requests", pool, 1, hour -> 3);
      measure(
          "db.client.connection.count",
          Map.of(POOL, "pool-" + i, "db.client.connection.state", "used"),
          1,
          hour -> 10);
    }
    write(INSTANCE);
    AtomicInteger kinds = new AtomicInteger();

    assertThat(Risks.find(counting(kinds), filter(0), NOW)).hasSize(5);
    assertThat(kinds).hasValue(1);
  }

  @Test
  void busyPool_andABurst_areNone() {
    pool("max", null, 24, hour -> 10);
    pool("count", "used", 24, hour -> hour > 0.1 && hour < 0.15 ? 10 : 7);
    pool("pending_requests", null, 24, hour -> hour > 0.1 && hour < 0.15 ? 3 : 0);

    assertThat(find()).isEmpty();
  }

  @Test
  void expiredCertificate_isFoundInTheCauses_whileItGoesOn() {
    String expired = "java.security.cert.CertificateExpiredException";
    error(1, "javax.net.ssl.SSLHandshakeException", "PKIX path failed", expired, ExpiryRisks.LEAST);
    error(2, "a.B", "x", expired, ExpiryRisks.LEAST - 1);
    error(3, "io.jsonwebtoken.ExpiredJwtException", "JWT expired", null, 50);

    assertThat(only().kind()).isEqualTo(Kind.CERTIFICATE_EXPIRED);
    assertThat(only().subject()).isEqualTo("E-000000000001");
    assertThat(Risks.find(store.reader(), filter(0), NOW + 12 * HOUR)).isEmpty();
  }

  /** Whoever owns it renews it; what this service has itself is urgent. */
  @Test
  void expiredCertificate_isUrgentWhereItIsOurs() {
    error(1, "javax.net.ssl.SSLException", "fatal alert: certificate_expired", null, 3);
    error(2, "a.Refused", "certificate has expired", null, 3);

    assertThat(find())
        .extracting(Risk::subject, Risk::severity)
        .containsExactly(
            tuple("E-000000000001", Severity.CRITICAL), tuple("E-000000000002", Severity.WARNING));
  }

  @Test
  void expiredCertificate_isFound_behindAnyNumberOfOtherErrors() {
    for (int group = 1; group <= 600; group++) {
      error(group, "a.B", "m", null, 4);
    }
    error(601, "a.Refused", "certificate has expired", null, 3);

    assertThat(only().subject()).isEqualTo("E-000000000259");
  }

  @Test
  void expiredCertificate_isFound_inEachServiceThatSeesIt() {
    InstanceId other = new InstanceId(new UUID(1, 3));
    store.writer().putInstance(new Instance(other, "bank", "1", started, 0, Map.of()));
    error(1, "a.Refused", "certificate has expired", null, 3);
    write(INSTANCE);
    for (int i = 0; i < 3; i++) {
      rows.add(exception(other, 1, "a.Refused", "certificate has expired", null));
    }
    Checkpoint end = new Checkpoint(position, position, 0);
    store.writer().write(new Batch(other, rows, end, rows.size(), 0, 0, Map.of()));
    rows.clear();

    assertThat(find()).extracting(Risk::service).containsExactly("bank", "shop");
  }

  /** As when an application writes of what its users have. */
  @Test
  void expiryFarAway_isTold_whereADriverSaysIt() {
    error(1, "a.Shop", "the licence of customer 7 expires in 365 days", null, 3);
    error(2, "java.sql.SQLException", "the password will expire in 90 days", null, 3);

    assertThat(only().subject()).isEqualTo("E-000000000002");
  }

  @Test
  void expiry_thatIsForetold_hasItsDay() {
    error(1, "java.sql.SQLException", "the password will expire in 5 days", null, 3);

    assertThat(only().kind()).isEqualTo(Kind.EXPIRY);
    assertThat(only().severity()).isEqualTo(Severity.NOTICE);
    assertThat((double) Objects.requireNonNull(only().horizon()).nanos())
        .isCloseTo(5.0 * 24 * HOUR, within(1.0 * HOUR));
  }

  @Test
  void retriesInAnOutage_areFound_withTheirAmplification() {
    for (int parent = 1; parent <= 100; parent++) {
      calls(parent, 3, 503L);
    }

    Risk risk = only();

    assertThat(risk.kind()).isEqualTo(Kind.RETRY_AMPLIFICATION);
    assertThat(risk.subject()).isEqualTo("pay:443");
    assertThat(risk.evidence().get("amplification")).isCloseTo(3, within(0.01));
    assertThat(risk.evidence().get("amplification_low")).isBetween(2.5, 3.0);
  }

  /** GraphQL, webhooks and chat completions call one URL for different things. */
  @Test
  void callsInALoop_areNoRetries_unlessTheClientSaysSo() {
    method = "POST";
    for (int parent = 1; parent <= 100; parent++) {
      calls(parent, 3, 503L);
    }
    assertThat(find()).isEmpty();

    resends = true;
    for (int parent = 101; parent < 1_000; parent++) {
      calls(parent, 3, 503L);
    }
    assertThat(only().kind()).isEqualTo(Kind.RETRY_AMPLIFICATION);
  }

  @Test
  void retriesOfAPeer_areFound_behindAnyNumberOfOtherPeers() {
    for (int i = 0; i < 1_001; i++) {
      peer = "peer-" + i;
      calls(5_000 + i, 1, 200L);
    }
    peer = "pay";
    for (int parent = 1; parent <= 100; parent++) {
      calls(parent, 3, 503L);
    }

    assertThat(only().subject()).isEqualTo("pay:443");
  }

  @Test
  void outageWithoutRetries_fewOnes_andTheCallersMistakes_areNone() {
    for (int parent = 1; parent <= 100; parent++) {
      calls(parent, 1, 503L);
      calls(1_000 + parent, 3, 404L);
      calls(2_000 + parent, 3, 200L);
    }

    assertThat(find()).isEmpty();
  }

  @Test
  void label_isTheSame_asLongAsItIsTheSameRisk() {
    measure("jvm.thread.count", NONE, 24, hour -> 1000 - 35 * hour);
    String label = only().label();

    measure("jvm.thread.count", Map.of("other", "x"), 1, hour -> 5);

    assertThat(label).matches("I-[0-9a-f]{12}").isEqualTo(only().label());
  }

  /** Counts how often requests are read. */
  private StoreReader counting(AtomicInteger times) {
    StoreReader real = store.reader();
    return (StoreReader)
        Proxy.newProxyInstance(
            StoreReader.class.getClassLoader(),
            new Class<?>[] {StoreReader.class},
            (proxy, method, arguments) -> {
              if (arguments != null
                  && arguments[0] instanceof SpanFilter spans
                  && "SERVER".equals(spans.kind())) {
                times.incrementAndGet();
              }
              return method.invoke(real, arguments);
            });
  }

  private Risk only() {
    List<Risk> found = find();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private List<Risk> find() {
    return find(0);
  }

  private List<Risk> find(long since) {
    write(INSTANCE);
    return Risks.find(store.reader(), filter(since), NOW);
  }

  private static MetricFilter filter(long since) {
    return new MetricFilter(since, 0, null, 0);
  }

  private void put(InstanceId id) {
    store
        .writer()
        .putInstance(new Instance(id, "shop", "1", started, ended, Map.of("host.name", "alpha")));
  }

  private void write(InstanceId id) {
    put(id);
    Checkpoint end = new Checkpoint(position, position, 0);
    store.writer().write(new Batch(id, rows, end, rows.size(), 0, 0, Map.of()));
    rows.clear();
  }

  /** Every minute; the level is that of so many hours before now. */
  private void measure(
      String name, Map<String, Object> attributes, double hours, DoubleUnaryOperator level) {
    for (long time = NOW - (long) (hours * HOUR); time < NOW; time += MINUTE) {
      double hour = (double) (NOW - time) / HOUR;
      reading(time, name, attributes, level.applyAsDouble(hour));
    }
  }

  private void pool(String name, @Nullable String state, double hours, DoubleUnaryOperator level) {
    Map<String, Object> attributes =
        state == null
            ? Map.of(POOL, "orders")
            : Map.of(POOL, "orders", "db.client.connection.state", state);
    measure("db.client.connection." + name, attributes, hours, level);
  }

  private void reading(long time, String name, Map<String, Object> attributes, double value) {
    rows.add(new MeasurementRow(next(), time, name, "1", value, attributes));
  }

  private void request(long time) {
    span("SERVER", 0, time, 1_000, "unset", Map.of());
  }

  /** One after the other, below one span; of every thousand parents in a minute of their own. */
  private void calls(int parent, int times, long status) {
    for (int i = 0; i < times; i++) {
      span(
          "CLIENT",
          parent,
          NOW - (10 + parent / 1_000) * MINUTE + parent % 100 + i * 10L,
          5,
          status < 400 ? "unset" : "error",
          Map.of(
              "server.address",
              peer,
              "server.port",
              443L,
              "url.full",
              "https://pay/charge",
              "http.request.method",
              method,
              "http.request.resend_count",
              resends ? (long) i : 0L,
              "http.response.status_code",
              status));
    }
  }

  private void span(
      String kind,
      long parent,
      long start,
      long duration,
      String status,
      Map<String, Object> attributes) {
    long position = next();
    rows.add(
        new SpanRow(
            INSTANCE,
            position,
            new TraceId(1, 1),
            100_000 + position,
            parent,
            kind,
            "http",
            "POST",
            start,
            duration,
            status,
            null,
            attributes,
            List.of(),
            false));
  }

  private void error(int group, String type, String message, @Nullable String cause, long times) {
    ThrownStack below =
        cause == null ? null : new ThrownStack(cause, null, 0, List.of(), 0, null, List.of());
    for (long i = 0; i < times; i++) {
      rows.add(exception(INSTANCE, group, type, message, below));
    }
  }

  private ExceptionRow exception(
      InstanceId instance, int group, String type, String message, @Nullable ThrownStack cause) {
    return new ExceptionRow(
        instance,
        next(),
        NOW - MINUTE,
        TraceId.NONE,
        0,
        "escaped",
        "main",
        null,
        type,
        message,
        (long) group << 16,
        new ThrownStack(type, message, 0, List.of(), 0, cause, List.of()));
  }

  private long next() {
    return ++position;
  }
}
