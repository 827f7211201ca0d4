package dev.engram.agent.record.redaction;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.testkit.ProcessorTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretValuesTest {
  /** Of no account: put together here so that no scanner takes this file for a leak. */
  private static final String AWS_ID = "AKIA" + "IOSFODNN7EXAMPLE";

  private static final String JWT =
      "eyJhbGciOiJIUzI1NiJ9" + ".eyJzdWIiOiIxMjM0NTY3ODkwIn0." + "dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P";
  private static final String KEY_BODY = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC";

  private final Redaction redaction = new Redaction(List.of());

  static Stream<String> secrets() {
    return Stream.of(
        AWS_ID,
        JWT,
        "ghp_" + "16C7e42F292c6912E7710c838347Ae178B4a",
        "sk-" + "proj-Ab12Cd34Ef56Gh78Ij90",
        "xoxb-" + "123456789012-abcdefABCDEF",
        "AIza" + "SyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY",
        "4111111111111111",
        "4111 1111 1111 1111",
        "5500-0000-0000-0004",
        "378282246310005",
        "2223003122003222");
  }

  @ParameterizedTest
  @MethodSource("secrets")
  void whatShowsThatItIsSecret_isHidden_whereverItStands(String secret) {
    for (String around :
        List.of(
            "%s", "(%s)", "a %s.", "id=%s&b=1", "/reset/%s/x", "%%20%s", "x\\n%s\\n", "\"%s\"")) {
      String text = around.formatted(secret);
      String kept = around.formatted("[redacted]");
      assertThat(redaction.text("exception.message", text)).isEqualTo(kept);
      assertThat(redaction.text("url.path", text)).contains("[redacted]").doesNotContain(secret);
      assertThat(redaction.document("input", "text/plain", text)).isEqualTo(kept);
    }
    assertThat(redaction.document("input", null, "{\"a\":[{\"b\":\"" + secret + "\"}]}"))
        .isEqualTo("{\"a\":[{\"b\":\"[redacted]\"}]}");
    assertThat(redaction.document("input", null, "<a><b>" + secret + "</b></a>"))
        .isEqualTo("<a><b>[redacted]</b></a>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "The quick brown fox = jumps; over: the lazy dog",
        "4111111111111112",
        "41111111111111111111111",
        "order 1732600000000 of 1732600000000000000",
        "a4111111111111111",
        "4111111111111111b",
        "2f4a9c1e-4111-1111-1111-111111111111",
        "da39a3ee5e6b4b0d3255bfef95601890afd80709",
        "/api/v1/Customers/12345/Orders/67890/Items",
        "org.springframework.beans.factory.UnsatisfiedDependencyException: no bean",
        "ExpiredTokenException: it expired",
        "Unexpected token: }",
        "Unrecognized token: banana",
        "Bearer token is missing",
        "Basic authentication failed",
        "basic English",
        "https://acme.test/a@b?c=d",
        "http://acme.test:8080/a@b",
        "http://[::1]:8080/a@b and http://[::1]/a@b",
        "mongodb://a:27017,b:27017/shop?note=c@d",
        "file://C:/Users/ada@acme",
        "http://acme.test:8080/a, ask ada@acme.test",
        "jdbc:postgresql://h:5432/shop",
        "ada@acme.test",
        "askew sk-1 eyJ AKIA",
        "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
        "==:::===://=:",
        "DA39A3EE5E6B4B0D3255BFEF95601890AFD80709",
        "Bearer realm=\"shop\"",
        "Connect to session-service:8080 failed",
        "Unexpected token: { at position 5",
        "password",
        "password=",
        "password:",
        "if (password == null)",
        "password != other",
        "5 > password",
        "R&D &amp; sales: &quot;tea&quot; &#38; &#x41;=1 &lt;b&gt;",
        "&;&#;&#x;&#x110000;&#99999999;&#0;&amp &unknown;=",
        "user.name=password&product.value=12",
        "filter[0].name=password&filter[1].value=12",
        "afilter[0].name=password&filter[0].value=12",
        "[session-42]: ada has come",
        "secrets[0].id=12",
        "found 2: List<com.acme.Token>, Map<Password, Secret>]",
        "<password/> <password></password> <password>",
        "usage: login <password> <token>",
        "a <password b <secret/ c",
        "<secret><a>1</a></secret>",
        "<secret><![CDATA[]]></secret>",
        "password => ",
        "a => b => c",
        "no method of this signature: run(java.lang.String)",
        "bad signature: com.acme.orders.OrderService",
      })
  void whatIsNoSecret_staysTheSameObject(String text) {
    assertThat(redaction.text("exception.message", text)).isSameAs(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "login of ada with password=s3cr3t failed | login of ada with password=[redacted] failed",
        "User{name=ada, password=s3,cr3t} | User{name=ada, password=[redacted]}",
        "Server=db;Password=s3,cr3t;Pooling=true | Server=db;Password=[redacted];Pooling=true",
        "key wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY, other | key [redacted], other",
        "jdbc:postgresql://h/shop?user=ada&password=s3cr3t&ssl=true |"
            + " jdbc:postgresql://h/shop?user=ada&password=[redacted]&ssl=true",
        "jdbc:oracle:thin:scott/ti/ger@//h:1521/x | jdbc:oracle:thin:[redacted]@//h:1521/x",
        "cannot reach amqp://ada:s3cr3t@broker:5672/v | cannot reach"
            + " amqp://[redacted]@broker:5672/v",
        "cannot parse postgres://ada:s3/cr3t@db/shop, a | cannot parse"
            + " postgres://[redacted]@db/shop, a",
        "amqp://ada:s3?cr#3t@h 'redis://:/s3@h' | amqp://[redacted]@h 'redis://[redacted]@h'",
        "body was {\"password\" : \"s3\\\"cr3t\", \"a\":1} | body was {\"password\" :"
            + " \"[redacted]\", \"a\":1}",
        "{\"text\":\"{\\\"password\\\":\\\"s3cr3t\\\",\\\"a\\\":1}\"} |"
            + " {\"text\":\"{\\\"password\\\":\\\"[redacted]\\\",\\\"a\\\":1}\"}",
        "api-key: s3cr3t | api-key: [redacted]",
        "card 4111 1111 1111 1111 1227 | card [redacted] 1227",
        "cards 4111111111111111 5500000000000004 | cards [redacted] [redacted]",
        "mysql --password=s3cr3t shop | mysql --password=[redacted] shop",
        "-Djavax.net.ssl.keyStorePassword=s3cr3t | -Djavax.net.ssl.keyStorePassword=[redacted]",
        "_token=s3cr3t | _token=[redacted]",
        "password=[redacted]s3cr3t | password=[redacted]",
        "headers: {\"X-Api-Key\":[\"s3cr3t\"]} | headers: {\"X-Api-Key\":[redacted]}",
        "see \"credentials\":{\"pin\":\"s3cr3t\"}, a | see \"credentials\":[redacted], a",
        "in backup_AKIAIOSFODNN7EXAMPLE now | in backup_[redacted] now",
        "card-4111111111111111 | card-[redacted]",
        "-Bearer a1b2c3 | -Bearer [redacted]",
        "passphrase: s3cr3t horse, battery | passphrase: [redacted]",
        "{a=1, password=s3 cr3t, b=2} | {a=1, password=[redacted], b=2}",
        "User(name=ada, pwd=s3, cr(3)t) of h | User(name=ada, pwd=[redacted]) of h",
        "[password=s3cr3t user=ada] | [password=[redacted] user=ada]",
        "{password=s3 cr3t | {password=[redacted]",
        "{\"a\":\"password=s3cr3t was wrong\"} | {\"a\":\"password=[redacted] was wrong\"}",
        "(see a) password=s3cr3t was wrong (b=1) | (see a) password=[redacted] was wrong (b=1)",
        "db.password = 's3cr3t' | db.password = '[redacted]'",
        "token: a1b2c3d4 | token: [redacted]",
        "AccountKey=s3cr3t== | AccountKey=[redacted]",
        "Authorization: Digest username=\"ada\", response=\"s3cr3t\" | Authorization: [redacted]",
        "{\"a\":\"Authorization: Digest b=\\\"s3cr3t\\\"\"} | {\"a\":\"Authorization:"
            + " [redacted]\"}",
        "Cookie: a=1; JSESSIONID=s3cr3t | Cookie: [redacted]",
        "curl -H 'Authorization: Bearer abc' http://h | curl -H 'Authorization: [redacted]'"
            + " http://h",
        "access_token=Bearer s3cr3t, a=1 | access_token=[redacted], a=1",
        "x-api-key: Basic czpzM2NyM3Q= a | x-api-key: [redacted] a",
        "sent Bearer abc.d-ef123 to h | sent Bearer [redacted] to h",
        "a=Bearer%20abc123&b=1 | a=Bearer%20[redacted]&b=1",
        "Unexpected token: \"password\" : \"s3cr3t\" | Unexpected token: \"password\" :"
            + " \"[redacted]\"",
        "Unexpected token: password: s3cr3t | Unexpected token: password: [redacted]",
        "Cookie: \"password\": \"s3cr3t\" | Cookie: \"password\": \"[redacted]\"",
        "Cookie: secret: s3cr3t; a=b | Cookie: [redacted]",
        "sent <user><password>s3 cr3t</password></user> |"
            + " sent <user><password>[redacted]</password></user>",
        "sent <w:password type='PasswordText'>s3cr3t</w:password>. |"
            + " sent <w:password type='PasswordText'>[redacted]</w:password>.",
        "sent <pwd><![CDATA[s3<cr3t]]></pwd> | sent <pwd><![CDATA[[redacted]]]></pwd>",
        "sent &lt;pwd&gt;s3cr3t&lt;/pwd&gt; | sent <pwd>[redacted]</pwd>",
        "{\"a\":\"sent <pwd>s3cr3t<\\/pwd>\"} | {\"a\":\"sent <pwd>[redacted]</pwd>\"}",
        "{:password => \"s3cr3t\", :a => 1} | {:password => \"[redacted]\", :a => 1}",
        "{\"password\"=>\"s3cr3t\"} | {\"password\"=>\"[redacted]\"}",
        "Array ( [password] => s3cr3t [a] => 1 ) | Array ( [password] => [redacted] [a] => 1 )",
        "['name' => 'password', 'value' => 's3cr3t'] |"
            + " ['name' => 'password', 'value' => '[redacted]']",
        "with basic YWRhOnMzY3IzdA== now | with basic [redacted] now",
        "of https://h/o?X-Amz-Signature=0a1b2c&b=1 | of https://h/o?X-Amz-Signature=[redacted]&b=1",
        "SharedAccessSignature=sv=2024&sig=0a1b2c | SharedAccessSignature=[redacted]&sig=[redacted]",
        "X-Signature: 0a1b2c3d4e5f60718293a4b5, a | X-Signature: [redacted], a",
      })
  void credentialsInsideText_areHidden(String text, String kept) {
    assertThat(redaction.text("exception.message", text)).isEqualTo(kept);
    assertThat(redaction.text("exception.message", kept)).as("once more").isEqualTo(kept);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "next=https%3A%2F%2Fh%3Fpassword%3Ds3cr3t%26a%3D1&b=1 | next=[redacted]&b=1",
        "a=%7B%22password%22%3A%22s3cr3t%22%7D | a=[redacted]",
        "a=amqp%3A%2F%2Fada%3As3cr3t%40h | a=[redacted]",
        "a=x%20y&%70wd=s3cr3t | a=x%20y&%70wd=[redacted]",
        "a=%zz+password%3Ds3cr3t | a=[redacted]",
        "a=%zz&b=4111111111111111 | a=%zz&b=[redacted]",
      })
  void secretsOfAnEncodedParameter_areHiddenWithIt(String query, String kept) {
    assertThat(redaction.text("url.query", query)).isEqualTo(kept);
    assertThat(redaction.text("http.request.header.referer", "https://h/%41?" + query))
        .isEqualTo("https://h/%41?" + kept);
    assertThat(redaction.document("b", "application/x-www-form-urlencoded", query)).isEqualTo(kept);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":\"password\\u003ds3cr3t\"} | {\"a\":\"password=[redacted]\"}",
        "{\"a\":\"password=p\\u00e4\\ud83d\\ude00s3cr3t\\n"
            + "b\"} | {\"a\":\"password=[redacted]\\n"
            + "b\"}",
        "{\"a\":\"password=\\u0073\\\\3cr3t\"} | {\"a\":\"password=[redacted]\"}",
        "{\"a\":\"\\u0070assword: s3cr3t\"} | {\"a\":\"password: [redacted]\"}",
        "{\"a\":\"{\\u0022pwd\\u0022:\\u0022s3cr3t\\u0022}\"} |"
            + " {\"a\":\"{\\\"pwd\\\":\\\"[redacted]\\\"}\"}",
        "{\"a\":\"{\\\"b\\\":\\\"pwd\\\\u003ds3cr3t\\\"}\"} |"
            + " {\"a\":\"{\\\"b\\\":\\\"pwd=[redacted]\\\"}\"}",
        "{\"a\":\"amqp:\\/\\/ada:s3cr3t@h\\/\"} | {\"a\":\"amqp://[redacted]@h/\"}",
        "see https://h/?next=https%3A%2F%2Fh%3Fpassword%3Ds3cr3t | see"
            + " https://h/?next=https://h?password=[redacted]",
        "see https://h/?next=https%253A%252F%252Fada%253As3cr3t%2540h | see"
            + " https://h/?next=https://[redacted]@h",
        "\\u0041\\u00 %41%4 \\ | \\u0041\\u00 %41%4 \\",
        "{\"a\":\"pass&#119;ord=s3cr3t\"} | {\"a\":\"password=[redacted]\"}",
        "{\"a\":\"pass&#00000119;ord=s3cr3t\"} | {\"a\":\"password=[redacted]\"}",
        "pwd&#61;s3cr3t &#38;c | pwd=[redacted] &c",
        "a&quot;pwd&quot;:&quot;s3&#228;c&#x1f600;r3t&quot; | a\"pwd\":\"[redacted]\"",
        "a&amp;quot;pwd&amp;quot;:&amp;quot;s3cr3t&amp;quot; | a\"pwd\":\"[redacted]\"",
        "to &#65;KIA" + "IOSFODNN7EXAMPLE | to [redacted]",
      })
  void secretsThatEscapesHide_areFound(String text, String kept) {
    assertThat(redaction.text("exception.message", text)).isEqualTo(kept);
    assertThat(redaction.document("b", "application/json", text)).isEqualTo(kept);
    assertThat(redaction.text("exception.message", kept)).as("once more").isEqualTo(kept);
  }

  @Test
  void wideCharactersTakenForNarrowOnes_hideNoSecret() {
    String wide =
        new String(
            "a password=s3cr3t b".getBytes(StandardCharsets.UTF_16LE), StandardCharsets.UTF_8);
    String token = JWT.replaceAll(".", "$0\0");

    assertThat(redaction.text("a", wide)).isEqualTo("a password=[redacted] b");
    assertThat(redaction.text("a", token)).isEqualTo("[redacted]");
  }

  @Test
  void valueBehindATabOrALineBreak_isHidden() {
    assertThat(redaction.text("a", "pwd:\ts3cr3t")).isEqualTo("pwd:\t[redacted]");
    assertThat(redaction.text("a", "\"password\":\n  \"s3cr3t\""))
        .isEqualTo("\"password\":\n  \"[redacted]\"");
  }

  @Test
  void hostOfAUrl_isKept_whateverItIsNamedAfter() {
    String url = "http://session-service:8080/users";

    assertThat(redaction.text("url.full", url)).isEqualTo(url);
  }

  @Test
  void secretSegmentOfAnEncodedPath_isHidden() {
    assertThat(redaction.text("url.path", "/a/password%3Ds3cr3t/b+c%20d"))
        .isEqualTo("/a/[redacted]/b+c%20d");
    assertThat(redaction.text("url.full", "https://h/a/password%3Ds3cr3t?b=%3A"))
        .isEqualTo("https://h/a/[redacted]?b=%3A");
  }

  @Test
  void privateKey_isHidden_alsoWhenItIsCutOff() {
    String whole =
        "-----BEGIN RSA PRIVATE KEY-----\n" + KEY_BODY + "\n-----END RSA PRIVATE KEY-----";

    assertThat(redaction.text("a", "x " + whole + " y"))
        .isEqualTo("x -----BEGIN RSA PRIVATE KEY[redacted]-----END RSA PRIVATE KEY----- y");
    assertThat(redaction.document("input", null, "{\"k\":\"" + whole.replace("\n", "\\n")))
        .doesNotContain(KEY_BODY);
    assertThat(redaction.text("a", whole.substring(0, 50))).doesNotContain("MIIE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "private_key: %s",
        "Cookie: a=1 %s",
        "password=%s",
        "{private_key: %s}",
        "{'private_key':'%s'}",
        "{\"private_key\":1 %s}",
        "<a private_key=\"%s",
      })
  void privateKeyThatHasASecretName_isHiddenBeyondItsFirstLine(String around) {
    String key = "-----BEGIN PRIVATE KEY-----\n" + KEY_BODY + "\n-----END PRIVATE KEY-----";

    assertThat(redaction.text("a", around.formatted(key))).doesNotContain(KEY_BODY);
    assertThat(redaction.document("input", null, around.formatted(key))).doesNotContain(KEY_BODY);
  }

  @Test
  void allowedNames_areRemembered_otherSecretsOfTheTextAreNot() {
    Redaction allowing =
        new Redaction(List.of(), List.of("next_token", "note"), new Pseudonyms("hash"));

    assertThat(allowing.text("next_token", "abc")).isEqualTo("abc");
    assertThat(allowing.text("note", AWS_ID)).isEqualTo(AWS_ID);
    assertThat(allowing.text("url.query", "next_token=abc&token=x"))
        .isEqualTo("next_token=abc&token=[redacted]");
    assertThat(
            allowing.document("input", null, "{\"next_token\":\"abc\",\"note\":\"" + JWT + "\"}"))
        .isEqualTo("{\"next_token\":\"abc\",\"note\":\"[redacted]\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "sent {\"name\":\"password\",\"value\":\"s3cr3t\"}, | sent"
            + " {\"name\":\"password\",\"value\":\"[redacted]\"},",
        "sent {\"value\":\"s3cr3t\",\"name\":\"password\"} | sent"
            + " {\"value\":\"[redacted]\",\"name\":\"password\"}",
        "{\\\"name\\\":\\\"pwd\\\",\\n"
            + "\\\"value\\\":\\\"s3cr3t\\\"} | {\\\"name\\\":\\\"pwd\\\",\\n"
            + "\\\"value\\\":\\\"[redacted]\\\"}",
        "Header[name=x-api-key, value=s3cr3t] | Header[name=x-api-key, value=[redacted]]",
        "Header(name=cookie, value=a=s3; b=cr3t) | Header(name=cookie, value=[redacted]",
        "key: pwd; value: 12345 | key: pwd; value: [redacted]",
        "<param name='password' value='s3cr3t'/> | <param name='password' value='[redacted]'/>",
        "sent name=password&value=s3cr3t&a=1 | sent name=password&value=[redacted]&a=1",
        "sent value=s3cr3t&name=password | sent value=[redacted]&name=password",
        "Header[value=s3cr3t, name=x-api-key] | Header[value=[redacted], name=x-api-key]",
        "sent name=pwd&amp;value=s3cr3t&amp;a=1 | sent name=pwd&amp;value=[redacted]&amp;a=1",
        "filter[0].name=pwd&filter[0].value=s3cr3t&a=1 |"
            + " filter[0].name=pwd&filter[0].value=[redacted]&a=1",
        "at filter[0].value=s3cr3t&filter[0].name=pwd |"
            + " at filter[0].value=[redacted]&filter[0].name=pwd",
        "a[0][key]=pwd&a[0][value]=s3cr3t | a[0][key]=pwd&a[0][value]=[redacted]",
        "{\"a.name\":\"pwd\",\"a.value\":\"s3cr3t\"} |"
            + " {\"a.name\":\"pwd\",\"a.value\":\"[redacted]\"}",
        "header[0].name=x-api-key, value=s3cr3t | header[0].name=x-api-key, value=[redacted]",
        "user[pwd]=s3cr3t&a=1 | user[pwd]=[redacted]&a=1",
        "sent {\"user[password]\":\"s3cr3t\"} | sent {\"user[password]\":\"[redacted]\"}",
        "sent \"user[pwd]\"=\"s3cr3t\" | sent \"user[pwd]\"=\"[redacted]\"",
        "user[password][]=s3cr3t | user[password][]=[redacted]",
        "user[password][0]=s3cr3t | user[password][0]=[redacted]",
        "pwd[0]=s3cr3t | pwd[0]=[redacted]",
        "env['API_TOKEN'] = 's3cr3t' | env['API_TOKEN'] = '[redacted]'",
        "value=green&name=tea | value=green&name=tea",
        "{\"name\":\"tea\",\"value\":\"green\"} | {\"name\":\"tea\",\"value\":\"green\"}",
        "name=password, size=12 | name=password, size=12",
        "value=\"a\", title=\"password\" | value=\"a\", title=\"password\"",
      })
  void valueWhoseNameIsSaidBesideIt_isHiddenInText(String text, String kept) {
    assertThat(redaction.text("exception.message", text)).isEqualTo(kept);
    assertThat(redaction.document("input", "text/plain", text)).isEqualTo(kept);
  }

  /** A text with an equals sign is always searched: what is found there was not passed over. */
  @Test
  void noSecretIsPassedOver_byTheLookThatComesBefore() {
    Random random = new Random(7);
    List<String> parts =
        Stream.concat(
                secrets(),
                Stream.of(
                    "Bearer ",
                    "basic YWRhOnMzY3IzdA==",
                    "a",
                    "B",
                    "12",
                    "-",
                    "_",
                    "/",
                    "+",
                    " ",
                    ".",
                    "\n",
                    "\"",
                    "\u00e9",
                    "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
                    "-----BEGIN PRIVATE KEY"))
            .toList();
    for (int i = 0; i < 20_000; i++) {
      String text =
          random
              .ints(1 + random.nextInt(4), 0, parts.size())
              .mapToObj(parts::get)
              .collect(joining());
      assertThat("=" + redaction.text("a", text)).isEqualTo(redaction.text("a", "=" + text));
    }
  }

  @Test
  void hostileTexts_takeTimeInProportion() {
    for (String part :
        List.of(
            "a=",
            "password=",
            "name=",
            "name=pwd,value=",
            "name=pwd,value=[",
            "value=\"",
            "value=",
            "value=a&",
            "value=\\\"a",
            "value=\"a\",name=",
            "a[0].name=pwd&a[0].value=",
            "a.name=pwd&",
            "a.value=a&",
            "[",
            "a]=",
            "a.[",
            "&",
            "&#",
            "&#1",
            "&amp;",
            "&quot;",
            "&amp;#119;",
            "&#61;",
            "&#x70;wd=",
            "name= ",
            "password=>",
            "name=>pwd,value=>",
            "<password>",
            "<password ",
            "<pwd></pw",
            "<pwd><![CDATA[",
            "&lt;pwd&gt;",
            "value='\",",
            "eyJ",
            "4111 ",
            "://",
            "://a:b",
            "(pwd=a ",
            "(pwd=a b\n",
            "(pwd=a b",
            "://a:b/@://",
            "a:b@c/",
            "Bearer ",
            "-----BEGIN ",
            "e.",
            "eyJ.",
            "basic+",
            "Basic ",
            "pwd=[redacted]",
            "cookie:[redacted]",
            "token: [",
            "token:[",
            "aTokenException: {",
            "a-",
            "4111-",
            "%3D",
            "\\u00",
            "\\u003d",
            "\\",
            "%25",
            "\0",
            ":",
            "jdbc:oracle:thin:",
            "a&",
            "%41&",
            "/",
            "%41/",
            "-----BEGIN PRIVATE KEY",
            "password=\"",
            "Cookie:\"=\"",
            "A1b/")) {
      String text = part.repeat((1 << 20) / part.length());
      ProcessorTime.assertWithin(
          Duration.ofSeconds(5), part, () -> redaction.text("exception.message", text));
      ProcessorTime.assertWithin(
          Duration.ofSeconds(5), part, () -> redaction.text("url.query", text));
    }
  }

  @Test
  void valueThatLooksLikeManyOthers_isLookedThroughOnce() {
    String value = "v=".repeat(1 << 22);
    String secret = value.substring(0, 400) + "x&name=password";

    ProcessorTime.assertWithin(
        Duration.ofSeconds(5), "v=", () -> redaction.text("exception.message", value));
    assertThat(redaction.text("exception.message", secret)).doesNotContain("x&");
  }

  /** An exception on such a thread would cost many times what a word does. */
  @Test
  void wordsThatAreNoBase64_costLittleOnADeepStack() {
    String text = "Basic ".repeat(1 << 18);

    ProcessorTime.assertWithin(Duration.ofSeconds(5), "Basic", () -> redactBelow(1_000, text));
  }

  private void redactBelow(int frames, String text) {
    if (frames > 0) {
      redactBelow(frames - 1, text);
    } else {
      redaction.text("exception.message", text);
    }
  }
}
