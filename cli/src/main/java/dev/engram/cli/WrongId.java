package dev.engram.cli;

import dev.engram.cli.render.SafeText;
import dev.engram.cli.render.Units;
import dev.engram.collector.query.Shown;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Says why an id shows nothing. */
final class WrongId {
  /** Most ids that are named where one was typed that begins several. */
  private static final int MOST_NAMED = 10;

  private WrongId() {}

  /** What to throw where the answer to this id is no thing. */
  static RuntimeException of(CommandLine command, String id, Shown answer) {
    if (answer instanceof Shown.Ambiguous several) {
      return several(command, id, several.ids());
    }
    if (answer instanceof Shown.NotFound missing && !missing.readable()) {
      return new ParameterException(
          command, id + " is no id; ids stand in: engram requests, engram errors");
    }
    if (answer instanceof Shown.Gone gone) {
      return new CommandException(
          gone.group().label()
              + " is known ("
              + gone.group().type()
              + ", "
              + Units.count(gone.group().count())
              + " times), but its exceptions have gone with their age");
    }
    return new CommandException(
        "nothing with the id " + id + "; see: engram requests, engram errors");
  }

  /**
   * The only one of those whose ids begin so; empty where there is none.
   *
   * @param id as it was typed
   * @param label the whole id of one
   * @throws ParameterException of this command when there are several
   */
  static <T> Optional<T> one(
      CommandLine command, String id, List<T> found, Function<T, String> label) {
    if (found.size() > 1) {
      throw several(command, id, found.stream().limit(MOST_NAMED).map(label).toList());
    }
    return found.stream().findFirst();
  }

  private static ParameterException several(CommandLine command, String id, List<String> ids) {
    return new ParameterException(
        command, SafeText.of(id) + " begins several ids: " + String.join(", ", ids));
  }
}
