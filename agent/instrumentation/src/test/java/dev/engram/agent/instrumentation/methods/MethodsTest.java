package dev.engram.agent.instrumentation.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import com.acme.shop.Assistant;
import com.acme.shop.JobRunner;
import com.acme.shop.Pricing;
import dev.engram.agent.core.capture.CapturedArguments;
import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.instrumentation.RecordedRun;
import dev.engram.agent.record.BegunRecord;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.ExceptionOrigin;
import dev.engram.agent.record.FeedbackRecord;
import dev.engram.agent.record.Payload;
import dev.engram.agent.record.SpanKind;
import dev.engram.agent.record.SpanRecord;
import dev.engram.agent.record.SpanStatus;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MethodsTest {
  @RegisterExtension final RecordedRun run = new RecordedRun();

  @Test
  void configuredMethod_isASpan() {
    assertThat(new Pricing().quote(21)).isEqualTo(42);

    SpanRecord span = run.onlySpan();
    assertThat(span.name()).isEqualTo("Pricing.quote");
    assertThat(span.kind()).isEqualTo(SpanKind.INTERNAL);
    assertThat(span.category()).isEqualTo(Category.METHOD);
    assertThat(span.attributes())
        .containsExactly(entry("code.function.name", "com.acme.shop.Pricing.quote"));
    assertThat(span.payloads()).isEmpty();
  }

  @Test
  void methodNamedWithAStar_isASpan() {
    new JobRunner().run();

    assertThat(run.onlySpan().name()).isEqualTo("JobRunner.run");
  }

  @Test
  void otherMethod_isNone() {
    new Pricing().doubled(1);

    assertThat(run.spans()).isEmpty();
  }

  @Test
  void exception_escapesUnchangedAndIsRemembered() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Pricing().quote(-1))
        .withMessage("negative amount");

    assertThat(run.onlySpan().status()).isEqualTo(SpanStatus.ERROR);
    assertThat(run.exceptions())
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.origin()).isEqualTo(ExceptionOrigin.ESCAPED);
              assertThat(it.site()).isEqualTo("com.acme.shop.Pricing#quote");
              assertThat(it.thrown().message()).isEqualTo("negative amount");
            });
  }

  @Test
  void argumentsOfAMethodThatThrows_areKept_whereItsPackageIsNamed() {
    CapturedArguments.start(Configuration.of("app-packages=com.acme.shop"));
    try {
      assertThatIllegalArgumentException().isThrownBy(() -> new Pricing().quote(-1));
      new Pricing().quote(1);
    } finally {
      CapturedArguments.start(Configuration.of(""));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> new Pricing().quote(-2));

    assertThat(run.spans(3))
        .extracting(
            it -> it.attributes().keySet().stream().anyMatch(key -> key.contains("argument")))
        .containsExactly(true, false, false);
    assertThat(run.spans().get(0).attributes()).containsValue("-1");
  }

  @Test
  void argumentsOfAStageThatFails_areKeptAsTheirText() {
    CompletableFuture<Integer> amount = new CompletableFuture<>();
    CapturedArguments.start(Configuration.of("app-packages=com.acme.shop"));
    try {
      new Pricing().quote(amount);
    } finally {
      CapturedArguments.start(Configuration.of(""));
    }

    amount.completeExceptionally(new IllegalStateException("no amount"));

    assertThat(run.onlySpan().attributes())
        .containsEntry("engram.argument.amount", "java.util.concurrent.CompletableFuture");
  }

  @Test
  void stage_endsTheSpanWhenItCompletes() {
    CompletableFuture<Integer> amount = new CompletableFuture<>();
    CompletableFuture<Integer> quoted = new Pricing().quote(amount);
    assertThat(run.spans()).isEmpty();

    amount.complete(4);

    assertThat(quoted).isCompletedWithValue(8);
    assertThat(run.onlySpan().status()).isEqualTo(SpanStatus.UNSET);
  }

  @Test
  void failedStage_failsTheSpanWithTheCause() {
    CompletableFuture<Integer> amount = new CompletableFuture<>();
    new Pricing().quote(amount);

    amount.completeExceptionally(new IllegalStateException("no amount"));

    assertThat(run.onlySpan().status()).isEqualTo(SpanStatus.ERROR);
    assertThat(run.exceptions())
        .singleElement()
        .satisfies(
            it -> assertThat(it.thrown().type()).isEqualTo("java.lang.IllegalStateException"));
  }

  @Test
  void aiMethod_isRememberedWithInputAndOutput() {
    new Assistant().answer("rain");

    SpanRecord span = run.onlySpan();
    assertThat(span.name()).isEqualTo("answer");
    assertThat(span.kind()).isEqualTo(SpanKind.CLIENT);
    assertThat(span.category()).isEqualTo(Category.AI);
    assertThat(span.begun()).isTrue();
    assertThat(span.attributes())
        .containsEntry("gen_ai.provider.name", "openai")
        .containsEntry("gen_ai.request.model", "gpt-4o");
    assertThat(span.payloads())
        .extracting(Payload::name, MethodsTest::text)
        .containsExactly(tuple("input", "rain"), tuple("output", "because of rain"));
    assertThat(run.all(BegunRecord.class)).hasSize(1);
  }

  @Test
  void failedAiMethod_keepsItsInput() {
    assertThatIllegalStateException().isThrownBy(() -> new Assistant().answer(""));

    assertThat(run.onlySpan().payloads()).extracting(Payload::name).containsExactly("input");
    assertThat(run.onlySpan().status()).isEqualTo(SpanStatus.ERROR);
  }

  @Test
  void annotatedClass_doesNotMeanWhatEveryObjectHas() {
    assertThat(new Assistant()).hasToString("assistant");

    assertThat(run.spans()).isEmpty();
  }

  @Test
  void methodsOfTheJdk_areLeftOut() {
    Configuration configuration =
        Configuration.of("methods=java.util.HashMap#get,com.acme.shop.Pricing#quote");

    assertThat(new MethodsInstrumentation().types(configuration))
        .extracting(it -> it.types().names())
        .contains(Set.of("com.acme.shop.Pricing"))
        .doesNotContain(Set.of("java.util.HashMap"));
  }

  @Test
  void stageThatCannotBeFollowed_endsTheSpanAtOnce() {
    new Pricing().quote(new UnfollowedStage());

    assertThat(run.onlySpan().status()).isEqualTo(SpanStatus.UNSET);
  }

  private static final class UnfollowedStage extends CompletableFuture<Integer> {
    @Override
    public <U> CompletableFuture<U> thenApply(Function<? super Integer, ? extends U> next) {
      return new Refusing<>();
    }
  }

  private static final class Refusing<T> extends CompletableFuture<T> {
    @Override
    public CompletableFuture<T> whenComplete(BiConsumer<? super T, ? super Throwable> action) {
      throw new UnsupportedOperationException("not followed");
    }
  }

  @Test
  void annotatedClass_meansItsPublicMethods() {
    new Assistant().callUnseen();

    assertThat(run.onlySpan().name()).isEqualTo("assistant.callUnseen");
  }

  @Test
  void feedback_isRememberedForTheTraceItIsGivenIn() {
    new Assistant().greet();

    SpanRecord span = run.onlySpan();
    String traceId = String.format("%016x%016x", span.traceIdHigh(), span.traceIdLow());
    assertThat(run.all(FeedbackRecord.class))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.target()).isEqualTo("trace");
              assertThat(it.targetId()).isEqualTo(traceId);
              assertThat(it.label()).isEqualTo("polite");
              assertThat(it.score()).isEqualTo(1);
            });
  }

  private static String text(Payload payload) {
    return new String(payload.bytes(), StandardCharsets.UTF_8);
  }
}
