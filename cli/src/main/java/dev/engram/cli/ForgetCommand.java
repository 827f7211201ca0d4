package dev.engram.cli;

import dev.engram.cli.render.RemovalView;
import dev.engram.cli.render.SafeText;
import dev.engram.collector.server.Home;
import dev.engram.collector.server.StoreFile;
import dev.engram.collector.server.Upkeep;
import dev.engram.collector.server.Upkeep.Forgotten;
import dev.engram.collector.store.Subject;
import dev.engram.collector.store.TraceId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code engram forget}. */
@Command(
    name = "forget",
    description =
        "Removes everything of a user, a trace, a conversation or a time from the memory and its"
            + " files.",
    footer = {
      "",
      "It asks before it does so, unless --yes is given. What services that run have recorded in"
          + " the last minutes stays in the files of their queues for as long; backups are not"
          + " changed.",
      "Exit code 1 when some of it was not forgotten yet."
    })
final class ForgetCommand implements Callable<Integer> {
  private static final String TRACE = "[0-9a-f]{32}";
  private static final int HALF = 16;

  private final Invocation invocation;

  @ArgGroup(multiplicity = "1")
  private Whom whom = new Whom();

  @Option(names = "--dry-run", description = "Say what would be forgotten, and change nothing.")
  private boolean dryRun;

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  @Option(names = "--json", description = "One JSON object.")
  private boolean json;

  @Mixin private HomeOption homeOption = new HomeOption();

  @Spec private CommandSpec command = CommandSpec.create();

  /** One of them. */
  static final class Whom {
    @Option(
        names = "--user",
        paramLabel = "ID",
        description =
            "A user, by id or by the pseudonym that is remembered: the requests with all that was"
                + " done in them, and the name wherever it says who told something.")
    private @Nullable String user;

    @Option(names = "--trace", paramLabel = "ID", description = "A trace (32 hex digits).")
    private @Nullable String trace;

    @Option(
        names = "--conversation",
        paramLabel = "ID",
        description = "A conversation with a model, with the requests it was led in.")
    private @Nullable String conversation;

    @Option(
        names = "--before",
        paramLabel = "TIME",
        description =
            "Everything that was recorded or told before this time, "
                + TimeExpression.FORMS
                + ", and the counts of what had gone before.")
    private @Nullable String before;
  }

  ForgetCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Home home = homeOption.readable(invocation.environment());
    Subject subject = subject(home);
    if (whom.user != null && StoreFile.isElsewhere(home)) {
      invocation.say(
          "each host has a pseudonym of its own for a user, unless they share control/salt: run"
              + " this on all that write to this database");
    }
    Upkeep upkeep = new Upkeep(home, invocation::say);
    if (!dryRun && !yes && !isWanted(upkeep, subject)) {
      invocation.say("nothing was forgotten");
      return 1;
    }
    Forgotten forgotten = upkeep.forget(subject, !dryRun);
    var out = invocation.terminal().out();
    out.println(
        json
            ? RemovalView.json(dryRun, forgotten.removal().rows(), forgotten.whole())
            : SafeText.of(RemovalView.line(dryRun, forgotten.removal().rows())));
    if (!forgotten.whole()) {
      invocation.say("the collector has not stored all that waits; run this again later");
    }
    return forgotten.whole() ? 0 : 1;
  }

  private Subject subject(Home home) {
    if (whom.trace != null) {
      String hex = whom.trace.toLowerCase(Locale.ROOT);
      if (!hex.matches(TRACE)) {
        throw new ParameterException(
            command.commandLine(), "--trace takes 32 hex digits, not " + whom.trace);
      }
      return new Subject.Trace(
          new TraceId(
              Long.parseUnsignedLong(hex.substring(0, HALF), 16),
              Long.parseUnsignedLong(hex.substring(HALF), 16)));
    }
    if (whom.before != null) {
      return new Subject.Before(epochNanos(whom.before));
    }
    String id = whom.user != null ? whom.user : String.valueOf(whom.conversation);
    if (id.isBlank()) {
      throw new ParameterException(command.commandLine(), "say whom: the id is empty");
    }
    if (whom.user == null) {
      return new Subject.Conversation(id);
    }
    Set<String> ids = new HashSet<>(Set.of(id));
    home.pseudonym(id).ifPresent(ids::add);
    return new Subject.User(ids);
  }

  private long epochNanos(String text) {
    Instant time =
        TimeExpression.parse(text, invocation.clock())
            .filter(it -> !it.isAfter(invocation.clock().instant()))
            .orElseThrow(
                () ->
                    new ParameterException(
                        command.commandLine(),
                        "--before takes a time that has passed, "
                            + TimeExpression.FORMS
                            + ", not "
                            + text));
    return TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
  }

  /** Whoever cannot be asked must have said so before. */
  private boolean isWanted(Upkeep upkeep, Subject subject) {
    if (!invocation.terminal().interactive()) {
      throw new ParameterException(
          command.commandLine(), "give --yes, or --dry-run to see what would be forgotten");
    }
    String line = RemovalView.line(true, upkeep.forget(subject, false).removal().rows());
    invocation.say(line + ". There is no way back. Forget it? [y/N]");
    try {
      String answer =
          new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
      return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
    } catch (IOException unreadable) {
      return false;
    }
  }
}
