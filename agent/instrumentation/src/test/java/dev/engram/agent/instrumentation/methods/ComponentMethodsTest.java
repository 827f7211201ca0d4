package dev.engram.agent.instrumentation.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.acme.shop.components.OrderController;
import com.acme.shop.components.OrderListener;
import com.acme.shop.components.OrderResource;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.instrumentation.RecordedRun;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.ExceptionOrigin;
import dev.engram.agent.record.SpanKind;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ComponentMethodsTest {
  private static final String PACKAGE = "com.acme.shop.components.";

  @RegisterExtension final RecordedRun run = new RecordedRun();

  private final OrderController controller = new OrderController();

  @Test
  void controllerThatThrows_hasItsArgumentsOnTheSpanOfItsRequest_withoutSecretsAndObjects() {
    request(() -> controller.refuse("7", 3, "geheim", new Hostile()));

    assertThat(attributes())
        .containsOnly(
            entry("error.type", "java.lang.IllegalStateException"),
            entry("engram.thrown.by", PACKAGE + "OrderController.refuse"),
            entry("engram.argument.id", "7"),
            entry("engram.argument.quantity", "3"),
            entry("engram.argument.password", "[redacted]"),
            entry("engram.argument.details", Hostile.class.getName()));
  }

  @Test
  void privateMethodOfAService_isWhatThrew_whateverItsCallersMakeOfIt() {
    request(() -> controller.order("7", 13, "geheim", new Hostile()));

    assertThat(attributes())
        .containsEntry("engram.thrown.by", PACKAGE + "OrderService.take")
        .containsEntry("engram.argument.pieces", "13")
        .doesNotContainKey("engram.argument.password");
  }

  @Test
  void methodThatReturns_leavesNothing_andAsksNothing() {
    request(() -> controller.order("7", 3, "geheim", new Hostile()));

    assertThat(attributes()).isEmpty();
  }

  @Test
  void resourceOfJaxRs_isSeen() {
    request(() -> new OrderResource().order("7"));

    assertThat(attributes())
        .containsEntry("engram.thrown.by", PACKAGE + "OrderResource.order")
        .containsEntry("engram.argument.id", "7");
  }

  @Test
  void listenerInAnyClass_isSeen_andNoOtherMethodOfIt() {
    request(() -> new OrderListener().placed("7"));
    request(() -> new OrderListener().unheard("8"));

    assertThat(run.spans(2).get(0).attributes()).containsEntry("engram.argument.id", "7");
    assertThat(run.spans(2).get(1).attributes()).containsOnlyKeys("error.type");
  }

  @Test
  void withoutANamedPackage_orWhereTheyAreSwitchedOff_noClassIsLookedAt() {
    int others = new MethodsInstrumentation().types(Configuration.of("")).size();
    Configuration off = Configuration.of("app-packages=com.acme;capture.arguments=off");

    assertThat(new MethodsInstrumentation().types(off)).hasSize(others);
    assertThat(new MethodsInstrumentation().types(Configuration.of("app-packages=com.acme")))
        .hasSizeGreaterThan(others);
  }

  private Map<String, Object> attributes() {
    return run.onlySpan().attributes();
  }

  private static void request(Runnable handler) {
    OpenSpan span = Tracing.open(SpanKind.SERVER, Category.HTTP, "GET /");
    assertThat(span).isNotNull();
    span.enter();
    try {
      handler.run();
    } catch (RuntimeException thrown) {
      span.fail(thrown, ExceptionOrigin.ESCAPED, null);
    }
    span.leave();
    span.end();
  }

  private static final class Hostile {
    @Override
    public String toString() {
      throw new IllegalStateException("asked");
    }
  }
}
