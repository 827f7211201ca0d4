package dev.engram.cli.agents;

import dev.engram.agent.record.control.HealLevel;
import dev.engram.agent.record.control.Switches;
import dev.engram.cli.HealingOffer;
import dev.engram.cli.HomeOption;
import dev.engram.cli.Invocation;
import dev.engram.cli.UsageErrors;
import dev.engram.collector.server.Home;
import dev.engram.collector.server.Memory;
import dev.engram.collector.store.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code engram heal}. */
@Command(
    name = "heal",
    description =
        "Shows or switches what running services do about failures that pass by themselves.",
    footer = {
      "",
      "on, or auto: what may help is tried, what has been shown to help is applied.",
      "observe: it is only noted where that could be done. off: nothing is done and nothing noted.",
      "off and observe hold until something else is said, whatever --for was before.",
      "Services take it within two seconds. What came of it: engram remedies"
    })
public final class HealCommand implements Callable<Integer> {
  private static final String ON = "on";
  private static final String AUTO = "auto";
  private static final List<String> WORDS = List.of(ON, AUTO, "observe", "off");

  private final Invocation invocation;

  @Parameters(
      arity = "0..1",
      paramLabel = "on | observe | off",
      hideParamSyntax = true,
      description = "What to switch to; nothing shows what holds.")
  private @Nullable String word;

  @Option(names = "--json", description = "One JSON object.")
  private boolean json;

  @Mixin private HomeOption homeOption = new HomeOption();

  @Spec private CommandSpec command = CommandSpec.create();

  public HealCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Home home = homeOption.readable(invocation.environment());
    SwitchesFile file = new SwitchesFile(home);
    Switches switches = file.read(invocation.clock());
    String typed = word;
    if (typed != null) {
      Map<String, String> values = new TreeMap<>(switches.values());
      String level = level(typed);
      values.put(HealLevel.KEY, level);
      long serial = SwitchesFile.serialAfter(switches, invocation.clock());
      switches = new Switches(serial, expiry(level, switches), values);
      file.write(switches);
    }
    HealView view = new HealView(switches, RunningAgents.in(home));
    if (json) {
      invocation.terminal().out().println(view.json());
    } else {
      view.print(invocation);
    }
    if (typed == null) {
      offer(home);
    }
    return 0;
  }

  /** What is switched is known without the memory, also where that cannot be read. */
  private void offer(Home home) {
    try (Memory memory = Memory.open(home)) {
      HealingOffer.say(invocation, memory.queries());
    } catch (StoreException unreadable) {
      invocation.say("what could be healed is not known: " + unreadable.getMessage());
    }
  }

  /**
   * All switches expire together; but then a service that heals from its start would do it again.
   */
  private @Nullable Instant expiry(String level, Switches before) {
    if (level.equals(AUTO) || before.expires() == null) {
      return before.expires();
    }
    Map<String, String> others = new TreeMap<>(before.values());
    others.remove(HealLevel.KEY);
    if (!others.isEmpty()) {
      invocation.say(
          "these no longer expire either: "
              + String.join(" ", others.keySet())
              + " (engram switch unset ends them)");
    }
    return null;
  }

  private String level(String typed) {
    if (!WORDS.contains(typed)) {
      throw new ParameterException(
          command.commandLine(), "unknown word " + typed + UsageErrors.suggestion(typed, WORDS));
    }
    return typed.equals(ON) ? AUTO : typed;
  }
}
