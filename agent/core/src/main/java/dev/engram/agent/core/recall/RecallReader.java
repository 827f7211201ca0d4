package dev.engram.agent.core.recall;

import dev.engram.agent.core.control.ControlFile;
import dev.engram.agent.record.control.MalformedControlFileException;
import dev.engram.agent.record.control.RecallFile;
import dev.engram.agent.record.ring.HomeLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/**
 * Takes what the collector learned, when its file changes: once, and again whenever it changed once
 * somebody has asked, so that services which never ask read one file in their life. What cannot be
 * used costs one line, and what was known before is known until it expires. Confined to one thread.
 */
public final class RecallReader {
  private final ControlFile file;
  private final Supplier<Instant> now;
  private String stamp = "";
  private String problem = "";
  private boolean taken;

  /** When what is known ceases to count. */
  private Instant expires = Instant.MAX;

  /** Of the service with this name, which is safe as a file name. */
  public RecallReader(Path home, String service) {
    this(home, service, Instant::now);
  }

  RecallReader(Path home, String service, Supplier<Instant> now) {
    Path folder = home.resolve(HomeLayout.RECALL);
    Path path = folder.resolve(HomeLayout.recallFile(service));
    this.file = new ControlFile(path, folder, RecallFile.MAX_LENGTH);
    this.now = now;
  }

  /** Called about once a second. Never throws. */
  public void beat() {
    if (!taken || Recollections.areAsked()) {
      lookIfChanged();
    }
    if (isExpired()) {
      ignore("has expired");
      forget();
    }
  }

  private void lookIfChanged() {
    String before = stamp;
    stamp = file.stamp();
    try {
      if (!stamp.equals(before)) {
        look();
      }
    } catch (MalformedControlFileException unusable) {
      ignore(file.inWords(unusable));
    } catch (IOException | RuntimeException unreadable) {
      stamp = ControlFile.UNREAD;
      ignore(file.inWords(unreadable));
    }
  }

  private void look() throws MalformedControlFileException, IOException {
    if (stamp.isEmpty()) {
      problem = "";
      forget();
      return;
    }
    RecallFile read = RecallFile.parse(file.text());
    problem = "";
    taken = true;
    expires = read.expires();
    Recollections.learn(isExpired() ? List.of() : read.recollections());
  }

  private boolean isExpired() {
    return !now.get().isBefore(expires);
  }

  private void forget() {
    expires = Instant.MAX;
    Recollections.learn(List.of());
  }

  private void ignore(String why) {
    if (!why.equals(problem)) {
      problem = why;
      file.say("is ignored, it " + why + "; a collector that learns something new writes it anew");
    }
  }
}
