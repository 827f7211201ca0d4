package dev.engram.cli;

import dev.engram.cli.render.SafeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line what was wrong with the command line and what was probably meant. */
public final class UsageErrors implements IParameterExceptionHandler {
  static final int EXIT_CODE = 2;

  private final Invocation invocation;

  UsageErrors(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public int handleParseException(ParameterException wrong, String[] args) {
    CommandLine command = wrong.getCommandLine();
    String message = SafeText.of(message(command, wrong));
    invocation.say(message + " (see: " + command.getCommandSpec().qualifiedName() + " --help)");
    return EXIT_CODE;
  }

  private static String message(CommandLine command, ParameterException wrong) {
    if (wrong instanceof UnmatchedArgumentException unmatched) {
      return unmatched(command, unmatched.getUnmatched());
    }
    if (wrong instanceof MissingParameterException missing && !missing.getMissing().isEmpty()) {
      return missing(missing.getMissing().get(0));
    }
    boolean number = wrong.getArgSpec() != null && wrong.getArgSpec().type() == int.class;
    return number && wrong.getArgSpec() instanceof OptionSpec option
        ? option.longestName() + " takes a whole number, not " + wrong.getValue()
        : String.valueOf(wrong.getMessage());
  }

  private static String missing(ArgSpec missing) {
    return missing instanceof OptionSpec option
        ? option.longestName()
            + " takes a value: "
            + option.longestName()
            + "="
            + option.paramLabel()
        : missing.paramLabel() + " is missing; give it after the options";
  }

  private static String unmatched(CommandLine command, List<String> words) {
    String word = words.isEmpty() ? "" : words.get(0);
    if (word.startsWith("-")) {
      String name = word.split("=", 2)[0];
      List<String> options = new ArrayList<>(command.getCommandSpec().optionsMap().keySet());
      return "unknown option " + SafeText.of(name) + suggestion(name, options);
    }
    if (!command.getSubcommands().isEmpty()) {
      return "unknown command " + SafeText.of(word) + command(word, command.getSubcommands());
    }
    return "unexpected argument " + SafeText.of(word);
  }

  /**
   * The end of a message about a command that is unknown here: where there is one, or the nearest.
   */
  private static String command(String word, Map<String, CommandLine> commands) {
    List<String> further =
        commands.entrySet().stream()
            .filter(above -> above.getValue().getSubcommands().containsKey(word))
            .map(above -> above.getKey() + " " + word)
            .toList();
    return further.isEmpty()
        ? suggestion(word, List.copyOf(commands.keySet()))
        : "; did you mean " + String.join(" or ", further) + "?";
  }

  /**
   * Refuses numbers below 1.
   *
   * @throws ParameterException of this command line
   */
  static void requireFromOne(CommandLine command, String option, int number) {
    if (number < 1) {
      throw new ParameterException(command, option + " takes a number from 1, not " + number);
    }
  }

  /** The end of a message about a word that is not valid: the nearest one, or all there are. */
  public static String suggestion(String word, List<String> valid) {
    return NearestWord.of(word, valid)
        .map(nearest -> "; did you mean " + nearest + "?")
        .orElse(valid.size() <= 8 ? "; valid: " + String.join(", ", valid) : "");
  }
}
