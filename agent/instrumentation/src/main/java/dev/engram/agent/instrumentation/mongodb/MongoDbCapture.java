package dev.engram.agent.instrumentation.mongodb;

import com.mongodb.MongoException;
import com.mongodb.ServerAddress;
import com.mongodb.connection.ConnectionDescription;
import com.mongodb.event.CommandFailedEvent;
import com.mongodb.event.CommandSucceededEvent;
import dev.engram.agent.core.attach.Attachments;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.record.AttributeKey;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.ExceptionOrigin;
import dev.engram.agent.record.SpanKind;
import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** Opens a command's span on the thread that sends it. A connection sends one at a time. */
final class MongoDbCapture {
  private static final String SYSTEM = "mongodb";
  private static final String SITE = "com.mongodb.client.MongoClient";
  private static final AttributeKey COLLECTION = AttributeKey.of("db.collection.name");
  private static final Set<String> WRITES = Set.of("insert", "update", "delete", "bulkWrite");

  /** By the connection's description. */
  private static final Attachments<OpenSpan> SENT = new Attachments<>();

  private MongoDbCapture() {}

  static void started(@Nullable String database, String name, Object command, Object connection) {
    OpenSpan span = Tracing.open(SpanKind.CLIENT, Category.DB, name);
    if (span == null) {
      return;
    }
    SENT.put(connection, span);
    span.put(AttributeKey.DB_SYSTEM_NAME, SYSTEM)
        .put(AttributeKey.DB_OPERATION_NAME, name)
        .put(AttributeKey.DB_NAMESPACE, database);
    ServerAddress server = ((ConnectionDescription) connection).getServerAddress();
    span.put(AttributeKey.SERVER_ADDRESS, server.getHost())
        .put(AttributeKey.SERVER_PORT, server.getPort());
    BsonDocument sent = (BsonDocument) command;
    String collection = CommandText.collection(name, sent);
    if (collection != null) {
      span.name(name + " " + collection).put(COLLECTION, collection);
    }
    span.put(AttributeKey.DB_QUERY_TEXT, CommandText.of(sent, collection));
  }

  static void succeeded(CommandSucceededEvent event) {
    OpenSpan span = SENT.remove(event.getConnectionDescription());
    if (span == null) {
      return;
    }
    if (WRITES.contains(event.getCommandName())) {
      failWhereRefused(span, event.getResponse());
    }
    span.end();
  }

  static void failed(CommandFailedEvent event) {
    OpenSpan span = SENT.remove(event.getConnectionDescription());
    if (span == null) {
      return;
    }
    Throwable thrown = event.getThrowable();
    if (thrown instanceof MongoException refused && refused.getCode() > 0) {
      span.put(AttributeKey.DB_RESPONSE_STATUS_CODE, Integer.toString(refused.getCode()));
    }
    span.fail(thrown, ExceptionOrigin.ESCAPED, SITE);
    span.end();
  }

  /** A write may be refused in a reply that says that the command went well. */
  private static void failWhereRefused(OpenSpan span, BsonDocument response) {
    BsonValue errors = response.get("writeErrors");
    if (!(errors instanceof BsonArray refused) || refused.isEmpty()) {
      return;
    }
    String code = Integer.toString(refused.get(0).asDocument().getNumber("code").intValue());
    span.put(AttributeKey.DB_RESPONSE_STATUS_CODE, code).fail(code, null);
  }
}
