package dev.engram.agent.core.decision;

import dev.engram.agent.core.capture.ApplicationText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Parts of a decision as texts and numbers. Runs code of the application where it is given some.
 */
final class Parts {
  private Parts() {}

  static String text(@Nullable Object part) {
    return part instanceof Enum<?> constant ? constant.name() : ApplicationText.of(part);
  }

  /** NaN for what is no number. */
  static double number(@Nullable Object part) {
    if (part instanceof Number number) {
      return number.doubleValue();
    }
    try {
      return part instanceof String text ? Double.parseDouble(text.strip()) : Double.NaN;
    } catch (NumberFormatException noNumber) {
      return Double.NaN;
    }
  }

  /** The elements of a collection or an array; else the one part itself, or none. */
  static List<String> texts(@Nullable Object part) {
    List<String> texts = new ArrayList<>();
    if (part instanceof Optional<?> perhaps) {
      return texts(perhaps.orElse(null));
    }
    if (part instanceof Collection<?> all) {
      Iterator<?> each = all.iterator();
      while (texts.size() < Choice.MOST && each.hasNext()) {
        texts.add(text(each.next()));
      }
    } else if (part instanceof Object[] all) {
      for (int i = 0; i < Math.min(Choice.MOST, all.length); i++) {
        texts.add(text(all[i]));
      }
    } else if (part != null) {
      texts.add(text(part));
    }
    return texts;
  }
}
