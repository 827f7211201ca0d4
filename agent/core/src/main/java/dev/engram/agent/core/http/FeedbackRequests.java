package dev.engram.agent.core.http;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.config.Settings;
import dev.engram.agent.core.log.AgentLog;
import dev.engram.agent.record.AttributeKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes feedback from requests that are configured to be some: a thumb up, so many stars. Set by
 * the agent's start; thread-safe.
 */
final class FeedbackRequests {
  private static volatile FeedbackRequests live = new FeedbackRequests(List.of());

  private final List<FeedbackEndpoint> endpoints;
  private final SessionTraces sessions = new SessionTraces();

  private FeedbackRequests(List<FeedbackEndpoint> endpoints) {
    this.endpoints = endpoints;
  }

  /** Before the first request. */
  static void start(Configuration configuration) {
    List<FeedbackEndpoint> endpoints = new ArrayList<>();
    for (String text : configuration.list(Settings.FEEDBACK_ENDPOINTS)) {
      FeedbackEndpoint endpoint =
          FeedbackEndpoint.parse(text, configuration.list(Settings.CORRELATION_KEYS));
      if (endpoint == null) {
        AgentLog.line(
            Settings.FEEDBACK_ENDPOINTS.key()
                + ": '"
                + text
                + "' is left out; write METHOD /path/{name} score:name conversation:name");
      } else {
        endpoints.add(endpoint);
      }
    }
    live = new FeedbackRequests(List.copyOf(endpoints));
  }

  /**
   * A request was answered; before its span ends. Never throws.
   *
   * @param status 0 when no response was sent
   */
  static void answered(OpenSpan span, int status) {
    FeedbackRequests requests = live;
    if (!requests.endpoints.isEmpty() && status > 0 && status < 400) {
      try {
        requests.take(span);
      } catch (Throwable failure) {
        Tracing.failed();
      }
    }
  }

  private void take(OpenSpan span) {
    String session = span.text(AttributeKey.SESSION_ID);
    if (session != null && span.isToBeJudged()) {
      sessions.put(session, span.traceId());
    }
    String method = span.text(AttributeKey.HTTP_REQUEST_METHOD);
    String path = span.text(AttributeKey.URL_PATH);
    for (FeedbackEndpoint endpoint : endpoints) {
      Map<String, String> said =
          method == null || path == null ? null : endpoint.match(method, path);
      if (said != null) {
        String body = span.payloadText(ServerExchange.REQUEST_BODY);
        String query = span.text(AttributeKey.URL_QUERY);
        judge(endpoint, new SaidValues(said, body, query), session);
        return;
      }
    }
  }

  private void judge(FeedbackEndpoint endpoint, SaidValues said, @Nullable String session) {
    for (Map.Entry<String, String> target : endpoint.targets().entrySet()) {
      String id = said.get(target.getValue());
      if (id != null) {
        String kind = FeedbackEndpoint.kind(target.getKey());
        judge(endpoint, said, kind, kind.equals("key") ? target.getKey() + "=" + id : id);
        return;
      }
    }
    String last = session == null ? null : sessions.of(session);
    if (last != null) {
      judge(endpoint, said, "trace", last);
    }
  }

  private static void judge(
      FeedbackEndpoint endpoint, SaidValues said, String target, String targetId) {
    Map<String, String> names = endpoint.judgement();
    String word = said.get(names.getOrDefault(FeedbackEndpoint.SCORE, ""));
    double score = score(word);
    String label = said.get(names.getOrDefault(FeedbackEndpoint.LABEL, ""));
    String shown = label == null && Double.isNaN(score) ? word : label;
    String comment = said.get(names.getOrDefault(FeedbackEndpoint.COMMENT, ""));
    if (shown != null || comment != null || !Double.isNaN(score)) {
      boolean ours = target.equals("trace") || target.equals("span") || target.equals("decision");
      String author = said.get(names.getOrDefault(FeedbackEndpoint.AUTHOR, ""));
      String id = ours ? targetId.toLowerCase(Locale.ROOT) : targetId;
      Tracing.feedback(target, id, shown, score, author, comment);
    }
  }

  /** Thumbs have a number too; NaN for any other word. */
  static double score(@Nullable String word) {
    if (word == null) {
      return Double.NaN;
    }
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "true", "up" -> 1;
      case "false", "down" -> 0;
      default -> number(word);
    };
  }

  private static double number(String word) {
    try {
      double number = Double.parseDouble(word.strip());
      return Double.isFinite(number) ? number : Double.NaN;
    } catch (NumberFormatException noNumber) {
      return Double.NaN;
    }
  }
}
