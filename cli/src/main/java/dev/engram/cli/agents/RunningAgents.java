package dev.engram.cli.agents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.agent.record.ring.HostIdentity;
import dev.engram.agent.record.ring.TrustedPaths;
import dev.engram.collector.server.Home;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the services that remember into a home and run now, where process ids mean ours. */
public final class RunningAgents {
  /** The system tells when a process began only so exactly. */
  private static final Duration CLOCK_GRAIN = Duration.ofSeconds(2);

  private static final int MAX_LENGTH = 1 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private RunningAgents() {}

  /** By their folders' names. */
  public static List<RunningAgent> in(Home home) {
    HostIdentity here = HostIdentity.current();
    return all(home).stream().filter(agent -> isAlive(agent, here)).toList();
  }

  public static Optional<RunningAgent> ofPid(Home home, long pid) {
    return in(home).stream().filter(agent -> agent.pid() == pid).findFirst();
  }

  /**
   * Those in these processes of ours, also where they have ended and nobody has taken their folder
   * over yet.
   */
  public static List<RunningAgent> ofPids(Home home, Set<Long> pids) {
    HostIdentity here = HostIdentity.current();
    return all(home).stream()
        .filter(agent -> pids.contains(agent.pid()) && isHere(agent, here))
        .toList();
  }

  /** Those that run and those whose folder nobody has taken over yet. */
  public static List<RunningAgent> all(Home home) {
    List<RunningAgent> agents = new ArrayList<>();
    Path instances = HomeLayout.instances(home.folder());
    if (!Files.isDirectory(instances, LinkOption.NOFOLLOW_LINKS)) {
      return agents;
    }
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(instances, "[!.]*")) {
      for (Path folder : folders) {
        if (!isOwn(folder)) {
          continue;
        }
        JsonNode description = read(folder.resolve(HomeLayout.INSTANCE_FILE));
        JsonNode report = read(folder.resolve(HomeLayout.AGENT_FILE));
        agents.add(new RunningAgent(folder, description, report));
      }
    } catch (IOException goneMeanwhile) {
      // Nobody is there any more.
    }
    agents.sort((one, other) -> one.folder().compareTo(other.folder()));
    return agents;
  }

  /** Others are the collector's to tell of. */
  private static boolean isOwn(Path folder) {
    try {
      TrustedPaths.requireOwn(folder);
      return true;
    } catch (IOException goneOrUntrusted) {
      return false;
    }
  }

  private static boolean isAlive(RunningAgent agent, HostIdentity here) {
    return isHere(agent, here)
        && ProcessHandle.of(agent.pid())
            .filter(process -> isOf(process, agent.description()))
            .isPresent();
  }

  private static boolean isHere(RunningAgent agent, HostIdentity here) {
    JsonNode it = agent.description();
    return it.path("host").asText().equals(here.host())
        && it.path("boot_id").asText().equals(here.bootId())
        && it.path("pid_namespace").asText().equals(here.pidNamespace());
  }

  /** Not a later process that was given the same id. */
  private static boolean isOf(ProcessHandle process, JsonNode description) {
    long started = description.path("started_epoch_nanos").asLong();
    return process
        .info()
        .startInstant()
        .map(begun -> begun.isBefore(Instant.ofEpochSecond(0, started).plus(CLOCK_GRAIN)))
        .orElse(true);
  }

  private static JsonNode read(Path file) {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] json = in.readNBytes(MAX_LENGTH + 1);
      return json.length > MAX_LENGTH ? MissingNode.getInstance() : JSON.readTree(json);
    } catch (IOException unreadable) {
      return MissingNode.getInstance();
    }
  }
}
