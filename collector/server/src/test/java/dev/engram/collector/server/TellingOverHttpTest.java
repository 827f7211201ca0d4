package dev.engram.collector.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.collector.analysis.solution.Solution;
import dev.engram.collector.analysis.solution.Symptom;
import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.DecisionRow;
import dev.engram.collector.store.ExceptionRow;
import dev.engram.collector.store.FeedbackRow;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.OutcomeRow;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.Store;
import dev.engram.collector.store.StoredFeedback;
import dev.engram.collector.store.StoredOutcome;
import dev.engram.collector.store.ThrownStack;
import dev.engram.collector.store.TraceId;
import dev.engram.collector.store.sqlite.SqliteStore;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A collector that runs, and is told over its own port. */
class TellingOverHttpTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final InstanceId SHOP = new InstanceId(new UUID(1, 2));

  @TempDir private Path folder;

  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
  private final HttpClient client = HttpClient.newHttpClient();
  private CollectorServer server;
  private Thread running;
  private String url = "";

  @BeforeEach
  void collect() throws IOException {
    decide(0x51, 0x52, 0x5100000000000000L);
    fail(0xabc0000000000001L);
    server = CollectorServer.open(new Home(folder), Set.of(), lines::add);
    url = server.listen(0).orElseThrow();
    running = new Thread(server::run);
    running.start();
  }

  @AfterEach
  void stop() throws InterruptedException {
    server.stop();
    running.join();
    server.close();
  }

  @Test
  void collectorsFile_tellsItsOwnerWhereItListens() throws IOException {
    Path file = folder.resolve(HomeLayout.COLLECTOR_FILE);

    assertThat(JSON.readTree(file.toFile()).path("url").asText()).isEqualTo(url);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(CollectorFile.holder(new Home(folder)))
        .hasValueSatisfying(
            it -> assertThat(it).startsWith("pid " + ProcessHandle.current().pid() + " since "));
  }

  @Test
  void outcome_isStored_ofADecisionOrAKey() throws Exception {
    accepted(
        "outcomes",
        "{\"decision\":\"0000000000000051\",\"label\":\"partial\",\"value\":2.5,"
            + "\"author\":\"ada\",\"comment\":\"late\"}");
    accepted("outcomes", "{\"key\":\"order_id\",\"id\":\"4711\",\"label\":\"success\"}");

    Awaitility.await().until(() -> outcomes().size() == 2);
    OutcomeRow decision = outcomes().get(0);
    assertThat(decision)
        .isEqualTo(
            new OutcomeRow(
                decision.position(),
                decision.timeEpochNanos(),
                "decision",
                "",
                "0000000000000051",
                "partial",
                2.5,
                "ada",
                "late"));
    OutcomeRow key = outcomes().get(1);
    assertThat(key.key()).isEqualTo("order_id");
    assertThat(key.targetId()).isEqualTo("4711");
    assertThat(key.author()).isNull();
    assertThat(lines).isEmpty();
  }

  @Test
  void decision_mayBeGivenByTheBeginningOfItsId() throws Exception {
    accepted("outcomes", "{\"decision\":\"51\",\"label\":\"success\"}");
    assertRefused(
        409, "outcomes", "{\"decision\":\"00\",\"label\":\"success\"}", "0000000000000052");
    assertRefused(404, "outcomes", "{\"decision\":\"ff\",\"label\":\"success\"}", "no decision");

    Awaitility.await().until(() -> outcomes().size() == 1);
    assertThat(outcomes().get(0).targetId()).isEqualTo("5100000000000000");
  }

  @Test
  void feedback_isStored() throws Exception {
    accepted(
        "feedback",
        "{\"target\":\"trace\",\"id\":\"ABC\",\"label\":\"helpful\",\"score\":1,\"author\":\"ada\"}");

    Awaitility.await().until(() -> feedback().size() == 1);
    FeedbackRow row = feedback().get(0);
    assertThat(row.target()).isEqualTo("trace");
    assertThat(row.targetId()).isEqualTo("abc");
    assertThat(row.label()).isEqualTo("helpful");
    assertThat(row.score()).isEqualTo(1);
  }

  @Test
  void hostileText_isKeptAsItIs_andSecretsAreNot() throws Exception {
    String hostile = "\\u0000\\u001b[2J'; drop table outcome; -- <script>\\ud800 \\u202e";
    accepted(
        "feedback",
        "{\"target\":\"key\",\"id\":\""
            + hostile
            + "\",\"comment\":\"password=hunter2 card 4111 1111 1111 1111\"}");
    accepted("outcomes", "{\"key\":\"api_token\",\"id\":\"hunter2\",\"label\":\"success\"}");

    Awaitility.await().until(() -> feedback().size() == 1 && outcomes().size() == 1);
    assertThat(feedback().get(0).targetId())
        .isEqualTo("\0\u001b[2J'; drop table outcome; -- <script>\ufffd \u202e");
    assertThat(feedback().get(0).comment()).isEqualTo("password=[redacted] card [redacted]");
    assertThat(outcomes().get(0).targetId()).isEqualTo("[redacted]");
  }

  @Test
  void solution_isStored_andWhetherItWorked() throws Exception {
    HttpResponse<String> answer =
        post(
            "solutions",
            "{\"type\":\"a.B\",\"message\":\"no * left\",\"remedy\":\"reorder\",\"author\":\"ada\","
                + "\"comment\":\"password=hunter2\"}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    String id = JSON.readTree(answer.body()).path("id").asText();
    Awaitility.await().until(() -> solutions(id).size() == 1);
    Solution own = solutions(id).get(0);
    assertThat(own.symptom()).isEqualTo(new Symptom(0, List.of("a.B"), List.of("no * left")));
    assertThat(own.remedy()).isEqualTo("reorder");
    assertThat(own.author()).isEqualTo("ada");
    assertThat(own.comment()).isEqualTo("password=[redacted]");

    String trial = "{\"solution\":\"" + id + "\",\"error\":\"E-abc\",\"author\":\"";
    accepted("solutions/worked", trial + "ada\"}");
    accepted("solutions/failed", trial + "bob\"}");
    Awaitility.await().until(() -> solutions(id).get(0).success().of() == 2);
    assertThat(solutions(id).get(0).success().count()).isEqualTo(1);
    accepted("solutions", "{\"error\":\"E-abc\",\"remedy\":\"mend it\"}");
    assertRefused(404, "solutions", "{\"error\":\"E-ddd\",\"remedy\":\"r\"}", "no error");
    assertRefused(
        409, "solutions/failed", "{\"solution\":\"S-\",\"error\":\"E-abc\"}", "begins several ids");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "outcomes | {'label':'success'} | either decision",
        "outcomes | {'decision':'51','key':'a','id':'b','label':'success'} | either decision",
        "outcomes | {'key':'a','label':'success'} | id is missing",
        "outcomes | {'decision':'51','label':'succes'} | success, failure, partial, unknown",
        "outcomes | {'decision':'../51','label':'success'} | hex digits",
        "outcomes | {'decision':'51','label':'success','when':'now'} | unknown member",
        "feedback | {'target':'trace','id':'a'} | label, score or comment",
        "feedback | {'target':'everything','id':'a','score':1} | target must be",
        "feedback | {'target':'trace','score':1} | id is missing",
        "solutions | {'type':'a.B'} | remedy is missing",
        "solutions | {'remedy':'r'} | either error",
        "solutions | {'error':'E-1','type':'a.B','remedy':'r'} | either error",
        "solutions | {'message':' * ','remedy':'r'} | takes words",
        "solutions/worked | {'error':'E-1'} | solution is missing"
      })
  void whatCannotBeTold_isRefused(String path, String body, String why) throws Exception {
    assertRefused(400, path, body.replace('\'', '"'), why);
  }

  @Test
  void portOfAnother_costsOneLine_andCollectingGoesOn() throws Exception {
    try (CollectorServer other =
        CollectorServer.open(new Home(folder.resolve("other")), Set.of(), lines::add)) {
      assertThat(other.listen(URI.create(url).getPort())).isEmpty();
      assertThat(lines).singleElement().asString().contains("--http-port");
      other.runOnce();
    }
  }

  @Test
  void collectorThatEnds_listensNoMore_andTakesItsTokenWithIt() {
    Path home = folder.resolve("other");
    CollectorServer ended = CollectorServer.open(new Home(home), Set.of(), lines::add);
    int port = URI.create(ended.listen(0).orElseThrow()).getPort();
    assertThat(home.resolve(HomeLayout.COLLECTOR_FILE)).exists();
    ended.close();

    assertThat(home.resolve(HomeLayout.COLLECTOR_FILE)).doesNotExist();
    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
        .isInstanceOf(ConnectException.class);
  }

  private void accepted(String path, String body) throws Exception {
    HttpResponse<String> answer = post(path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
  }

  private void assertRefused(int status, String path, String body, String why) throws Exception {
    HttpResponse<String> answer = post(path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(JSON.readTree(answer.body()).path("error").asText()).contains(why);
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    JsonNode file = JSON.readTree(folder.resolve(HomeLayout.COLLECTOR_FILE).toFile());
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(file.path("url").asText() + "/api/v1/" + path))
            .header("Authorization", "Bearer " + file.path("token").asText())
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private List<OutcomeRow> outcomes() {
    try (Store store = SqliteStore.openReadOnly(SqliteStore.fileIn(folder))) {
      return store.reader().outcomes(0).stream().map(StoredOutcome::row).toList();
    }
  }

  private List<Solution> solutions(String id) {
    try (Memory memory = Memory.open(new Home(folder))) {
      return memory.queries().solutions().beginning(id);
    }
  }

  /** An error of this fingerprint. */
  private void fail(long fingerprint) {
    ThrownStack stack = new ThrownStack("a.B", "m", 0, List.of(), 0, null, List.of());
    InstanceId id = new InstanceId(new UUID(1, 3));
    Row row =
        new ExceptionRow(
            id, 1, 1, TraceId.NONE, 0, "escaped", "main", null, "a.B", "m", fingerprint, stack);
    try (Store store = SqliteStore.open(SqliteStore.fileIn(folder))) {
      store.writer().putInstance(new Instance(id, "shop", "1", 1, 0, Map.of()));
      store.writer().write(new Batch(id, List.of(row), new Checkpoint(1, 1, 0), 1, 0, 0, Map.of()));
    }
  }

  private List<FeedbackRow> feedback() {
    try (Store store = SqliteStore.openReadOnly(SqliteStore.fileIn(folder))) {
      return store.reader().feedback(0).stream().map(StoredFeedback::row).toList();
    }
  }

  private void decide(long... ids) {
    try (Store store = SqliteStore.open(SqliteStore.fileIn(folder))) {
      store.writer().putInstance(new Instance(SHOP, "shop", "1", 1, 0, Map.of()));
      for (long id : ids) {
        DecisionRow row =
            new DecisionRow(
                id,
                TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()),
                id,
                TraceId.NONE,
                0,
                "route",
                List.of(),
                "a",
                0.5,
                "stated",
                List.of(),
                Map.of());
        store
            .writer()
            .write(new Batch(SHOP, List.of(row), new Checkpoint(id, id, 0), 1, 0, 0, Map.of()));
      }
    }
  }
}
