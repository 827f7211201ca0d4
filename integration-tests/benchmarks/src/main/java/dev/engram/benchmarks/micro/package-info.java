/**
 * What single steps of a record's way cost when nothing else runs: time and allocated bytes of one
 * call, by JMH. {@link dev.engram.benchmarks.micro.MicroGroup} runs on the main thread; the
 * benchmarks run in JVMs that JMH forks, one thread each beside a drainer.
 */
@NullMarked
package dev.engram.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
