package dev.engram.agent.instrumentation.mongodb;

import static org.assertj.core.api.Assertions.assertThat;

import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{find: 'orders', filter: {a: 1}, $db: 'shop'} | {\"find\": \"orders\", \"filter\": {\"a\": \"?\"}}",
        "{find: 'orders', filter: {a: {$in: [1, 2, 3]}}} | {\"find\": \"orders\", \"filter\": {\"a\": {\"$in\": [\"?\"]}}}",
        "{find: 'orders', filter: {a: 'orders'}} | {\"find\": \"orders\", \"filter\": {\"a\": \"?\"}}",
        "{insert: 'orders', documents: [{a: 1}]} | {\"insert\": \"orders\", \"documents\": \"?\"}",
        "{getMore: 7, collection: 'orders'} | {\"getMore\": \"?\", \"collection\": \"orders\"}",
        "{createUser: 'ann', pwd: 'x'} | {\"createUser\": \"?\", \"pwd\": \"?\"}",
        "{aggregate: 'orders', pipeline: [{$match: {a: 1}}, {$limit: 1}]} | {\"aggregate\": \"orders\", \"pipeline\": [{\"$match\": {\"a\": \"?\"}}, {\"$limit\": \"?\"}]}",
        "{update: 'orders', updates: [{q: {a: 1}}, {q: {a: 2}}]} | {\"update\": \"orders\", \"updates\": [{\"q\": {\"a\": \"?\"}}]}",
        "{ping: 1, lsid: {id: 1}} | {\"ping\": \"?\"}"
      })
  void text_isTheShapeOfTheCommand(String command, String text) {
    BsonDocument sent = BsonDocument.parse(command);
    String collection = CommandText.collection(sent.getFirstKey(), sent);

    assertThat(CommandText.of(sent, collection)).isEqualTo(text);
    assertThat(CommandText.of(RawBsonDocument.parse(command), collection)).isEqualTo(text);
  }

  @Test
  void endlessCommand_hasABoundedText() {
    StringBuilder command = new StringBuilder("{find: 'orders', filter: {");
    for (int i = 0; i < 10_000; i++) {
      command.append("field").append(i).append(": {a: {b: 1}}, ");
    }
    command.append("z: 1}}");

    assertThat(CommandText.of(BsonDocument.parse(command.toString()), "orders"))
        .hasSizeLessThan(2200);
  }

  @Test
  void deepCommand_hasABoundedText() {
    String command = "{find: 'orders', filter: " + "{a: ".repeat(60) + "1" + "}".repeat(61);

    assertThat(CommandText.of(BsonDocument.parse(command), "orders")).hasSizeLessThan(250);
  }
}
