package dev.engram.agent.instrumentation.log4j2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.instrumentation.RecordedRun;
import dev.engram.agent.record.ExceptionOrigin;
import dev.engram.agent.record.ExceptionRecord;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.NullConfiguration;
import org.apache.logging.log4j.message.ObjectMessage;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class Log4j2Test {
  @RegisterExtension final RecordedRun run = new RecordedRun();

  private final LoggerContext context = new LoggerContext("test");
  private final AtomicInteger asked = new AtomicInteger();
  private Logger logger;

  /** An argument that notices when it is formatted. */
  private final Object order =
      new Object() {
        @Override
        public String toString() {
          return "order " + asked.incrementAndGet();
        }
      };

  /** Without an appender, so that nobody but us could ask an argument. */
  @BeforeEach
  void start() {
    context.start(new NullConfiguration());
    LoggerConfig root = context.getConfiguration().getRootLogger();
    List.copyOf(root.getAppenders().keySet()).forEach(root::removeAppender);
    root.setLevel(Level.WARN);
    context.updateLoggers();
    logger = context.getLogger("com.acme.Orders");
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  @Test
  void loggedException_isRememberedWithTheTemplate() {
    logger.error("No place for {}", order, new IllegalStateException("full"));

    assertThat(run.exceptions()).hasSize(1);
    ExceptionRecord record = run.exceptions().get(0);
    assertThat(record.origin()).isEqualTo(ExceptionOrigin.LOGGED);
    assertThat(record.site()).isEqualTo("com.acme.Orders: No place for {}");
    assertThat(record.thrown().message()).isEqualTo("full");
  }

  @Test
  void builderAndBridges_areSeen() {
    logger.atWarn().withThrowable(new Exception("builder")).log("built");
    logger.logMessage("fqcn", Level.WARN, null, new SimpleMessage("sent"), new Exception("bridge"));
    logger.atInfo().withThrowable(new Exception("off")).log("not logged");

    assertThat(run.exceptions())
        .extracting(ExceptionRecord::site)
        .containsExactly("com.acme.Orders: built", "com.acme.Orders: sent");
  }

  @Test
  void objectOfTheApplication_isNotAskedForATemplate() {
    logger.error(new ObjectMessage(order), new Exception());

    assertThat(run.exceptions())
        .extracting(ExceptionRecord::site)
        .containsExactly("com.acme.Orders");
    assertThat(asked).hasValue(0);
  }

  @Test
  void eventWithoutException_isNone() {
    logger.error("No place for {}", order);

    assertThat(run.exceptions()).isEmpty();
  }
}
