package dev.engram.cli;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A command's manual page in the language of {@code man(7)}, from what its help says. */
final class ManualPage {
  private final CommandLine command;
  private final CommandSpec spec;
  private final StringBuilder page = new StringBuilder();

  private ManualPage(CommandLine command) {
    this.command = command;
    this.spec = command.getCommandSpec();
  }

  /** Such as {@code engram-ai-calls}. */
  static String name(CommandLine command) {
    return command.getCommandSpec().qualifiedName("-");
  }

  static String of(CommandLine command) {
    return new ManualPage(command).write();
  }

  private String write() {
    String name = name(command);
    line(".TH " + name.toUpperCase(Locale.ROOT) + " 1 \"\" \"" + VersionCommand.text() + "\"");
    section("NAME");
    text(name + " - " + description().get(0));
    section("SYNOPSIS");
    verbatim(command.getHelp().synopsis(0).lines().toList());
    section("DESCRIPTION");
    description().forEach(this::text);
    arguments();
    verbatim(rendered(spec.usageMessage().footer()));
    if (!others().isEmpty()) {
      section("SEE ALSO");
      text(String.join(", ", others()));
    }
    return page.toString();
  }

  private List<String> description() {
    return rendered(spec.usageMessage().description());
  }

  private void arguments() {
    section("OPTIONS");
    for (PositionalParamSpec parameter : spec.positionalParameters()) {
      argument(parameter.paramLabel(), parameter);
    }
    for (OptionSpec option : spec.options()) {
      String value = option.arity().max() > 0 ? "=" + option.paramLabel() : "";
      argument(String.join(", ", option.names()) + value, option);
    }
  }

  private void argument(String term, ArgSpec argument) {
    if (!argument.hidden()) {
      line(".TP");
      line(".B " + escaped(term));
      text(String.join(" ", rendered(argument.renderedDescription())));
    }
  }

  /** The pages of the command above and of those below. */
  private Collection<String> others() {
    Set<String> others = new TreeSet<>();
    if (command.getParent() != null) {
      others.add(name(command.getParent()) + "(1)");
    }
    command.getSubcommands().values().forEach(below -> others.add(name(below) + "(1)"));
    return others;
  }

  private void section(String title) {
    line(".SH " + title);
  }

  private void verbatim(List<String> lines) {
    line(".nf");
    lines.forEach(this::text);
    line(".fi");
  }

  private void text(String text) {
    line(text.startsWith(".") || text.startsWith("'") ? "\\&" + escaped(text) : escaped(text));
  }

  private void line(String line) {
    page.append(line).append('\n');
  }

  private static List<String> rendered(String... lines) {
    return Arrays.stream(lines).map(Ansi.OFF::string).toList();
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\e").replace("-", "\\-");
  }
}
