package dev.engram.collector.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Stack traces whose bugs are known. */
record LabelledTraces(List<Labelled> traces) {
  /** Other traces than those that lie here: JSON Lines with id, project, label and trace. */
  private static final String FILE = System.getProperty("engram.grouping.traces", "");

  record Labelled(String project, String bug, PastedTrace trace) {}

  static LabelledTraces read() throws IOException {
    List<Labelled> traces = new ArrayList<>();
    JsonMapper json = new JsonMapper();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode node = json.readTree(line);
        traces.add(
            new Labelled(
                node.path("project").asText(),
                node.path("label").asText(),
                PastedTrace.of(node.path("trace").asText(), List.of()).orElseThrow()));
      }
    }
    return new LabelledTraces(traces);
  }

  private static InputStream stream() throws IOException {
    return FILE.isEmpty()
        ? Objects.requireNonNull(
            LabelledTraces.class.getResourceAsStream("/stacktraces/defects4j-dev.jsonl"))
        : Files.newInputStream(Path.of(FILE));
  }

  LabelledTraces of(String project) {
    return new LabelledTraces(
        traces.stream().filter(trace -> trace.project().equals(project)).toList());
  }

  List<String> projects() {
    return traces.stream().map(Labelled::project).distinct().sorted().toList();
  }

  List<String> bugs() {
    return traces.stream().map(Labelled::bug).distinct().toList();
  }

  boolean sameBug(int i, int j) {
    return traces.get(i).bug().equals(traces.get(j).bug());
  }
}
