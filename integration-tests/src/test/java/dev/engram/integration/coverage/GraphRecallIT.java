package dev.engram.integration.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Traffic;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Nodes of graphs that are given what memory recalls, without a line of code for it. */
@Tag("full")
@ParameterizedClass(name = "{0}, {1}")
@MethodSource("matrix")
class GraphRecallIT {
  private static final String KEY = "-Dengram.recall.state-key=memory";

  @RegisterExtension final Rig rig = new Rig();

  @Parameter(0)
  WorkflowFixture workflow;

  @Parameter(1)
  Jdk jdk;

  static Stream<Arguments> matrix() {
    List<WorkflowFixture> graphs =
        WorkflowFixture.all().stream()
            .filter(it -> it.fixture().framework().equals("LangGraph4j"))
            .toList();
    return Matrix.of(graphs, WorkflowFixture::fixture);
  }

  @Test
  void nodes_findInTheirStateWhatIsRecalledOfThem_andNobodyElseDoes() {
    String nothing = "last=nothing, left=nothing";
    assertThat(answer(KEY)).contains("first=nothing", nothing);
    assertThat(answer()).contains("first=nothing", nothing);

    String recalled = answer(KEY);
    assertThat(recalled)
        .contains("first=[{input={\"", "answer={\"first\":\"nothing\"}", "outcome=success")
        .contains("answer={\"left\":\"nothing\"}", "answer={\"last\":\"nothing\"}")
        .contains("similarity=1.0, time=")
        .doesNotContain("memory=", "\"s3cret\"");
  }

  /** One life of the service with one request. */
  private String answer(String... options) {
    Child service = workflow.fixture().start(rig, jdk, options);
    String body = Traffic.toApplication(service).get("/recalling?7").body();
    service.stop();
    rig.memory(jdk).drain();
    return body;
  }
}
