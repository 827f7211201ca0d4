package dev.engram.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.acme.HelloApp;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Fixture;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Memory;
import dev.engram.integration.harness.Requests;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Trace;
import dev.engram.integration.harness.Traffic;
import dev.engram.integration.harness.Traffic.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Applications that are hard on an agent answer with it as they do without it. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.engram.integration.harness.Jdks#byTier")
@Tag("full")
class NeverHarmIT {
  private static final String H2 = "com.h2database:h2:2.4.240";
  private static final List<String> WAYS = List.of("throws", "blocks", "recurses", "nulls", "long");
  private static final List<String> SUCCESSES = List.of("task", "method", "loader");
  private static final List<String> DEEDS =
      List.of(
          "runtime",
          "error",
          "cause",
          "suppressed",
          "completion",
          "sql",
          "task",
          "method",
          "loader");

  @RegisterExtension final Rig rig = new Rig();

  @Parameter Jdk jdk;

  /** A blocked request would never be answered. */
  @Test
  void hostileObjects_areNotAsked() {
    Fixture fixture = Fixture.of("hostile objects", "1", "hostile", H2);
    List<String> paths =
        WAYS.stream().flatMap(way -> DEEDS.stream().map(deed -> "/" + way + "/" + deed)).toList();
    Child bare = fixture.startBare(rig, jdk);
    List<Answer> without = answers(bare, paths);
    Child service =
        fixture.start(rig, jdk, "-Dengram.methods=com.acme.Main#take,com.acme.Plain#run");
    List<Answer> with = answers(service, paths);
    service.stop();

    assertSame(with, without);
    assertThat(with)
        .filteredOn(answer -> SUCCESSES.stream().anyMatch(answer.path()::endsWith))
        .allMatch(answer -> answer.status() == 200);
    Memory memory = rig.memory(jdk).drain();
    Requests requests = memory.requests();
    assertThat(with).allSatisfy(requests::assertRemembered);
    with.stream()
        .filter(answer -> answer.path().endsWith("/runtime"))
        .forEach(answer -> assertGiven(memory.trace(answer.traceId())));
  }

  private static void assertGiven(Trace trace) {
    assertThat(trace.exceptions())
        .as(trace::toString)
        .singleElement()
        .satisfies(thrown -> assertThat(Trace.message(thrown)).isEqualTo("given"));
  }

  @Test
  void damagedClassFiles_areRefusedAsTheJvmDoes() {
    Fixture fixture = Fixture.of("class files", "1", "class-files").with("routes");
    List<String> paths = List.of("/cut", "/changed", "/twice", "/hidden");
    rig.expectVoice("com.acme.Plain is not instrumented, the service runs on");
    rig.expectVoice("for a Java newer than this agent is not instrumented");
    Child bare = fixture.startBare(rig, jdk);
    List<Answer> without = answers(bare, paths);
    Child service = fixture.start(rig, jdk, "-Dengram.methods=com.acme.Plain#answer");
    List<Answer> with = answers(service, paths);
    service.stop();

    assertSame(with, without);
    assertThat(with.get(0).body()).contains("ClassFormatError");
    assertThat(with.get(2).body()).isEqualTo("once, plain");
    assertThat(with.get(3).body()).isEqualTo("true, plain");
  }

  /** JDK 24 and later have no security managers. */
  @Test
  void securityManagerOnTheCommandLine_costsOneLine() throws IOException {
    assumeTrue(jdk.feature() < 24);
    Path policy = Files.writeString(rig.folder().resolve("nothing.policy"), "");
    rig.expectNoBooks();
    rig.expectVoice("cannot work under a security manager");
    Child service =
        rig.java("service", jdk)
            .agent()
            .options("-Djava.security.manager", "-Djava.security.policy==" + policy)
            .application(HelloApp.class)
            .start();

    assertThat(service.awaitExit()).as(service::describe).isZero();
    assertThat(service.out()).containsExactly("hello");
    assertThat(service.voice()).hasSize(1);
    assertThat(rig.home()).doesNotExist();
  }

  /** What the agent asks for from then on is refused, whatever it is. */
  @Test
  void securityManagerThatTheServiceSets_changesNoAnswer() {
    assumeTrue(jdk.feature() < 24);
    Fixture fixture = Fixture.of("security manager", "1", "security-manager", H2).with("routes");
    List<String> before = List.of("/hello", "/sql", "/later", "/fail");
    List<String> after = List.of("/forbid", "/hello", "/sql", "/later", "/fail", "/new", "/new");
    String allowed = "-Djava.security.manager=allow";
    Child bare = fixture.startBare(rig, jdk, allowed);
    List<Answer> without = answers(bare, before);
    List<Answer> withoutAfter = answers(bare, after);
    Child service = fixture.start(rig, jdk, allowed, "-Dengram.methods=com.acme.Main$*#answer");
    List<Answer> with = answers(service, before);
    List<Answer> withAfter = answers(service, after);
    service.stop();

    assertSame(with, without);
    assertSame(withAfter, withoutAfter);
    Requests requests = rig.memory(jdk).drain().requests();
    assertThat(with).allSatisfy(requests::assertRemembered);
  }

  @Test
  void applicationOfNamedModules_isRemembered() {
    Fixture fixture = Fixture.of("module path", "1", "module-path", H2);
    Child service =
        fixture.startModule(
            rig,
            jdk,
            "com.acme.service/com.acme.Main",
            "--add-modules",
            "jdk.unsupported,java.management,java.naming,com.h2database");
    Answer answer = Traffic.toApplication(service).get("/seven");
    service.stop();

    assertThat(answer.body()).isEqualTo("7");
    Memory memory = rig.memory(jdk).drain();
    memory.requests().assertRemembered(answer);
    assertThat(memory.trace(answer.traceId()).statements()).containsExactly("SELECT ?");
  }

  private static List<Answer> answers(Child application, List<String> paths) {
    Traffic traffic = Traffic.toApplication(application);
    return paths.stream().map(traffic::get).toList();
  }

  private static void assertSame(List<Answer> with, List<Answer> without) {
    assertThat(with).extracting(Answer::body).isEqualTo(bodies(without));
    assertThat(with)
        .extracting(Answer::status)
        .isEqualTo(without.stream().map(Answer::status).toList());
  }

  private static List<String> bodies(List<Answer> answers) {
    return answers.stream().map(Answer::body).toList();
  }
}
