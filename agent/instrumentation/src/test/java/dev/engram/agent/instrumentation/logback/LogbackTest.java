package dev.engram.agent.instrumentation.logback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.instrumentation.RecordedRun;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.ExceptionOrigin;
import dev.engram.agent.record.ExceptionRecord;
import dev.engram.agent.record.SpanKind;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LogbackTest {
  @RegisterExtension final RecordedRun run = new RecordedRun();

  private final Logger logger = new LoggerContext().getLogger("com.acme.Orders");
  private final AtomicInteger asked = new AtomicInteger();

  /** An argument that notices when it is formatted. */
  private final Object order =
      new Object() {
        @Override
        public String toString() {
          return "order " + asked.incrementAndGet();
        }
      };

  @Test
  void loggedException_isRememberedWithTheTemplate() {
    OpenSpan span = Tracing.open(SpanKind.INTERNAL, Category.METHOD, "work").enter();
    logger.error("No place for {}", order, new IllegalStateException("full"));
    span.leave();
    span.end();

    assertThat(run.exceptions()).hasSize(1);
    ExceptionRecord record = run.exceptions().get(0);
    assertThat(record.origin()).isEqualTo(ExceptionOrigin.LOGGED);
    assertThat(record.site()).isEqualTo("com.acme.Orders: No place for {}");
    assertThat(record.thrown().message()).isEqualTo("full");
    assertThat(record.spanId()).isEqualTo(run.onlySpan().spanId());
    assertThat(asked).hasValue(0);
  }

  @Test
  void levelOfTheEvent_doesNotMatter_thatOfTheLoggerDoes() {
    logger.setLevel(Level.INFO);
    logger.info("went on", new Exception("info"));
    logger.debug("not logged", new Exception("debug"));

    assertThat(run.exceptions()).extracting(it -> it.thrown().message()).containsExactly("info");
  }

  @Test
  void eventWithoutException_isNone() {
    logger.error("No place for {}", order);

    assertThat(run.exceptions()).isEmpty();
  }
}
