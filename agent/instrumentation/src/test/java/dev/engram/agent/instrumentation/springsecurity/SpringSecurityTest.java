package dev.engram.agent.instrumentation.springsecurity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.core.capture.Capture;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.instrumentation.RecordedRun;
import java.security.Principal;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextImpl;

/** What the context of a request says of its user; UsersIT proves that it is asked. */
class SpringSecurityTest {
  private static final List<SimpleGrantedAuthority> USER =
      List.of(new SimpleGrantedAuthority("USER"));

  @RegisterExtension final RecordedRun run = new RecordedRun();

  @Test
  void user_isTheFirstThatIsAskedFor() {
    Capture.salt(new byte[] {1, 2, 3});
    Object alice = userOf(context(authenticated("alice")), context(authenticated("system")));

    assertThat(alice).asString().matches("[0-9a-f]{16}");
    assertThat(userOf(context(authenticated("alice")))).isEqualTo(alice);
    assertThat(userOf(context(authenticated("bob")))).isNotEqualTo(alice);
  }

  @Test
  void user_isKnownWhereNobodyAsks_onceAFilterTells() {
    Capture.salt(new byte[] {1, 2, 3});
    SecurityContextImpl context = new SecurityContextImpl();
    List<Authentication> told =
        List.of(
            new AnonymousAuthenticationToken("key", "anonymous", USER),
            authenticated("alice"),
            authenticated("system"));

    assertThat(userIn(() -> told.forEach(context::setAuthentication)))
        .isNotNull()
        .isEqualTo(userOf(context(authenticated("alice"))));
  }

  @Test
  void nobody_isNoUser() {
    assertThat(userOf(context(new AnonymousAuthenticationToken("key", "anonymous", USER))))
        .isNull();
    assertThat(userOf(context(new TestingAuthenticationToken("alice", "unchecked")))).isNull();
    assertThat(userOf(context(null))).isNull();
  }

  @Test
  void principalOfTheApplication_isNotMadeAText() {
    Object principal =
        new Object() {
          @Override
          public String toString() {
            throw new AssertionError("asked for its text");
          }
        };

    assertThat(userOf(context(authenticated(principal)))).isNull();
  }

  @Test
  void principalThatLooksAtTheContext_isAskedOnce() {
    SecurityContextImpl context = new SecurityContextImpl();
    Principal principal = () -> context.getAuthentication().getAuthorities().toString();
    context.setAuthentication(authenticated(principal));

    assertThat(userOf(context)).isNotNull();
  }

  private static Authentication authenticated(Object principal) {
    return new TestingAuthenticationToken(principal, "checked", List.copyOf(USER));
  }

  private static SecurityContextImpl context(Authentication authentication) {
    SecurityContextImpl context = new SecurityContextImpl();
    context.setAuthentication(authentication);
    return context;
  }

  /** The user of a request in which these are asked, one after the other. */
  private Object userOf(SecurityContextImpl... contexts) {
    return userIn(() -> List.of(contexts).forEach(SecurityContextImpl::getAuthentication));
  }

  private Object userIn(Runnable request) {
    int before = run.spans().size();
    OpenSpan span = Objects.requireNonNull(Tracing.openRequest("GET", "/", "GET"));
    span.enter();
    request.run();
    span.leave();
    span.end();
    return run.spans(before + 1).get(before).attributes().get("user.id");
  }
}
