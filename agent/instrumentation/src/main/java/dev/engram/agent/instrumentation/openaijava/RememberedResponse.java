package dev.engram.agent.instrumentation.openaijava;

import com.openai.core.http.Headers;
import com.openai.core.http.HttpResponse;
import dev.engram.agent.core.ai.wire.AnswerBytes;
import dev.engram.agent.core.ai.wire.AnswerStream;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The client's response, whose body is read along. As safe as the client's own. */
final class RememberedResponse implements HttpResponse {
  private final HttpResponse response;
  private final AnswerBytes along;
  private final String site;
  private @Nullable InputStream body;

  RememberedResponse(HttpResponse response, AnswerBytes along, String site) {
    this.response = response;
    this.along = along;
    this.site = site;
  }

  @Override
  public int statusCode() {
    return response.statusCode();
  }

  @Override
  public Headers headers() {
    return response.headers();
  }

  /** The same stream however often it is asked for, as the client's own. */
  @Override
  public InputStream body() {
    InputStream opened = body;
    if (opened == null) {
      opened = new AnswerStream(response.body(), along, site);
      along.readThrough(opened);
      body = opened;
    }
    return opened;
  }

  @Override
  public void close() {
    along.closed();
    response.close();
  }
}
