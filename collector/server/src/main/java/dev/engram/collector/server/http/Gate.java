package dev.engram.collector.server.http;

import com.sun.net.httpserver.Headers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may come in: whoever calls this server by a name of this machine, and has its token. A page
 * that a browser loaded elsewhere can have a name of its own lead here, but not change the name
 * that its requests say. Immutable.
 */
final class Gate {
  private static final int TOKEN_BYTES = 32;
  private static final String SCHEME = "bearer ";

  private final Set<String> hosts;
  private final String token;

  /** With a new token. */
  Gate(int port) {
    hosts = Set.of("127.0.0.1:" + port, "localhost:" + port, "[::1]:" + port);
    byte[] random = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(random);
    token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  String token() {
    return token;
  }

  void check(Headers headers) throws RefusedException {
    String host = only(headers, "Host");
    if (host == null || !hosts.contains(host.toLowerCase(Locale.ROOT))) {
      throw new RefusedException(403, "the Host header does not name this server");
    }
    String given = only(headers, "Authorization");
    if (given == null || !isToken(given)) {
      throw new RefusedException(
          401, "send 'Authorization: Bearer <token>', with the token in the home's collector.json");
    }
  }

  /** Null where there is none, or another beside it. */
  private static @Nullable String only(Headers headers, String name) {
    List<String> values = headers.get(name);
    return values != null && values.size() == 1 ? values.get(0) : null;
  }

  private boolean isToken(String given) {
    return given.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        && MessageDigest.isEqual(bytes(given.substring(SCHEME.length()).strip()), bytes(token));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
