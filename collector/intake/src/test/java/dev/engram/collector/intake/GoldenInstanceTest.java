package dev.engram.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.collector.store.Accounting;
import dev.engram.collector.store.Batch;
import dev.engram.collector.store.ExceptionFilter;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.Loss;
import dev.engram.collector.store.Period;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.StatementFilter;
import dev.engram.collector.store.Store;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.StoreWriter;
import dev.engram.collector.store.memory.InMemoryStore;
import dev.engram.collector.store.sqlite.SqliteStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * What version 1 left behind: the folder of a killed JVM, the rows and books that came of it, and
 * the database they were stored in. The files never change: a difference is a break of a format.
 *
 * <p>{@code mvn -pl collector/intake -am test -Dtest=GoldenInstanceTest
 * -Dengram.golden.write=<folder>} writes the files of the current version there; nothing else does.
 */
class GoldenInstanceTest {
  private static final String FOLDER = "/instances/v1/killed.zip";
  private static final String ROWS = "/instances/v1/killed.rows.jsonl";
  private static final String BOOKS = "/instances/v1/killed.books.json";
  private static final String DATABASE = "/instances/v1/killed.db.gz";
  private static final SpanFilter ALL_SPANS = new SpanFilter(0, 0, null, null, null, null, 0, 0, 0);
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  @TempDir Path home;
  private final List<Row> rows = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();

  @Test
  void folderOfVersion1_isAdoptedToItsRowsAndBooks() throws Exception {
    GoldenFolder.unpack(resource(FOLDER), home);
    try (Store store = noting(new InMemoryStore())) {
      adopt(store);

      String[] known = text(ROWS).split("\n");
      assertThat(rows).hasSameSizeAs(known);
      for (int i = 0; i < known.length; i++) {
        assertHolds(json(typed(rows.get(i))), withoutFingerprint(JSON.readTree(known[i])));
      }
      assertHolds(json(books(store)), JSON.readTree(text(BOOKS)));
      assertThat(lines).isEmpty();
      assertThat(HomeLayout.instances(home)).isEmptyDirectory();
    }
  }

  @Test
  void databaseOfVersion1_answersAsIfItWereWrittenToday() throws Exception {
    GoldenFolder.unpack(resource(FOLDER), home);
    Path file = SqliteStore.fileIn(home.resolve("archived"));
    Files.createDirectories(file.getParent());
    try (InputStream packed = new GZIPInputStream(resource(DATABASE))) {
      Files.copy(packed, file);
    }
    try (Store today = new InMemoryStore();
        Store archived = SqliteStore.open(file)) {
      adopt(today);

      assertThat(answers(archived.reader())).isEqualTo(answers(today.reader()));
    }
    assertThat(counts(file)).isEqualTo(rowsByTable());
  }

  private void adopt(Store store) throws IOException {
    try (Collector collector = Collector.open(home, Set.of(), store, lines::add)) {
      collector.runOnce();
    }
  }

  private static Accounting books(Store store) {
    return store.reader().accounting().values().iterator().next();
  }

  /** What later versions add to a row does not matter, what they change does. */
  private static void assertHolds(JsonNode today, JsonNode known) {
    if (!known.isObject()) {
      assertThat(today).isEqualTo(known);
      return;
    }
    known.properties().forEach(field -> assertHolds(today.path(field.getKey()), field.getValue()));
  }

  private static JsonNode json(Object value) throws IOException {
    return JSON.readTree(JSON.writeValueAsString(value));
  }

  private static Map<String, Object> typed(Row row) {
    Map<String, Object> typed = new LinkedHashMap<>();
    typed.put("type", row.getClass().getSimpleName());
    typed.put("row", row);
    return typed;
  }

  /** Every answer a reader gives about the one instance; the machine's name apart. */
  private static JsonNode answers(StoreReader reader) throws IOException {
    InstanceId id = reader.instances().get(0).id();
    Map<String, Object> answers = new LinkedHashMap<>();
    answers.put(
        "instances", reader.instances().stream().map(GoldenInstanceTest::hostless).toList());
    answers.put("spans", reader.spans(ALL_SPANS));
    ExceptionFilter all = new ExceptionFilter(0, 0, null, 0, null, 0);
    answers.put("exceptions", withoutFingerprint(json(reader.exceptions(all))));
    answers.put("groups", withoutFingerprint(json(reader.exceptionGroups(all))));
    answers.put("statements", reader.statements(new StatementFilter(0, 0, null, 0, 0)));
    answers.put("frames", reader.frames(id, 4711).orElseThrow());
    answers.put("lifecycle", reader.lifecycle(id));
    answers.put("books", reader.accounting().get(id));
    List<Loss> losses = reader.losses(new Period(0, Long.MAX_VALUE));
    answers.put("losses", losses.stream().map(GoldenInstanceTest::withoutItsEnd).toList());
    return json(answers);
  }

  /** That of an exception is no part of a format: it is what today's function makes of the rest. */
  private static JsonNode withoutFingerprint(JsonNode json) {
    if (!json.path("type").asText().equals("RemedyAttemptRow")) {
      json.findParents("fingerprint").forEach(node -> ((ObjectNode) node).remove("fingerprint"));
    }
    return json;
  }

  /** Version 1 knew the last heartbeat alone; today a loss may be later. */
  private static Loss withoutItsEnd(Loss loss) {
    long since = loss.period().sinceEpochNanos();
    Period begin = new Period(since, since);
    return new Loss(
        loss.instance(), loss.service(), loss.term(), loss.reason(), begin, loss.count());
  }

  private static Instance hostless(Instance instance) {
    Map<String, Object> attributes = new LinkedHashMap<>(instance.attributes());
    assertThat(attributes.remove("host.name")).isNotNull();
    return new Instance(
        instance.id(),
        instance.service(),
        instance.version(),
        instance.startedEpochNanos(),
        instance.endedEpochNanos(),
        attributes);
  }

  /** Kinds that no question is asked about yet are there all the same. */
  private static Map<String, Integer> rowsByTable() {
    return Map.of(
        "measurement", 2, "decision", 2, "feedback", 4, "remedy_attempt", 2, "payload_part", 2);
  }

  private static Map<String, Integer> counts(Path file) throws SQLException {
    Map<String, Integer> counts = new LinkedHashMap<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String table : rowsByTable().keySet()) {
        try (ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table)) {
          row.next();
          counts.put(table, row.getInt(1));
        }
      }
    }
    return counts;
  }

  /** The same store, whose rows are noted as they are written. */
  private Store noting(Store real) {
    StoreWriter writer =
        (StoreWriter)
            Proxy.newProxyInstance(
                StoreWriter.class.getClassLoader(),
                new Class<?>[] {StoreWriter.class},
                (proxy, method, arguments) -> {
                  if (arguments != null && arguments[0] instanceof Batch batch) {
                    rows.addAll(batch.rows());
                  }
                  try {
                    return method.invoke(real.writer(), arguments);
                  } catch (InvocationTargetException failure) {
                    throw failure.getCause();
                  }
                });
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (proxy, method, arguments) ->
                method.getName().equals("writer") ? writer : method.invoke(real, arguments));
  }

  @Test
  @EnabledIfSystemProperty(
      named = "engram.golden.write",
      matches = ".+",
      disabledReason = "the files are recorded once, by hand")
  void currentVersion_isRecorded() throws Exception {
    Path target = Files.createDirectories(Path.of(System.getProperty("engram.golden.write")));
    Path zip = target.resolve("killed.zip");
    GoldenFolder.record(home.resolve("recorded"), zip);
    GoldenFolder.unpack(Files.newInputStream(zip), home);
    try (Store store = noting(SqliteStore.open(SqliteStore.fileIn(home)))) {
      adopt(store);
      StringBuilder text = new StringBuilder();
      for (Row row : rows) {
        text.append(JSON.writeValueAsString(typed(row))).append('\n');
      }
      Files.writeString(target.resolve("killed.rows.jsonl"), text);
      Files.writeString(
          target.resolve("killed.books.json"), JSON.writeValueAsString(books(store)) + "\n");
    }
    try (OutputStream out = Files.newOutputStream(target.resolve("killed.db.gz"));
        GZIPOutputStream packed = new GZIPOutputStream(out)) {
      Files.copy(SqliteStore.fileIn(home), packed);
    }
  }

  private static String text(String resource) throws IOException {
    try (InputStream in = resource(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static InputStream resource(String name) {
    InputStream in = GoldenInstanceTest.class.getResourceAsStream(name);
    assertThat(in).as(name).isNotNull();
    return in;
  }
}
