package dev.engram.collector.server;

import dev.engram.agent.record.control.MalformedControlFileException;
import dev.engram.agent.record.control.RecallFile;
import dev.engram.agent.record.control.Recollection;
import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.collector.analysis.recall.KnownSolution;
import dev.engram.collector.analysis.recall.KnownSolutions;
import dev.engram.collector.analysis.recall.PastAnswer;
import dev.engram.collector.analysis.recall.PastAnswers;
import dev.engram.collector.intake.PrivateFiles;
import dev.engram.collector.store.StoreReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What services of a home may recall, a file for each. Looks into the store only when something was
 * learned or there is a new error, while it may still become known what came of the latest answers,
 * and once a day. For one thread at a time.
 */
final class RecallFiles {
  /** So long something is recalled. */
  private static final Duration KEPT = Duration.ofDays(30);

  private static final Duration RENEWED_AFTER = Duration.ofDays(1);

  /** So long after an answer what came of it may follow by itself, as its request ends. */
  private static final Duration OPEN = Duration.ofMinutes(10);

  private static final Duration LOOKED_AGAIN_AFTER = Duration.ofSeconds(10);

  /** What agents call their services, so that the name is one of a file. */
  private static final Pattern SERVICE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,63}");

  private static final String FILES = HomeLayout.recallFile("*");

  private final Home home;
  private final StoreReader reader;
  private final LongSupplier learned;
  private final LongSupplier erred;
  private final Clock clock;
  private final Trouble trouble;
  private final Map<String, List<Recollection>> written = new HashMap<>();
  private List<KnownSolution> solutions = List.of();
  private boolean solutionsAreStale = true;
  private long seen;
  private long seenErrors;
  private Instant lookAgain = Instant.MAX;
  private Instant renew = Instant.MAX;

  /**
   * Of this home.
   *
   * @param learned rises when there is something new in the store
   * @param erred rises when there is a new error in it, or something new is known against errors
   * @param log takes one line for a person at a time
   */
  RecallFiles(
      Home home,
      StoreReader reader,
      LongSupplier learned,
      LongSupplier erred,
      Clock clock,
      Consumer<String> log) {
    this.home = home;
    this.reader = reader;
    this.learned = learned;
    this.erred = erred;
    this.clock = clock;
    this.trouble = new Trouble(log, "what services may recall is not brought up to date now", "");
  }

  /** The next look is into the store, whatever was learned since this process began. */
  void lookAnyway() {
    lookAgain = Instant.MIN;
  }

  /** Removes them all, and writes those anew of which something is left to recall. */
  void renew() {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(home.recall(), FILES)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    } catch (IOException failure) {
      trouble.is(failure);
    }
    lookAnyway();
    refresh();
  }

  /** What cannot be read or written now costs one line, and is tried again. */
  void refresh() {
    Instant time = clock.instant();
    if (!hasNews() && time.isBefore(lookAgain) && time.isBefore(renew)) {
      return;
    }
    try {
      long since = TimeUnit.SECONDS.toNanos(time.minus(KEPT).getEpochSecond());
      if (solutionsAreStale || !time.isBefore(renew)) {
        solutions = KnownSolutions.of(reader, SolutionCatalogue::shipped, since);
        solutionsAreStale = false;
      }
      write(PastAnswers.latest(reader, since), time);
      trouble.isOver();
    } catch (IOException | RuntimeException failure) {
      lookAgain = time.plus(LOOKED_AGAIN_AFTER);
      renew = renew.isBefore(lookAgain) ? lookAgain : renew;
      trouble.is(failure);
    }
  }

  /** Since the last time. */
  private boolean hasNews() {
    long now = learned.getAsLong();
    long errors = erred.getAsLong();
    boolean news = now != seen || errors != seenErrors;
    solutionsAreStale |= errors != seenErrors;
    seen = now;
    seenErrors = errors;
    return news;
  }

  private void write(List<PastAnswer> answers, Instant time) throws IOException {
    Map<String, List<Recollection>> byService = new LinkedHashMap<>();
    // First, because what a file has no room for is left out at its end.
    for (KnownSolution known : solutions) {
      add(byService, known.service(), RecollectionMapper.map(known));
    }
    boolean open = false;
    for (PastAnswer answer : answers) {
      if (!answer.decision().row().name().isEmpty()) {
        add(byService, answer.decision().service(), RecollectionMapper.map(answer));
      }
      open |= isOpen(answer, time);
    }
    boolean renewing = !time.isBefore(renew);
    for (Map.Entry<String, List<Recollection>> each : byService.entrySet()) {
      if (renewing || !each.getValue().equals(written.get(each.getKey()))) {
        write(each.getKey(), each.getValue(), time);
      }
    }
    withdrawFromOthersThan(byService.keySet());
    lookAgain = open ? time.plus(LOOKED_AGAIN_AFTER) : Instant.MAX;
    renew = renewing || renew.equals(Instant.MAX) ? time.plus(RENEWED_AFTER) : renew;
  }

  private static void add(
      Map<String, List<Recollection>> byService, String service, Recollection recollection) {
    if (SERVICE.matcher(service).matches()) {
      byService.computeIfAbsent(service, absent -> new ArrayList<>()).add(recollection);
    }
  }

  private static boolean isOpen(PastAnswer answer, Instant time) {
    boolean known = answer.judged().outcome().isKnown() || answer.judged().outcome().isTold();
    return !known && RecollectionMapper.time(answer).plus(OPEN).isAfter(time);
  }

  private void write(String service, List<Recollection> recollections, Instant time)
      throws IOException {
    byte[] json = json(recollections, time.plus(KEPT));
    PrivateFiles.replace(home.recall().resolve(HomeLayout.recallFile(service)), json);
    written.put(service, recollections);
  }

  /**
   * What is no longer known against errors goes at once from the files of services of which there
   * is nothing new. Their answers stay until they expire: those of services that answer more often
   * take their place among the latest.
   */
  private void withdrawFromOthersThan(Set<String> services) throws IOException {
    written.keySet().retainAll(services);
    Path folder = home.folder().resolve(HomeLayout.RECALL);
    if (!Files.isDirectory(folder)) {
      return;
    }
    Set<String> kept = services.stream().map(HomeLayout::recallFile).collect(Collectors.toSet());
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, FILES)) {
      for (Path file : files) {
        if (!kept.contains(file.getFileName().toString())) {
          withdraw(file);
        }
      }
    }
  }

  private static void withdraw(Path path) throws IOException {
    RecallFile file = read(path);
    List<Recollection> answers =
        file.recollections().stream().filter(it -> !it.kind().equals(Recollection.ERROR)).toList();
    if (answers.isEmpty()) {
      Files.deleteIfExists(path);
    } else if (answers.size() < file.recollections().size()) {
      PrivateFiles.replace(path, json(answers, file.expires()));
    }
  }

  /** With nothing in it where no agent can read it. */
  private static RecallFile read(Path path) throws IOException {
    try {
      return RecallFile.parse(Files.readString(path));
    } catch (MalformedControlFileException | MalformedInputException useless) {
      return new RecallFile(Instant.MIN, List.of());
    }
  }

  /** As many of the first as one file may hold. */
  private static byte[] json(List<Recollection> recollections, Instant expires) {
    int count = Math.min(RecallFile.MOST, recollections.size());
    while (true) {
      String text = new RecallFile(expires, recollections.subList(0, count)).toJson();
      byte[] json = text.getBytes(StandardCharsets.UTF_8);
      if (json.length <= RecallFile.MAX_LENGTH) {
        return json;
      }
      count = count * 3 / 4;
    }
  }
}
