/**
 * The command line: a picocli skin over {@code collector/query}. {@link dev.engram.cli.Main} is the
 * entry of {@code engram.jar}; one class a command. Answers go to standard output, talk to standard
 * error. Runs on the main thread.
 */
@NullMarked
package dev.engram.cli;

import org.jspecify.annotations.NullMarked;
