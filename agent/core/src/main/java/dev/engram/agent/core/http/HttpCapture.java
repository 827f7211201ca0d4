package dev.engram.agent.core.http;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.config.Settings;
import dev.engram.agent.record.AttributeKey;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of HTTP messages beside their first lines, as configured. Set by the agent's
 * start; immutable, read on application threads.
 */
public final class HttpCapture {
  private static volatile HttpCapture live =
      new HttpCapture(0, false, "", "", new SessionCookies(List.of()), List.of(), List.of());

  private final int bodyLimit;
  private final boolean users;

  /** Empty for none. */
  private final String userHeader;

  /** The same. */
  private final String userAttribute;

  private final SessionCookies sessionCookies;
  private final List<Header> requestHeaders;
  private final List<Header> responseHeaders;

  private HttpCapture(
      int bodyLimit,
      boolean users,
      String userHeader,
      String userAttribute,
      SessionCookies sessionCookies,
      List<Header> requestHeaders,
      List<Header> responseHeaders) {
    this.bodyLimit = bodyLimit;
    this.users = users;
    this.userHeader = userHeader;
    this.userAttribute = userAttribute;
    this.sessionCookies = sessionCookies;
    this.requestHeaders = requestHeaders;
    this.responseHeaders = responseHeaders;
  }

  private record Header(String name, AttributeKey key) {}

  /** Before the first request. */
  public static void start(Configuration configuration) {
    FeedbackRequests.start(configuration);
    live =
        new HttpCapture(
            (int) configuration.number(Settings.CAPTURE_BODY_LIMIT),
            !configuration.text(Settings.CAPTURE_USER).equals("off"),
            configuration.text(Settings.CAPTURE_USER_HEADER).strip().toLowerCase(Locale.ROOT),
            configuration.text(Settings.CAPTURE_USER_ATTRIBUTE).strip(),
            new SessionCookies(configuration.list(Settings.CAPTURE_SESSION_COOKIES)),
            headers(
                "http.request.header.",
                Settings.REQUEST_HEADERS,
                configuration.list(Settings.CAPTURE_REQUEST_HEADERS)),
            headers(
                "http.response.header.",
                Settings.RESPONSE_HEADERS,
                configuration.list(Settings.CAPTURE_RESPONSE_HEADERS)));
  }

  static HttpCapture live() {
    return live;
  }

  /** Bytes kept of a body; 0 for none. */
  int bodyLimit() {
    return bodyLimit;
  }

  /** Whether users and sessions are remembered. */
  boolean users() {
    return users;
  }

  /** The name of a request's attribute that holds its user; null when there is none to ask. */
  @Nullable String userAttribute() {
    return users && !userAttribute.isEmpty() ? userAttribute : null;
  }

  /**
   * Puts the headers of the request that are to be remembered into its span, its user where a
   * header names them, and its session where a cookie does.
   *
   * @param values the value of a header by its name, those of repeated headers joined by a comma;
   *     null when the message lacks it
   */
  public static void requestHeaders(OpenSpan span, Function<String, @Nullable String> values) {
    HttpCapture capture = live;
    put(span, capture.requestHeaders, values);
    if (capture.users) {
      capture.who(span, values);
    }
  }

  private void who(OpenSpan span, Function<String, @Nullable String> values) {
    if (!userHeader.isEmpty()) {
      String user = values.apply(userHeader);
      span.put(AttributeKey.USER_ID, user == null || user.isBlank() ? null : user);
    }
    span.put(AttributeKey.SESSION_ID, sessionCookies.session(values.apply("cookie")));
  }

  /** The same of the response. */
  public static void responseHeaders(OpenSpan span, Function<String, @Nullable String> values) {
    put(span, live.responseHeaders, values);
  }

  private static void put(
      OpenSpan span, List<Header> headers, Function<String, @Nullable String> values) {
    for (Header header : headers) {
      span.put(header.key(), values.apply(header.name()));
    }
  }

  private static List<Header> headers(String prefix, List<String> always, List<String> further) {
    Set<String> names = new LinkedHashSet<>(always);
    further.forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
    return names.stream().map(name -> new Header(name, AttributeKey.of(prefix + name))).toList();
  }
}
