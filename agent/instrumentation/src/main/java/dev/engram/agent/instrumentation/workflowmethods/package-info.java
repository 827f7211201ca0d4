/**
 * Runs of workflows and their nodes in plain code: methods that are annotated with
 * {@code @WorkflowRun} and {@code @WorkflowNode}, or named in {@code engram.workflows} and {@code
 * engram.workflows.nodes}. The advice and capture classes run on application threads, loaded beside
 * the class of the method; the annotation is read by name, since the application may not have it.
 */
@NullMarked
package dev.engram.agent.instrumentation.workflowmethods;

import org.jspecify.annotations.NullMarked;
