package dev.engram.collector.query;

import dev.engram.collector.analysis.ErrorLabel;
import dev.engram.collector.analysis.Finding;
import dev.engram.collector.analysis.StatementFindings;
import dev.engram.collector.analysis.Versions;
import dev.engram.collector.analysis.Versions.Deploy;
import dev.engram.collector.query.TimelineEntry.Kind;
import dev.engram.collector.store.ExceptionFilter;
import dev.engram.collector.store.ExceptionRow;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.LifecycleRow;
import dev.engram.collector.store.Loss;
import dev.engram.collector.store.Period;
import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.StatementFilter;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.StoredException;
import dev.engram.collector.store.StoredSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Gathers what some services did in a stretch of time, what is nearest to its centre first. */
final class Nearby {
  /** Of errors that are nearer to each other than this, any may be the nearest. */
  private static final long NEAR_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** An instance runs for weeks; what costs time in all of them is another question. */
  private static final long FOUND_WITHIN_NANOS = TimeUnit.DAYS.toNanos(1);

  private final StoreReader reader;
  private final Set<String> services;
  private final long since;
  private final long until;
  private final long centre;
  private final int limit;
  private final List<TimelineEntry> entries = new ArrayList<>();
  private boolean complete = true;

  /**
   * Gathers it at once.
   *
   * @param since inclusive, as {@code until}
   * @param limit most entries of one kind on either side of the centre
   */
  Nearby(StoreReader reader, Set<String> services, long since, long until, long centre, int limit) {
    this.reader = reader;
    this.services = services;
    this.since = since;
    this.until = until;
    this.centre = centre;
    this.limit = limit;
    addRequests();
    addErrors();
    addInstances();
    addLosses();
    addFindings();
  }

  /** In no order. */
  List<TimelineEntry> entries() {
    return entries;
  }

  /** Whether nothing was left out. */
  boolean complete() {
    return complete;
  }

  static SpanFilter requests(long since, long until, @Nullable String service, int limit) {
    return new SpanFilter(since, until, service, Queries.SERVER, null, null, 0, 0, limit);
  }

  private void addRequests() {
    for (String service : services) {
      List<StoredSpan> before = reader.spans(requests(since, centre, service, limit));
      List<StoredSpan> after = new ArrayList<>();
      reader.visit(requests(centre, exclusive(until), service, limit), after::add);
      before.forEach(this::add);
      after.forEach(this::add);
      complete &= before.size() < limit && after.size() < limit;
    }
  }

  private void add(StoredSpan request) {
    SpanRow row = request.row();
    entries.add(
        new TimelineEntry(
            row.startEpochNanos(),
            Kind.REQUEST,
            request.service(),
            SpanIds.hex(row.spanId()),
            row.name(),
            row.status(),
            row.durationNanos()));
  }

  private void addErrors() {
    for (String service : services) {
      List<StoredException> before = errors(service, since, centre);
      List<StoredException> after = earliest(service, exclusive(until));
      complete &= before.size() < limit && after.size() < limit;
      addErrors(service, before);
      addErrors(service, after);
    }
  }

  private List<StoredException> errors(String service, long from, long to) {
    return reader.exceptions(new ExceptionFilter(from, to, service, 0, null, limit));
  }

  /** The store answers the latest first; so the range is narrowed until it holds no more. */
  private List<StoredException> earliest(String service, long end) {
    List<StoredException> earliest = List.of();
    List<StoredException> found = errors(service, centre, end);
    long few = centre;
    long many = end;
    while (found.size() == limit && many - few > NEAR_NANOS) {
      long middle = few + (many - few) / 2;
      List<StoredException> there = errors(service, centre, middle);
      if (there.size() < limit) {
        earliest = there;
        few = middle;
      } else {
        found = there;
        many = middle;
      }
    }
    long rest = few;
    return Stream.concat(
            earliest.stream(), found.stream().filter(it -> it.row().timeEpochNanos() >= rest))
        .toList();
  }

  private void addErrors(String service, List<StoredException> found) {
    for (StoredException exception : found) {
      ExceptionRow row = exception.row();
      String message = row.message() == null ? "" : ": " + row.message();
      String label = ErrorLabel.of(row.fingerprint());
      entries.add(
          new TimelineEntry(
              row.timeEpochNanos(), Kind.ERROR, service, label, row.type() + message));
    }
  }

  private void addInstances() {
    List<Instance> instances = reader.instances();
    for (Instance instance : instances) {
      if (services.contains(instance.service()) && livedThen(instance)) {
        addLife(instance);
      }
    }
    for (Deploy deploy : new Versions(instances).deploys()) {
      if (services.contains(deploy.first().service())) {
        addDeploy(deploy);
      }
    }
  }

  private boolean livedThen(Instance instance) {
    long ended = instance.endedEpochNanos();
    return instance.startedEpochNanos() <= until && (ended == 0 || ended >= since);
  }

  private void addDeploy(Deploy deploy) {
    String before = deploy.before() == null ? "" : ", before it " + deploy.before();
    Instance first = deploy.first();
    add(first.startedEpochNanos(), Kind.DEPLOY, first, "version " + first.version() + before);
  }

  private void addLife(Instance instance) {
    for (LifecycleRow event : reader.lifecycle(instance.id())) {
      add(event.timeEpochNanos(), Kind.LIFECYCLE, instance, event.event());
    }
    if (instance.endedEpochNanos() != 0) {
      String state = instance.state().name().toLowerCase(Locale.ROOT);
      add(instance.endedEpochNanos(), Kind.LIFECYCLE, instance, "gone: " + state);
    }
  }

  private void add(long time, Kind kind, Instance instance, String text) {
    if (time >= since && time <= until) {
      entries.add(
          new TimelineEntry(time, kind, instance.service(), instance.id().toString(), text));
    }
  }

  private void addLosses() {
    for (Loss loss : reader.losses(new Period(since, until))) {
      if (services.contains(loss.service())) {
        String reason = loss.reason().isEmpty() ? "" : " (" + loss.reason() + ")";
        entries.add(
            new TimelineEntry(
                Math.min(until, loss.period().untilEpochNanos()),
                Kind.LOSS,
                loss.service(),
                "",
                loss.count() + " " + loss.term() + reason));
      }
    }
  }

  /** Each at the span to look at first. */
  private void addFindings() {
    long from = Math.max(since, centre - FOUND_WITHIN_NANOS);
    long to = exclusive(Math.min(until, centre + FOUND_WITHIN_NANOS));
    for (String service : services) {
      StatementFilter filter = new StatementFilter(from, to, service, 0, limit);
      for (Finding finding : StatementFindings.find(reader, filter)) {
        reader
            .span(finding.spanId())
            .ifPresent(
                span ->
                    entries.add(
                        new TimelineEntry(
                            Queries.start(span),
                            Kind.FINDING,
                            service,
                            SpanIds.hex(finding.spanId()),
                            text(finding))));
      }
    }
  }

  private static String text(Finding finding) {
    Finding.Call call = finding.call();
    return finding.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ')
        + ": "
        + (call == null ? finding.statement().strip() : call.name());
  }

  private static long exclusive(long until) {
    return until == Long.MAX_VALUE ? until : until + 1;
  }
}
