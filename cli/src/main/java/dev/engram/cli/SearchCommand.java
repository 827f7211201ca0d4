package dev.engram.cli;

import dev.engram.cli.render.FoundTextView;
import dev.engram.cli.render.Units;
import dev.engram.collector.query.FoundText;
import dev.engram.collector.query.FoundTexts;
import dev.engram.collector.query.Queries;
import dev.engram.collector.query.Range;
import dev.engram.collector.store.SearchIn;
import dev.engram.collector.store.SearchQuery;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code engram search}. */
@Command(
    name = "search",
    description = "Searches what was said: by exceptions, logs, models, tools and bodies.",
    footer = {
      "",
      "All words must be there, in any order; \"out of memory\" only in this one; memor* is the"
          + " beginning of a word. Case and accents make no difference.",
      "Bodies have no index: they are read, newest first; --since makes it short."
    })
final class SearchCommand implements Callable<Integer> {
  private static final List<String> PLACES =
      Arrays.stream(SearchIn.values()).map(place -> place.name().toLowerCase(Locale.ROOT)).toList();

  private final Invocation invocation;

  @Parameters(paramLabel = "TEXT", arity = "1..*", description = "What to search for.")
  private List<String> words = new ArrayList<>();

  @Option(
      names = "--in",
      paramLabel = "PLACE",
      split = ",",
      description =
          "Where: errors, logs, ai (with tools and workflows), bodies; errors,logs,ai otherwise.")
  private List<String> in = new ArrayList<>();

  @Mixin private ListingOptions listing = new ListingOptions();
  @Mixin private RequestOptions request = new RequestOptions();

  @Spec private CommandSpec command = CommandSpec.create();

  SearchCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    SearchQuery query = query();
    Set<SearchIn> places = places();
    Range range = request.ofMoments(listing.range(invocation), listing.home(invocation));
    return new Listing<>(
            "texts with these words",
            FoundTextView::json,
            (found, terminal) -> FoundTextView.print(found, terminal, invocation.zone()))
        .answer(invocation, listing, range, queries -> search(queries, query, places, range));
  }

  private List<FoundText> search(
      Queries queries, SearchQuery query, Set<SearchIn> places, Range range) {
    FoundTexts answer = queries.search(query, places, range);
    if (answer.searchedSinceEpochNanos() > range.sinceEpochNanos()) {
      invocation.say(
          "not all was searched that is older than "
              + Units.time(answer.searchedSinceEpochNanos(), invocation.zone()));
    }
    boolean leftOut = !places.contains(SearchIn.BODIES) && !queries.instances().isEmpty();
    if (answer.found().isEmpty() && leftOut) {
      invocation.say("bodies are searched with --in bodies");
    }
    return answer.found();
  }

  private SearchQuery query() {
    SearchQuery query = SearchQuery.of(String.join(" ", words));
    if (query.phrases().isEmpty()) {
      throw new ParameterException(
          command.commandLine(), "TEXT takes letters or digits to search for");
    }
    if (query.cut()) {
      invocation.say("only the first words count, " + SearchQuery.MOST_WORDS + " at most");
    }
    return query;
  }

  private Set<SearchIn> places() {
    if (in.isEmpty()) {
      return EnumSet.complementOf(EnumSet.of(SearchIn.BODIES));
    }
    Set<SearchIn> places = EnumSet.noneOf(SearchIn.class);
    for (String place : in) {
      String word = place.strip().toLowerCase(Locale.ROOT);
      if (!PLACES.contains(word)) {
        throw new ParameterException(
            command.commandLine(),
            "--in cannot be " + place + UsageErrors.suggestion(word, PLACES));
      }
      places.add(SearchIn.valueOf(word.toUpperCase(Locale.ROOT)));
    }
    return places;
  }
}
