package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.render.CapturedTerminal;
import dev.engram.collector.store.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AiCommandTest {

  @TempDir private static Path home;
  @TempDir private Path otherHome;

  private CapturedTerminal terminal = CapturedTerminal.piped();

  @BeforeAll
  static void remember() {
    try (SqliteStore store = SqliteStore.open(SqliteStore.fileIn(home))) {
      SampleAi.write(store.writer());
    }
  }

  @Test
  void summary_isByModel_andSaysWhatHasNoPrice() {
    assertThat(run("ai")).isZero();

    // 600 * 2.5 + 400 * 1.25 + 100 * 10 = 3,000 millionths
    assertThat(terminal.out().lines())
        .containsExactly(
            "     COST  CALLS  INPUT  CACHED  OUTPUT  ERRORS  95% BETWEEN  RETRIED      P50      P95      P99  FIRST P50  FIRST P95  SCORE  MODEL",
            "$0.003000      1  1,000     40%     100    0.0%   0.0%-84.2%     0.0%   800 ms   800 ms   800 ms          -          -      -  gpt-4o-2024-08-06",
            "        -      1      0               0    0.0%   0.0%-84.2%     0.0%  40.0 ms  40.0 ms  40.0 ms    50.0 ms    50.0 ms      -  llama3",
            "",
            "1 of 2 calls are not in the cost: their tokens or the price of their model are not known; see: engram ai --help");
    assertThat(terminal.err()).isEmpty();
  }

  @Test
  void summary_json_hasNullWhereNothingIsKnown() {
    run("ai", "--json");

    List<String> lines = terminal.out().lines().toList();
    assertThat(lines.get(0))
        .startsWith(
            "{\"by\":\"model\",\"calls\":1,\"cost_usd\":0.003,\"unpriced\":0,"
                + "\"input_tokens\":1000,\"cache_read_input_tokens\":400,"
                + "\"cache_creation_input_tokens\":0,\"output_tokens\":100,"
                + "\"reasoning_output_tokens\":0,\"errors\":0,\"error_rate\":0.0,"
                + "\"error_rate_low\":0.0,\"error_rate_high\":0.84")
        .endsWith(
            "\"retries\":0,\"incomplete\":0,\"p50_ns\":800000000,\"p95_ns\":800000000,"
                + "\"p99_ns\":800000000,\"first_chunk_p50_ns\":null,\"first_chunk_p95_ns\":null,"
                + "\"judged\":0,\"mean_score\":null,\"attributes\":{\"gen_ai.provider.name\":\"openai\","
                + "\"gen_ai.response.model\":\"gpt-4o-2024-08-06\"}}");
    assertThat(lines.get(1))
        .contains("\"cost_usd\":null,\"unpriced\":1")
        .contains("\"incomplete\":1");
  }

  @Test
  void summary_byRouteAndPrompt() {
    run("ai", "--by", "route");
    assertThat(terminal.out()).contains("POST /ask");

    terminal = CapturedTerminal.piped();
    run("ai", "--by", "prompt");
    assertThat(terminal.out().lines().skip(1).findFirst().orElseThrow())
        .endsWith("58s ago  shop 1.0        0123456789abcdef");

    terminal = CapturedTerminal.piped();
    run("ai", "--by", "prompt", "--json", "--limit", "1");
    assertThat(terminal.out())
        .contains("\"first_seen\":\"2026-01-01T00:00:01.010000000Z\"")
        .contains("\"first_version\":\"1.0\"")
        .contains("\"attributes\":{\"engram.ai.prompt.hash\":\"0123456789abcdef\"}");
  }

  @Test
  void unknownWay_namesTheNearest() {
    assertThat(run("ai", "--by", "modle")).isEqualTo(2);
    assertThat(terminal.err())
        .isEqualTo("engram: unknown --by modle; did you mean model? (see: engram ai --help)\n");
  }

  @Test
  void ownPrices_areUsed_andABrokenFileIsNamed() throws IOException {
    try (SqliteStore store = SqliteStore.open(SqliteStore.fileIn(otherHome))) {
      SampleAi.write(store.writer());
    }
    Path prices = otherHome.resolve("prices.json");
    Files.writeString(
        prices,
        "{\"prices\":[{\"provider\":\"openai\",\"model\":\"gpt-4o*\",\"from\":\"2020-01-01\","
            + "\"input\":1000,\"output\":0}]}");

    execute("ai", "--home", otherHome.toString());
    assertThat(terminal.out()).contains("$1.00");

    Files.writeString(prices, "{");
    assertThat(execute("ai", "--home", otherHome.toString())).isEqualTo(1);
    assertThat(terminal.err()).startsWith("engram: " + prices + " is no table of prices (line 1:");
    assertThat(execute("sql", "--home", otherHome.toString())).isZero();
  }

  @Test
  void calls_areListed_newestFirst() {
    assertThat(run("ai", "calls")).isZero();

    assertThat(terminal.out().lines())
        .containsExactly(
            "START                    DURATION    FIRST  STATUS           COST  INPUT  OUTPUT  SERVICE  ID                CALL",
            "2026-01-01 00:00:01.850   40.0 ms  50.0 ms  incomplete          -      -       -  shop     0000000000000033  chat llama3",
            "2026-01-01 00:00:01.010    800 ms        -  -           $0.003000  1,000     100  shop     0000000000000031  chat gpt-4o");

    terminal = CapturedTerminal.piped();
    run("ai", "calls", "--json", "--limit", "1");
    assertThat(terminal.out())
        .startsWith("{\"trace_id\":\"cccccccccccccccc0000000000000003\",")
        .contains(
            "\"attributes\":{\"engram.ai.incomplete\":true,\"gen_ai.operation.name\":\"chat\"")
        .endsWith("\"cost_usd\":null}\n");

    terminal = CapturedTerminal.piped();
    run("ai", "calls", "--status", "error");
    assertThat(terminal.err()).contains("no calls of models among what is remembered of shop");
  }

  @Test
  void show_isTheConversation_andHarmless() {
    assertThat(run("ai", "show", "0000000000000031")).isZero();

    assertThat(terminal.out().lines())
        .containsExactly(
            "chat gpt-4o  2026-01-01 00:00:01.010  800 ms",
            "status    -",
            "service   shop",
            "trace     cccccccccccccccc0000000000000003  span 0000000000000031",
            "provider  openai",
            "model     gpt-4o-2024-08-06",
            "cost      $0.003000",
            "tokens    1,000 tokens in (400 from cache), 100 out",
            "finish    stop",
            "prompt    0123456789abcdef",
            "asked     temperature 0.2",
            "",
            "system",
            "  You are kind.",
            "",
            "tools",
            "  weather  Says the weather.",
            "",
            "user",
            "  Rain?",
            "  In \\u001b[2JParis",
            "",
            "assistant",
            "  calls weather  call_1  120 ms  error",
            "    {\"city\":\"Paris\"}",
            "",
            "tool",
            "  result of call_1",
            "    sunny",
            "",
            "answer of assistant",
            "  reasoning",
            "    sun, so no",
            "  No.");
  }

  @Test
  void trace_saysInALineWhatWasAskedAndAnswered() {
    run("show", "cccccccccccccccc0000000000000003");

    assertThat(terminal.out().lines())
        .contains(
            "│  │   1,000 tokens in (400 from cache), 100 out, stop",
            "│  │   gen_ai.system_instructions (43 B) You are kind.",
            "│  │   gen_ai.tool.definitions (72 B) weather",
            "│  │   gen_ai.input.messages (281 B) tool: sunny",
            "│  │   gen_ai.output.messages (131 B) assistant: sun, so no No.",
            "       first chunk after 50.0 ms, incomplete",
            "       gen_ai.input.messages (20 B) [{\"role\":\"user\",\"par …")
        .anyMatch(line -> line.startsWith("│  └─ execute_tool weather error"));
  }

  @Test
  void show_cutPayload_isShownAsItIs() {
    run("ai", "show", "0000000000000033");

    assertThat(terminal.out())
        .contains("gen_ai.input.messages  (cut)\n  [{\"role\":\"user\",\"par\n");
  }

  @Test
  void show_json_isOneObject() {
    run("ai", "show", "0000000000000031", "--json");

    assertThat(terminal.out().lines()).hasSize(1);
    assertThat(terminal.out())
        .contains("\"cost_usd\":0.003,\"payloads\":[{\"name\":\"gen_ai.system_instructions\"")
        .contains("\"tools\":[{\"trace_id\":")
        .contains("\"gen_ai.tool.call.id\":\"call_1\"");
  }

  @Test
  void show_ofNoCall_saysWhatToDo() {
    assertThat(run("ai", "show", "dddd")).isEqualTo(1);
    assertThat(run("ai", "show", "0000000000000010")).as("a request").isEqualTo(1);
    assertThat(run("ai", "show", "x")).isEqualTo(2);
    assertThat(run("ai", "show", "cccccccccccccccc0000000000000003")).isEqualTo(2);
    assertThat(terminal.err().lines())
        .containsExactly(
            "engram: no call of a model with the id dddd; see: engram ai calls",
            "engram: no call of a model with the id 0000000000000010; see: engram ai calls",
            "engram: x is no id; ids stand in: engram ai calls (see: engram ai show --help)",
            "engram: cccccccccccccccc0000000000000003 stands for several calls:"
                + " 0000000000000031, 0000000000000033 (see: engram ai show --help)");
  }

  @Test
  void feedback_isOfTheCall_andIsSummedUp() {
    try (SqliteStore store = SqliteStore.open(SqliteStore.fileIn(otherHome))) {
      SampleAi.write(store.writer());
    }
    String home = "--home=" + otherHome;
    execute("feedback", "span", "0000000000000031", "--score", "1", "--author", "ada", home);
    execute("feedback", "span", "0000000000000031", "--score", "0.5", "--author", "ada", home);
    terminal = CapturedTerminal.piped();

    execute("ai", home);
    assertThat(terminal.out()).contains("     -          -   0.50  gpt-4o-2024-08-06");
    execute("ai", "show", "0000000000000031", home);
    assertThat(terminal.out())
        .containsOnlyOnce("feedback ")
        .contains("feedback  2026-01-01 00:01:00.000 on the span 0.5 by ada");
    execute("ai", "show", "0000000000000031", "--json", home);
    assertThat(terminal.out()).contains("\"feedback\":[{\"time\":", "\"score\":0.5,");
  }

  @Test
  void help_isThereOnBothLevels() {
    assertThat(execute("ai", "--help")).isZero();
    assertThat(terminal.out()).contains("--by").contains("calls").contains("show");
    assertThat(execute("ai", "calls", "--help")).isZero();
    assertThat(terminal.out()).contains("Lists calls of models");
  }

  private int run(String... arguments) {
    return RunCommands.in(home, terminal, SampleMemory.CLOCK, arguments);
  }

  private int execute(String... arguments) {
    return RunCommands.execute(terminal, SampleMemory.CLOCK, arguments);
  }
}
