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

  /** Groups that say nothing themselves and whose causes are read, the most frequent. */
  private static final int MOST_GROUPS = 500;

  private static final int MOST_CAUSES = 20;
  private static final int MOST_TEXT = 1_000;

  /** What did not happen in so much of the time any more has been renewed. */
  private static final int LATELY = 4;

  /** What is said of things that expire later is often said of those of others. */
  private static final long SOON_DAYS = 60;

  /** What talks to a database, a directory or a broker on behalf of this service. */
  private static final Pattern DRIVER =
      Pattern.compile("^(?:javax?\\.sql|javax\\.naming|org\\.postgresql|com\\.mysql|oracle)\\.");

  private record Rule(Kind kind, Severity severity, Pattern pattern, String action) {
    static Rule of(Kind kind, Severity severity, String regex, String action) {
      return new Rule(kind, severity, Pattern.compile(regex, Pattern.CASE_INSENSITIVE), action);
    }

    Optional<Matcher> match(String type, @Nullable String message) {
      String text = type + ": " + message;
      Matcher matcher = pattern.matcher(text.substring(0, Math.min(MOST_TEXT, text.length())));
      boolean isIt =
          matcher.find()
              && (kind != Kind.EXPIRY
                  || Long.parseLong(matcher.group(1)) <= SOON_DAYS
                  || DRIVER.matcher(type).find());
      return isIt ? Optional.of(matcher) : Optional.empty();
    }
  }

  private static final List<Rule> RULES =
      List.of(
          Rule.of(
              Kind.CERTIFICATE_EXPIRED,
              Severity.CRITICAL,
              "fatal alert: certificate_expired",
              "a peer refuses this service's own certificate: renew it in the key store"),
          Rule.of(
              Kind.CERTIFICATE_EXPIRED,
              Severity.WARNING,
              "^java\\.security\\.cert\\.CertificateExpiredException|certificate has expired",
              "the certificate of a peer has expired: its owner must renew it; engram show says in"
                  + " which request"),
          Rule.of(
              Kind.CREDENTIAL_EXPIRED,
              Severity.CRITICAL,
              "security token included in the request is expired|AADSTS7000222|ORA-28001"
                  + "|the password of the account has expired|your password has expired",
              "this service's own password, key or token has expired: renew it where the service"
                  + " gets it from"),
          Rule.of(
              Kind.EXPIRY,
              Severity.NOTICE,
              "\\b(?:password|certificate|token|secret|credentials?|licen[cs]e|key)\\b[^.]{0,60}"
                  + "\\bexpires? (?:in|within) (\\d{1,4}) days",
              "renew it before that day, if it is this service's own"));

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
    List<ExceptionGroup> lately =
        reader.exceptionGroups(filter(filter.service(), 0, 0)).stream()
            .filter(group -> group.count() >= LEAST && isLately(group.lastSeenEpochNanos()))
            .toList();
    return Stream.concat(
            lately.stream().filter(ExpiryRisks::saysSo),
            lately.stream().filter(group -> !saysSo(group)).limit(MOST_GROUPS))
        .flatMap(this::find);
  }

  private boolean isLately(long epochNanos) {
    return epochNanos >= until - (until - since) / LATELY;
  }

  private static boolean saysSo(ExceptionGroup group) {
    return RULES.stream().anyMatch(rule -> rule.match(group.type(), group.message()).isPresent());
  }

  /** In each service that has seen it lately. */
  private Stream<Risk> find(ExceptionGroup group) {
    return group.services().stream()
        .flatMap(service -> reader.exceptions(filter(service, group.fingerprint(), 1)).stream())
        .filter(latest -> isLately(latest.row().timeEpochNanos()))
        .flatMap(latest -> find(group, latest).stream());
  }

  private Optional<Risk> find(ExceptionGroup group, StoredException latest) {
    for (Rule rule : RULES) {
      @Nullable ThrownStack thrown = latest.row().stack();
      for (int i = 0; thrown != null && i < MOST_CAUSES; i++, thrown = thrown.cause()) {
        Optional<Matcher> matcher = rule.match(thrown.type(), thrown.message());
        if (matcher.isPresent()) {
          return Optional.of(risk(rule, group, latest.service(), matcher.get()));
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
        rule.kind() == Kind.EXPIRY ? Horizons.severity(horizon) : rule.severity(),
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

  private ExceptionFilter filter(@Nullable String service, long fingerprint, int limit) {
    return new ExceptionFilter(since, until, service, fingerprint, null, limit, filter.where());
  }
}
