package dev.engram.cli;

import dev.engram.cli.render.SafeText;
import dev.engram.cli.render.Units;
import dev.engram.collector.query.Shown;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Says why an id shows nothing. */
final class WrongId {
  private WrongId() {}

  /** What to throw where the answer to this id is no thing. */
  static RuntimeException of(CommandLine command, String id, Shown answer) {
    if (answer instanceof Shown.Ambiguous several) {
      return new ParameterException(
          command, SafeText.of(id) + " begins several ids: " + String.join(", ", several.ids()));
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
}
