package dev.engram.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.RecallingApp;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Rig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a service decided, and what became of it, is what it recalls, and what is known against its
 * errors.
 */
@Tag("full")
@ParameterizedClass(name = "{0}")
@MethodSource("dev.engram.integration.harness.Jdks#all")
class RecallIT {
  @RegisterExtension final Rig rig = new Rig();

  @Parameter Jdk jdk;

  @Test
  void service_recallsWhatItDecided_inTheSameLifeAndInTheNext() throws IOException {
    rig.collector(jdk);
    assertRecalled(app(RecallingApp.ANSWER, RecallingApp.RECALL));
    rig.stopCollectors();
    rig.memory(jdk).drain();
    assertThat(Files.getPosixFilePermissions(file()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(Files.readString(file())).doesNotContain("hunter2");

    assertRecalled(app(RecallingApp.RECALL));
    rig.memory(jdk).assertSettled();
  }

  @Test
  void fileThatIsNotItsOwn_isIgnoredWithOneLine_andAnEmptyAnswerIsAnAnswer() throws IOException {
    Files.createDirectories(file().getParent());
    Files.setPosixFilePermissions(rig.home(), PosixFilePermissions.fromString("rwx------"));
    Files.setPosixFilePermissions(file().getParent(), PosixFilePermissions.fromString("rwx------"));
    Files.writeString(file(), "{\"expires\": \"2999-01-01T00:00:00Z\", \"recollections\": []}");
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-rw-rw-"));
    rig.expectNoBooks();
    rig.expectVoice("recall.RecallingApp\\.json is ignored, it may be written by others");

    Child app = app();
    assertThat(app.awaitExit()).as(app::describe).isZero();

    assertThat(app.out())
        .containsExactly("same is all", "like is all", "good is all", "none is all", "help is all");
    assertThat(app.voice()).filteredOn(line -> line.contains("is ignored")).hasSize(1);
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-------"));
  }

  private Child app(String... arguments) {
    return rig.java("app", jdk)
        .agent()
        .options("-Dengram.correlation.keys=order_id")
        .applicationWithApi(RecallingApp.class)
        .arguments(arguments)
        .start();
  }

  private static void assertRecalled(Child app) {
    assertThat(app.awaitExit()).as(app::describe).isZero();
    List<String> said = app.out();
    assertThat(said).as(app::describe).hasSize(9);
    assertThat(said.get(0))
        .startsWith("same: queue of order-1, FAILURE, 0.75 sure, 1.00 like, 1 feedback, of ")
        .contains("is late")
        .doesNotContain("hunter2");
    assertThat(said.get(2)).startsWith("like: queue of order-1, FAILURE, 0.75 sure, 0.");
    assertThat(said.get(4)).startsWith("good: queue of order-2, SUCCESS, 0.75 sure, NaN like");
    assertThat(said).contains("same is all", "like is all", "good is all", "none is all");
    assertThat(said.get(7))
        .startsWith("help: Validate where the text enters")
        .contains(", UNKNOWN, NaN sure, NaN like, ")
        .contains("of java.lang.NumberFormatException: ");
    assertThat(said.get(8)).isEqualTo("help is all");
  }

  private Path file() {
    return rig.home().resolve("recall/RecallingApp.json");
  }
}
