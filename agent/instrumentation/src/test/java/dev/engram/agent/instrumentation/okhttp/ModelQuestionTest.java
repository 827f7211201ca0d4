package dev.engram.agent.instrumentation.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.core.ai.wire.WireCall;
import dev.engram.agent.instrumentation.RecordedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ModelQuestionTest {
  @RegisterExtension final RecordedRun run = new RecordedRun();

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
          public void writeTo(BufferedSink sink) throws IOException {
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

  /** It lies on a disk, and whoever enqueues a call does not wait for that. */
  @Test
  void bodyFromAFile_isNotReadToLookAtIt(@TempDir Path folder) throws IOException {
    String question = "{\"model\":\"m\",\"messages\":[]}";
    Path file = Files.writeString(folder.resolve("question.json"), question);
    MediaType json = MediaType.get("application/json");

    assertThat(ModelQuestion.of(asking(RequestBody.create(file.toFile(), json)))).isNull();

    WireCall call = ModelQuestion.of(asking(RequestBody.create(question, json)));
    assertThat(call).isNotNull();
    call.leave();
    call.cancelled();
  }

  private static Request asking(RequestBody body) {
    return new Request.Builder()
        .url("http://models.example/v1/chat/completions")
        .post(body)
        .build();
  }
}
