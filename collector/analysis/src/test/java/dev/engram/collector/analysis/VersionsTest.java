package dev.engram.collector.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class VersionsTest {
  private final List<Instance> instances = new ArrayList<>();

  @Test
  void later_isWhatWasFirstStartedLater_howeverOftenAnOlderOneStartsAgain() {
    start("1.4", 10, 0);
    start("1.5", 20, 0);
    start("1.4", 30, 0);
    start("", 40, 0);

    Versions versions = versions();

    assertThat(versions.of("shop")).containsExactly("1.5", "1.4");
    assertThat(versions.of("bank")).isEmpty();
    assertThat(versions.isLater("shop", "1.5", "1.4")).isTrue();
    assertThat(versions.isLater("shop", "1.4", "1.5")).isFalse();
    assertThat(versions.isLater("shop", "", "1.4")).isFalse();
    assertThat(versions.firstStart("shop", "1.4")).isEqualTo(10);
    assertThat(versions.firstStart("shop", "1.6")).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void deploy_isWhenAVersionComes_notWhenMoreOfItDo() {
    start("1.4", 10, 0);
    start("1.5", 20, 0);
    start("1.4", 30, 0);
    start("1.5", 40, 0);

    assertThat(versions().deploys())
        .extracting(deploy -> deploy.first().startedEpochNanos(), Versions.Deploy::before)
        .containsExactly(tuple(10L, null), tuple(20L, "1.4"));
  }

  @Test
  void deploy_isWhenAVersionComesBack_notWhenItIsStartedAgain() {
    start("1.4", 10, 20);
    start("1.4", 20, 30);
    start("1.5", 30, 40);
    start("", 35, 40);
    start("1.4", 40, 0);

    assertThat(versions().deploys())
        .extracting(deploy -> deploy.first().startedEpochNanos(), Versions.Deploy::before)
        .containsExactly(tuple(10L, null), tuple(30L, "1.4"), tuple(40L, "1.5"));
  }

  private Versions versions() {
    List<Instance> latestFirst = new ArrayList<>(instances);
    Collections.reverse(latestFirst);
    return new Versions(latestFirst);
  }

  private void start(String version, long started, long ended) {
    InstanceId id = new InstanceId(new UUID(1, instances.size()));
    instances.add(new Instance(id, "shop", version, started, ended, Map.of()));
  }
}
