/**
 * Customers' tickets and questions, answered with models: an assistant with tools (LangChain4j) and
 * a triage (LangGraph4j). Request threads; nothing is built before the first customer comes.
 */
@NullMarked
package dev.engram.shop.support;

import org.jspecify.annotations.NullMarked;
