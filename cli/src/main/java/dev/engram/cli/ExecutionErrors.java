package dev.engram.cli;

import dev.engram.collector.server.HomeException;
import dev.engram.collector.store.StoreException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns what a command throws into one line; a defect of ours keeps its stack for the report. */
final class ExecutionErrors implements IExecutionExceptionHandler {
  private static final int EXIT_CODE = 1;

  private final Invocation invocation;

  ExecutionErrors(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public int handleExecutionException(Exception thrown, CommandLine command, ParseResult parsed) {
    if (thrown instanceof CommandException
        || thrown instanceof HomeException
        || thrown instanceof StoreException) {
      invocation.say(String.valueOf(thrown.getMessage()));
    } else {
      invocation.say("this should not happen, please report it with what follows:");
      thrown.printStackTrace(invocation.terminal().err());
    }
    return thrown instanceof CommandException failed ? failed.exitCode() : EXIT_CODE;
  }
}
