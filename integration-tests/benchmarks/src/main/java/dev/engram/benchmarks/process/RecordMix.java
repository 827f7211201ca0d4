package dev.engram.benchmarks.process;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.record.AttributeKey;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.ExceptionOrigin;
import dev.engram.agent.record.SpanKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * What a service records, in fixed shares: of a hundred records 70 are SQL, 20 are requests with a
 * body of 2 KiB, 7 are methods, 2 are exceptions over 200 stacks, and 1 is an AI call with 8 KiB of
 * prompt and answer. The same seed gives the same records. Confined to one thread.
 */
final class RecordMix {
  static final int HUNDRED = 100;
  private static final int BODY = 2 << 10;
  private static final int PROMPT = 4 << 10;

  private enum Sort {
    SQL(70),
    REQUEST(20),
    METHOD(7),
    EXCEPTION(2),
    AI(1);

    private final int share;

    Sort(int share) {
      this.share = share;
    }
  }

  private final Random random = new Random(4711);
  private final RecordTexts texts = new RecordTexts(random);
  private final List<Sort> order = new ArrayList<>();
  private final boolean begun;
  private int next;
  private @Nullable OpenSpan request;

  /**
   * @param begun whether requests and AI calls leave their begun notes, as under the agent; each is
   *     a record more
   */
  RecordMix(boolean begun) {
    this.begun = begun;
    for (Sort sort : Sort.values()) {
      order.addAll(Collections.nCopies(sort.share, sort));
    }
    Collections.shuffle(order, random);
  }

  /** Writes one record, begun notes apart. */
  void write() {
    switch (order.get(next++ % HUNDRED)) {
      case SQL -> sql();
      case REQUEST -> request();
      case METHOD -> method();
      case EXCEPTION -> exception();
      case AI -> ai();
    }
  }

  /** Ends the request that the last records lie in. */
  void finish() {
    endRequest();
  }

  private void sql() {
    OpenSpan span = Tracing.open(SpanKind.CLIENT, Category.SQL, "SELECT shop");
    if (span != null) {
      span.put(AttributeKey.DB_SYSTEM_NAME, "h2")
          .put(AttributeKey.DB_NAMESPACE, "shop")
          .put(AttributeKey.DB_QUERY_TEXT, texts.statement())
          .put(AttributeKey.DB_RESPONSE_RETURNED_ROWS, random.nextInt(100))
          .end();
    }
  }

  /** A request stays open for the records that follow it, and is recorded when the next begins. */
  private void request() {
    if (request == null) {
      openRequest();
    }
    endRequest();
    openRequest();
  }

  private void openRequest() {
    request = begin(Tracing.open(SpanKind.SERVER, Category.HTTP, "POST /orders/{id}"));
    if (request != null) {
      request.enter();
    }
  }

  private void endRequest() {
    OpenSpan open = request;
    request = null;
    if (open == null) {
      return;
    }
    open.put(AttributeKey.HTTP_REQUEST_METHOD, "POST")
        .put(AttributeKey.HTTP_ROUTE, texts.route())
        .put(AttributeKey.URL_PATH, "/orders/" + random.nextInt(1_000_000))
        .put(AttributeKey.URL_SCHEME, "https")
        .put(AttributeKey.HTTP_RESPONSE_STATUS_CODE, 200)
        .put(AttributeKey.CLIENT_ADDRESS, "10.0.0." + random.nextInt(256))
        .put(AttributeKey.SERVER_ADDRESS, "shop.example.com")
        .put(AttributeKey.USER_AGENT_ORIGINAL, "Mozilla/5.0 (X11; Linux x86_64; rv:140.0)")
        .payload("http.request.body", "application/json", texts.unique(BODY));
    open.leave();
    open.end();
  }

  private void method() {
    OpenSpan span = Tracing.open(SpanKind.INTERNAL, Category.METHOD, "Pricing.quote");
    if (span != null) {
      span.put(AttributeKey.CODE_FUNCTION_NAME, "com.acme.shop.Pricing.quote").end();
    }
  }

  private void exception() {
    Tracing.exception(texts.thrown(), ExceptionOrigin.HANDLED, "com.acme.shop.OrderController#add");
  }

  private void ai() {
    OpenSpan span = begin(Tracing.open(SpanKind.CLIENT, Category.AI, "chat"));
    if (span != null) {
      span.put(AttributeKey.GEN_AI_OPERATION_NAME, "chat")
          .put(AttributeKey.GEN_AI_REQUEST_MODEL, "large-1")
          .payload("gen_ai.input.messages", "text/plain", texts.unique(PROMPT))
          .payload("gen_ai.output.messages", "text/plain", texts.unique(PROMPT))
          .end();
    }
  }

  private @Nullable OpenSpan begin(@Nullable OpenSpan span) {
    return span == null || !begun ? span : span.begun();
  }
}
