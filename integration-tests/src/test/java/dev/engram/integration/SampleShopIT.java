package dev.engram.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.engram.integration.harness.Artifacts;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Load;
import dev.engram.integration.harness.Memory;
import dev.engram.integration.harness.Requests;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Trace;
import dev.engram.integration.harness.Traffic;
import dev.engram.integration.harness.Traffic.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass(name = "{0}")
@MethodSource("dev.engram.integration.harness.Jdks#byTier")
class SampleShopIT {
  private static final String ORDER = "{\"productId\":1,\"quantity\":2}";
  private static final String FAILING_ORDER = "{\"productId\":1,\"quantity\":13}";

  @RegisterExtension final Rig rig = new Rig();

  @Parameter Jdk jdk;

  /** One service and one memory for all that is asked of them: each start takes seconds. */
  @Test
  void everyRequest_isRememberedOnce_withWhatHappenedInIt() {
    Child shop = rig.shop(jdk);
    Traffic traffic = Traffic.toShop(shop);
    Answer order = traffic.post("/orders", ORDER);
    Answer failed = traffic.post("/orders", FAILING_ORDER);
    Answer slow = traffic.get("/slow");
    Answer legacy = traffic.get("/legacy");
    Answer asked = traffic.get("/assistant?q=may+I+return+it");
    List<Answer> answers =
        List.of(
            traffic.get("/health"),
            traffic.get("/products"),
            traffic.get("/products/2"),
            traffic.get("/products/99"),
            order,
            failed,
            slow,
            legacy,
            traffic.get("/legacy"),
            asked,
            traffic.get("/report"));
    shop.stop();

    Memory memory = rig.memory(jdk).drain();
    assertRequests(memory.requests(), answers);
    assertStatementsHangUnderTheirRequest(memory.trace(order.traceId()));
    assertSlow(memory.trace(slow.traceId()));
    assertExceptionsAreRememberedOnceHoweverManyLayersSeeThem(memory.errors());
    assertException(memory.trace(failed.traceId()), "escaped", "no box holds 13 pieces");
    assertException(memory.trace(legacy.traceId()), "handled", "the old warehouse does not answer");
    assertPromptAndAnswer(memory.trace(asked.traceId()));
  }

  @Test
  void asynchronousRequests_atOnce_areEachRememberedOnce_whileTheCollectorRuns() {
    rig.collector(jdk);
    Child shop = rig.shop(jdk);
    Load load = Load.start(Traffic.toShop(shop), 8, "/report", "/products", "/products/3");
    load.awaitMore(600).close();
    shop.stop();

    Requests requests = rig.memory(jdk).awaitRequests(load.answered().size()).requests();
    assertThat(requests.count()).isEqualTo(load.answered().size());
    assertThat(load.answered()).allSatisfy(requests::assertRemembered);
  }

  /** As images have it: the jar's files in a folder, started by the launcher that lies there. */
  @Test
  void explodedShop_hasTheNameOfItsApplication() throws IOException {
    Path folder = rig.folder().resolve("exploded");
    explode(Artifacts.shop(), folder);
    Child shop =
        rig.java("shop", jdk)
            .agent()
            .options("-cp", folder.toString())
            .arguments("org.springframework.boot.loader.launch.JarLauncher", "--server.port=0")
            .start();
    Answer answer = Traffic.toShop(shop).get("/products");
    shop.stop();

    assertThat(rig.memory(jdk).drain().requests().of(answer).path("service").asText())
        .isEqualTo("ShopApplication");
  }

  private static void explode(Path jar, Path folder) throws IOException {
    try (ZipInputStream files = new ZipInputStream(Files.newInputStream(jar))) {
      for (ZipEntry each = files.getNextEntry(); each != null; each = files.getNextEntry()) {
        Path file = folder.resolve(each.getName());
        Files.createDirectories(each.isDirectory() ? file : file.getParent());
        if (!each.isDirectory()) {
          Files.copy(files, file);
        }
      }
    }
  }

  private static void assertRequests(Requests requests, List<Answer> answers) {
    assertThat(answers)
        .extracting(Answer::status)
        .containsExactly(200, 200, 200, 404, 201, 500, 200, 503, 503, 200, 200);
    assertThat(requests.count()).isEqualTo(answers.size());
    assertThat(answers).allSatisfy(requests::assertRemembered);
    assertThat(answers)
        .extracting(requests::routeOf)
        .containsExactly(
            "/health",
            "/products",
            "/products/{id}",
            "/products/{id}",
            "/orders",
            "/orders",
            "/slow",
            "/legacy",
            "/legacy",
            "/assistant",
            "/report");
  }

  private static void assertStatementsHangUnderTheirRequest(Trace order) {
    assertThat(order.statements())
        .satisfiesExactly(
            text -> assertThat(text).startsWith("select id, name"),
            text -> assertThat(text).startsWith("update product"),
            text -> assertThat(text).startsWithIgnoringCase("insert into customer_order"));
  }

  private static void assertSlow(Trace slow) {
    assertThat(slow.statementSpans())
        .singleElement()
        .satisfies(sql -> assertThat(sql.path("duration_ns").asLong()).isGreaterThan(140_000_000));
  }

  private static void assertExceptionsAreRememberedOnceHoweverManyLayersSeeThem(
      List<JsonNode> errors) {
    assertThat(errors)
        .extracting(error -> error.path("type").asText() + " x" + error.path("count").asLong())
        .containsExactlyInAnyOrder(
            "dev.engram.shop.operations.LegacySystemDownException x2",
            "dev.engram.shop.orders.UnpackableQuantityException x1");
  }

  private static void assertException(Trace trace, String origin, String message) {
    assertThat(trace.exceptions())
        .as(trace::toString)
        .singleElement()
        .satisfies(
            exception -> {
              assertThat(exception.path("origin").asText()).isEqualTo(origin);
              assertThat(Trace.message(exception)).isEqualTo(message);
            });
  }

  private static void assertPromptAndAnswer(Trace asked) {
    assertThat(asked.spans("ai"))
        .singleElement()
        .satisfies(
            call -> {
              assertThat(Trace.payload(call, "input")).contains("may I return it");
              assertThat(Trace.payload(call, "output")).contains("within 30 days");
            });
  }
}
