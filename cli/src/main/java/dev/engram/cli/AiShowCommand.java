package dev.engram.cli;

import dev.engram.cli.render.ConversationView;
import dev.engram.cli.render.SafeText;
import dev.engram.collector.query.Conversation;
import dev.engram.collector.query.Queries;
import dev.engram.collector.query.Shown;
import dev.engram.collector.server.Memory;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code engram ai show}. */
@Command(
    name = "show",
    description = "Shows one call of a model as the conversation that it was, with its cost.",
    footer = "Exit code 1 when there is no call with the id.")
final class AiShowCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Parameters(
      paramLabel = "ID",
      description =
          "A span (16 hex digits), a trace with one call of a model (32), or its beginning.")
  private String id = "";

  @Option(names = "--json", description = "JSON Lines: one object a line.")
  private boolean json;

  @Mixin private HomeOption home = new HomeOption();
  @Spec private CommandSpec command = CommandSpec.create();

  AiShowCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    try (Memory memory = Memory.open(home.readable(invocation.environment()))) {
      Queries queries = memory.queries();
      Shown shown = queries.conversation(id);
      if (shown instanceof Conversation conversation) {
        print(conversation);
        invocation.sayIncomplete(queries.losses(conversation));
      } else {
        sayWhatIsWrong(shown);
      }
    }
    return 0;
  }

  private void print(Conversation conversation) {
    if (json) {
      invocation.terminal().out().println(ConversationView.json(conversation));
    } else {
      new ConversationView(conversation, invocation.terminal()).print(invocation.zone());
    }
  }

  private void sayWhatIsWrong(Shown shown) {
    if (shown instanceof Shown.Ambiguous several) {
      throw new ParameterException(
          command.commandLine(),
          SafeText.of(id) + " stands for several calls: " + String.join(", ", several.ids()));
    }
    if (shown instanceof Shown.NotFound missing && !missing.readable()) {
      throw new ParameterException(
          command.commandLine(), id + " is no id; ids stand in: engram ai calls");
    }
    throw new CommandException("no call of a model with the id " + id + "; see: engram ai calls");
  }
}
