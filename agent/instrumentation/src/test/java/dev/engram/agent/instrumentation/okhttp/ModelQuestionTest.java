package dev.engram.agent.instrumentation.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.junit.jupiter.api.Test;

class ModelQuestionTest {
  /** Such as a stream of the application: it would be sent empty. */
  @Test
  void bodyOfParts_isNotWrittenToLookAtIt() {
    AtomicInteger written = new AtomicInteger();
    RequestBody part =
        new RequestBody() {
          @Override
          public MediaType contentType() {
            return MediaType.get("application/octet-stream");
          }

          @Override
          public long contentLength() {
            return 1;
          }

          @Override
          public void writeTo(BufferedSink sink) throws java.io.IOException {
            written.incrementAndGet();
            sink.writeByte('x');
          }
        };
    Request request =
        new Request.Builder()
            .url("http://chat.example/rooms/1/messages")
            .post(new MultipartBody.Builder().addFormDataPart("file", "f", part).build())
            .build();

    assertThat(ModelQuestion.of(request)).isNull();
    assertThat(written).hasValue(0);
  }
}
