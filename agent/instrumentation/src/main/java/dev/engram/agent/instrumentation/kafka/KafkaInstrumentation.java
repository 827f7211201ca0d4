package dev.engram.agent.instrumentation.kafka;

import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.returns;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;
import static net.bytebuddy.matcher.ElementMatchers.takesNoArguments;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.instrument.InstrumentationModule;
import dev.engram.agent.core.instrument.MethodAdvice;
import dev.engram.agent.core.instrument.TypeInstrumentation;
import dev.engram.agent.core.instrument.TypeMatch;
import java.util.List;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;

/**
 * Hooks Kafka's producer and consumer, and Spring's listener container, which says better than a
 * loop over records when one of them is handled, and how it failed.
 */
public final class KafkaInstrumentation implements InstrumentationModule {
  private static final String CLIENTS = "org.apache.kafka.clients.";
  private static final String HERE = "dev.engram.agent.instrumentation.kafka.";

  @Override
  public String name() {
    return "kafka";
  }

  @Override
  public List<TypeInstrumentation> types(Configuration configuration) {
    return List.of(
        on(
            CLIENTS + "producer.KafkaProducer",
            advice(named("doSend").and(takesArguments(2)), "SendAdvice")),
        on(
            CLIENTS + "consumer.KafkaConsumer",
            advice(
                isConstructor()
                    .and(takesArguments(3))
                    .and(takesArgument(0, named(CLIENTS + "consumer.ConsumerConfig"))),
                "NewConsumerAdvice"),
            advice(named("poll").and(takesArguments(1)), "PollAdvice"),
            advice(named("close"), "CloseAdvice")),
        on(
            CLIENTS + "consumer.ConsumerRecords",
            advice(named("iterator").and(takesNoArguments()), "IteratorAdvice"),
            advice(recordsOf(List.class), "RecordListAdvice"),
            advice(recordsOf(Iterable.class), "RecordIterableAdvice")),
        on(
            "org.springframework.kafka.listener.KafkaMessageListenerContainer$ListenerConsumer",
            advice(named("invokeListener").and(takesArguments(1)), "PolledForListenerAdvice"),
            advice(named("doInvokeOnMessage").and(takesArguments(1)), "ListenerAdvice"),
            advice(
                named("invokeBatchOnMessageWithRecordsOrList").and(takesArguments(2)),
                "BatchListenerAdvice")));
  }

  private static ElementMatcher<? super MethodDescription> recordsOf(Class<?> result) {
    return named("records").and(takesArguments(1)).and(returns(result));
  }

  private static TypeInstrumentation on(String type, MethodAdvice... advice) {
    return TypeInstrumentation.of(TypeMatch.named(type), advice);
  }

  private static MethodAdvice advice(
      ElementMatcher<? super MethodDescription> methods, String adviceClass) {
    return new MethodAdvice(methods, HERE + adviceClass);
  }
}
