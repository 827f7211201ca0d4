package dev.engram.agent.instrumentation.apachehttpclient5;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.core.ai.wire.AnswerBytes;
import dev.engram.agent.core.ai.wire.BodyBytes;
import dev.engram.agent.core.ai.wire.Endpoint;
import dev.engram.agent.core.ai.wire.WireCall;
import dev.engram.agent.instrumentation.RecordedRun;
import java.io.IOException;
import java.util.Objects;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.BufferedHttpEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ModelAnswerEntityTest {
  private static final String ANSWER =
      "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"fine\"}}]}";

  @RegisterExtension final RecordedRun run = new RecordedRun();

  /** An interceptor of the application may have buffered it, so that several may read it. */
  @Test
  void bufferedAnswer_isGivenAsOftenAsItIsAskedFor_andRememberedOnce() throws Exception {
    BufferedHttpEntity buffered =
        new BufferedHttpEntity(new StringEntity(ANSWER, ContentType.APPLICATION_JSON));
    ModelAnswerEntity answer = new ModelAnswerEntity(buffered, readAlong());

    assertThat(EntityUtils.toString(answer)).isEqualTo(ANSWER);
    assertThat(EntityUtils.toString(answer)).isEqualTo(ANSWER);
    assertThat(run.onlySpan().payloads())
        .anySatisfy(payload -> assertThat(new String(payload.bytes(), UTF_8)).contains("fine"));
  }

  private static AnswerBytes readAlong() throws IOException {
    Endpoint endpoint =
        Objects.requireNonNull(Endpoint.of("POST", "api.openai.com", "/v1/chat/completions"));
    BodyBytes question = new BodyBytes();
    question.write("{\"model\":\"gpt-x\",\"messages\":[]}".getBytes(UTF_8));
    WireCall call = Objects.requireNonNull(question.open(endpoint));
    call.leave();
    return call.answered(200, "application/json", null);
  }
}
