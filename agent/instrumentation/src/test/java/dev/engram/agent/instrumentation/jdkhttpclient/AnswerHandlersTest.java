package dev.engram.agent.instrumentation.jdkhttpclient;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AnswerHandlersTest {
  static Stream<BodyHandler<?>> keeping() {
    return Stream.of(
        BodyHandlers.ofString(),
        BodyHandlers.ofString(StandardCharsets.UTF_16),
        BodyHandlers.ofByteArray(),
        BodyHandlers.ofInputStream(),
        BodyHandlers.discarding(),
        BodyHandlers.replacing("42"));
  }

  static Stream<BodyHandler<?>> givingAway() {
    return Stream.of(
        BodyHandlers.ofByteArrayConsumer(part -> {}),
        BodyHandlers.ofLines(),
        BodyHandlers.ofPublisher(),
        BodyHandlers.buffering(BodyHandlers.ofString(), 16));
  }

  @ParameterizedTest
  @MethodSource("keeping")
  void handlersThatKeepTheBody_areKnown(BodyHandler<?> handler) {
    assertThat(AnswerHandlers.keep(handler)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("givingAway")
  void handlersThatGiveItAwayAsItComes_orMay_areNot(BodyHandler<?> handler) {
    assertThat(AnswerHandlers.keep(handler)).isFalse();
    assertThat(AnswerHandlers.keep(null)).isFalse();
  }

  @Test
  void handlersOfFiles_areNot_andTouchNone(@TempDir Path folder) {
    Path file = folder.resolve("answer");

    assertThat(AnswerHandlers.keep(BodyHandlers.ofFile(file))).isFalse();
    assertThat(file).doesNotExist();
  }

  @Test
  void handlersOfTheApplication_areNotAsked_norWhatWrapsThem() {
    AtomicInteger asked = new AtomicInteger();
    BodyHandler<String> own =
        response -> {
          asked.incrementAndGet();
          return BodySubscribers.ofString(StandardCharsets.UTF_8);
        };

    assertThat(AnswerHandlers.keep(own)).isFalse();
    assertThat(AnswerHandlers.keep(BodyHandlers.buffering(own, 16))).isFalse();
    assertThat(asked).hasValue(0);
  }

  @Test
  void bodiesFromMemory_canBeSentAgain_othersAreNotAsked() {
    assertThat(RequestBodies.areFromMemory(BodyPublishers.ofString("a"))).isTrue();
    assertThat(RequestBodies.areFromMemory(BodyPublishers.ofByteArray(new byte[1]))).isTrue();
    try (SubmissionPublisher<java.nio.ByteBuffer> parts = new SubmissionPublisher<>()) {
      assertThat(RequestBodies.areFromMemory(BodyPublishers.fromPublisher(parts))).isFalse();
    }
  }
}
