package dev.engram.agent.core.control;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.record.control.MalformedControlFileException;
import dev.engram.agent.record.control.Switches;
import dev.engram.agent.record.ring.HomeLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Puts in force what the switches say, over the settings of the start, when the file changes or
 * expires. What cannot be used costs one line, and what held before holds on. Confined to one
 * thread, but for {@link #status}.
 */
public final class Switchboard {
  /** Where a value comes from that was switched. */
  public static final String SOURCE = "switches.json";

  private static final int SHOWN = 300;

  private final ControlFile file;
  private final Configuration atStart;
  private final BiConsumer<Configuration, Switches> apply;
  private final Supplier<Instant> now;
  private String stamp = "";
  private volatile Status status = new Status(Switches.NONE, "");

  /**
   * The switches of a home.
   *
   * @param apply is given what holds from now on, and by which switches; must not throw
   */
  public Switchboard(Path home, Configuration atStart, BiConsumer<Configuration, Switches> apply) {
    this(home, atStart, apply, Instant::now);
  }

  Switchboard(
      Path home,
      Configuration atStart,
      BiConsumer<Configuration, Switches> apply,
      Supplier<Instant> now) {
    Path folder = home.resolve(HomeLayout.CONTROL);
    this.file = new ControlFile(HomeLayout.switches(home), folder, Switches.MAX_LENGTH);
    this.atStart = atStart;
    this.apply = apply;
    this.now = now;
  }

  /**
   * Where matters stand.
   *
   * @param inForce serial 0 when there are none
   * @param problem why the file as it is now is ignored; empty when it is not
   */
  public record Status(Switches inForce, String problem) {}

  /** Called about once a second. Never throws. */
  public void beat() {
    String before = stamp;
    stamp = file.stamp();
    try {
      if (!stamp.equals(before)) {
        look();
      }
    } catch (MalformedControlFileException | IllegalArgumentException unusable) {
      ignore(file.inWords(unusable));
    } catch (IOException | RuntimeException unreadable) {
      stamp = ControlFile.UNREAD;
      ignore(file.inWords(unreadable));
    }
    // Also while the file cannot be used: what holds was promised to end by then.
    if (isExpired(status.inForce)) {
      expire(status.inForce, status.problem);
    }
  }

  /** Any thread. */
  public Status status() {
    return status;
  }

  private void look() throws MalformedControlFileException, IOException {
    if (stamp.isEmpty()) {
      putInForce(Switches.NONE, "", "is gone: the settings of the start hold");
      return;
    }
    Switches read = Switches.parse(file.text());
    if (read.serial() < status.inForce.serial()) {
      throw new MalformedControlFileException(
          "is older (serial "
              + read.serial()
              + ") than what holds (serial "
              + status.inForce.serial()
              + ")");
    }
    if (isExpired(read)) {
      expire(read, "");
    } else {
      putInForce(read, "", "(serial " + read.serial() + ") holds: " + shown(read.values()));
    }
  }

  private boolean isExpired(Switches switches) {
    return switches.expires() != null && !now.get().isBefore(switches.expires());
  }

  private void expire(Switches expired, String problem) {
    putInForce(
        new Switches(expired.serial(), null, Map.of()),
        problem,
        "(serial " + expired.serial() + ") has expired: the settings of the start hold");
  }

  private void putInForce(Switches switches, String problem, String line) {
    Configuration configuration = atStart.with(switches.values(), SOURCE);
    status = new Status(switches, problem);
    apply.accept(configuration, switches);
    file.say(line);
  }

  private void ignore(String why) {
    if (why.equals(status.problem)) {
      return;
    }
    status = new Status(status.inForce, why);
    file.say("is ignored, it " + why + "; what held before holds on");
  }

  private static String shown(Map<String, String> values) {
    StringBuilder shown = new StringBuilder();
    new TreeMap<>(values)
        .forEach(
            (key, value) ->
                shown.append(shown.length() == 0 ? "" : " ").append(key).append('=').append(value));
    String all = shown.length() == 0 ? "nothing is switched" : shown.toString();
    return all.length() <= SHOWN ? all : all.substring(0, SHOWN) + "...";
  }
}
