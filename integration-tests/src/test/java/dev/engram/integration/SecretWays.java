package dev.engram.integration;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.integration.harness.Traffic;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Every kind of secret, and every way into the memory of the service that passes all on. */
final class SecretWays {
  /** Of all requests but the next ones, so that they are shown at once. */
  static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

  /**
   * Of the requests in which a decision or a node is that may be recalled: from a trace with more
   * than a thousand spans nothing is.
   */
  static final String RECALLED = "0af7651916cd43dd8448eb211c80319d";

  /** Part of every secret, and of nothing else. */
  private static final String MARK = "Zq7Xv93K";

  private static final String BASE64 = MARK + "aB3dE5fG7hJ9kL1mN3pQ5rS7";

  /** Of no account; each shows by itself or by the name before it that it is secret. */
  private static final List<String> SECRETS =
      List.of(
          "Bearer " + BASE64,
          "Basic " + base64("ada:" + MARK),
          "Proxy-Authorization: Basic " + base64("ada.l:" + MARK),
          "Authorization: Digest response=\"" + MARK + "\"",
          "Cookie: sid=" + MARK,
          "eyJhbGciOiJIUzI1NiJ9." + BASE64 + "." + BASE64,
          "-----BEGIN PRIVATE KEY-----\nMIIE" + BASE64 + "\n-----END PRIVATE KEY-----",
          "ghp_" + BASE64,
          "sk-proj-" + BASE64,
          "AKIA" + BASE64,
          MARK + "aB3/dE5+fG7hJ9kL1mN3pQ5rS7tU9vW2",
          "password=" + MARK,
          "api_key: " + MARK,
          "{\"client_secret\":\"" + MARK + "\"}",
          "{\"name\":\"password\",\"value\":\"" + MARK + "\"}",
          "{\"value\":\"" + MARK + "\",\"key\":\"api_key\"}",
          "filter[0].name=password&filter[0].value=" + MARK,
          "user[password]=" + MARK,
          "curl -H 'X-Api-Key: " + MARK + "' http://h/",
          "jdbc:oracle:thin:scott/" + MARK + "@//db:1521/shop",
          "jdbc:postgresql://db/shop?user=ada&password=" + MARK,
          "amqp://ada:" + MARK + "@broker:5672/",
          "amqp://ada:x/" + MARK + "?y#z@broker:5672/",
          "{a=1, password=x " + MARK + ", b=2}",
          "passphrase: x " + MARK + " y",
          "https://bucket/o?X-Amz-Expires=60&X-Amz-Signature=" + MARK,
          "https://blobs/o?se=60&sig=" + MARK,
          "Server=db;Pwd=" + MARK + ";Pooling=true",
          // Written so that neither name nor sign shows before it is read.
          "password=\\u005a" + MARK + "\\u00e4",
          "{\"a\":\"pass\\u0077ord\\u003d" + MARK + "\"}",
          "{\"a\":\"amqp:\\/\\/ada:" + MARK + "@broker\"}",
          "next=https%3A%2F%2Fh%2F%3Fpass%77ord%3D" + MARK,
          "pass&#119;ord&#61;" + MARK,
          "{&quot;client_secret&quot;:&quot;" + MARK + "&quot;}");

  /** Have no place for a word of ours. */
  private static final List<String> CARDS =
      List.of("4111 1111 1111 1111", "5105-1051-0510-5100", "378282246310005");

  private static final int BODY_LIMIT = 8 << 10;

  /** Larger than a sixteenth of the ring, so that it travels in parts of that length. */
  private static final int PART = 1 << 16;

  interface Passing {
    void pass(Traffic traffic, String secret) throws IOException;
  }

  /**
   * A way into the memory.
   *
   * @param word what the memory holds once something went this way
   */
  record Way(String word, Passing passing) {}

  /** Each sends the service a request that leaves the secret where its word says. */
  static final List<Way> WAYS =
      List.of(
          new Way("in-a-path", (to, secret) -> get(to, "/echo/in-a-path/" + encoded(secret))),
          new Way("in+a+query", (to, secret) -> get(to, "/echo?a=in+a+query&b=" + encoded(secret))),
          new Way("in a header", (to, secret) -> header(to, "in a header " + secret)),
          new Way("in a content type", SecretWays::contentType),
          new Way("in a text", (to, secret) -> text(to, "/echo", "in a text " + secret)),
          new Way("in a long text", (to, secret) -> text(to, "/echo", cutInside(secret))),
          new Way("in UTF-16", SecretWays::wide),
          new Way("in JSON", (to, secret) -> json(to, "in JSON " + secret)),
          new Way("in XML", (to, secret) -> xml(to, "in XML " + secret)),
          new Way("in+a+form", (to, secret) -> form(to, "a=in+a+form&b=" + encoded(secret))),
          new Way("select ?", (to, secret) -> text(to, "/sql", "in a statement " + secret)),
          new Way("Table \"NOWHERE\" not found", SecretWays::refused),
          new Way("in a failure", (to, secret) -> failing(to, "/fail", "in a failure " + secret)),
          new Way(
              "in a log message", (to, secret) -> text(to, "/log", "in a log message " + secret)),
          new Way("in a prompt", (to, secret) -> text(to, "/prompt", "in a prompt " + secret)),
          new Way("in a long prompt", (to, secret) -> text(to, "/prompt", inTwoParts(secret))),
          new Way("as an argument", (to, secret) -> text(to, "/argument", secret)),
          new Way("as a state", (to, secret) -> recalled(to, "/state", secret)),
          new Way("of a node", (to, secret) -> recalled(to, "/state", secret)),
          new Way("chosen", (to, secret) -> recalled(to, "/decision", secret)),
          new Way("an option", (to, secret) -> recalled(to, "/decision", secret)),
          new Way("because", (to, secret) -> recalled(to, "/decision", secret)),
          new Way("of a case", (to, secret) -> recalled(to, "/decision", secret)),
          new Way("in an outcome", (to, secret) -> recalled(to, "/decision", secret)),
          new Way("in-a-call", (to, secret) -> text(to, "/call", secret)),
          new Way("named", (to, secret) -> text(to, "/thread", secret)),
          new Way("ArrayStoreException", (to, secret) -> text(to, "/swallowed", secret)),
          new Way("in feedback", (to, secret) -> text(to, "/feedback", "in feedback " + secret)));

  private SecretWays() {}

  /** Each secret goes each way. */
  static void passAll(Traffic traffic) throws IOException {
    for (Way way : WAYS) {
      for (String secret : secrets()) {
        way.passing.pass(traffic, secret);
      }
    }
  }

  private static List<String> secrets() {
    List<String> secrets = new ArrayList<>(SECRETS);
    secrets.addAll(CARDS);
    return secrets;
  }

  /** Part of what must not be found. */
  static List<String> searched() {
    List<String> searched = new ArrayList<>(CARDS);
    searched.add(MARK);
    return searched;
  }

  private static void get(Traffic traffic, String path) throws IOException {
    send(traffic, path, "text/plain", "-", new byte[0]);
  }

  private static void text(Traffic traffic, String path, String text) throws IOException {
    send(traffic, path, "text/plain", "-", utf8(text));
  }

  private static void recalled(Traffic traffic, String path, String text) throws IOException {
    traffic.send(RECALLED, "POST", path, headers("text/plain", "-"), BodyPublishers.ofString(text));
  }

  private static void header(Traffic traffic, String text) throws IOException {
    send(traffic, "/echo", "text/plain", text.replace('\n', ' '), new byte[0]);
  }

  private static void contentType(Traffic traffic, String secret) throws IOException {
    String note = "in a content type " + secret.replace('\n', ' ');
    send(traffic, "/echo", "text/plain; " + note, "-", utf8("to be"));
  }

  private static void form(Traffic traffic, String form) throws IOException {
    send(traffic, "/echo", "application/x-www-form-urlencoded", "-", utf8(form));
  }

  private static void json(Traffic traffic, String text) throws IOException {
    String escaped = text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    String deep = "[{\"password\":\"" + MARK + "\"},[[\"x-api-key\",\"" + MARK + "\"]]]";
    String json = "{\"note\":\"" + escaped + "\",\"deep\":" + deep + "}";
    send(traffic, "/echo", "application/json", "-", utf8(json));
  }

  private static void xml(Traffic traffic, String text) throws IOException {
    String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    String listed = "<key>password</key><string>" + MARK + "</string>";
    String named = "<entry key=\"pass&#119;ord\">" + MARK + "</entry>";
    String xml = "<a><note>" + escaped + "</note><dict>" + listed + "</dict>" + named + "</a>";
    send(traffic, "/echo", "application/xml", "-", utf8(xml));
  }

  /** As it is said to be, and taken for UTF-8. */
  private static void wide(Traffic traffic, String secret) throws IOException {
    byte[] wide = ("in UTF-16 " + secret).getBytes(StandardCharsets.UTF_16LE);
    send(traffic, "/echo", "text/plain;charset=utf-16le", "-", wide);
    send(traffic, "/echo", "text/plain", "-", wide);
  }

  /** Literals need no form; where the text comes from is not remembered. */
  private static void refused(Traffic traffic, String secret) {
    assertThatThrownBy(
            () ->
                send(
                    traffic,
                    "/refused",
                    "application/octet-stream",
                    "-",
                    utf8(secret.replace('\n', ' ') + " that's " + MARK)))
        .isInstanceOf(IOException.class);
  }

  private static void failing(Traffic traffic, String path, String text) {
    assertThatThrownBy(() -> text(traffic, path, text)).isInstanceOf(IOException.class);
  }

  private static void send(Traffic to, String path, String type, String note, byte[] body)
      throws IOException {
    to.send(TRACE, "POST", path, headers(type, note), BodyPublishers.ofByteArray(body));
  }

  private static List<String> headers(String type, String note) {
    return List.of(
        "content-type", type, "x-note", note, "cookie", "a=" + note, "authorization", note);
  }

  /** What is kept of it ends just behind the mark, or in the middle where there is none. */
  private static String cutInside(String secret) {
    int cut = secret.contains(MARK) ? secret.indexOf(MARK) + MARK.length() : secret.length() / 2;
    String begin = "in a long text ";
    return begin + pad(BODY_LIMIT - begin.length() - cut) + secret + " " + pad(1000);
  }

  /** The first part ends in the middle of it. */
  private static String inTwoParts(String secret) {
    String begin = "in a long prompt ";
    String before = begin + pad(PART - 64 - begin.length() - secret.length() / 2);
    return before + secret + " " + pad(PART / 2);
  }

  private static String pad(int length) {
    return "to be or not to be, ".repeat(length / 20 + 1).substring(0, length - 1) + " ";
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(utf8(text));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
