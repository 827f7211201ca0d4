package dev.engram.collector.analysis;

import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.StoredSpan;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Sums requests up by who made them; those of nobody known are left out. */
public final class Users {
  /** Most routes that one summary names. */
  public static final int ROUTES = 5;

  /** Of how many routes one user is counted; the application names them, so that they are few. */
  private static final int COUNTED_ROUTES = 1_000;

  private Users() {}

  /**
   * Users, most requests first.
   *
   * @param requests which, without a limit
   */
  public static List<UserSummary> find(StoreReader reader, SpanFilter requests) {
    Map<String, Draft> drafts = new HashMap<>();
    reader.visit(
        requests,
        span -> {
          if (span.row().attributes().get("user.id") instanceof String user) {
            drafts.computeIfAbsent(user, id -> new Draft()).add(span);
          }
        });
    return drafts.entrySet().stream()
        .map(draft -> draft.getValue().summary(draft.getKey()))
        .sorted(UserSummary.MOST_REQUESTS_FIRST)
        .toList();
  }

  private static final class Draft {
    private final RequestDraft requests = new RequestDraft();
    private final TreeSet<String> services = new TreeSet<>();
    private final Map<String, Long> routes = new HashMap<>();

    void add(StoredSpan span) {
      SpanRow row = span.row();
      requests.add(row);
      services.add(span.service());
      if (row.attributes().get("http.route") instanceof String route
          && (routes.containsKey(route) || routes.size() < COUNTED_ROUTES)) {
        routes.merge(route, 1L, Long::sum);
      }
    }

    UserSummary summary(String user) {
      List<String> most =
          routes.entrySet().stream()
              .sorted(
                  Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                      .thenComparing(Map.Entry.comparingByKey()))
              .limit(ROUTES)
              .map(Map.Entry::getKey)
              .toList();
      return new UserSummary(user, List.copyOf(services), requests.summary(), most);
    }
  }
}
