/**
 * What memory recalls of like cases: read from {@code recall/<service>.json} in the memory home,
 * which the collector writes. The file is read on the writer thread, about once a second; whoever
 * asks, on application threads, looks into what was read and waits for nobody.
 */
@NullMarked
package dev.engram.agent.core.recall;

import org.jspecify.annotations.NullMarked;
