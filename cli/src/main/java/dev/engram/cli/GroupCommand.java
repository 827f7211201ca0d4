package dev.engram.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.engram.cli.render.GroupedTrace;
import dev.engram.collector.analysis.similar.Families;
import dev.engram.collector.server.PastedTrace;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code engram group}. */
@Command(
    name = "group",
    description =
        "Says which of the stack traces in a file are one error (fingerprint), and which look alike"
            + " (family). Needs no memory.",
    footer = "Exit code 2 when a line could not be read; the others are answered.")
final class GroupCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new JsonMapper();

  private final Invocation invocation;

  @Parameters(
      paramLabel = "FILE",
      description = "JSON Lines, each an object with id and trace; - for standard input.")
  private String file = "";

  @Option(
      names = "--in-app",
      paramLabel = "PACKAGE",
      split = ",",
      description = "Packages of the application (otherwise all but well-known libraries).")
  private List<String> packages = new ArrayList<>();

  @Option(names = "--json", description = "JSON Lines: one object a line.")
  private boolean json;

  private final Families families = new Families();
  private final List<GroupedTrace> grouped = new ArrayList<>();

  GroupCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    int exitCode = 0;
    try (BufferedReader lines = TextSource.open(file)) {
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        String wrong = line.isBlank() ? null : answer(line);
        if (wrong != null) {
          invocation.say("line " + number + ": " + wrong);
          exitCode = UsageErrors.EXIT_CODE;
        }
      }
    } catch (IOException unreadable) {
      throw TextSource.unreadable(file, unreadable);
    }
    if (!grouped.isEmpty()) {
      GroupedTrace.table(grouped, invocation.terminal());
    }
    return exitCode;
  }

  /** What is wrong with the line; null when it was answered. */
  private @Nullable String answer(String line) {
    JsonNode object;
    try {
      object = JSON.readTree(line);
    } catch (JsonProcessingException malformed) {
      return "no JSON: " + malformed.getOriginalMessage();
    }
    JsonNode id = object.path("id");
    JsonNode trace = object.path("trace");
    if (!(id.isTextual() || id.isNumber()) || !trace.isTextual()) {
      return "no object with an id and a trace, such as {\"id\": \"1\", \"trace\": \"...\"}";
    }
    Optional<PastedTrace> pasted = PastedTrace.of(trace.textValue(), packages);
    pasted.ifPresent(it -> answer(id, it));
    return pasted.isPresent() ? null : "no stack trace in its trace";
  }

  private void answer(JsonNode id, PastedTrace pasted) {
    long family = families.of(pasted.fingerprint(), pasted.stack());
    GroupedTrace answer = new GroupedTrace(id, pasted.fingerprint(), family, pasted.stack());
    if (json) {
      invocation.terminal().out().println(answer.json());
    } else {
      grouped.add(answer);
    }
  }
}
