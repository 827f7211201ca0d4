package dev.engram.agent.instrumentation.apachehttpclient5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.core.ai.wire.WireCall;
import dev.engram.agent.instrumentation.RecordedRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.entity.StringAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is left of a body to be sent, once it was looked at. */
class AsyncModelQuestionTest {
  private static final String ASKED =
      "{\"model\":\"large\",\"messages\":[{\"role\":\"user\",\"content\":\"\u00e9\u4e2d?\"}]}";
  private static final URI PROVIDER = URI.create("http://localhost:1/v1/chat/completions");

  @RegisterExtension final RecordedRun run = new RecordedRun();

  private enum Producer {
    OF_BYTES {
      @Override
      AsyncEntityProducer of(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new BasicAsyncEntityProducer(bytes, ContentType.APPLICATION_JSON);
      }
    },
    OF_TEXT {
      @Override
      AsyncEntityProducer of(String body) {
        return new BasicAsyncEntityProducer(body, ContentType.APPLICATION_JSON);
      }
    },
    OF_TEXT_IN_PIECES {
      @Override
      AsyncEntityProducer of(String body) {
        return new StringAsyncEntityProducer(body, 16, ContentType.APPLICATION_JSON);
      }
    };

    abstract AsyncEntityProducer of(String body);
  }

  /** Takes little at a time, as a channel whose peer reads slowly. */
  private static final class Sent implements DataStreamChannel {
    private static final int ROOM = 7;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int ends;

    @Override
    public void requestOutput() {
      // It asks all the time.
    }

    @Override
    public int write(ByteBuffer from) {
      byte[] taken = new byte[Math.min(from.remaining(), ROOM)];
      from.get(taken);
      bytes.writeBytes(taken);
      return taken.length;
    }

    @Override
    public void endStream() {
      ends++;
    }

    @Override
    public void endStream(@Nullable List<? extends Header> trailers) {
      ends++;
    }

    static String of(AsyncEntityProducer producer) throws IOException {
      Sent sent = new Sent();
      int before;
      do {
        before = sent.bytes.size();
        producer.produce(sent);
      } while (sent.ends == 0 && sent.bytes.size() > before);
      assertThat(sent.ends).isEqualTo(1);
      return sent.bytes.toString(StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @EnumSource
  void bodyThatWasRead_isSentAsItIs(Producer producer) throws IOException {
    AsyncEntityProducer body = producer.of(ASKED);

    WireCall call = asked(body);

    Objects.requireNonNull(call, "asks a model").leave();
    call.cancelled();
    assertThat(Sent.of(body)).isEqualTo(ASKED);
  }

  @ParameterizedTest
  @EnumSource
  void bodyThatIsEmpty_endsAsItWould(Producer producer) throws IOException {
    AsyncEntityProducer body = producer.of("");

    assertThat(asked(body)).isNull();
    assertThat(Sent.of(body)).isEmpty();
  }

  /** As a producer that cannot be reset, because its buffer has room behind the body. */
  @Test
  void bufferThatIsReadInPart_isNotReset() throws IOException {
    AsyncEntityProducer body = Producer.OF_TEXT.of(ASKED);
    body.produce(new Sent());

    assertThat(asked(body)).isNull();
    assertThat(Sent.of(body)).isEqualTo(ASKED.substring(Sent.ROOM));
  }

  private static @Nullable WireCall asked(AsyncEntityProducer body) {
    return AsyncModelQuestion.of(null, new BasicRequestProducer("POST", PROVIDER, body));
  }
}
