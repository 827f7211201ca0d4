package dev.engram.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.record.StackFrame;
import dev.engram.collector.store.ExceptionFilter;
import dev.engram.collector.store.StoredException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An exception whose stack was sent before, or never. */
class KnownStacksTest {
  @RegisterExtension final CollectedHome home = new CollectedHome();

  @Test
  void exceptionWhoseStackWasSentBefore_hasTheSameFingerprint() throws Exception {
    ServiceFolder service = home.startService();
    StackFrame top = new StackFrame("com.acme.Stock", "take", "Stock.java", 12);
    service.offer(TestRecords.bytes(TestRecords.exception(77, top)), 4);
    service.move();
    home.collect();
    service.offer(TestRecords.bytes(TestRecords.exception(77)), 4);
    service.move();

    home.collect();

    List<StoredException> stored =
        home.store.reader().exceptions(new ExceptionFilter(0, 0, null, 0, null, 10));
    assertThat(stored).hasSize(2);
    assertThat(stored.get(0).row().fingerprint())
        .isNotZero()
        .isEqualTo(stored.get(1).row().fingerprint());
  }

  @Test
  void exceptionWhoseStackIsNotKnown_isAGroupOfItsOwnThatCanBeFound() throws Exception {
    ServiceFolder service = home.startService();
    service.offer(TestRecords.bytes(TestRecords.exception(77)), 4);
    service.move();

    home.collect();

    List<StoredException> stored =
        home.store.reader().exceptions(new ExceptionFilter(0, 0, null, 0, null, 10));
    assertThat(stored).hasSize(1);
    assertThat(stored.get(0).row().fingerprint()).isNotZero();
    assertThat(home.store.reader().fingerprints(""))
        .containsExactly(stored.get(0).row().fingerprint());
  }
}
