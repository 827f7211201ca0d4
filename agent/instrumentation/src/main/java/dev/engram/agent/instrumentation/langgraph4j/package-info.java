/**
 * Graphs of LangGraph4j as runs, their nodes as nodes. Actions of nodes and edges are nearly always
 * lambdas, which are never transformed: the generator that walks through a graph is hooked instead.
 * Where it stands is read from its fields, which no version makes public. The advice runs on the
 * threads that read a graph's stream; the instrumentation class is read once by the installer.
 */
@NullMarked
package dev.engram.agent.instrumentation.langgraph4j;

import org.jspecify.annotations.NullMarked;
