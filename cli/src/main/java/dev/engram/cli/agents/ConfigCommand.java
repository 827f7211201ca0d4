package dev.engram.cli.agents;

import dev.engram.cli.CommandException;
import dev.engram.cli.HomeOption;
import dev.engram.cli.Invocation;
import dev.engram.collector.server.Home;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code engram config}. */
@Command(
    name = "config",
    description =
        "Shows settings, their values and where each was said: of this program, or of a service"
            + " that runs.",
    footer = {
      "",
      "What this environment says of the agent holds for services that are started in it.",
      "docs/configuration.md has all settings of the agent."
    })
public final class ConfigCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Parameters(
      arity = "0..1",
      paramLabel = "PID | INSTANCE",
      description = "A service that runs: its process, its name, or the beginning of its id.")
  private @Nullable String wanted;

  @Option(names = "--json", description = "JSON Lines: one object a setting.")
  private boolean json;

  @Mixin private HomeOption homeOption = new HomeOption();

  @Spec private CommandSpec command = CommandSpec.create();

  public ConfigCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    List<Setting> settings =
        wanted == null
            ? EnvironmentSettings.of(homeOption, invocation)
            : Setting.of(agent(wanted, homeOption.readable(invocation.environment())));
    if (json) {
      settings.forEach(setting -> invocation.terminal().out().println(SettingsView.json(setting)));
    } else {
      SettingsView.table(settings, invocation.terminal());
    }
    return 0;
  }

  private RunningAgent agent(String wanted, Home home) {
    List<RunningAgent> running = RunningAgents.in(home);
    List<RunningAgent> found = running.stream().filter(agent -> isMeant(agent, wanted)).toList();
    if (found.size() > 1) {
      throw new ParameterException(
          command.commandLine(),
          wanted + " stands for several processes: " + pids(found) + "; give one of them");
    }
    if (found.isEmpty()) {
      throw new CommandException(
          "no service "
              + wanted
              + " remembers into "
              + home.folder()
              + " now; "
              + (running.isEmpty() ? "none runs" : "those that do: " + pids(running)));
    }
    if (!found.get(0).hasReport()) {
      throw new CommandException(
          "the agent in process "
              + found.get(0).pid()
              + " says nothing of itself: it is older than this command, or its folder takes no"
              + " file");
    }
    return found.get(0);
  }

  private static boolean isMeant(RunningAgent agent, String wanted) {
    String id = agent.folder().toString().replaceFirst("^.*@", "");
    return wanted.equals(Long.toString(agent.pid()))
        || wanted.equals(agent.service())
        || wanted.length() >= 4 && id.startsWith(wanted);
  }

  private static String pids(List<RunningAgent> agents) {
    return String.join(
        ", ", agents.stream().map(it -> it.pid() + " (" + it.service() + ")").toList());
  }
}
