package dev.engram.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.HttpServerApp;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Disk;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Load;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Traffic;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A store is looked after where the disk has no byte left. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.engram.integration.harness.Jdks#byTier")
class FullDiskUpkeepIT {
  private static final String NO_ROOM = "[Ff]ree some space|No space left on device";

  @RegisterExtension final Rig rig = new Rig();

  @Parameter Jdk jdk;

  @Test
  void whatFindsNoRoom_saysSoInOneLine_andChangesNothing() throws IOException {
    Disk disk = rig.disk(rig.home(), "size=160m");
    Path copy = rig.home().resolve("copy.db");
    int requests = remember();
    disk.fill(0);

    assertFindsNoRoom("store", "retain", "--keep", "1s");
    assertFindsNoRoom("backup", copy.toString());
    assertFindsNoRoom("forget", "--before", "now", "--yes");
    disk.free();

    assertThat(rig.home().resolve("copy.db.new")).doesNotExist();
    assertSucceeds("store", "check");
    assertThat(rig.memory(jdk).requests().count()).isEqualTo(requests);
    assertSucceeds("backup", copy.toString());
    assertThat(copy).isNotEmptyFile();
    assertSucceeds("store", "retain", "--keep", "1s");
    assertThat(rig.memory(jdk).requests().count()).isZero();
    assertSucceeds("restore", copy.toString());
    assertThat(rig.memory(jdk).requests().count()).isEqualTo(requests);
    assertSucceeds("forget", "--before", "now", "--yes");
    assertThat(rig.memory(jdk).requests().count()).isZero();
    assertSucceeds("store", "check");
  }

  private int remember() {
    Child service =
        rig.java("service", jdk)
            .agent()
            .options("-Dengram.ring.size=4MiB")
            .application(HttpServerApp.class)
            .start();
    Load load = Load.start(Traffic.toApplication(service), 2, "/hello", "/gone").awaitMore(300);
    load.close();
    service.stop();
    rig.memory(jdk).drain();
    return load.answered().size();
  }

  private void assertFindsNoRoom(String... arguments) {
    Child child = rig.memory(jdk).run(arguments);
    assertThat(child.awaitExit()).as(child::describe).isOne();
    assertThat(child.out()).as(child::describe).isEmpty();
    assertThat(child.err()).as(child::describe).hasSize(1);
    assertThat(child.err().get(0)).startsWith("engram: ").containsPattern(NO_ROOM);
  }

  private void assertSucceeds(String... arguments) {
    Child child = rig.memory(jdk).run(arguments);
    assertThat(child.awaitExit()).as(child::describe).isZero();
  }
}
