package dev.engram.cli;

import java.util.Optional;
import java.util.function.IntFunction;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** {@code --no-http} and {@code --http-port}: whether and where a collector listens. */
public final class HttpOptions {
  private static final int HIGHEST_PORT = 65_535;

  @Option(
      names = "--no-http",
      description = "Do not listen; otherwise programs of this machine may tell over HTTP.")
  private boolean none;

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      description =
          "Listen here, on the loopback address; 0, the default, takes any free port. Address and"
              + " token stand in the home's collector.json.")
  private int port;

  @Spec(Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  /**
   * Has it listen, unless the person does not want it.
   *
   * @param collector takes the port and tells the address
   */
  public Optional<String> listen(IntFunction<Optional<String>> collector) {
    if (port < 0 || port > HIGHEST_PORT) {
      throw new ParameterException(
          command.commandLine(), "--http-port takes a number from 0 to 65535, not " + port);
    }
    return none ? Optional.empty() : collector.apply(port);
  }
}
