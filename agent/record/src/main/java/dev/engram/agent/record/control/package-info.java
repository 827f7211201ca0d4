/**
 * The small files of a memory home that steer or inform running services: what people switch, below
 * {@code control/}, which the command line writes; the remedies beside it, and what services may
 * recall, below {@code recall/}, which the collector writes. Pure; read by the agent on its writer
 * thread, never on an application's.
 */
@NullMarked
package dev.engram.agent.record.control;

import org.jspecify.annotations.NullMarked;
