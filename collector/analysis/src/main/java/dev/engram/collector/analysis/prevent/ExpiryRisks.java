package dev.engram.collector.analysis.prevent;

import dev.engram.collector.analysis.ErrorLabel;
import dev.engram.collector.analysis.Risk;
import dev.engram.collector.analysis.Risk.Horizon;
import dev.engram.collector.analysis.Risk.Kind;
import dev.engram.collector.analysis.Severity;
import dev.engram.collector.store.ExceptionFilter;
import dev.engram.collector.store.ExceptionGroup;
import dev.engram.collector.store.MetricFilter;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.StoredException;
import dev.engram.collector.store.ThrownStack;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sees in errors what has expired, or says when it will. Sessions and tokens that users bring along
 * expire every day; only what belongs to the service itself, or to whom it calls, is looked for.
 */
final class ExpiryRisks {
  /** Once may be a peer's mistake. */
  static final long LEAST = 3;

  private static final int MOST_GROUPS = 500;
  private static final int MOST_CAUSES = 20;
  private static final int MOST_TEXT = 1_000;

  /** What did not happen in so much of the time any more has been renewed. */
  private static final int LATELY = 4;

  private record Rule(Kind kind, Pattern pattern, String action) {
    static Rule of(Kind kind, String regex, String action) {
      return new Rule(kind, Pattern.compile(regex, Pattern.CASE_INSENSITIVE), action);
    }
  }

  private static final List<Rule> RULES =
      List.of(
          Rule.of(
              Kind.CERTIFICATE_EXPIRED,
              "fatal alert: certificate_expired",
              "a peer refuses this service's own certificate: renew it in the key store"),
          Rule.of(
              Kind.CERTIFICATE_EXPIRED,
              "^java\\.security\\.cert\\.CertificateExpiredException|certificate has expired",
              "the certificate of a peer has expired: its owner must renew it; engram show says in"
                  + " which request"),
          Rule.of(
              Kind.CREDENTIAL_EXPIRED,
              "security token included in the request is expired|AADSTS7000222|ORA-28001"
                  + "|the password of the account has expired|your password has expired",
              "this service's own password, key or token has expired: renew it where the service"
                  + " gets it from"),
          Rule.of(
              Kind.EXPIRY,
              "\\b(?:password|certificate|token|secret|credentials?|licen[cs]e|key)\\b[^.]{0,60}"
                  + "\\bexpires? (?:in|within) (\\d{1,4}) days",
              "renew it before that day"));

  private final StoreReader reader;
  private final MetricFilter filter;
  private final long since;
  private final long until;

  ExpiryRisks(StoreReader reader, MetricFilter filter, long since, long until) {
    this.reader = reader;
    this.filter = filter;
    this.since = since;
    this.until = until;
  }

  Stream<Risk> find() {
    return reader.exceptionGroups(filter(0, MOST_GROUPS)).stream()
        .filter(group -> group.count() >= LEAST)
        .filter(group -> group.lastSeenEpochNanos() >= until - (until - since) / LATELY)
        .flatMap(group -> find(group).stream());
  }

  private Optional<Risk> find(ExceptionGroup group) {
    return reader.exceptions(filter(group.fingerprint(), 1)).stream()
        .findFirst()
        .flatMap(latest -> find(group, latest));
  }

  private Optional<Risk> find(ExceptionGroup group, StoredException latest) {
    for (Rule rule : RULES) {
      @Nullable ThrownStack thrown = latest.row().stack();
      for (int i = 0; thrown != null && i < MOST_CAUSES; i++, thrown = thrown.cause()) {
        Matcher matcher = rule.pattern().matcher(text(thrown));
        if (matcher.find()) {
          return Optional.of(risk(rule, group, latest.service(), matcher));
        }
      }
    }
    return Optional.empty();
  }

  private Risk risk(Rule rule, ExceptionGroup group, String service, Matcher matcher) {
    Horizon horizon =
        rule.kind() == Kind.EXPIRY
            ? Horizon.at(left(group, Long.parseLong(matcher.group(1))))
            : Horizon.at(0);
    return new Risk(
        rule.kind(),
        rule.kind() == Kind.EXPIRY ? Horizons.severity(horizon) : Severity.CRITICAL,
        service,
        null,
        ErrorLabel.of(group.fingerprint()),
        horizon,
        Map.of(
            "errors",
            (double) group.count(),
            "last_seen_ago_ns",
            (double) (until - group.lastSeenEpochNanos())),
        rule.action());
  }

  private long left(ExceptionGroup group, long days) {
    return Math.max(0, TimeUnit.DAYS.toNanos(days) - (until - group.lastSeenEpochNanos()));
  }

  private static String text(ThrownStack thrown) {
    String text = thrown.type() + ": " + thrown.message();
    return text.substring(0, Math.min(MOST_TEXT, text.length()));
  }

  private ExceptionFilter filter(long fingerprint, int limit) {
    return new ExceptionFilter(
        since, until, filter.service(), fingerprint, null, limit, filter.where());
  }
}
