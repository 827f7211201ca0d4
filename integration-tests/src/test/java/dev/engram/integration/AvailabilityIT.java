package dev.engram.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.HttpServerApp;
import dev.engram.integration.availability.Availability;
import dev.engram.integration.availability.AvailabilityReport;
import dev.engram.integration.availability.Probes;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Jdks;
import dev.engram.integration.harness.Load;
import dev.engram.integration.harness.Requests;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Traffic;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The share of probes, one a second, that can be asked for within two seconds, while the collector
 * is killed six times on average, at no moment in particular, and started again. With the profile
 * {@code availability} for an hour: then it must be 99.9%, and {@code docs/reports/availability.md}
 * is written, unless something was lost.
 */
class AvailabilityIT {
  private static final String ASKED = System.getProperty("engram.availability", "");
  private static final Duration LENGTH = Duration.parse(ASKED.isEmpty() ? "PT20S" : ASKED);
  private static final Duration BETWEEN_KILLS = LENGTH.dividedBy(6);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final double GOAL = 0.999;

  /** Probes: almost as many as the time has seconds for. */
  private static final int WANTED = (int) (0.95 * LENGTH.toSeconds());

  /** As systemd does where nothing else is said. */
  private static final Duration BEFORE_RESTART = Duration.ofMillis(100);

  private static final Duration PACE = Duration.ofMillis(40);
  private static final Pattern TRACE = Pattern.compile("\"trace_id\":");

  @RegisterExtension final Rig rig = new Rig();

  private final Jdk jdk = Jdks.all().findFirst().orElseThrow();
  private final long seed = System.nanoTime();

  @Test
  void collectorThatIsKilledAndStartedAgain_isThere_andLosesNothing() throws IOException {
    Child collector = rig.collector(jdk);
    Child service = rig.java("service", jdk).agent().application(HttpServerApp.class).start();
    Traffic traffic = Traffic.toApplication(service);
    Load load = Load.start(traffic, 2, PACE, "/gone", "/teapot/x").awaitMore(10);
    rig.memory(jdk).awaitStored(10);
    Child follower = follower();
    Probes probes = Probes.start(traffic, "/hello", follower);
    follower.awaitLine(TRACE);
    int kills = killAgainAndAgain(collector);
    probes.awaitSent(WANTED);
    Availability availability = probes.end();
    load.close();
    service.stop();
    rig.stopCollectors();

    System.out.printf("%s, %d kills with seed %d%n", availability, kills, seed);
    Requests requests = rig.memory(jdk).drain().requests();
    assertThat(availability.probes()).isGreaterThanOrEqualTo(WANTED);
    assertThat(probes.answered()).isNotEmpty().allSatisfy(requests::assertRemembered);
    assertThat(load.answered()).hasSameSizeAs(load.sent()).allSatisfy(requests::assertRemembered);
    assertThat(requests.count()).isEqualTo(probes.answered().size() + load.answered().size());
    if (!ASKED.isEmpty()) {
      AvailabilityReport.write(jdk, LENGTH, kills, seed, load.answered().size(), availability);
    }
    assertThat(availability.inTime()).isPositive();
    if (LENGTH.compareTo(HOUR) >= 0) {
      assertThat(availability.share()).isGreaterThanOrEqualTo(GOAL);
    }
  }

  /** A reader of the store, as people have it. */
  private Child follower() {
    return rig.java("engram tail", jdk)
        .commandLine("tail", "--json", "--where", "url.path=/hello")
        .start();
  }

  /** Until the time is over; how often. The first comes in the first half. */
  private int killAgainAndAgain(Child first) {
    Random random = new Random(seed);
    long end = System.nanoTime() + LENGTH.toNanos();
    Child collector = first;
    Duration life = Duration.ofNanos(Math.min(life(random).toNanos(), LENGTH.toNanos() / 2));
    int kills = 0;
    while (System.nanoTime() + life.toNanos() - end < 0) {
      collector.killAfter(life);
      kills++;
      LockSupport.parkNanos(BEFORE_RESTART.toNanos());
      collector = rig.collector(jdk);
      life = life(random);
    }
    LockSupport.parkNanos(end - System.nanoTime());
    return kills;
  }

  /** Kills come independently of one another. */
  private static Duration life(Random random) {
    return Duration.ofNanos((long) (-Math.log(1 - random.nextDouble()) * BETWEEN_KILLS.toNanos()));
  }
}
