package dev.engram.collector.analysis.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.analysis.ai.Prices;
import dev.engram.collector.analysis.gate.RunProfile.AiSpend;
import dev.engram.collector.analysis.gate.RunProfile.Secret;
import dev.engram.collector.analysis.gate.RunProfile.SeenTiming;
import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.Condition;
import dev.engram.collector.store.ExceptionRow;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.ThrownStack;
import dev.engram.collector.store.TraceId;
import dev.engram.collector.store.memory.InMemoryStore;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunProfilesTest {
  private static final InstanceId INSTANCE = new InstanceId(new UUID(1, 2));

  private final InMemoryStore store = new InMemoryStore();
  private final List<Row> rows = new ArrayList<>();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void profile_holdsRoutesStatementsRepetitionsSecretsAndSpend_ofItsWindowAlone() {
    span("SERVER", "http", "GET /login", 100, 1, Map.of("url.query", "token=[redacted]"));
    span("SERVER", "http", "GET /login", 900, 1, Map.of());
    span("SERVER", "http", "GET /late", 5_000, 1, Map.of());
    for (int i = 0; i < 5; i++) {
      span("CLIENT", "sql", "SELECT", 200, 7, Map.of("db.query.text", "select 1"));
    }
    span("CLIENT", "ai", "chat", 300, 7, Map.of("gen_ai.request.model", "unheard-of"));

    RunProfile profile = profile(new RunWindow("shop", 1, 1_000));

    assertThat(profile.requests()).isEqualTo(2);
    assertThat(profile.timings())
        .extracting(SeenTiming::name)
        .containsExactly("GET /login", "select 1");
    assertThat(profile.timings().get(0).timing().count()).isEqualTo(2);
    assertThat(profile.repetitions()).extracting("statement").containsExactly("select 1");
    assertThat(profile.secrets()).containsExactly(new Secret("shop", "url.query of GET /login"));
    assertThat(profile.ai()).isEqualTo(new AiSpend(1, 1, 0));
  }

  @Test
  void errors_areCountedByGroup_andTheirMessagesSearchedForWhatWasHidden() {
    error(0xabcdef0123456789L, "no key [redacted]");
    error(0xabcdef0123456789L, "no key [redacted]");

    RunProfile profile = profile(new RunWindow(null, 0, 0));

    assertThat(profile.errors()).hasSize(1);
    assertThat(profile.errors().get(0).count()).isEqualTo(2);
    assertThat(profile.errors().get(0).service()).isEqualTo("shop");
    assertThat(profile.secrets()).containsExactly(new Secret("shop", "message of E-abcdef012345"));
  }

  @Test
  void spansThatMustMeetMore_areReadOnce() {
    span("SERVER", "http", "GET /login", 100, 1, Map.of());
    span("CLIENT", "sql", "SELECT", 200, 7, Map.of("db.query.text", "select 1"));
    write();
    AtomicInteger visits = new AtomicInteger();

    RunProfile profile =
        RunProfiles.of(
            counting(visits), new RunWindow("shop", 0, 0), Condition.equal("version", "1"));

    assertThat(profile.requests()).isEqualTo(1);
    assertThat(profile.timings())
        .extracting(SeenTiming::name)
        .containsExactly("GET /login", "select 1");
    assertThat(visits).hasValue(1);
  }

  /** The store's reader, as one that has no sums; it counts how often it reads all spans. */
  private StoreReader counting(AtomicInteger visits) {
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          if (method.getName().equals("sums")) {
            return InvocationHandler.invokeDefault(proxy, method, arguments);
          }
          visits.addAndGet(method.getName().equals("visit") ? 1 : 0);
          return method.invoke(store.reader(), arguments);
        };
    return (StoreReader)
        Proxy.newProxyInstance(
            StoreReader.class.getClassLoader(), new Class<?>[] {StoreReader.class}, handler);
  }

  private RunProfile profile(RunWindow window) {
    write();
    return RunProfiles.of(store.reader(), Prices.NONE, List.of(window));
  }

  private void write() {
    store.writer().putInstance(new Instance(INSTANCE, "shop", "1", 0, 0, Map.of()));
    Checkpoint end = new Checkpoint(rows.size(), rows.size(), 0);
    store.writer().write(new Batch(INSTANCE, rows, end, rows.size(), 0, 0, Map.of()));
  }

  private void span(
      String kind,
      String category,
      String name,
      long start,
      long parent,
      Map<String, Object> attributes) {
    rows.add(
        new SpanRow(
            INSTANCE,
            rows.size() + 1,
            new TraceId(1, 1),
            100 + rows.size(),
            parent,
            kind,
            category,
            name,
            start,
            50,
            "unset",
            null,
            attributes,
            List.of(),
            false));
  }

  private void error(long fingerprint, String message) {
    ThrownStack stack = new ThrownStack("a.B", message, 0, List.of(), 0, null, List.of());
    rows.add(
        new ExceptionRow(
            INSTANCE,
            rows.size() + 1,
            500,
            TraceId.NONE,
            0,
            "escaped",
            "main",
            null,
            "a.B",
            message,
            fingerprint,
            stack));
  }
}
