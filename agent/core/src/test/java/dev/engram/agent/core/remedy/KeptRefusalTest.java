package dev.engram.agent.core.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class KeptRefusalTest {
  private static final byte[] SHORT = {1, 2, 3};

  @Test
  void bodyThatEnds_isKeptWhole_andClosed() throws IOException {
    AtomicBoolean closed = new AtomicBoolean();
    InputStream body =
        new ByteArrayInputStream(SHORT) {
          @Override
          public void close() {
            closed.set(true);
          }
        };

    assertThat(KeptRefusal.of(body).readAllBytes()).isEqualTo(SHORT);
    assertThat(closed).isTrue();
  }

  @Test
  void bodyThatBreaksOff_isReadAsFarAsItCame_andBreaksOffThere() throws IOException {
    IOException reset = new IOException("connection reset");
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw reset;
          }
        };

    InputStream kept =
        KeptRefusal.of(new SequenceInputStream(new ByteArrayInputStream(SHORT), broken));

    assertThat(kept.readNBytes(SHORT.length)).isEqualTo(SHORT);
    assertThatThrownBy(kept::read).isSameAs(reset);
  }

  @Test
  void bodyThatIsLonger_isReadToItsEnd() throws IOException {
    byte[] body = new byte[3 * AlternativeQuestion.LONGEST_REFUSAL];
    body[body.length - 1] = 1;
    ByteArrayInputStream in = new ByteArrayInputStream(body);

    InputStream kept = KeptRefusal.of(in);

    assertThat(in.available()).as("not read ahead").isPositive();
    assertThat(kept.readAllBytes()).isEqualTo(body);
  }
}
