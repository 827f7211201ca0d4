package dev.engram.integration.harness;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Builds the command line of a child process. Made by {@link Rig}. */
public final class JavaCommand {
  private final Rig rig;
  private final String name;
  private final String program;
  private final List<String> wrapper = new ArrayList<>();
  private final List<String> options = new ArrayList<>();
  private final List<String> arguments = new ArrayList<>();
  private final Map<String, String> environment = new TreeMap<>();
  private boolean mayTalk;

  JavaCommand(Rig rig, String name, String program) {
    this.rig = rig;
    this.name = name;
    this.program = program;
  }

  /** The one flag of the product. */
  public JavaCommand agent() {
    return options("-javaagent:" + Artifacts.agent());
  }

  public JavaCommand options(String... more) {
    options.addAll(List.of(more));
    return this;
  }

  /** Another program that starts it, such as a tracer or a shell. */
  public JavaCommand under(String... command) {
    wrapper.addAll(List.of(command));
    return this;
  }

  /** Whatever files it makes without a word about their mode, everybody may read and write. */
  public JavaCommand openToAll() {
    return under("sh", "-c", "umask 000 && exec \"$0\" \"$@\"");
  }

  /** One of the applications compiled with the tests. */
  public JavaCommand application(Class<?> main) {
    options("-cp", Artifacts.applications().toString());
    return arguments(main.getName());
  }

  /** The same for one that uses the API. */
  public JavaCommand applicationWithApi(Class<?> main) {
    options("-cp", Artifacts.applications() + File.pathSeparator + Artifacts.api());
    return arguments(main.getName());
  }

  public JavaCommand jar(Path jar) {
    return arguments("-jar", jar.toString());
  }

  /** The packaged command line, which answers people and is not held to the agent's silence. */
  public JavaCommand commandLine(String... words) {
    mayTalk = true;
    return jar(Artifacts.cli()).arguments(words);
  }

  public JavaCommand arguments(String... more) {
    arguments.addAll(List.of(more));
    return this;
  }

  public JavaCommand environment(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Starts it; the rig ends it at the latest when the test ends. */
  public Child start() {
    List<String> command = new ArrayList<>(wrapper);
    command.add(program);
    command.addAll(options);
    command.addAll(arguments);
    return rig.start(name, command, environment, mayTalk);
  }
}
