package dev.engram.agent.core.ai.wire;

import dev.engram.agent.core.ai.ModelCall;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.json.Json;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads along while the bytes of an answer pass, and ends its call before whoever passes the last
 * of them on does so. What streams is understood line by line, what does not when it is whole; of a
 * line, or of the whole, no more is kept and read than {@link WireCall#answerLimit}. Used by one
 * thread at a time. No method throws.
 */
public final class AnswerBytes {
  private static final int FIRST_ERROR = 400;
  private static final String DATA = "data:";
  private static final String ERROR = "error";

  /** That of Bedrock's streams. */
  private static final String BINARY = "vnd.amazon.eventstream";

  private final Shape shape;
  private final ModelCall call;
  private final int status;
  private final boolean streams;
  private final boolean readable;
  private final Answer answer = new Answer(WireCall.answerLimit());
  private final BodyBytes kept = new BodyBytes(WireCall.answerLimit());
  private boolean malformed;
  private boolean over;

  AnswerBytes(
      Shape shape, ModelCall call, int status, @Nullable String type, @Nullable String encoding) {
    this.shape = shape;
    this.call = call;
    this.status = status;
    String lower = type == null ? "" : type.toLowerCase(Locale.ROOT);
    this.streams =
        status < FIRST_ERROR && (lower.contains("event-stream") || lower.contains("ndjson"));
    boolean plain = encoding == null || encoding.equalsIgnoreCase("identity");
    this.readable = plain && !lower.contains(BINARY);
  }

  /**
   * The application reads the answer through this object.
   *
   * @param reader lives as long as the answer is read
   */
  public void readThrough(Object reader) {
    if (streams) {
      call.streams(reader);
    }
  }

  public void add(byte[] bytes, int from, int count) {
    add(ByteBuffer.wrap(bytes, from, count));
  }

  /** What remains in the buffer, which is left as it is. */
  public void add(ByteBuffer passing) {
    if (over || !readable) {
      return;
    }
    try {
      ByteBuffer bytes = passing.duplicate();
      while (bytes.hasRemaining() && !over) {
        if (streams) {
          addLine(bytes);
        } else {
          kept.take(bytes, bytes.remaining());
        }
      }
    } catch (Throwable failure) {
      Tracing.failed();
    }
  }

  /** All bytes have passed. */
  public void ended() {
    finish(true);
  }

  /** Nobody reads on. */
  public void closed() {
    finish(false);
  }

  /** Reading went wrong. */
  public void failed(Throwable thrown, String site) {
    if (!over) {
      over = true;
      tell();
      if (streams) {
        call.incomplete();
      } else {
        call.fail(thrown, site);
      }
    }
  }

  /** To the end of a line, or of what there is. */
  private void addLine(ByteBuffer bytes) {
    int end = bytes.position();
    while (end < bytes.limit() && bytes.get(end) != '\n') {
      end++;
    }
    kept.take(bytes, end - bytes.position());
    if (bytes.hasRemaining()) {
      bytes.position(end + 1);
      String line = kept.text().strip();
      boolean cut = kept.missed() > 0;
      answer.missed(kept.missed());
      kept.clear();
      line(line, cut);
    }
  }

  /**
   * Of server-sent events only the data counts; what streams lines has nothing else.
   *
   * @param cut by us, so that its end says nothing about whether it is JSON
   */
  private void line(String line, boolean cut) {
    String data = line.startsWith(DATA) ? line.substring(DATA.length()).strip() : line;
    if (data.equals("[DONE]")) {
      complete();
    } else if (data.startsWith("{")) {
      Json event = Json.parse(data);
      malformed = malformed || !event.isWhole() && !cut;
      boolean last = shape.piece(event, answer);
      call.chunk(answer.takeAdded());
      Json error = error(event);
      if (isTold(error)) {
        refused(error);
      } else if (last) {
        complete();
      }
    }
  }

  private void finish(boolean whole) {
    if (over) {
      return;
    }
    try {
      if (streams) {
        endStream(whole);
      } else if (readable) {
        endWhole(whole);
      } else {
        complete();
      }
    } catch (Throwable failure) {
      Tracing.failed();
      complete();
    }
  }

  /**
   * That of Gemini, and of some who speak like OpenAI, has no last word; or it was in what was not
   * read.
   */
  private void endStream(boolean whole) {
    answer.missed(kept.missed());
    if (whole && answer.isFinished()) {
      complete();
    } else if (malformed) {
      notJson();
    } else if (whole && answer.isCut()) {
      complete();
    } else {
      over = true;
      tell();
      call.incomplete();
    }
  }

  private void endWhole(boolean whole) {
    Json response = Json.parse(kept.text());
    Json error = error(response.isArray() ? last(response) : response);
    if (status < FIRST_ERROR) {
      read(response);
    }
    if (status >= FIRST_ERROR || isTold(error)) {
      refused(error);
    } else if (response.isWhole() && isAnswer(response) || kept.missed() > 0) {
      complete();
    } else if (whole && kept.length() > 0) {
      notJson();
    } else {
      over = true;
      tell();
      call.incomplete();
    }
  }

  private void read(Json response) {
    if (response.isArray()) {
      response.elements().forEach(piece -> shape.piece(piece, answer));
    } else {
      shape.answer(response, answer);
    }
    answer.missed(kept.missed());
  }

  /** Gemini's stream is an array of its pieces where nobody asks for events. */
  private static boolean isAnswer(Json response) {
    return response.isObject() || last(response).isObject();
  }

  private static Json last(Json array) {
    List<Json> elements = array.elements();
    return elements.isEmpty() ? Json.MISSING : elements.get(elements.size() - 1);
  }

  /** What went wrong, which some tell with a good status; of an event it may be the whole. */
  private static Json error(Json said) {
    if (isTold(said.get(ERROR))) {
      return said.get(ERROR);
    }
    return said.get("type").text("").equals(ERROR) ? said : said.get("response").get(ERROR);
  }

  private static boolean isTold(Json error) {
    return error.isObject() || !error.text("").isEmpty();
  }

  private void complete() {
    over = true;
    tell();
    call.end();
  }

  private void notJson() {
    over = true;
    tell();
    call.fail("malformed_answer", "The answer is no JSON");
  }

  private void refused(Json error) {
    over = true;
    tell();
    String message = error.has("message") ? error.get("message").text() : error.text();
    call.fail(status >= FIRST_ERROR ? Integer.toString(status) : type(error), message);
  }

  private static String type(Json error) {
    String type = error.first("type", "status", "code").text(ERROR);
    return type.equals(ERROR) ? error.get("code").text(ERROR) : type;
  }

  private void tell() {
    try {
      answer.tell(call);
    } catch (Throwable failure) {
      Tracing.failed();
    }
  }
}
