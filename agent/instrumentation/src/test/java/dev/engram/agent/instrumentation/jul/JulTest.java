package dev.engram.agent.instrumentation.jul;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import dev.engram.agent.instrumentation.RecordedRun;
import dev.engram.agent.record.ExceptionOrigin;
import dev.engram.agent.record.ExceptionRecord;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JulTest {
  @RegisterExtension final RecordedRun run = new RecordedRun();

  private final Logger logger = Logger.getAnonymousLogger();

  @BeforeEach
  void quiet() {
    logger.setUseParentHandlers(false);
  }

  @Test
  void loggedException_isRememberedWithTheTemplate_ofWhatHasParameters() {
    logger.log(with(new Object[] {new Unreadable()}));

    assertThat(run.exceptions())
        .extracting(ExceptionRecord::site)
        .containsExactly("anonymous: No place for {0}");
    assertThat(run.exceptions())
        .extracting(ExceptionRecord::origin)
        .containsOnly(ExceptionOrigin.LOGGED);
  }

  /** As it comes from facades, which have put the values in. */
  @Test
  void textWithoutParameters_isNotRemembered() {
    logger.log(Level.SEVERE, new IllegalStateException("full"), () -> "No place for ada");
    logger.log(Level.SEVERE, "No place for ada", new IllegalStateException("full"));
    logger.log(with(null));
    logger.log(with(new Object[0]));

    assertThat(run.exceptions())
        .extracting(ExceptionRecord::site)
        .containsExactly("anonymous", "anonymous", "anonymous", "anonymous");
  }

  @Test
  void levelThatIsOff_isNotLogged() {
    logger.log(Level.FINE, "not logged", new Exception());
    LogRecord record = new LogRecord(Level.FINE, "not logged either");
    record.setThrown(new Exception());
    logger.log(record);

    assertThat(run.exceptions()).isEmpty();
  }

  @Test
  void recordThatABridgeHandsOn_isOne() {
    org.slf4j.Logger behind = new LoggerContext().getLogger("com.acme.Bridged");
    logger.addHandler(new Bridge(behind));
    logger.log(Level.SEVERE, "No place", new IllegalStateException("full"));

    assertThat(run.exceptions()).extracting(ExceptionRecord::site).containsExactly("anonymous");
  }

  private static LogRecord with(Object[] parameters) {
    LogRecord record = new LogRecord(Level.WARNING, "No place for {0}");
    record.setThrown(new Exception("late"));
    record.setParameters(parameters);
    return record;
  }

  private static final class Unreadable {
    @Override
    public String toString() {
      throw new AssertionError("asked for its text");
    }
  }

  private static final class Bridge extends Handler {
    private final org.slf4j.Logger to;

    Bridge(org.slf4j.Logger to) {
      this.to = to;
    }

    @Override
    public void publish(LogRecord record) {
      to.error(record.getMessage(), record.getThrown());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
