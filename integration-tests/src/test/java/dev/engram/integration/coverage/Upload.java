package dev.engram.integration.coverage;

import dev.engram.integration.harness.Traffic;
import dev.engram.integration.harness.Traffic.Answer;
import java.io.IOException;
import java.util.Arrays;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;

/**
 * A form with a file, as a client of today sends it.
 *
 * @param size bytes of the file
 */
record Upload(int size) {
  private static final MediaType TYPE = MediaType.get("text/plain");
  private static final String NAME = "größe €.txt";

  /** What is to be remembered of its parts. */
  String parts() {
    return "[{\"name\":\"name\",\"size\":5},{\"name\":\"file\",\"filename\":\""
        + NAME
        + "\",\"content_type\":\"text/plain\",\"size\":"
        + size
        + "}]";
  }

  /** Sends it in a trace of its own. */
  Answer send(int port, String path) throws IOException {
    String traceId = Traffic.newTraceId();
    Request request =
        new Request.Builder()
            .url("http://127.0.0.1:" + port + path)
            .header("traceparent", "00-" + traceId + "-00f067aa0ba902b7-01")
            .post(form())
            .build();
    OkHttpClient client = Http2Client.patient().build();
    try (Response response = client.newCall(request).execute()) {
      return new Answer(traceId, path, response.code(), response.body().string());
    } finally {
      client.connectionPool().evictAll();
    }
  }

  private MultipartBody form() {
    return new MultipartBody.Builder()
        .setType(MultipartBody.FORM)
        .addFormDataPart("name", "alice")
        .addFormDataPart("file", NAME, new Content(size))
        .build();
  }

  /** Made while it is sent. */
  private static final class Content extends RequestBody {
    private final int size;

    Content(int size) {
      this.size = size;
    }

    @Override
    public MediaType contentType() {
      return TYPE;
    }

    @Override
    public long contentLength() {
      return size;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      byte[] block = new byte[8192];
      Arrays.fill(block, (byte) '-');
      for (int left = size; left > 0; left -= block.length) {
        sink.write(block, 0, Math.min(left, block.length));
      }
    }
  }
}
