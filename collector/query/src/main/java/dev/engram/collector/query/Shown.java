package dev.engram.collector.query;

import dev.engram.collector.analysis.ErrorGroup;
import java.util.List;

/** The answer to "show me this id". */
public sealed interface Shown
    permits TraceTree,
        ErrorDetail,
        Conversation,
        Timeline,
        Shown.Ambiguous,
        Shown.Gone,
        Shown.NotFound {
  /**
   * The text begins several ids.
   *
   * @param ids in full; a selection when there are many
   */
  record Ambiguous(List<String> ids) implements Shown {}

  /** An error group of which every exception has gone with its age. */
  record Gone(ErrorGroup group) implements Shown {}

  /**
   * Nothing has this id.
   *
   * @param readable whether the text could be an id at all
   */
  record NotFound(boolean readable) implements Shown {}
}
