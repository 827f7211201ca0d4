/**
 * What people change while the service runs, {@code control/switches.json} in the memory home,
 * which remedies the collector found to help, {@code control/remedies.json}, and how this and other
 * small files of the home are read. Looked at by the agent's start on the writer thread, about once
 * a second; never on an application's thread, nor before the agent has started.
 */
@NullMarked
package dev.engram.agent.core.control;

import org.jspecify.annotations.NullMarked;
