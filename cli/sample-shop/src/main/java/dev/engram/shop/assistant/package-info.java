/**
 * Answers questions about the shop with a text function that always says the same. Request threads.
 */
@NullMarked
package dev.engram.shop.assistant;

import org.jspecify.annotations.NullMarked;
