package dev.engram.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Fixture;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Memory;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Traffic;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** An application fails in every way; each of its exceptions is remembered once, and no other. */
@Tag("full")
@ParameterizedClass(name = "{0}")
@MethodSource("dev.engram.integration.harness.Jdks#all")
class EveryExceptionIT {
  private static final Fixture SERVICE =
      Fixture.of(
          "exceptions",
          "3.5.9",
          "exceptions",
          "org.springframework.boot:spring-boot-starter-web:3.5.9");

  /** The first that a request comes to, and the last that its exception leaves. */
  private static final String FILTER =
      "org.springframework.boot.web.servlet.filter.OrderedCharacterEncodingFilter";

  /** Path and status of each request. */
  private static final List<String> REQUESTS =
      List.of(
          "/escaped 500",
          "/handled 500",
          "/refused 400",
          "/status 503",
          "/printed 200",
          "/logged 200",
          "/logged-jul 200",
          "/logged-escaped 500",
          "/not-logged 200",
          "/memory 500",
          "/stack 500",
          "/thread 200",
          "/tasks 200",
          "/futures 200",
          "/observed 200");

  /** Of the requests' trace: origin, message, and where it was seen. */
  private static final List<String> IN_THE_TRACE =
      List.of(
          "escaped|request|" + FILTER,
          "handled|handled request|",
          // Its message is made up only when somebody asks.
          "handled||",
          "logged|printed|java.lang.Throwable#printStackTrace",
          "logged|logged|com.acme.Orders: No place for {}",
          "logged|logged by JUL|com.acme.Legacy",
          "logged|logged, then escaped|com.acme.Orders: It will escape",
          "escaped|Requested array size exceeds VM limit|" + FILTER,
          "escaped||" + FILTER,
          "escaped|thread|java.lang.Thread#run",
          "escaped|executed task|java.util.concurrent.ThreadPoolExecutor#execute",
          "escaped|executed fork-join task|java.util.concurrent.ForkJoinPool#execute",
          "escaped|submitted task|java.util.concurrent.FutureTask#run",
          "escaped|scheduled task|"
              + "java.util.concurrent.ScheduledThreadPoolExecutor$ScheduledFutureTask#run",
          "escaped|function of a future|"
              + "java.util.concurrent.CompletableFuture#completeExceptionally",
          "escaped|future|java.util.concurrent.CompletableFuture#completeExceptionally",
          "escaped|asynchronous method|com.acme.Main$Jobs#asynchronously");

  /** Nobody's in particular. */
  private static final List<String> OUTSIDE = List.of("scheduled method", "periodic task");

  @RegisterExtension final Rig rig = new Rig();

  @Parameter Jdk jdk;

  @Test
  void eachException_isRememberedOnce_withWhereItWasSeen() throws IOException {
    Child service = SERVICE.start(rig, jdk);
    Traffic traffic = Traffic.toApplication(service);
    String traceId = Traffic.newTraceId();
    for (String request : REQUESTS) {
      String path = request.substring(0, request.indexOf(' '));
      int status = traffic.send(traceId, "GET", path, BodyPublishers.noBody()).status();
      assertThat(path + " " + status).isEqualTo(request);
    }
    service.stop();

    Memory memory = rig.memory(jdk).drain();
    List<JsonNode> errors = memory.errors();
    assertThat(errors)
        .as("error groups")
        .allSatisfy(error -> assertThat(error.path("count").asInt()).isEqualTo(1));
    assertThat(errors)
        .extracting(error -> error.path("message").asText(""))
        .containsExactlyInAnyOrderElementsOf(messages());
    assertThat(memory.trace(traceId).exceptions())
        .extracting(EveryExceptionIT::line)
        .containsExactlyInAnyOrderElementsOf(IN_THE_TRACE);
  }

  private static List<String> messages() {
    List<String> messages = new ArrayList<>(OUTSIDE);
    IN_THE_TRACE.forEach(line -> messages.add(line.split("\\|", -1)[1]));
    return messages;
  }

  private static String line(JsonNode exception) {
    return String.join(
        "|",
        exception.path("origin").asText(),
        exception.path("thrown").path("message").asText(""),
        exception.path("site").asText(""));
  }
}
