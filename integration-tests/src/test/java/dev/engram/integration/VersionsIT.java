package dev.engram.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.HttpServerApp;
import com.fasterxml.jackson.databind.JsonNode;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Memory;
import dev.engram.integration.harness.NewerRecords;
import dev.engram.integration.harness.OtherVersions;
import dev.engram.integration.harness.Requests;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Traffic;
import dev.engram.integration.harness.Traffic.Answer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Today's collector and command line beside agents and a store of other versions. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.engram.integration.harness.Jdks#byTier")
class VersionsIT {
  private static final int REQUESTS = 20;

  /** Where a SQLite file holds its {@code user_version}, big-endian. */
  private static final long USER_VERSION = 60;

  @RegisterExtension final Rig rig = new Rig();

  @Parameter Jdk jdk;

  @Test
  void olderAndNewerAgents_areRememberedAsFarAsTheyAreKnown() throws IOException {
    Child newer = service("newer", OtherVersions.newerAgent(rig.folder()));
    Child older = service("older", OtherVersions.olderAgent(rig.folder()));
    List<Answer> answers = new ArrayList<>(load(newer));
    List<Answer> sparse = load(older);
    newer.stop();
    older.stop();

    Child collect = rig.memory(jdk).run("collect", "--once");

    assertThat(collect.err())
        .as(collect::describe)
        .filteredOn(line -> line.contains("only a newer Engram can store"))
        .hasSize(1)
        .first()
        .asString()
        .contains("of kind " + NewerRecords.KIND + " of record format 2");
    Requests requests = rig.memory(jdk).drain().requests();
    answers.forEach(requests::assertRemembered);
    sparse.forEach(answer -> assertThat(requests.of(answer).path("name").asText()).isNotEmpty());
    assertThat(requests.count()).isEqualTo(2 * REQUESTS);
    JsonNode total = rig.memory(jdk).status().path("total");
    assertThat(total.path("rejected").asLong()).isEqualTo(REQUESTS);
    assertThat(total.path("malformed").asLong()).isZero();
    assertThat(rig.memory(jdk).run("requests").err())
        .singleElement()
        .asString()
        .contains("incomplete: " + REQUESTS + " rejected ");
  }

  @Test
  void newerStore_isRefusedInOneLine_andLeftAsItIs() throws IOException {
    Child service = rig.java("service", jdk).agent().application(HttpServerApp.class).start();
    List<Answer> answers = load(service);
    service.stop();
    Memory memory = rig.memory(jdk).drain();
    Path store = rig.home().resolve("store/engram.db");
    int version = userVersion(store);
    userVersion(store, 99);

    for (String[] words : List.of(new String[] {"requests"}, new String[] {"collect", "--once"})) {
      Child refused = memory.run(words);
      assertThat(refused.awaitExit()).as(refused::describe).isNotZero();
      assertThat(refused.err())
          .as(refused::describe)
          .hasSize(1)
          .first()
          .asString()
          .contains("newer Engram (schema 99", store.toString());
      assertThat(refused.out()).isEmpty();
    }
    userVersion(store, version);
    answers.forEach(memory.requests()::assertRemembered);
  }

  private Child service(String name, Path agent) {
    return rig.java(name, jdk)
        .options("-javaagent:" + agent)
        .application(HttpServerApp.class)
        .start();
  }

  private static List<Answer> load(Child service) {
    Traffic traffic = Traffic.toApplication(service);
    return Stream.generate(() -> traffic.get("/hello")).limit(REQUESTS).toList();
  }

  private static int userVersion(Path store) throws IOException {
    try (FileChannel file = FileChannel.open(store, StandardOpenOption.READ)) {
      ByteBuffer version = ByteBuffer.allocate(Integer.BYTES);
      file.read(version, USER_VERSION);
      return version.getInt(0);
    }
  }

  private static void userVersion(Path store, int version) throws IOException {
    try (FileChannel file = FileChannel.open(store, StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.allocate(Integer.BYTES).putInt(0, version), USER_VERSION);
    }
  }
}
