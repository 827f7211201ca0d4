package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.render.CapturedTerminal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupCommandTest {
  private static final String FIRST = line("\"a\"", "Orders.place(Orders.java:7)", "order 1");
  private static final String SAME = line("17", "Orders.place(Orders.java:9)", "order 22");
  private static final String LIKE = line("\"c\"", "Orders.place(Orders.java:9)", "no such order");
  private static final String OTHER = line("\"d\"", "Carts.add(Carts.java:9)", "cart is gone");

  @TempDir private Path folder;

  private final CapturedTerminal terminal = CapturedTerminal.piped();

  @Test
  void json_hasFingerprintAndFamilyOfEachLine_inTheirOrder() throws IOException {
    assertThat(run("--json", file(FIRST, SAME, "", LIKE, OTHER))).isZero();

    List<String> lines = terminal.out().lines().toList();
    assertThat(lines)
        .hasSize(4)
        .allMatch(
            line ->
                line.matches(
                    "\\{\"id\":(\"[acd]\"|17),\"fingerprint\":\"E-[0-9a-f]{12}\",\"family\":\"F-[0-9a-f]{12}\"}"));
    assertThat(lines.get(0)).startsWith("{\"id\":\"a\"");
    assertThat(lines.get(1)).startsWith("{\"id\":17,");
    assertThat(member(lines, "fingerprint").distinct()).hasSize(3);
    assertThat(member(lines, "fingerprint").limit(2).distinct()).hasSize(1);
    assertThat(member(lines, "family").limit(3).distinct()).hasSize(1);
    assertThat(member(lines, "family").distinct()).hasSize(2);
    assertThat(terminal.err()).isEmpty();
  }

  @Test
  void table_isAligned() throws IOException {
    assertThat(run(file(FIRST, SAME))).isZero();

    assertThat(terminal.out().lines())
        .hasSize(3)
        .first()
        .isEqualTo("ID  FINGERPRINT     FAMILY          ERROR");
    assertThat(terminal.out().lines().skip(2).findFirst().orElseThrow())
        .startsWith("17  E-")
        .endsWith("  com.acme.NoBox: order 22");
  }

  @Test
  void wrongLines_areNamed_andTheOthersAnswered() throws IOException {
    String file = file("{", "[]", "{\"id\":\"a\"}", "{\"id\":\"a\",\"trace\":\"fine\"}", FIRST);

    assertThat(run("--json", file)).isEqualTo(2);

    assertThat(terminal.out().lines()).hasSize(1);
    assertThat(terminal.err().lines().toList())
        .hasSize(4)
        .satisfiesExactly(
            line -> assertThat(line).startsWith("engram: line 1: no JSON: "),
            line -> assertThat(line).startsWith("engram: line 2: no object with an id and a trace"),
            line -> assertThat(line).startsWith("engram: line 3: no object with an id and a trace"),
            line -> assertThat(line).isEqualTo("engram: line 4: no stack trace in its trace"));
  }

  @Test
  void minus_isStandardInput() {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(FIRST.getBytes(StandardCharsets.UTF_8)));
    try {
      assertThat(run("-", "--json")).isZero();
    } finally {
      System.setIn(before);
    }
    assertThat(terminal.out().lines()).hasSize(1);
  }

  @Test
  void packages_decideWhatIsOfTheApplication() throws IOException {
    String inLibrary =
        "{\"id\":\"a\",\"trace\":\"a.NoBox: x\\n\\tat com.acme.orm.Query.run(Q.java:1)"
            + "\\n\\tat com.acme.shop.%s.call(S.java:1)\"}";
    String file = file(inLibrary.formatted("Orders"), inLibrary.formatted("Carts"));

    run(file, "--json");
    run(file, "--json", "--in-app", "com.acme.shop");

    List<String> fingerprints = member(terminal.out().lines().toList(), "fingerprint").toList();
    assertThat(fingerprints.get(0)).isEqualTo(fingerprints.get(1));
    assertThat(fingerprints.get(2)).isNotEqualTo(fingerprints.get(3));
  }

  @Test
  void noFile_isSaid() {
    assertThat(run("nowhere.jsonl")).isEqualTo(2);
    assertThat(terminal.err())
        .isEqualTo("engram: cannot read nowhere.jsonl; name a file, or - for standard input\n");
    assertThat(run(folder.toString())).isEqualTo(2);
  }

  private static Stream<String> member(List<String> lines, String name) {
    return lines.stream().map(line -> line.replaceAll(".*\"" + name + "\":\"([^\"]+)\".*", "$1"));
  }

  private static String line(String id, String frame, String message) {
    return "{\"id\":%s,\"trace\":\"com.acme.NoBox: %s\\n\\tat com.acme.%s\\n\\tat com.acme.Main.main(M.java:3)\"}"
        .formatted(id, message, frame);
  }

  private String file(String... lines) throws IOException {
    return Files.write(folder.resolve("traces.jsonl"), List.of(lines)).toString();
  }

  private int run(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "group";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    Invocation invocation = new Invocation(terminal.terminal(), Clock.systemUTC(), Map.of());
    return Main.commandLine(invocation, all).execute(all);
  }
}
