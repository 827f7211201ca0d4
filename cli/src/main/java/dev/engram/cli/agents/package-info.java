/**
 * What running agents say of themselves, and what people switch in them. Called by the commands of
 * this package and of {@code launch}. Reads and writes small files of the memory home; runs on the
 * main thread.
 */
@NullMarked
package dev.engram.cli.agents;

import org.jspecify.annotations.NullMarked;
