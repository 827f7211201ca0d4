package dev.engram.cli.render;

import java.util.List;

/** Takes the pages of one export in their order. For one thread. */
public interface ExportPages<T> {
  void write(List<T> page);

  /** Writes what stands behind the last page; not called when an export fails. */
  void end();
}
