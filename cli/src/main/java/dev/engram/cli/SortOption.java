package dev.engram.cli;

import dev.engram.cli.render.FlatJson;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code --sort}: by which field of its JSON form a listing is sorted. */
final class SortOption {
  /** So many entries are looked at, those that come first without it. */
  static final int MOST = 10_000;

  private static final String DESCENDING = ":desc";
  private static final String ASCENDING = ":asc";
  private static final String ATTRIBUTES = "attributes.";

  private record Sorted<T>(T entry, FlatJson fields) {}

  @Option(
      names = "--sort",
      paramLabel = "FIELD[:desc]",
      description = "By this field of the JSON form, such as duration:desc; of at most 10,000.")
  private @Nullable String sort;

  boolean isGiven() {
    return sort != null;
  }

  /**
   * The entries in the order wanted; as they are where none is. Those without the field go last.
   *
   * @throws ParameterException of this command line when no entry has the field
   */
  <T> List<T> apply(List<T> entries, Function<T, String> json, CommandLine commandLine) {
    if (sort == null || entries.isEmpty()) {
      return entries;
    }
    List<Sorted<T>> sorted = new ArrayList<>();
    entries.forEach(entry -> sorted.add(new Sorted<>(entry, FlatJson.of(json.apply(entry)))));
    boolean descending = sort.endsWith(DESCENDING);
    String field = field(typed(sort), sorted.stream().map(Sorted::fields).toList(), commandLine);
    sorted.sort(Comparator.comparing(Sorted::fields, FlatJson.by(field, descending)));
    return sorted.stream().map(Sorted::entry).toList();
  }

  private static String typed(String sort) {
    int end =
        sort.endsWith(DESCENDING) || sort.endsWith(ASCENDING)
            ? sort.lastIndexOf(':')
            : sort.length();
    return sort.substring(0, end);
  }

  /** Units and the group of attributes may be left out. */
  private static String field(String typed, Collection<FlatJson> entries, CommandLine commandLine) {
    Set<String> known = new LinkedHashSet<>();
    entries.forEach(entry -> known.addAll(entry.names()));
    return Stream.of(typed, ATTRIBUTES + typed)
        .filter(known::contains)
        .findFirst()
        .or(() -> known.stream().filter(name -> name.startsWith(typed + "_")).findFirst())
        .orElseThrow(
            () ->
                new ParameterException(
                    commandLine, "no field " + typed + " to sort by" + choices(typed, known)));
  }

  /** The nearest field, or those that every listing of the kind has. */
  private static String choices(String typed, Set<String> known) {
    String nearest = UsageErrors.suggestion(typed, List.copyOf(known));
    Stream<String> own = known.stream().filter(name -> !name.startsWith(ATTRIBUTES));
    return nearest.isEmpty() ? "; valid: " + own.collect(Collectors.joining(", ")) : nearest;
  }
}
