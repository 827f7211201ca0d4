package dev.engram.agent.core.recall;

import dev.engram.agent.record.control.Recollection;

/**
 * An answer to a question.
 *
 * @param similarity of the inputs, from 0 to 1, which is for the same input; NaN when the question
 *     had none
 */
public record Match(Recollection recollection, double similarity) {}
