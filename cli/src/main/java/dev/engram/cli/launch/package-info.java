/**
 * Starting somebody else's program with the agent on: unpacking the agent, putting it into the
 * command, passing signals and exit code through. Called by the commands of this package and by
 * {@code demo}. Runs on the main thread; signal handlers on the JVM's.
 */
@NullMarked
package dev.engram.cli.launch;

import org.jspecify.annotations.NullMarked;
