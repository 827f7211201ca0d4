package dev.engram.agent.record.redaction;

/**
 * Hides the secret parameters and segments of URLs: by a parameter's name, by the name that another
 * one of the same path says, as in {@code name=password&value=...}, and when a secret shows in the
 * text as it is or decoded. Thread-safe.
 */
final class UrlRedaction {
  private final SecretNames names;
  private final SecretNames said;
  private final SecretValues values;

  /**
   * @param said of those that are values themselves
   */
  UrlRedaction(SecretNames names, SecretNames said, SecretValues values) {
    this.names = names;
    this.said = said;
    this.values = values;
  }

  /** A whole URL, or the part of it behind the host; its fragment is read like its query. */
  String url(String url) {
    int user = endOfUser(url);
    int path = endOfPath(url, user);
    int authority = endOfAuthority(url, user, path);
    String before =
        values.redact(url.substring(0, authority)) + path(url.substring(authority, path));
    return path == url.length()
        ? before
        : before + url.charAt(path) + query(url.substring(path + 1));
  }

  /** Behind user and password, which may hold any sign; 0 where there are none. */
  private static int endOfUser(String url) {
    int authority = url.indexOf("://");
    return authority < 0 || authority > endOfPath(url, 0)
        ? 0
        : Math.max(0, UrlUser.end(url, authority + 3));
  }

  /** Where the path begins; 0 where there is no host before it. */
  private static int endOfAuthority(String url, int user, int path) {
    int authority = url.indexOf("://");
    int slash = authority < 0 ? 0 : url.indexOf('/', Math.max(user, authority + 3));
    return slash < 0 || slash > path ? path : slash;
  }

  /** A path, each segment by itself; one without a secret stays the same object. */
  String path(String path) {
    RedactedText output = new RedactedText(path);
    int from = 0;
    while (from < path.length()) {
      int slash = path.indexOf('/', from);
      int end = slash < 0 ? path.length() : slash;
      if (isSecret(path, from, end)) {
        output.hide(from, end);
      }
      from = end + 1;
    }
    return output.toString();
  }

  /** Parameters, each by its name; a query without a secret stays the same object. */
  String query(String query) {
    HiddenRanges hidden = new HiddenRanges();
    ParameterPairs pairs = null;
    int from = 0;
    while (from < query.length()) {
      int end = endOfParameter(query, from);
      int equals = endOfName(query, from, end);
      String name = equals < end ? decoded(query.substring(from, equals)) : "";
      int value = equals < end ? equals + 1 : from;
      NameMeaning meaning = names.meaning(name);
      if (meaning == NameMeaning.SECRET || isSecret(query, value, end)) {
        hidden.add(value, end);
      } else if (meaning != NameMeaning.NOTHING) {
        pairs = pairs == null ? new ParameterPairs(hidden) : pairs;
        pair(query, meaning, value, end, pairs.of(name));
      }
      from = end + 1;
    }
    return hidden.in(query, Redaction.REDACTED);
  }

  private void pair(String query, NameMeaning meaning, int from, int end, PairedRanges members) {
    if (meaning == NameMeaning.NAME) {
      boolean mayBe = said.mayContain(query, from, end);
      members.name(mayBe && said.contains(decoded(query.substring(from, end))));
    } else {
      members.value(from, end);
    }
  }

  /** Whether a secret shows in this part, as it is or once it is decoded. */
  private boolean isSecret(String text, int from, int end) {
    return Suspicion.any(text, from, end) && isSecret(text.substring(from, end));
  }

  private boolean isSecret(String part) {
    return hides(part) || (part.indexOf('+') >= 0 && hides(part.replace('+', ' ')));
  }

  private boolean hides(String part) {
    return !values.redact(part).equals(part);
  }

  private static int endOfPath(String url, int from) {
    int end = from;
    while (end < url.length() && url.charAt(end) != '?' && url.charAt(end) != '#') {
      end++;
    }
    return end;
  }

  private static int endOfParameter(String query, int from) {
    int end = from;
    while (end < query.length() && !endsParameter(query.charAt(end))) {
      end++;
    }
    return end;
  }

  private static int endOfName(String query, int from, int end) {
    int equals = from;
    while (equals < end && query.charAt(equals) != '=') {
      equals++;
    }
    return equals;
  }

  private static boolean endsParameter(char c) {
    return c == '&' || c == ';' || c == '#';
  }

  /** A name may be encoded to look harmless. */
  private static String decoded(String name) {
    return Escapes.plain(name.replace('+', ' '));
  }
}
