package dev.engram.cli;

import dev.engram.collector.server.Home;
import dev.engram.collector.server.StoreFile;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code engram store init}. */
@Command(
    name = "init",
    description =
        "Keeps this memory in a PostgreSQL database, whose tables it makes or brings up to date.",
    footer = {
      "",
      "The password is taken from ENGRAM_STORE_PASSWORD, or else from ~/.pgpass.",
      "Such as: engram store init --url jdbc:postgresql://db.example/engram --user engram"
    })
final class StoreInitCommand implements Callable<Integer> {
  private static final String PASSWORD = "ENGRAM_STORE_PASSWORD";

  private final Invocation invocation;

  @Option(
      names = "--url",
      required = true,
      paramLabel = "URL",
      description = "The database, as PostgreSQL's driver names it.")
  private String url = "";

  @Option(names = "--user", paramLabel = "NAME", description = "Its user.")
  private @Nullable String user;

  @Mixin private HomeOption homeOption = new HomeOption();

  StoreInitCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Home home = homeOption.home(invocation.environment());
    String store = StoreFile.init(home, url, user, invocation.environment().get(PASSWORD));
    invocation.terminal().out().println("the memory of " + home.folder() + " is kept in " + store);
    return 0;
  }
}
