package dev.engram.cli;

import dev.engram.cli.render.SafeText;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line what was wrong with the command line and what was probably meant. */
final class UsageErrors implements IParameterExceptionHandler {
  static final int EXIT_CODE = 2;

  private final Invocation invocation;

  UsageErrors(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public int handleParseException(ParameterException wrong, String[] args) {
    CommandLine command = wrong.getCommandLine();
    String message =
        wrong instanceof UnmatchedArgumentException unmatched
            ? unmatched(command, unmatched.getUnmatched())
            : SafeText.of(wrong.getMessage());
    invocation.say(message + " (see: " + command.getCommandSpec().qualifiedName() + " --help)");
    return EXIT_CODE;
  }

  private static String unmatched(CommandLine command, List<String> words) {
    String word = words.isEmpty() ? "" : words.get(0);
    if (word.startsWith("-")) {
      String name = word.split("=", 2)[0];
      List<String> options = new ArrayList<>(command.getCommandSpec().optionsMap().keySet());
      return "unknown option " + SafeText.of(name) + suggestion(name, options);
    }
    if (!command.getSubcommands().isEmpty()) {
      List<String> commands = new ArrayList<>(command.getSubcommands().keySet());
      return "unknown command " + SafeText.of(word) + suggestion(word, commands);
    }
    return "unexpected argument " + SafeText.of(word);
  }

  /** The end of a message about a word that is not valid: the nearest one, or all there are. */
  static String suggestion(String word, List<String> valid) {
    return NearestWord.of(word, valid)
        .map(nearest -> "; did you mean " + nearest + "?")
        .orElse(valid.size() <= 8 ? "; valid: " + String.join(", ", valid) : "");
  }
}
