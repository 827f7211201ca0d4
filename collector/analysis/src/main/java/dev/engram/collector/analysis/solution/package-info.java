/**
 * What is known against errors: a shipped catalogue, what people wrote, which of it fits an error,
 * and how well it worked. Pure, as all of analysis.
 */
@NullMarked
package dev.engram.collector.analysis.solution;

import org.jspecify.annotations.NullMarked;
