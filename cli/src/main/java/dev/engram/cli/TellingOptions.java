package dev.engram.cli;

import dev.engram.cli.render.SafeText;
import dev.engram.collector.server.Home;
import dev.engram.collector.server.Telling;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What every command takes that tells the memory something. */
final class TellingOptions {
  @Option(
      names = "--author",
      paramLabel = "NAME",
      description = "Who tells it; a later word of the same author stands for the earlier one.")
  private @Nullable String author;

  @Option(names = "--comment", paramLabel = "TEXT", description = "Why.")
  private @Nullable String comment;

  @Mixin private HomeOption homeOption = new HomeOption();

  @Spec(Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  /** Who is logged in, where nobody is named. */
  String author() {
    return bounded("--author", author != null ? author : System.getProperty("user.name", "user"));
  }

  @Nullable String comment() {
    return comment == null ? null : bounded("--comment", comment);
  }

  Home home(Invocation invocation) {
    return homeOption.home(invocation.environment());
  }

  Telling telling(Invocation invocation) {
    return new Telling(home(invocation), invocation::say);
  }

  /** Says where what was told is now. */
  void say(Invocation invocation, String told, boolean stored) {
    invocation
        .terminal()
        .out()
        .println(SafeText.of((stored ? "remembered: " : "waits for the collector: ") + told));
  }

  String bounded(String name, String text) {
    if (text.isEmpty() || text.length() > Telling.LONGEST) {
      throw new ParameterException(
          command.commandLine(), name + " takes 1 to " + Telling.LONGEST + " characters");
    }
    return text;
  }
}
