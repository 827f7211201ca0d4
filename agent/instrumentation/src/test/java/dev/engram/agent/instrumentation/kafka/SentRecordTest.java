package dev.engram.agent.instrumentation.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.instrumentation.RecordedRun;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.SpanKind;
import dev.engram.agent.record.SpanRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SentRecordTest {
  private static final String CAME_WITH = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00";
  private static final String OWN = "00-4bf92f3577b34da6a3ce929d0e0e4736-2222222222222222-01";

  @RegisterExtension final RecordedRun run = new RecordedRun();

  @Test
  void headerOfTheRecordThatIsHandled_isReplacedInWhatIsSentOn() {
    ProducerRecord<String, String> sent = sentWith(CAME_WITH);

    SpanRecord producer = run.spans(2).get(0);
    assertThat(traceparents(sent))
        .containsExactly(
            "00-4bf92f3577b34da6a3ce929d0e0e4736-%016x-00".formatted(producer.spanId()));
  }

  @Test
  void headerOfTheApplicationsOwn_isLeftAlone() {
    assertThat(traceparents(sentWith(OWN))).containsExactly(OWN);
  }

  /** Sends while a record is handled that came with another header. */
  private static ProducerRecord<String, String> sentWith(String traceparent) {
    ProducerRecord<String, String> sent = new ProducerRecord<>("orders", "1", "book");
    sent.headers().add("traceparent", traceparent.getBytes(StandardCharsets.US_ASCII));
    OpenSpan handled = Tracing.open(SpanKind.CONSUMER, Category.MESSAGING, "process orders");
    handled.continueFrom(CAME_WITH).enter();
    Callback callback = SentRecord.send(sent, null, "shop");
    callback.onCompletion(null, null);
    handled.leave();
    handled.end();
    return sent;
  }

  private static List<String> traceparents(ProducerRecord<?, ?> sent) {
    List<String> values = new ArrayList<>();
    for (Header header : sent.headers().headers("traceparent")) {
      values.add(new String(header.value(), StandardCharsets.US_ASCII));
    }
    return values;
  }
}
