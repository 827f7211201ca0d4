package dev.engram.cli.agents;

import dev.engram.agent.record.control.Switches;
import dev.engram.cli.HomeOption;
import dev.engram.cli.Invocation;
import dev.engram.cli.TimeLength;
import dev.engram.cli.UsageErrors;
import dev.engram.collector.server.Home;
import java.time.Duration;
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

/** {@code engram switch}. */
@Command(
    name = "switch",
    description = "Shows or changes what running services capture, without a restart.",
    footer = {
      "",
      "Such as: engram switch jdbc off",
      "         engram switch capture=errors ignore.urls=/ping,*.css --for 2h",
      "         engram switch unset capture",
      "Services take it within two seconds. docs/configuration.md has the keys."
    })
public final class SwitchCommand implements Callable<Integer> {
  private static final String UNSET = "unset";

  private final Invocation invocation;

  @Parameters(
      arity = "0..*",
      paramLabel = "KEY VALUE | KEY=VALUE... | unset KEY...",
      hideParamSyntax = true,
      description =
          "What to change; nothing shows what is switched. An instrumentation goes by its name.")
  private List<String> words = List.of();

  @Option(
      names = "--for",
      paramLabel = "TIME",
      description = "All switches expire after this time, such as 30m or 2h.")
  private @Nullable String length;

  @Option(names = "--json", description = "One JSON object.")
  private boolean json;

  @Mixin private HomeOption homeOption = new HomeOption();

  @Spec private CommandSpec command = CommandSpec.create();

  public SwitchCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Home home = homeOption.readable(invocation.environment());
    SwitchesFile file = new SwitchesFile(home);
    List<RunningAgent> agents = RunningAgents.in(home);
    Switches switches = file.read(invocation.clock());
    if (!words.isEmpty() || length != null) {
      switches = changed(switches, new SwitchKeys(agents));
      file.write(switches);
    }
    if (json) {
      invocation.terminal().out().println(SwitchesView.json(switches, agents));
    } else {
      SwitchesView.print(switches, agents, invocation);
    }
    return 0;
  }

  private Switches changed(Switches before, SwitchKeys keys) {
    Map<String, String> values = new TreeMap<>(before.values());
    if (words.isEmpty() && values.isEmpty()) {
      throw wrong("nothing is switched that could expire; give KEY=VALUE");
    }
    if (!words.isEmpty() && words.get(0).equals(UNSET)) {
      unset(words.subList(1, words.size()), values, keys);
    } else if (words.size() == 2 && words.get(0).indexOf('=') < 0) {
      set(words.get(0), words.get(1), values, keys);
    } else {
      words.forEach(word -> set(word, values, keys));
    }
    long serial = SwitchesFile.serialAfter(before, invocation.clock());
    return new Switches(serial, expiry(before), values);
  }

  private void unset(List<String> typed, Map<String, String> values, SwitchKeys keys) {
    if (typed.isEmpty()) {
      throw wrong("unset what? Give a KEY");
    }
    typed.forEach(key -> values.remove(known(key, keys)));
  }

  private void set(String word, Map<String, String> values, SwitchKeys keys) {
    int equals = word.indexOf('=');
    if (equals < 0) {
      // A mistyped key is the likelier mistake.
      throw wrong(known(word, keys) + " has no value; give KEY=VALUE");
    }
    set(word.substring(0, equals), word.substring(equals + 1), values, keys);
  }

  private void set(String typed, String said, Map<String, String> values, SwitchKeys keys) {
    String key = known(typed, keys);
    String value = keys.value(key, said.strip());
    List<String> choices = keys.choices(key);
    if (choices != null && !choices.contains(value)) {
      throw wrong(key + " cannot be " + value + UsageErrors.suggestion(value, choices));
    }
    values.put(key, value);
  }

  private String known(String typed, SwitchKeys keys) {
    String key = keys.full(Switches.key(typed.strip()));
    if (!keys.all().contains(key)) {
      throw wrong("unknown key " + key + UsageErrors.suggestion(key, keys.typed()));
    }
    return key;
  }

  private @Nullable Instant expiry(Switches before) {
    if (length == null) {
      // All switches expire together: one that is set for an hour must not stay for ever.
      return before.expires();
    }
    Duration duration =
        TimeLength.parse(length)
            .filter(it -> !it.isZero())
            .orElseThrow(() -> wrong("--for takes a time such as 30m or 2h, not " + length));
    return Instant.ofEpochSecond(invocation.clock().instant().getEpochSecond()).plus(duration);
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
