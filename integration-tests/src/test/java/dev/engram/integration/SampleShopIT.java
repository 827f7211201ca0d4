package dev.engram.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Load;
import dev.engram.integration.harness.Memory;
import dev.engram.integration.harness.Requests;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Trace;
import dev.engram.integration.harness.Traffic;
import dev.engram.integration.harness.Traffic.Answer;
import java.util.List;
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

  @Test
  void everyRequest_isRememberedOnce_withStatusAndRoute() {
    Child shop = rig.shop(jdk);
    Traffic traffic = Traffic.toShop(shop);
    List<Answer> answers =
        List.of(
            traffic.get("/health"),
            traffic.get("/products"),
            traffic.get("/products/2"),
            traffic.get("/products/99"),
            traffic.post("/orders", ORDER),
            traffic.post("/orders", FAILING_ORDER),
            traffic.get("/slow"),
            traffic.get("/legacy"),
            traffic.get("/assistant?q=tea"),
            traffic.get("/report"));
    shop.stop();

    assertThat(answers)
        .extracting(Answer::status)
        .containsExactly(200, 200, 200, 404, 201, 500, 200, 503, 200, 200);
    Requests requests = drained().requests();
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
            "/assistant",
            "/report");
  }

  @Test
  void statements_hangUnderTheirRequest() {
    Child shop = rig.shop(jdk);
    Traffic traffic = Traffic.toShop(shop);
    Answer order = traffic.post("/orders", ORDER);
    Answer slow = traffic.get("/slow");
    shop.stop();

    Memory memory = drained();
    assertThat(memory.trace(order.traceId()).statements())
        .satisfiesExactly(
            text -> assertThat(text).startsWith("select id, name"),
            text -> assertThat(text).startsWith("update product"),
            text -> assertThat(text).startsWithIgnoringCase("insert into customer_order"));
    assertThat(memory.trace(slow.traceId()).statementSpans())
        .singleElement()
        .satisfies(sql -> assertThat(sql.path("duration_ns").asLong()).isGreaterThan(140_000_000));
  }

  @Test
  void exceptions_areRememberedOnce_howeverManyLayersSeeThem() {
    Child shop = rig.shop(jdk);
    Traffic traffic = Traffic.toShop(shop);
    Answer escaped = traffic.post("/orders", FAILING_ORDER);
    Answer handled = traffic.get("/legacy");
    traffic.get("/legacy");
    shop.stop();

    Memory memory = drained();
    assertThat(memory.errors())
        .extracting(error -> error.path("type").asText() + " x" + error.path("count").asLong())
        .containsExactlyInAnyOrder(
            "dev.engram.shop.operations.LegacySystemDownException x2",
            "dev.engram.shop.orders.UnpackableQuantityException x1");
    JsonNode escapedException = onlyException(memory.trace(escaped.traceId()));
    assertThat(escapedException.path("origin").asText()).isEqualTo("escaped");
    assertThat(Trace.message(escapedException)).isEqualTo("no box holds 13 pieces");
    JsonNode handledException = onlyException(memory.trace(handled.traceId()));
    assertThat(handledException.path("origin").asText()).isEqualTo("handled");
  }

  @Test
  void assistant_isRememberedWithPromptAndAnswer() {
    Child shop = rig.shop(jdk);
    Answer answer = Traffic.toShop(shop).get("/assistant?q=may+I+return+it");
    shop.stop();

    List<JsonNode> calls = drained().trace(answer.traceId()).spans("ai");
    assertThat(calls).hasSize(1);
    assertThat(Trace.payload(calls.get(0), "input")).contains("may I return it");
    assertThat(Trace.payload(calls.get(0), "output")).contains("within 30 days");
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

  private Memory drained() {
    return rig.memory(jdk).drain();
  }

  private static JsonNode onlyException(Trace trace) {
    assertThat(trace.exceptions()).as(trace::toString).hasSize(1);
    return trace.exceptions().get(0);
  }
}
