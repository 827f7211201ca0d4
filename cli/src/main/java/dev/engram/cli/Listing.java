package dev.engram.cli;

import dev.engram.cli.render.Terminal;
import dev.engram.cli.render.Units;
import dev.engram.collector.query.Queries;
import dev.engram.collector.query.Range;
import dev.engram.collector.server.Memory;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The answer of a command that lists something: JSON Lines, CSV or a table; why, when there is
 * nothing; what it may lack. Runs on the main thread.
 *
 * @param what the plural of what is listed
 * @param json one of them in one line
 * @param table all of them
 * @param after says what else there is to say, on standard error
 */
record Listing<T>(
    String what,
    Function<T, String> json,
    BiConsumer<List<T>, Terminal> table,
    Consumer<Queries> after) {
  /** One after which nothing else is said. */
  Listing(String what, Function<T, String> json, BiConsumer<List<T>, Terminal> table) {
    this(what, json, table, queries -> {});
  }

  /** The same with something to say after the answer. */
  Listing<T> after(Consumer<Queries> last) {
    return new Listing<>(what, json, table, last);
  }

  /**
   * Asks the memory, and answers.
   *
   * @return the exit code
   */
  int answer(
      Invocation invocation,
      ListingOptions options,
      Range range,
      Function<Queries, List<T>> question) {
    return answer(invocation, options, question, found -> range);
  }

  /**
   * The same.
   *
   * @param covered what time the answer is of
   */
  int answer(
      Invocation invocation,
      ListingOptions options,
      Function<Queries, List<T>> question,
      Function<List<T>, Range> covered) {
    try (Memory memory = Memory.open(options.home(invocation))) {
      Queries queries = memory.queries();
      List<T> found = question.apply(queries);
      if (found.isEmpty()) {
        EmptyAnswer.say(invocation, what, options.rangeOptions(), queries);
      } else {
        write(invocation, options, found);
      }
      after.accept(queries);
      invocation.sayIncomplete(queries.losses(covered.apply(found)));
      return found.isEmpty() ? options.exitCodeOfNothing() : 0;
    }
  }

  private void write(Invocation invocation, ListingOptions options, List<T> found) {
    if (options.sorts() && found.size() >= SortOption.MOST) {
      invocation.say(
          "sorted are the first "
              + Units.count(found.size())
              + " "
              + what
              + " alone; ask for fewer with --since or --where");
    }
    List<T> wanted = options.wanted(found, json);
    options.output().write(wanted, json, table, invocation.terminal());
  }
}
