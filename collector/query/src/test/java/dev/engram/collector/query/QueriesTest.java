package dev.engram.collector.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.analysis.ErrorLabel;
import dev.engram.collector.analysis.Proportion;
import dev.engram.collector.analysis.RequestSummary;
import dev.engram.collector.analysis.RouteSummary;
import dev.engram.collector.query.TraceTree.Node;
import dev.engram.collector.store.Batch;
import dev.engram.collector.store.BegunRow;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.Condition;
import dev.engram.collector.store.ExceptionRow;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.InstanceState;
import dev.engram.collector.store.Loss;
import dev.engram.collector.store.PayloadReference;
import dev.engram.collector.store.Period;
import dev.engram.collector.store.ProducerCounts;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.StoredSpan;
import dev.engram.collector.store.ThrownStack;
import dev.engram.collector.store.TraceId;
import dev.engram.collector.store.memory.InMemoryStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QueriesTest {
  private static final InstanceId INSTANCE = new InstanceId(new UUID(1, 2));
  private static final TraceId TRACE = new TraceId(0xaaaa000000000000L, 1);
  private static final TraceId OTHER_TRACE = new TraceId(0xaabb000000000000L, 1);
  private static final long FINGERPRINT = 0xabcdef0123456789L;
  private static final long MINUTE = 60_000_000_000L;
  private static final Range ALL = new Range(0, null, 20);

  private final InMemoryStore store = new InMemoryStore();
  private final Queries queries = new Queries(store.reader(), RunningInstances.NONE);
  private final List<Row> rows = new ArrayList<>();

  @BeforeEach
  void putInstance() {
    store.writer().putInstance(new Instance(INSTANCE, "shop", "1", 5, 0, Map.of()));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void requests_newestFirst_withThoseInProgress() {
    span(TRACE, 0x10, 0, "SERVER", 100, "ok");
    rows.add(begun(0x20, 200));
    span(TRACE, 0x30, 0, "SERVER", 300, "error");
    span(TRACE, 0x31, 0x30, "INTERNAL", 301, "unset");
    write();

    assertThat(ids(queries.requests(ALL, null, 0))).containsExactly(0x30L, 0x20L, 0x10L);
    assertThat(ids(queries.requests(ALL, "error", 0))).containsExactly(0x30L);
    assertThat(ids(queries.requests(ALL, "in_progress", 0))).containsExactly(0x20L);
    assertThat(ids(queries.requests(new Range(0, null, 2), null, 0))).containsExactly(0x30L, 0x20L);
    assertThat(ids(queries.requests(new Range(250, null, 20), null, 0))).containsExactly(0x30L);
    assertThat(queries.requests(new Range(0, "other", 20), null, 0)).isEmpty();
  }

  @Test
  void requests_thatMeetACondition_areThoseAlone() {
    span(TRACE, 0x10, 0, "SERVER", 100, "ok");
    span(TRACE, 0x20, 0, "SERVER", 200, "error");
    rows.add(begun(0x30, 300));
    write();

    Range failed = ALL.and(Condition.equal("status", "error"));
    assertThat(ids(queries.requests(failed, null, 0))).containsExactly(0x20L);
    Range running = ALL.and(Condition.equal("status", "in_progress"));
    assertThat(ids(queries.requests(running, null, 0))).containsExactly(0x30L);
    assertThat(ids(queries.arrived(failed, null, 1))).containsExactly(0x20L);
  }

  @Test
  void routes_areOfTheRequestsThatMeetACondition_howeverFewEntriesAreAsked() {
    span(TRACE, 0x10, 0, "SERVER", 100, "ok");
    span(TRACE, 0x20, 0, "SERVER", 200, "error");
    span(TRACE, 0x30, 0, "SERVER", 300, "ok");
    write();

    Range one = new Range(0, null, 1);
    assertThat(queries.routes(one)).extracting(RouteSummary::count).containsExactly(3L);
    assertThat(queries.routes(one.and(Condition.equal("status", "error"))))
        .extracting(RouteSummary::count)
        .containsExactly(1L);
  }

  @Test
  void similarErrors_areThoseThatMeetACondition() {
    exception(TRACE, 0x10);
    write();
    ErrorDetail detail = (ErrorDetail) queries.show(ErrorLabel.of(FINGERPRINT), 1_000);
    ThrownStack stack = detail.latest().row().stack();

    assertThat(queries.similar(stack, ALL.and(Condition.equal("version", "1")), 1_000)).hasSize(1);
    assertThat(queries.similar(stack, ALL.and(Condition.equal("version", "2")), 1_000)).isEmpty();
  }

  @Test
  void services_haveTheirInstances_andWhatTheirRequestsCameTo() {
    InstanceId second = new InstanceId(new UUID(1, 3));
    store.writer().putInstance(new Instance(second, "shop", "2", 500, 0, Map.of()));
    store.writer().closeInstance(second, 900);
    span(TRACE, 0x10, 0, "SERVER", 100, "ok");
    span(TRACE, 0x20, 0, "SERVER", 200, "error");
    span(TRACE, 0x21, 0x20, "INTERNAL", 210, "error");
    write();

    assertThat(queries.services(ALL))
        .containsExactly(
            new ServiceSummary(
                "shop",
                2,
                1,
                List.of("2", "1"),
                5,
                900,
                new RequestSummary(new Proportion(1, 2), 50, 200)));
    assertThat(queries.services(ALL.and(Condition.equal("status", "none"))))
        .extracting(service -> service.requests().count())
        .containsExactly(0L);
    assertThat(queries.services(new Range(0, "other", 20))).isEmpty();
  }

  @Test
  void requests_ofADeadInstance_areInterrupted() {
    rows.add(begun(0x20, 200));
    write();
    store.writer().closeInstance(INSTANCE, 1_000);

    List<StoredSpan> interrupted = queries.requests(ALL, "interrupted", 0);

    assertThat(ids(interrupted)).containsExactly(0x20L);
    assertThat(interrupted.get(0).row().durationNanos()).isEqualTo(-1);
  }

  @Test
  void arrived_afterTheCursor_isOldestFirst() {
    span(TRACE, 0x10, 0, "SERVER", 300, "ok");
    write();
    long cursor = queries.ended(ALL, null).get(0).arrival();
    rows.clear();
    span(TRACE, 0x20, 0, "SERVER", 200, "ok");
    span(TRACE, 0x30, 0, "SERVER", 100, "ok");
    writeFrom(10);

    assertThat(ids(queries.arrived(ALL, null, cursor))).containsExactly(0x20L, 0x30L);
  }

  @Test
  void show_span_isItsTraceAsTree() {
    span(TRACE, 0x10, 0, "SERVER", 100, "error");
    span(TRACE, 0x11, 0x10, "INTERNAL", 110, "unset");
    span(TRACE, 0x12, 0x11, "CLIENT", 120, "unset");
    exception(TRACE, 0x11);
    exception(TRACE, 0x99);
    write();

    TraceTree tree = (TraceTree) queries.show("0000000000000011", 1_000);

    assertThat(tree.askedSpanId()).isEqualTo(0x11);
    assertThat(tree.roots()).hasSize(1);
    Node root = tree.roots().get(0);
    assertThat(root.span().row().spanId()).isEqualTo(0x10);
    assertThat(root.children().get(0).exceptions()).hasSize(1);
    assertThat(root.children().get(0).children().get(0).span().row().spanId()).isEqualTo(0x12);
    assertThat(tree.unplaced()).hasSize(1);
    assertThat(tree.startEpochNanos()).isEqualTo(100);
    assertThat(tree.endEpochNanos()).isEqualTo(170);
  }

  @Test
  void show_strangeParents_losesNoSpan() {
    span(TRACE, 0x10, 0x77, "SERVER", 100, "ok");
    span(TRACE, 0x11, 0x12, "INTERNAL", 110, "ok");
    span(TRACE, 0x12, 0x11, "INTERNAL", 120, "ok");
    span(TRACE, 0x13, 0x13, "INTERNAL", 130, "ok");
    write();

    TraceTree tree = (TraceTree) queries.show(TRACE.hex(), 1_000);

    assertThat(count(tree.roots())).isEqualTo(4);
  }

  @Test
  void show_deepNesting_isCutIntoRoots() {
    for (int i = 1; i <= 5_000; i++) {
      span(TRACE, i, i - 1, "INTERNAL", 100 + i, "ok");
    }
    write();

    TraceTree tree = (TraceTree) queries.show(TRACE.hex(), 1_000);

    assertThat(count(tree.roots())).isEqualTo(5_000);
    assertThat(tree.roots()).hasSize(25);
  }

  @Test
  void show_uniqueBeginning_isEnough() {
    span(TRACE, 0x1234567890abcdefL, 0, "SERVER", 100, "ok");
    span(OTHER_TRACE, 0x22, 0, "SERVER", 100, "ok");
    write();

    assertThat(queries.show("12345", 0)).isInstanceOf(TraceTree.class);
    assertThat(((TraceTree) queries.show("AABB", 0)).traceId()).isEqualTo(OTHER_TRACE);
    assertThat(queries.show("aa", 0))
        .isEqualTo(new Shown.Ambiguous(List.of(TRACE.hex(), OTHER_TRACE.hex())));
  }

  @Test
  void show_unknownOrNoId_isNotFound() {
    assertThat(queries.show("abc", 0)).isEqualTo(new Shown.NotFound(true));
    assertThat(queries.show("E-abc", 0)).isEqualTo(new Shown.NotFound(true));
    assertThat(queries.show("checkout", 0)).isEqualTo(new Shown.NotFound(false));
    assertThat(queries.show("", 0)).isEqualTo(new Shown.NotFound(false));
  }

  @Test
  void show_errorGroup_hasLatestStackAndItsRequests() {
    span(TRACE, 0x10, 0, "SERVER", 100, "error");
    exception(TRACE, 0x10);
    span(OTHER_TRACE, 0x20, 0, "SERVER", 200, "error");
    exception(OTHER_TRACE, 0x20);
    write();

    ErrorDetail detail = (ErrorDetail) queries.show("E-abcd", 1_000);

    assertThat(detail.group().label()).isEqualTo("E-abcdef012345");
    assertThat(detail.group().count()).isEqualTo(2);
    assertThat(detail.latest().row().traceId()).isEqualTo(OTHER_TRACE);
    assertThat(ids(detail.requests().all())).containsExactly(0x20L, 0x10L);
  }

  @Test
  void show_errorGroup_saysWhichVersionsWereTheFirstAndTheLastWithIt() {
    exception(TRACE, 0x10);
    exception(TRACE, 0x11);
    write();
    rows.clear();
    InstanceId later = new InstanceId(new UUID(1, 3));
    store.writer().putInstance(new Instance(later, "shop", "2", 500, 0, Map.of()));
    exception(later, 600, TRACE, 0x12);
    store.writer().write(new Batch(later, rows, new Checkpoint(1, 1, 0), 1, 0, 0, Map.of()));

    ErrorDetail detail = (ErrorDetail) queries.show("E-abcd", 1_000);

    assertThat(detail.group().count()).isEqualTo(3);
    assertThat(detail.firstVersion()).isEqualTo("1");
    assertThat(detail.lastVersion()).isEqualTo("2");
  }

  @Test
  void show_errorGroup_hasTheArgumentsOfTheMethodThatThrew() {
    Map<String, Object> given =
        Map.of("engram.thrown.by", "com.acme.Shop.order", "engram.argument.id", "7", "other", 1L);
    span(0x10, 0, given);
    span(0x11, 0x10, Map.of("engram.thrown.by", "com.acme.Shop.elsewhere"));
    exception(TRACE, 0x11, "com.acme.Shop.order(Shop.java:1)");
    write();

    ErrorDetail detail = (ErrorDetail) queries.show("E-abcd", 1_000);

    assertThat(detail.arguments())
        .contains(new ThrownArguments("com.acme.Shop.order", Map.of("id", "7")));
  }

  @Test
  void show_errorGroup_hasNoArgumentsOfAnotherException() {
    span(0x10, 0x10, Map.of("engram.thrown.by", "com.acme.Shop.order"));
    exception(TRACE, 0x10, "com.acme.Shop.orderAll(Shop.java:1)");
    write();

    assertThat(((ErrorDetail) queries.show("E-abcd", 1_000)).arguments()).isEmpty();
  }

  @Test
  void show_payload_isAnExcerpt() {
    byte[] body = "x".repeat(10_000).getBytes(StandardCharsets.UTF_8);
    PayloadReference whole =
        new PayloadReference(
            "gen_ai.input", "text/plain", 5, false, 0, "hello".getBytes(StandardCharsets.UTF_8));
    PayloadReference large = new PayloadReference("http.body", null, 10_000, false, 0, body);
    PayloadReference missing = new PayloadReference("late", null, 9, false, 77, null);
    span(TRACE, 0x10, 0, "SERVER", 100, "ok", List.of(whole, large, missing));
    write();

    TraceTree tree = (TraceTree) queries.show("0000000000000010", 0);

    assertThat(tree.roots().get(0).payloads())
        .containsExactly(
            new PayloadExcerpt("gen_ai.input", "text/plain", 5, "hello", true),
            new PayloadExcerpt("http.body", null, 10_000, "x".repeat(4096), false),
            new PayloadExcerpt("late", null, 9, null, false));
  }

  @Test
  void accounting_runningInstance_isAskedItself() {
    span(TRACE, 0x10, 0, "SERVER", 100, "ok");
    write();
    ProducerCounts live = new ProducerCounts(3, 3, Map.of(), 0, 2, 1, 1);
    Queries asking = new Queries(store.reader(), () -> Map.of(killed(INSTANCE), live));

    AccountingReport report = asking.accounting();

    assertThat(report.total().producer()).isEqualTo(live);
    assertThat(report.instances()).hasSize(1);
    assertThat(report.instances().get(0).state()).isEqualTo(InstanceState.KILLED);
    assertThat(report.unsettled())
        .hasSize(2)
        .allMatch(line -> line.endsWith("1 is not collected yet"));
  }

  @Test
  void accounting_instanceThatNoCollectorHasSeen_hasItsNameAndState() {
    InstanceId unseen = new InstanceId(new UUID(0, 99));
    Queries asking = new Queries(store.reader(), () -> Map.of(killed(unseen), ProducerCounts.NONE));

    assertThat(asking.accounting().of(0, "gone").instances())
        .singleElement()
        .satisfies(
            books -> {
              assertThat(books.id()).isEqualTo(unseen);
              assertThat(books.state()).isEqualTo(InstanceState.KILLED);
            });
  }

  @Test
  void accounting_instanceThatWasAdoptedMeanwhile_isAsTheStoreKnowsIt() {
    span(TRACE, 0x10, 0, "SERVER", 100, "ok");
    write();
    store.writer().closeInstance(INSTANCE, 5_000);
    Queries asking =
        new Queries(store.reader(), () -> Map.of(killed(INSTANCE), ProducerCounts.NONE));

    assertThat(asking.accounting().instances())
        .singleElement()
        .extracting(InstanceAccounting::state)
        .isEqualTo(InstanceState.ENDED);
  }

  @Test
  void losses_areThoseOfTheServiceSinceThen() {
    InstanceId other = new InstanceId(new UUID(3, 4));
    store.writer().putInstance(new Instance(other, "other", "1", 5, 0, Map.of()));
    lose(INSTANCE, 1, new Period(100, 200));
    lose(other, 2, new Period(300, 400));

    assertThat(counts(queries.losses(ALL))).containsExactly(1L, 2L);
    assertThat(counts(queries.losses(ALL.since(201)))).containsExactly(2L);
    assertThat(counts(queries.losses(new Range(0, "shop", 20)))).containsExactly(1L);
  }

  @Test
  void lossesOfATrace_areThoseOfItsInstances_whileItWentOn() {
    InstanceId other = new InstanceId(new UUID(3, 4));
    store.writer().putInstance(new Instance(other, "other", "1", 5, 0, Map.of()));
    span(TRACE, 0x10, 0, "SERVER", 100, "ok");
    rows.add(begun(0x20, 100));
    write();
    lose(INSTANCE, 1, new Period(0, 99));
    lose(INSTANCE, 3, new Period(MINUTE, MINUTE + 1));
    TraceTree ended = (TraceTree) queries.show("0000000000000010", 1_000);
    TraceTree inProgress = (TraceTree) queries.show("0000000000000020", 1_000);

    assertThat(counts(queries.losses(ended))).isEmpty();
    assertThat(counts(queries.losses(inProgress))).containsExactly(2L);
    lose(INSTANCE, 7, new Period(2 * MINUTE + 150, 2 * MINUTE + 160));
    lose(other, 9, new Period(100, 150));
    assertThat(counts(queries.losses(ended))).isEmpty();
    assertThat(counts(queries.losses(inProgress))).containsExactly(2L, 4L);
    lose(INSTANCE, 12, new Period(150, 3 * MINUTE));
    assertThat(counts(queries.losses(ended))).containsExactly(5L);
  }

  @Test
  void lossesOfAnError_areThoseOfItsServices_sinceItWasFirstSeen() {
    exception(TRACE, 0x10);
    write();
    lose(INSTANCE, 1, new Period(0, 99));
    ErrorDetail detail = (ErrorDetail) queries.show(ErrorLabel.of(FINGERPRINT), 1_000);

    assertThat(queries.losses(detail)).isEmpty();
    lose(INSTANCE, 3, new Period(MINUTE, 2 * MINUTE));
    assertThat(counts(queries.losses(detail))).containsExactly(2L);
  }

  @Test
  void conversation_ofACallWithoutAnEnd_hasWhatItWasAsked() {
    Map<String, Object> asked =
        Map.of("gen_ai.request.model", "m", "gen_ai.input.messages", "[{\"role\":\"user\"}]");
    rows.add(new BegunRow(0, TRACE, 0x40, 0, "CLIENT", "ai", "chat m", 100, asked));
    span(TRACE, 0x41, 0x40, "CLIENT", 110, "ok");
    write();

    assertThat(queries.aiCalls(ALL, null)).hasSize(1);
    assertThat(queries.aiCalls(ALL, "ok")).isEmpty();
    Conversation running = (Conversation) queries.conversation(TRACE.hex());
    assertThat(running.payloads())
        .containsExactly(
            new PayloadExcerpt(
                "gen_ai.input.messages", "application/json", 17, "[{\"role\":\"user\"}]", true));

    lose(INSTANCE, 2, new Period(MINUTE, MINUTE + 1));
    assertThat(counts(queries.losses(running))).containsExactly(2L);
    store.writer().closeInstance(INSTANCE, 1_000);
    Conversation cutOff = (Conversation) queries.conversation("000000000000004");
    assertThat(cutOff.call().span().row().status()).isEqualTo("interrupted");
    assertThat(cutOff.payloads()).isEqualTo(running.payloads());
    assertThat(queries.conversation("0000000000000041")).isEqualTo(new Shown.NotFound(true));
    assertThat(queries.conversation("x")).isEqualTo(new Shown.NotFound(false));
  }

  /** So many in all, what is new of them in this period. */
  private void lose(InstanceId id, long inAll, Period period) {
    ProducerCounts counts = new ProducerCounts(inAll, 0, Map.of("ring_full", inAll), 0, 0, 0, 0);
    store.writer().putCounters(id, counts, period);
  }

  private static List<Long> counts(List<Loss> losses) {
    return losses.stream().map(Loss::count).toList();
  }

  private static Instance killed(InstanceId id) {
    return new Instance(id, "gone", "", 1, 0, Map.of(Instance.END, Instance.END_KILLED));
  }

  private static List<Long> ids(List<StoredSpan> spans) {
    return spans.stream().map(span -> span.row().spanId()).toList();
  }

  private static int count(List<Node> nodes) {
    return nodes.stream().mapToInt(node -> 1 + count(node.children())).sum();
  }

  private BegunRow begun(long spanId, long start) {
    return new BegunRow(
        rows.size(), OTHER_TRACE, spanId, 0, "SERVER", "http", "GET /slow", start, Map.of());
  }

  private void span(TraceId trace, long id, long parent, String kind, long start, String status) {
    span(trace, id, parent, kind, start, status, List.of());
  }

  private void span(
      TraceId trace,
      long id,
      long parent,
      String kind,
      long start,
      String status,
      List<PayloadReference> payloads) {
    rows.add(row(trace, id, parent, kind, start, status, Map.of(), payloads));
  }

  private void span(long id, long parent, Map<String, Object> attributes) {
    rows.add(row(TRACE, id, parent, "SERVER", 100, "error", attributes, List.of()));
  }

  private SpanRow row(
      TraceId trace,
      long id,
      long parent,
      String kind,
      long start,
      String status,
      Map<String, Object> attributes,
      List<PayloadReference> payloads) {
    return new SpanRow(
        INSTANCE,
        rows.size(),
        trace,
        id,
        parent,
        kind,
        "http",
        "GET /",
        start,
        50,
        status,
        null,
        attributes,
        payloads,
        false);
  }

  private void exception(TraceId trace, long spanId, String... frames) {
    exception(INSTANCE, 100 + rows.size(), trace, spanId, frames);
  }

  private void exception(
      InstanceId instance, long time, TraceId trace, long spanId, String... frames) {
    ThrownStack stack = new ThrownStack("x.Y", "m", 0, List.of(frames), 0, null, List.of());
    rows.add(
        new ExceptionRow(
            instance,
            rows.size(),
            time,
            trace,
            spanId,
            "escaped",
            "main",
            null,
            "x.Y",
            "m",
            FINGERPRINT,
            stack));
  }

  private void write() {
    Checkpoint end = new Checkpoint(rows.size(), rows.size(), 0);
    store.writer().write(new Batch(INSTANCE, rows, end, rows.size(), 0, 0, Map.of()));
  }

  /** Further rows, moved to later positions. */
  private void writeFrom(long position) {
    List<Row> later = new ArrayList<>();
    for (Row row : rows) {
      SpanRow span = (SpanRow) row;
      later.add(
          new SpanRow(
              INSTANCE,
              position + span.position(),
              span.traceId(),
              span.spanId(),
              0,
              span.kind(),
              span.category(),
              span.name(),
              span.startEpochNanos(),
              50,
              span.status(),
              null,
              Map.of(),
              List.of(),
              false));
    }
    Checkpoint end = new Checkpoint(position + rows.size(), position + rows.size(), 0);
    store.writer().write(new Batch(INSTANCE, later, end, later.size(), 0, 0, Map.of()));
  }
}
