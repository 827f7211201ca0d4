package dev.engram.collector.store.testkit;

import static dev.engram.collector.store.testkit.Rows.exception;
import static dev.engram.collector.store.testkit.Rows.span;
import static dev.engram.collector.store.testkit.Rows.thrown;
import static dev.engram.collector.store.testkit.Rows.withPayloads;
import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.store.Condition;
import dev.engram.collector.store.ExceptionRow;
import dev.engram.collector.store.PayloadReference;
import dev.engram.collector.store.SearchFilter;
import dev.engram.collector.store.SearchHit;
import dev.engram.collector.store.SearchHits;
import dev.engram.collector.store.SearchIn;
import dev.engram.collector.store.SearchQuery;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.ThrownStack;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What text is found, and where. */
public abstract class SearchContract extends StoreContract {
  private static final Set<SearchIn> EVERYWHERE = EnumSet.allOf(SearchIn.class);

  @BeforeEach
  void putInstances() {
    put(CHECKOUT, "checkout");
    put(PAYMENT, "payment");
  }

  @Test
  void exception_isFoundByTypeMessageAndCause() {
    ThrownStack cause =
        new ThrownStack("java.io.IOException", "broken pipe", 0, List.of(), 0, null, List.of());
    ThrownStack timeout =
        new ThrownStack("a.Timeout", "order 4711 took too long", 0, List.of(), 0, cause, List.of());
    write(CHECKOUT, exception(CHECKOUT, 1, 10, 5, timeout), exception(CHECKOUT, 2, 10, 6));

    SearchHit hit = only(search("4711", EVERYWHERE));
    assertThat(hit.in()).isEqualTo(SearchIn.ERRORS);
    assertThat(hit.name()).isEqualTo("a.Timeout");
    assertThat(hit.service()).isEqualTo("checkout");
    assertThat(hit.fingerprint()).isEqualTo(5);
    assertThat(hit.spanId()).isEqualTo(10);
    assertThat(hit.traceId()).isEqualTo(Rows.TRACE);
    assertThat(hit.timeEpochNanos()).isEqualTo(Rows.time(1));
    assertThat(hit.text())
        .isEqualTo("a.Timeout\norder 4711 took too long\njava.io.IOException\nbroken pipe");
    assertThat(positions("a.timeout")).containsExactly("1");
    assertThat(positions("java.io.ioexception pipe")).containsExactly("1");
    assertThat(positions("IOException")).containsExactlyInAnyOrder("1", "2");
  }

  @Test
  void allWords_mustBeThere_inAnyOrder_andPhrasesInTheirs() {
    write(CHECKOUT, said(1, "ai", "The quick brown fox"), said(2, "ai", "the brown quick dog"));

    assertThat(positions("brown QUICK")).containsExactlyInAnyOrder("1", "2");
    assertThat(positions("\"quick brown\"")).containsExactly("1");
    assertThat(positions("quick-brown")).containsExactly("1");
    assertThat(positions("quick cat")).isEmpty();
    assertThat(positions("qui")).isEmpty();
    assertThat(positions("qui*")).containsExactlyInAnyOrder("1", "2");
    assertThat(positions("brown-fo*")).containsExactly("1");
  }

  @Test
  void accentsAndCase_makeNoDifference_andIdeographsAreWords() {
    write(CHECKOUT, said(1, "ai", "Crème brûlée für Zürich"), said(2, "ai", "\u6771\u4eac\u90fd"));

    assertThat(positions("creme ZURICH")).containsExactly("1");
    assertThat(positions("\u4eac\u90fd")).containsExactly("2");
    assertThat(positions("\u6771\u90fd")).isEmpty();
  }

  @Test
  void caseOfOtherAlphabets_makesNoDifference() {
    write(CHECKOUT, said(1, "ai", "\u03bb\u03cc\u03b3\u03bf\u03c2 \u0434\u0430"));

    assertThat(positions("\u039b\u039f\u0393\u039f\u03a3")).containsExactly("1");
    assertThat(positions("\u0414\u0410")).containsExactly("1");
  }

  @Test
  void longQuery_isSearchedForItsFirstWords() {
    String words =
        IntStream.range(0, 40).mapToObj(each -> "w" + each).collect(Collectors.joining(" "));
    write(CHECKOUT, said(1, "ai", words), said(2, "ai", "w0 w1"));

    assertThat(positions('"' + words + '"')).containsExactly("1");
    assertThat(positions(words.replace(' ', '/'))).containsExactly("1");
    assertThat(positions(words)).containsExactly("1");
  }

  @Test
  void places_areToldApart() {
    write(
        CHECKOUT,
        exception(CHECKOUT, 1, 10, 5, thrown("needle", 0)),
        logged(2, "com.acme.Shop: needle {}"),
        said(3, "ai", "needle"),
        said(4, "tool", "needle"),
        said(5, "node", "needle"),
        said(6, "http", "{\"needle\": 1}"),
        span(CHECKOUT, 7));

    assertThat(in(SearchIn.ERRORS)).containsExactlyInAnyOrder("1", "2");
    assertThat(in(SearchIn.LOGS)).containsExactly("2");
    assertThat(in(SearchIn.AI)).containsExactlyInAnyOrder("3", "4", "5");
    assertThat(in(SearchIn.BODIES)).containsExactly("6");
    assertThat(positions("needle")).hasSize(6);
  }

  @Test
  void filters_narrow() {
    write(CHECKOUT, said(1, "ai", "needle"), said(2, "http", "needle"), said(9, "ai", "needle"));
    ExceptionRow elsewhere = exception(PAYMENT, 5, 1, 5, thrown("needle", 0));
    write(PAYMENT, elsewhere);

    SearchQuery needle = SearchQuery.of("needle");
    assertThat(positions(new SearchFilter(needle, EVERYWHERE, 2_000, 0, null, 0, Condition.ANY)))
        .containsExactlyInAnyOrder("2", "5", "9");
    assertThat(positions(new SearchFilter(needle, EVERYWHERE, 0, 5_000, null, 0, Condition.ANY)))
        .containsExactlyInAnyOrder("1", "2");
    assertThat(positions(new SearchFilter(needle, EVERYWHERE, 0, 0, "payment", 0, Condition.ANY)))
        .containsExactly("5");
    assertThat(positions(new SearchFilter(needle, EVERYWHERE, 0, 0, null, 3, Condition.ANY)))
        .hasSize(3);
    assertThat(
            positions(
                new SearchFilter(
                    needle, EVERYWHERE, 0, 0, null, 0, Condition.equal("category", "http"))))
        .containsExactly("2");
    assertThat(
            positions(
                new SearchFilter(
                    needle,
                    EVERYWHERE,
                    0,
                    0,
                    null,
                    0,
                    Condition.equal("origin", elsewhere.origin()))))
        .containsExactly("5");
  }

  @Test
  void textBeyondTheFirst64Ki_isNotSearched() {
    write(CHECKOUT, said(1, "ai", "first " + "x".repeat(1 << 16) + " last"));

    assertThat(positions("first")).containsExactly("1");
    assertThat(positions("last")).isEmpty();
    assertThat(positions("x".repeat(1 << 16))).containsExactly("1");
  }

  /** Each syllable of Hangul is three characters when it is taken apart, of three bytes each. */
  @Test
  void theMostAndLongestWordsOfARow_areKept() {
    byte[][] parts = new byte[3][];
    for (int part = 0; part < parts.length; part++) {
      StringBuilder words = new StringBuilder();
      for (int at = 0; at < 1 << 16; at++) {
        words.append(at % 64 == 63 ? ' ' : (char) (0xac01 + (part << 11 | at / 32) % 11_000));
      }
      parts[part] = words.toString().getBytes(StandardCharsets.UTF_8);
    }
    PayloadReference[] payloads =
        Stream.of(parts)
            .map(bytes -> new PayloadReference("p", null, bytes.length, false, 0, bytes))
            .toArray(PayloadReference[]::new);
    write(CHECKOUT, withPayloads(said(1, "ai", ""), payloads));

    assertThat(positions("\uac01*")).containsExactly("1");
  }

  @Test
  void bytesThatAreNoText_areHarmless() {
    PayloadReference broken =
        new PayloadReference("b", null, 4, false, 0, new byte[] {(byte) 0xff, 0, 'a', (byte) 0xc3});
    PayloadReference elsewhere = new PayloadReference("b", null, 4, false, 8, null);
    write(CHECKOUT, withPayloads(said(1, "ai", ""), broken, elsewhere));

    assertThat(positions("a")).containsExactly("1");
  }

  static Stream<String> hostileQueries() {
    return Stream.of(
        "",
        " ",
        "\"",
        "\"\"\"",
        "*",
        "^",
        "needle OR",
        "NOT",
        "NEAR(needle, 3)",
        "words : needle",
        "needle) OR (1=1",
        "'; DROP TABLE span; --",
        "\0",
        "needle\0needle",
        "\ud800",
        "\udfff\ud800 needle",
        "- + { } ( ) : ^ * ' \" \\",
        "needle*\"",
        "n".repeat(1 << 20),
        "needle ".repeat(1 << 17),
        "\"".repeat(1 << 20),
        "\ud800".repeat(1 << 20));
  }

  @ParameterizedTest
  @MethodSource("hostileQueries")
  void query_isNeverMalformed(String text) {
    write(CHECKOUT, said(1, "ai", "a needle or two"), said(2, "http", "a needle"));

    SearchQuery query = SearchQuery.of(text);
    Stream<SearchHit> expected =
        search("needle", EVERYWHERE).hits().stream().filter(hit -> query.matches(hit.text()));
    assertThat(search(text, EVERYWHERE).hits())
        .containsExactlyInAnyOrderElementsOf(expected.toList());
  }

  @Test
  void answer_saysThatAllWasSearched() {
    write(CHECKOUT, said(1, "http", "needle"));

    assertThat(search("needle", EVERYWHERE).searchedSinceEpochNanos()).isZero();
  }

  private static ExceptionRow logged(long position, @Nullable String site) {
    ExceptionRow row = exception(CHECKOUT, position, 10, 5);
    return new ExceptionRow(
        row.instance(),
        row.position(),
        row.timeEpochNanos(),
        row.traceId(),
        row.spanId(),
        "logged",
        row.threadName(),
        site,
        row.type(),
        row.message(),
        row.fingerprint(),
        row.stack());
  }

  private static SpanRow said(long position, String category, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    SpanRow row = span(CHECKOUT, position);
    return new SpanRow(
        row.instance(),
        row.position(),
        row.traceId(),
        row.spanId(),
        row.parentSpanId(),
        row.kind(),
        category,
        row.name(),
        row.startEpochNanos(),
        row.durationNanos(),
        row.status(),
        null,
        row.attributes(),
        List.of(new PayloadReference("text", "text/plain", bytes.length, false, 0, bytes)),
        false);
  }

  private SearchHits search(String text, Set<SearchIn> in) {
    return reader()
        .search(new SearchFilter(SearchQuery.of(text), in, 0, 0, null, 0, Condition.ANY));
  }

  private List<String> in(SearchIn place) {
    return positions(search("needle", Set.of(place)));
  }

  private List<String> positions(String text) {
    return positions(search(text, EVERYWHERE));
  }

  private List<String> positions(SearchFilter filter) {
    return positions(reader().search(filter));
  }

  /** Rows are at the microsecond of their position. */
  private static List<String> positions(SearchHits hits) {
    return hits.hits().stream().map(hit -> String.valueOf(hit.timeEpochNanos() / 1_000)).toList();
  }

  private static SearchHit only(SearchHits hits) {
    assertThat(hits.hits()).hasSize(1);
    return hits.hits().get(0);
  }
}
