package dev.engram.cli;

import picocli.CommandLine.Command;

/** {@code engram solutions}. */
@Command(
    name = "solutions",
    description = "Lists what is known against errors, and how well it worked; or writes it down.",
    footer = {
      "",
      "Such as: engram solutions --own",
      "         engram solutions add E-1f0c --remedy 'raise maximumPoolSize to 20'",
      "         engram solutions worked S-hikari-exhausted E-1f0c"
    })
final class SolutionsCommand extends SolutionsListCommand {
  SolutionsCommand(Invocation invocation) {
    super(invocation);
  }
}
