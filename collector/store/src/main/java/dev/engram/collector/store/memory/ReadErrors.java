package dev.engram.collector.store.memory;

import static java.util.Comparator.comparingLong;

import dev.engram.collector.store.ExceptionFilter;
import dev.engram.collector.store.ExceptionGroup;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.StoredException;
import dev.engram.collector.store.ThrowCountRow;
import dev.engram.collector.store.ThrowFilter;
import dev.engram.collector.store.ThrowSummary;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Answers what is asked of exceptions. Thread-safe. */
final class ReadErrors {
  private final Memory memory;
  private final StoredRows rows;
  private final Questions questions;

  ReadErrors(Memory memory) {
    this.memory = memory;
    rows = new StoredRows(memory);
    questions = new Questions(memory);
  }

  List<StoredException> exceptions(ExceptionFilter filter) {
    return questions.limited(
        filter.limit(),
        () ->
            rows.exceptions()
                .filter(exception -> Filters.takes(filter, exception))
                .filter(exception -> Filters.takesIdentity(filter, exception.row()))
                .filter(exception -> rows.meets(filter.where(), exception))
                .sorted(StoredException.EARLIEST_FIRST.reversed()));
  }

  List<StoredException> latest(ExceptionFilter filter) {
    return questions.locked(
        () ->
            rows
                .exceptions()
                .filter(exception -> Filters.takes(filter, exception))
                .filter(exception -> Filters.takesIdentity(filter, exception.row()))
                .filter(exception -> rows.meets(filter.where(), exception))
                .collect(
                    Collectors.toMap(
                        exception -> exception.row().fingerprint(),
                        exception -> exception,
                        BinaryOperator.maxBy(StoredException.EARLIEST_FIRST),
                        TreeMap::new))
                .values()
                .stream()
                .toList());
  }

  List<StoredException> arrivedExceptions(ExceptionFilter filter, long afterArrival) {
    return questions.limited(
        filter.limit(),
        () ->
            rows.exceptions()
                .filter(exception -> exception.arrival() > afterArrival)
                .filter(exception -> Filters.takes(filter, exception))
                .filter(exception -> Filters.takesIdentity(filter, exception.row()))
                .filter(exception -> rows.meets(filter.where(), exception))
                .sorted(comparingLong(StoredException::arrival)));
  }

  List<ExceptionGroup> exceptionGroups(ExceptionFilter filter) {
    return questions.limited(
        filter.limit(),
        () ->
            Summaries.groups(
                Stream.concat(
                    rows.exceptions()
                        .filter(exception -> Filters.takes(filter, exception))
                        .filter(exception -> isOf(filter, exception.row().fingerprint()))
                        .filter(exception -> rows.meets(filter.where(), exception))
                        .map(GroupShare::of),
                    memory.gone.taken(filter).filter(it -> isOf(filter, it.fingerprint())))));
  }

  private static boolean isOf(ExceptionFilter filter, long fingerprint) {
    return filter.fingerprint() == 0 || filter.fingerprint() == fingerprint;
  }

  List<Long> fingerprints(String prefix) {
    return questions.matching(
        prefix,
        Questions::hex,
        () ->
            Stream.concat(
                rows.exceptions().map(exception -> exception.row().fingerprint()),
                memory.gone.fingerprints()));
  }

  Optional<List<String>> frames(InstanceId instance, long stackHash) {
    return questions.locked(
        () ->
            Optional.ofNullable(memory.instances.get(instance))
                .map(remembered -> remembered.framesByHash.get(stackHash)));
  }

  List<ThrowSummary> throwCounts(ThrowFilter filter) {
    return questions.locked(
        () ->
            rows
                .of(ThrowCountRow.class)
                .map(
                    count ->
                        ThrowSummary.of(
                            count.row(), rows.service(count.instance()), count.instance()))
                .filter(count -> Filters.takes(filter, count))
                .collect(Collectors.toMap(ThrowSummary::key, count -> count, ThrowSummary::plus))
                .values()
                .stream()
                .sorted(ThrowSummary.ORDER)
                .toList());
  }
}
