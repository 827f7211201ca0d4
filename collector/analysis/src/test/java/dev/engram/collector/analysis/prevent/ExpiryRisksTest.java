package dev.engram.collector.analysis.prevent;

import static dev.engram.collector.analysis.prevent.WatchedService.HOUR;
import static dev.engram.collector.analysis.prevent.WatchedService.INSTANCE;
import static dev.engram.collector.analysis.prevent.WatchedService.MINUTE;
import static dev.engram.collector.analysis.prevent.WatchedService.NOW;
import static dev.engram.collector.analysis.prevent.WatchedService.filter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.engram.collector.analysis.Risk;
import dev.engram.collector.analysis.Risk.Kind;
import dev.engram.collector.analysis.Severity;
import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.ExceptionRow;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.ThrownStack;
import dev.engram.collector.store.TraceId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What has expired or will, as errors say it. */
class ExpiryRisksTest {
  @RegisterExtension final WatchedService service = new WatchedService();

  @Test
  void expiredCertificate_isFoundInTheCauses_whileItGoesOn() {
    String expired = "java.security.cert.CertificateExpiredException";
    error(1, "javax.net.ssl.SSLHandshakeException", "PKIX path failed", expired, ExpiryRisks.LEAST);
    error(2, "a.B", "x", expired, ExpiryRisks.LEAST - 1);
    error(3, "io.jsonwebtoken.ExpiredJwtException", "JWT expired", null, 50);

    assertThat(service.only().kind()).isEqualTo(Kind.CERTIFICATE_EXPIRED);
    assertThat(service.only().subject()).isEqualTo("E-000000000001");
    assertThat(Risks.find(service.store.reader(), filter(0), NOW + 12 * HOUR)).isEmpty();
  }

  /** Whoever owns it renews it; what this service has itself is urgent. */
  @Test
  void expiredCertificate_isUrgentWhereItIsOurs() {
    error(1, "javax.net.ssl.SSLException", "fatal alert: certificate_expired", null, 3);
    error(2, "a.Refused", "certificate has expired", null, 3);

    assertThat(service.find())
        .extracting(Risk::subject, Risk::severity)
        .containsExactly(
            tuple("E-000000000001", Severity.CRITICAL), tuple("E-000000000002", Severity.WARNING));
  }

  @Test
  void expiredCertificate_isFound_behindAnyNumberOfOtherErrors() {
    for (int group = 1; group <= 600; group++) {
      error(group, "a.B", "m", null, 4);
    }
    error(601, "a.Refused", "certificate has expired", null, 3);

    assertThat(service.only().subject()).isEqualTo("E-000000000259");
  }

  @Test
  void expiredCertificate_isFound_inEachServiceThatSeesIt() {
    InstanceId other = new InstanceId(new UUID(1, 3));
    service
        .store
        .writer()
        .putInstance(new Instance(other, "bank", "1", service.started, 0, Map.of()));
    error(1, "a.Refused", "certificate has expired", null, 3);
    service.write(INSTANCE);
    for (int i = 0; i < 3; i++) {
      service.rows.add(exception(other, 1, "a.Refused", "certificate has expired", null));
    }
    Checkpoint end = new Checkpoint(service.position, service.position, 0);
    service
        .store
        .writer()
        .write(new Batch(other, service.rows, end, service.rows.size(), 0, 0, Map.of()));
    service.rows.clear();

    assertThat(service.find()).extracting(Risk::service).containsExactly("bank", "shop");
  }

  /** As when an application writes of what its users have. */
  @Test
  void expiryFarAway_isTold_whereADriverSaysIt() {
    error(1, "a.Shop", "the licence of customer 7 expires in 365 days", null, 3);
    error(2, "java.sql.SQLException", "the password will expire in 90 days", null, 3);

    assertThat(service.only().subject()).isEqualTo("E-000000000002");
  }

  @Test
  void expiry_thatIsForetold_hasItsDay() {
    error(1, "java.sql.SQLException", "the password will expire in 5 days", null, 3);

    assertThat(service.only().kind()).isEqualTo(Kind.EXPIRY);
    assertThat(service.only().severity()).isEqualTo(Severity.NOTICE);
    assertThat((double) Objects.requireNonNull(service.only().horizon()).nanos())
        .isCloseTo(5.0 * 24 * HOUR, within(1.0 * HOUR));
  }

  private void error(int group, String type, String message, @Nullable String cause, long times) {
    ThrownStack below =
        cause == null ? null : new ThrownStack(cause, null, 0, List.of(), 0, null, List.of());
    for (long i = 0; i < times; i++) {
      service.rows.add(exception(INSTANCE, group, type, message, below));
    }
  }

  private ExceptionRow exception(
      InstanceId instance, int group, String type, String message, @Nullable ThrownStack cause) {
    return new ExceptionRow(
        instance,
        service.next(),
        NOW - MINUTE,
        TraceId.NONE,
        0,
        "escaped",
        "main",
        null,
        type,
        message,
        (long) group << 16,
        new ThrownStack(type, message, 0, List.of(), 0, cause, List.of()));
  }
}
