package dev.engram.cli.render;

import dev.engram.collector.analysis.LibraryFrames;
import dev.engram.collector.store.ThrownStack;
import java.util.ArrayList;
import java.util.List;

/** A throwable with its causes, the application's own frames standing out. */
final class StackView {
  /** Causes and suppressed throwables that are shown at most, so that none can run for pages. */
  private static final int MAX_THROWABLES = 20;

  private final Style style;
  private final int maxFrames;
  private final List<String> lines = new ArrayList<>();
  private int throwables;

  /**
   * @param maxFrames most frames of one throwable; where there are more, the application's own are
   *     kept
   */
  StackView(Style style, int maxFrames) {
    this.style = style;
    this.maxFrames = maxFrames;
  }

  List<String> lines(ThrownStack thrown) {
    add("", "", thrown);
    return List.copyOf(lines);
  }

  private void add(String indent, String caption, ThrownStack thrown) {
    if (throwables++ == MAX_THROWABLES) {
      lines.add(indent + style.dim("... and more causes"));
    }
    if (throwables > MAX_THROWABLES) {
      return;
    }
    String headline = SafeText.of(ErrorGroupView.headline(thrown.type(), thrown.message()));
    lines.add(indent + caption + style.red(headline));
    frames(indent, thrown);
    thrown.suppressed().forEach(other -> add(indent + "  ", "suppressed: ", other));
    if (thrown.cause() != null) {
      add(indent, "caused by: ", thrown.cause());
    }
  }

  private void frames(String indent, ThrownStack thrown) {
    List<Boolean> shown = chosen(thrown.frames());
    int hidden = 0;
    for (int i = 0; i < shown.size(); i++) {
      if (!shown.get(i)) {
        hidden++;
        continue;
      }
      hidden = tellHidden(indent, hidden);
      lines.add(indent + "    " + frame(thrown.frames().get(i)));
    }
    tellHidden(indent, hidden + thrown.omittedFrames());
  }

  private int tellHidden(String indent, int hidden) {
    if (hidden > 0) {
      lines.add(indent + "    " + style.dim("... " + hidden + " more"));
    }
    return 0;
  }

  private String frame(String frame) {
    String text = "at " + SafeText.of(frame);
    return LibraryFrames.isInApp(frame) ? style.bold(text) : style.dim(text);
  }

  /** Where it was thrown and the application's own frames; without such, those at the top. */
  private List<Boolean> chosen(List<String> frames) {
    boolean anyInApp = frames.stream().anyMatch(LibraryFrames::isInApp);
    List<Boolean> chosen = new ArrayList<>(frames.size());
    boolean allFit = frames.size() <= maxFrames;
    int left = maxFrames;
    for (int i = 0; i < frames.size(); i++) {
      boolean wanted = allFit || i == 0 || !anyInApp || LibraryFrames.isInApp(frames.get(i));
      boolean shown = wanted && left > 0;
      chosen.add(shown);
      left -= shown ? 1 : 0;
    }
    return chosen;
  }
}
