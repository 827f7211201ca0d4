package dev.engram.agent.record.redaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.engram.testkit.ProcessorTime;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentRedactionTest {
  private final Redaction redaction = new Redaction(List.of());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":1,\"password\":\"s3cr3t\",\"b\":2} | {\"a\":1,\"password\":\"[redacted]\",\"b\":2}",
        "{\"user\":{\"deep\":[{\"apiKey\" : \"s3cr3t\"}]}} | {\"user\":{\"deep\":[{\"apiKey\" :"
            + " \"[redacted]\"}]}}",
        "{\"pwd\":12345,\"b\":true} | {\"pwd\":\"[redacted]\",\"b\":true}",
        "{\"secrets\":{\"a\":\"s3cr3t\",\"b\":[\"}\"]},\"c\":1} |"
            + " {\"secrets\":\"[redacted]\",\"c\":1}",
        "{\"tokens\":[\"s3cr3t\",\"]\"],\"c\":1} | {\"tokens\":\"[redacted]\",\"c\":1}",
        "{\"password\":\"a\\\"s3cr3t\",\"c\":1} | {\"password\":\"[redacted]\",\"c\":1}",
        "{\"pass\\u0077ord\":\"s3cr3t\"} | {\"pass\\u0077ord\":\"[redacted]\"}",
        "{\"password\":\"s3cr | {\"password\":\"[redacted]\"",
        "{\"secrets\":{\"a\":\"s3cr | {\"secrets\":\"[redacted]\"",
        "{password: 's3cr3t', b: 1} | {password: \"[redacted]\", b: 1}",
        "{\"password\":\"s3c\"r3t\",\"b\":1} | {\"password\":\"[redacted]\",\"b\":1}",
        "{\"a\":\"password\",\"b\":\"x\"} | {\"a\":\"password\",\"b\":\"x\"}",
        "{\"a\":\"it's\",\"token\":\"s3cr3t\"} | {\"a\":\"it's\",\"token\":\"[redacted]\"}",
        "{\"password\": | {\"password\":",
        "{\"passw | {\"passw",
      })
  void valueOfASecretName_isHiddenInJson(String json, String kept) {
    assertThat(redaction.document("http.request.body", "application/json", json)).isEqualTo(kept);
    assertThat(redaction.document("input", null, json)).isEqualTo(kept);
    assertThat(redaction.document("x", "Application/Problem+JSON; charset=utf-8", json))
        .isEqualTo(kept);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"name\":\"password\",\"value\":\"s3cr3t\"} |"
            + " {\"name\":\"password\",\"value\":\"[redacted]\"}",
        "{\"value\":\"s3cr3t\",\"name\":\"password\"} |"
            + " {\"value\":\"[redacted]\",\"name\":\"password\"}",
        "{\"Key\":\"DB_PASSWORD\",\"Value\":\"s3cr3t\"} |"
            + " {\"Key\":\"DB_PASSWORD\",\"Value\":\"[redacted]\"}",
        "{\"headers\":[{\"name\":\"Cookie\",\"value\":\"s3cr3t\"},{\"name\":\"a\",\"value\":\"b\"}]}"
            + " | {\"headers\":[{\"name\":\"Cookie\",\"value\":\"[redacted]\"},{\"name\":\"a\",\"value\":\"b\"}]}",
        "{\"a\":{\"b\":[[{\"key\" : \"apiKey\", \"type\":\"text\", \"value\" : 12345}]]}} |"
            + " {\"a\":{\"b\":[[{\"key\" : \"apiKey\", \"type\":\"text\", \"value\" :"
            + " \"[redacted]\"}]]}}",
        "{\"key\":\"pwd\",\"value\":{\"stringValue\":\"s3cr3t\"},\"a\":1} |"
            + " {\"key\":\"pwd\",\"value\":\"[redacted]\",\"a\":1}",
        "{\"value\":{\"a\":[1,{\"name\":\"b\",\"value\":2}]},\"c\":3,\"key\":\"pwd\"} |"
            + " {\"value\":\"[redacted]\",\"c\":3,\"key\":\"pwd\"}",
        "{\"value\":{\"password\":\"x\",\"a\":1},\"b\":{\"pwd\":2},\"name\":\"secret\"} |"
            + " {\"value\":\"[redacted]\",\"b\":{\"pwd\":\"[redacted]\"},\"name\":\"secret\"}",
        "{\"name\":{\"name\":\"password\",\"value\":\"x\"},\"value\":\"y\"} |"
            + " {\"name\":{\"name\":\"password\",\"value\":\"[redacted]\"},\"value\":\"y\"}",
        "{\"name\":\"pass\\u0077ord\",\"value\":\"s3cr3t\"} |"
            + " {\"name\":\"pass\\u0077ord\",\"value\":\"[redacted]\"}",
        "{\"ParameterKey\":\"DbPassword\",\"ParameterValue\":\"x\"} |"
            + " {\"ParameterKey\":\"DbPassword\",\"ParameterValue\":\"[redacted]\"}",
        "{\"key\":\"token\",\"name\":\"Kennwort\",\"value\":\"x\"} |"
            + " {\"key\":\"token\",\"name\":\"Kennwort\",\"value\":\"[redacted]\"}",
        "{\"name\":\"password\",\"value\":\"s3cr | {\"name\":\"password\",\"value\":\"[redacted]\"",
        "{name: 'password', value: 's3cr3t'} | {name: 'password', value: \"[redacted]\"}",
        "{\"headers\":[[\"x-api-key\",\"s3cr3t\"],[\"a\",\"b\"]]} |"
            + " {\"headers\":[[\"x-api-key\",\"[redacted]\"],[\"a\",\"b\"]]}",
        "[[\"a\",\"b\"], [ \"set-cookie\" , \"s3cr3t\" ]] | [[\"a\",\"b\"], [ \"set-cookie\" ,"
            + " \"[redacted]\"]]",
        "{\"required\":[\"password\",\"email\"]} | {\"required\":[\"password\",\"email\"]}",
        "[[\"password\",\"email\",\"name\"]] | [[\"password\",\"email\",\"name\"]]",
        "[{\"name\":\"password\"},{\"value\":1}] | [{\"name\":\"password\"},{\"value\":1}]",
        "{\"name\":\"Ada\",\"value\":1} | {\"name\":\"Ada\",\"value\":1}",
      })
  void valueWhoseNameIsSaidBesideIt_isHiddenInJson(String json, String kept) {
    assertThat(redaction.document("input", "application/json", json)).isEqualTo(kept);
  }

  @Test
  void argumentOfASecretName_isHiddenInGraphql() {
    assertThat(
            redaction.document(
                "http.request.body",
                "application/graphql",
                "mutation { login(user: \"a\", password: \"s3cr3t\") { id } }"))
        .isEqualTo("mutation { login(user: \"a\", password: \"[redacted]\"} }");
  }

  @Test
  void eventsOfAStream_areReadAsJson() {
    assertThat(
            redaction.document(
                "http.response.body",
                "text/event-stream;charset=utf-8",
                "event: login\ndata: {\"token\":\"s3cr3t\",\"a\":1}\n\n"))
        .isEqualTo("event: login\ndata: {\"token\":\"[redacted]\",\"a\":1}\n\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<a><password>s3cr3t</password><b>1</b></a> |"
            + " <a><password>[redacted]</password><b>1</b></a>",
        "<a x='1' token=\"s3cr3t\"/> | <a x='1' token=\"[redacted]\"/>",
        "<s:secret><x>s3cr3t</x></s:secret> | <s:secret>[redacted]</s:secret>",
        "<password/><b>1</b> | <password/><b>1</b>",
        "<a><password>s3cr | <a><password>[redacted]",
        "<a token=\"s3cr | <a token=\"[redacted]",
        "<!-- <password> --><b>1</b> | <!-- <password> --><b>1</b>",
        "<b>1</b> < 2 | <b>1</b> < 2",
        "<token><tokenType>x</tokenType><v>s3cr3t</v></token><b/> | <token>[redacted]</token><b/>",
        "<token><token>x</token>s3cr3t</token><b/> | <token>[redacted]</token><b/>",
        "<token><token/>s3cr3t</token><b/> | <token>[redacted]</token><b/>",
        "<token><token a='/>'>x</token>s3cr3t</token><b/> | <token>[redacted]</token><b/>",
        "<token><!-- </token> -->s3cr3t</token><b/> | <token>[redacted]</token><b/>",
        "<token><![CDATA[</token>]]>s3cr3t</token><b/> | <token>[redacted]</token><b/>",
      })
  void contentOfASecretName_isHiddenInXml(String xml, String kept) {
    assertThat(redaction.document("http.request.body", "text/xml", xml)).isEqualTo(kept);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "<p name=\"password\">s3cr3t</p><b/> | <p name=\"password\">[redacted]</p><b/>",
        "<entry key='password'>s3cr | <entry key='password'>[redacted]",
        "<property name='pwd'><value>s3cr3t</value></property><b/> |"
            + " <property name='pwd'>[redacted]</property><b/>",
        "<a><key>password</key><value>s3cr3t</value><b/></a> |"
            + " <a><key>password</key><value>[redacted]</value><b/></a>",
        "<x:value>s3cr3t</x:value> <i>a<br>b</i><link>c</link><x:name> password </x:name> |"
            + " <x:value>[redacted]</x:value> <i>a<br>b</i><link>c</link><x:name> password"
            + " </x:name>",
        "<name><![CDATA[password]]></name><value>s3cr |"
            + " <name><![CDATA[password]]></name><value>[redacted]",
        "<a><value><b><token>x</token>s3cr3t</b></value><name>password</name></a> |"
            + " <a><value>[redacted]</value><name>password</name></a>",
        "<e name='password' type='x' value='s3cr3t'/> |"
            + " <e name='password' type='x' value='[redacted]'/>",
        "<e value='s3cr3t' type='x' name='password'>s3cr3t</e> |"
            + " <e value='[redacted]' type='x' name='password'>[redacted]</e>",
        "<input name='password' size='9'><b>1</b> | <input name='password' size='9'><b>1</b>",
        "<name>password</name><value></value> | <name>password</name><value>[redacted]</value>",
        "<a><name>password</name></a><b><value>1</value></b> |"
            + " <a><name>password</name></a><b><value>1</value></b>",
        "<name>Ada</name><value>1</value><e name='Ada' value='2'>3</e> |"
            + " <name>Ada</name><value>1</value><e name='Ada' value='2'>3</e>",
      })
  void whatHasItsNameSaidBesideIt_isHiddenInXml(String xml, String kept) {
    assertThat(redaction.document("http.request.body", "text/xml", xml)).isEqualTo(kept);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<dict><key>pwd</key> <string>s3cr3t</string><key>a</key><string>b</string></dict> |"
            + " <dict><key>pwd</key>"
            + " <string>[redacted]</string><key>a</key><string>b</string></dict>",
        "<dict><key>a</key><string>b</string><key>pwd</key><data>czNjcjN0</data></dict> |"
            + " <dict><key>a</key><string>b</string><key>pwd</key><data>[redacted]</data></dict>",
        "<key>secrets</key><dict><key>a</key><dict><key>b</key><integer>1</integer></dict></dict><key>c</key><real>2</real>"
            + " | <key>secrets</key><dict>[redacted]</dict><key>c</key><real>2</real>",
        "<key>tokens</key><array><string>s3cr3t</string><string>x |"
            + " <key>tokens</key><array>[redacted]",
        "<key>pwd</key><string>s3cr | <key>pwd</key><string>[redacted]",
        "<key>hasPassword</key><true/><key>a</key><string>b</string> |"
            + " <key>hasPassword</key><true/><key>a</key><string>b</string>",
        "<key>password</key><label>c</label><string>b</string> |"
            + " <key>password</key><label>c</label><string>b</string>",
        "<dict><key>password</key></dict><string>b</string> |"
            + " <dict><key>password</key></dict><string>b</string>",
        "<name>password</name><string>b</string> | <name>password</name><string>b</string>",
        "<key>Ada</key><string>b</string> | <key>Ada</key><string>b</string>",
        "<string>b</string><key>password</key> | <string>b</string><key>password</key>",
      })
  void valueBehindASecretKey_isHiddenInAPropertyList(String xml, String kept) {
    assertThat(redaction.document("http.request.body", "application/xml", xml)).isEqualTo(kept);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "<name>pass&#119;ord</name><value>s3cr3t</value> |"
            + " <name>pass&#119;ord</name><value>[redacted]</value>",
        "<entry key='pass&#x77;ord'>s3cr3t</entry> | <entry key='pass&#x77;ord'>[redacted]</entry>",
        "<e name='&#112;wd' value='s3cr3t'/> | <e name='&#112;wd' value='[redacted]'/>",
        "<key>p&#X57;D</key><string>s3cr3t</string> |"
            + " <key>p&#X57;D</key><string>[redacted]</string>",
        "<a>pass&#119;ord=s3cr3t</a> | <a>password=[redacted]</a>",
        "<a b='{&quot;pwd&quot;:&quot;s3cr3t&quot;}'/> | <a b='{\"pwd\":\"[redacted]\"}'/>",
        "<a>name=pwd&amp;value=s3cr3t&amp;b=1</a> | <a>name=pwd&amp;value=[redacted]&amp;b=1</a>",
        "<name>pass&amp;word</name><value>1</value> | <name>pass&amp;word</name><value>1</value>",
        "<a b='&apos;c&apos;'>Tea &amp; cake: &lt;1&gt; &#65;&nbsp;=</a> |"
            + " <a b='&apos;c&apos;'>Tea &amp; cake: &lt;1&gt; &#65;&nbsp;=</a>",
      })
  void secretsThatReferencesHide_areFoundInXml(String xml, String kept) {
    assertThat(redaction.document("http.request.body", "text/xml", xml)).isEqualTo(kept);
  }

  @Test
  void fieldOfASecretName_isHiddenInAForm() {
    assertThat(
            redaction.document(
                "http.request.body", "application/x-www-form-urlencoded", "user=a&password=s3cr"))
        .isEqualTo("user=a&password=[redacted]");
    assertThat(
            redaction.document(
                "http.request.body",
                "application/x-www-form-urlencoded",
                "value=s3cr3t&name=password"))
        .isEqualTo("value=[redacted]&name=password");
  }

  @Test
  void documentWithoutASecret_staysTheSameObject() {
    String json = "{\"a\":[1,2,{\"b\":\"c\"}]}";
    String xml = "<a b=\"c\">d</a>";
    assertThat(redaction.document("x", "application/json", json)).isSameAs(json);
    assertThat(redaction.document("x", "application/xml", xml)).isSameAs(xml);
  }

  @Test
  void documentUnderASecretName_isHiddenWhole() {
    assertThat(redaction.document("session.body", "text/plain", "x")).isEqualTo("[redacted]");
  }

  /** A step for each pair of its characters would take minutes. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        " ",
        "a ",
        "\"",
        "\"\" ",
        "'",
        "{",
        "[\"",
        "{\"name\":",
        "{\"value\":",
        "{\"value\":1,\"name\":\"token\",",
        "\"value\":1,\"name\":\"a\",",
        "\"name\":\"token\",\"value\":[",
        "[[\"pwd\",",
        "[[\"pwd\",\"a\"],",
        "\\",
        "\n:",
        "<",
        "<a ",
        "<a b=",
        "</",
        "<a>",
        "<a b='c'>",
        "<a></a>",
        "<name>",
        "<value>",
        "<value></value>",
        "<key>pwd</key>",
        "<key>pwd</key><string>",
        "<key>pwd</key><string></string>",
        "<name>&#112;",
        "&#",
        "&#112;",
        "&amp;",
        "&amp;quot;",
        "<name>pwd</name><value></value>",
        "<a name='pwd'>",
        "<token",
        "</token",
        "<token>",
        "</token>",
        "<!--",
        "<a='"
      })
  void longText_isReadInOnePass(String piece) {
    String text = piece.repeat((1 << 20) / piece.length());
    ProcessorTime.assertWithin(
        Duration.ofSeconds(20),
        piece,
        () -> {
          redaction.document("x", "application/json", "{" + text);
          redaction.document("x", "application/json", "{\"name\":\"" + text);
          redaction.document("x", "application/xml", text);
          redaction.document("x", "application/xml", "<token>" + text);
          redaction.document("x", "application/xml", '<' + text + "token>" + text);
        });
  }

  @Test
  void anyText_isReadToItsEnd() {
    Random random = new Random(7);
    String alphabet = "{}[]\"':,\\u00 pwd=<>/!-a1\n&#x;.";
    for (int i = 0; i < 20_000; i++) {
      String text =
          random
              .ints(random.nextInt(40), 0, alphabet.length())
              .collect(
                  StringBuilder::new,
                  (built, at) -> built.append(alphabet.charAt(at)),
                  StringBuilder::append)
              .toString();
      assertThatCode(
              () -> {
                redaction.document("x", "application/json", text);
                redaction.document("x", "application/xml", text);
              })
          .as(text)
          .doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ")]}', {\"password\":\"s3cr3t\"}",
        "data: 'tis\n\ndata: {\"token\":\"s3cr3t\"}",
        "{'open: 1,\n\"token\":\"s3cr3t\"}",
      })
  void apostrophe_hidesNoNameBehindIt(String text) {
    Redaction redaction = new Redaction(List.of());

    assertThat(redaction.document("http.response.body", "application/json", text))
        .doesNotContain("s3cr3t")
        .contains("[redacted]");
  }

  /** Where the cut took what shows that it is a secret. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "see amqp://ada:s3cr3t | `see `",
        "{\"a\":[\"jdbc:oracle:thin:ada/s3cr3t | {\"a\":[\"",
        "paid with 4111 1111 1111 11 | `paid with `",
        "in 17 days | `in 17 `",
        "`cut between words ` | `cut between words `",
        "` ` | ` `",
      })
  void lastWordOfATextThatWasCut_goesWithTheRest(String text, String kept) {
    assertThat(redaction.document("http.request.body", "text/plain", text, true)).isEqualTo(kept);
    assertThat(redaction.document("http.request.body", "text/plain", text, false)).isEqualTo(text);
  }

  @Test
  void longRunAtACut_isNoSecret() {
    String run = "x".repeat(1000);

    assertThat(redaction.document("http.request.body", "text/plain", run, true)).isEqualTo(run);
    assertThat(CutText.beginning(run, 500)).as("what follows was not seen").hasSize(500 - 256);
  }
}
