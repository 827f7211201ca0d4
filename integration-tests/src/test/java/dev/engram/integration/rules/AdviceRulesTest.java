package dev.engram.integration.rules;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.core.domain.properties.HasParameterTypes.Predicates.rawParameterTypes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import net.bytebuddy.asm.Advice.OnMethodEnter;
import net.bytebuddy.asm.Advice.OnMethodExit;
import org.junit.jupiter.api.Test;

/** Advice runs inside other people's methods: it is static, keeps nothing, and lets nothing out. */
class AdviceRulesTest {
  private static final JavaClasses MAIN = Tree.mainClasses();
  private static final String ENCODER = "dev.engram.agent.record.RecordEncoder";
  private static final String KEY = "dev.engram.agent.record.AttributeKey";
  private static final String REDACTING = "dev.engram.agent.core.capture.EnteringValues";
  private static final String ASKING = "dev.engram.agent.core.capture.Thrown";
  private static final String QUESTIONS =
      "getMessage|getLocalizedMessage|getCause|getStackTrace|toString|hashCode|equals";

  /** Where only what the agent and the JDK throw is met. */
  private static final String[] OWN_THREADS = {
    "dev.engram.agent.core.bootstrap",
    "dev.engram.agent.core.config",
    "dev.engram.agent.core.control",
    "dev.engram.agent.core.home",
    "dev.engram.agent.core.writer",
  };

  private static final Set<String> VOICE = Set.of("AgentLog", "Premain");

  /** Whoever calls one of them may open a socket. */
  private static final Set<String> NETWORK_TYPES =
      Set.of(
          "java.net.Socket",
          "java.net.ServerSocket",
          "java.net.DatagramSocket",
          "java.nio.channels.SocketChannel",
          "java.nio.channels.ServerSocketChannel",
          "java.nio.channels.DatagramChannel");

  /** Whoever calls one of them may wait for a name server. */
  private static final Set<String> NETWORK_CALLS =
      Set.of(
          "java.net.InetAddress.getHostName",
          "java.net.InetAddress.getCanonicalHostName",
          "java.net.InetAddress.getByName",
          "java.net.InetAddress.getAllByName",
          "java.net.InetAddress.getLocalHost",
          "java.net.InetAddress.isReachable",
          "java.net.InetSocketAddress.<init>",
          "java.net.InetSocketAddress.getHostName",
          "java.net.URL.openConnection",
          "java.net.URL.openStream",
          "java.net.URL.equals",
          "java.net.URL.hashCode",
          "jakarta.servlet.ServletRequest.getRemoteHost",
          "jakarta.servlet.ServletRequest.getLocalName",
          "javax.servlet.ServletRequest.getRemoteHost",
          "javax.servlet.ServletRequest.getLocalName");

  private static final List<JavaMethod> ADVICE =
      MAIN.stream()
          .flatMap(type -> type.getMethods().stream())
          .filter(AdviceRulesTest::isAdvice)
          .toList();

  @Test
  void advice_isFound() {
    assertThat(ADVICE).hasSizeGreaterThan(5);
  }

  @Test
  void adviceMethods_areStatic() {
    assertThat(ADVICE)
        .allSatisfy(method -> assertThat(method.getModifiers()).contains(JavaModifier.STATIC));
  }

  @Test
  void adviceMethods_suppressEveryThrowable_andAreNotInlined() {
    assertThat(ADVICE).flatMap(AdviceRulesTest::adviceAnnotations).allSatisfy(this::isHarmless);
  }

  @Test
  void adviceClasses_haveNoFields_andOnlyStaticMethods() {
    assertThat(ADVICE)
        .extracting(JavaMethod::getOwner)
        .allSatisfy(
            type -> {
              assertThat(type.getFields()).isEmpty();
              assertThat(type.getMethods())
                  .allMatch(method -> method.getModifiers().contains(JavaModifier.STATIC));
            });
  }

  @Test
  void adviceSignatures_nameNoTypeOfTheAgent() {
    assertThat(ADVICE)
        .allSatisfy(
            method -> {
              assertThat(method.getRawReturnType().getName()).doesNotStartWith("dev.engram");
              assertThat(method.getRawParameterTypes())
                  .noneMatch(type -> type.getName().startsWith("dev.engram"));
            });
  }

  /** The premain speaks for itself: it runs before the log's class loader is there. */
  @Test
  void agent_speaksThroughItsLogAlone() {
    noClasses()
        .that()
        .resideInAPackage("dev.engram.agent..")
        .and(are("not its voice", type -> !VOICE.contains(type.getSimpleName())))
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(Throwable.class, "printStackTrace")
        .check(MAIN);
  }

  /**
   * Whoever touches the JDK's logging initialises it; one package looks at what is logged there.
   */
  @Test
  void agent_leavesTheLoggingOfTheJdkAlone() {
    noClasses()
        .that()
        .resideInAPackage("dev.engram.agent..")
        .and(resideOutsideOfPackage("dev.engram.agent.instrumentation.jul"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.util.logging..")
        .check(MAIN);
  }

  /** An exception of the application may do anything when it is asked. */
  @Test
  void throwables_areAskedInOnePlace() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.engram.agent.core..", "dev.engram.agent.instrumentation..")
        .and()
        .resideOutsideOfPackages(OWN_THREADS)
        .and()
        .doNotHaveFullyQualifiedName(ASKING)
        .should()
        .callMethodWhere(
            target(owner(assignableTo(Throwable.class))).and(target(nameMatching(QUESTIONS))))
        .check(MAIN);
  }

  /**
   * Between claim and commit nothing but the library runs; and nobody frees a claim whose thread
   * may live.
   */
  @Test
  void ring_isWrittenInOneCall_andNeverUnblocked() {
    noClasses()
        .should()
        .callMethodWhere(
            target(owner(resideInAPackage("org.agrona.concurrent.ringbuffer")))
                .and(target(nameMatching("tryClaim|commit|abort|unblock"))))
        .check(MAIN);
  }

  @Test
  void agent_neverEndsTheProcess() {
    noClasses()
        .that()
        .resideInAPackage("dev.engram.agent..")
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .check(MAIN);
  }

  @Test
  void agent_callsNothingThatReachesTheNetwork() {
    noClasses()
        .that()
        .resideInAPackage("dev.engram.agent..")
        .should()
        .callCodeUnitWhere(
            DescribedPredicate.describe(
                "may open a socket or ask a name server",
                call ->
                    NETWORK_TYPES.contains(call.getTargetOwner().getName())
                        || NETWORK_CALLS.contains(
                            call.getTargetOwner().getName() + "." + call.getName())))
        .check(MAIN);
  }

  /** What a person tells on the command line was captured from nobody. */
  @Test
  void recordEncoder_isReachedFromCaptureAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.engram.agent.record..", "dev.engram.agent.core.capture")
        .and()
        .doNotHaveFullyQualifiedName("dev.engram.collector.intake.ToldFolder")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName(ENCODER)
        .check(MAIN);
  }

  @Test
  void attributes_enterARecordWhereTheyAreRedacted() {
    noClasses()
        .that(are("not the place of redaction", type -> !type.getName().equals(REDACTING)))
        .should()
        .callMethodWhere(
            target(owner(name(ENCODER)))
                .and(target(name("attribute")))
                .and(target(rawParameterTypes(KEY, String.class.getName(), "int"))))
        .check(MAIN.that(resideOutsideOfPackage("dev.engram.agent.record..")));
  }

  @Test
  void whoWritesText_goesThroughTheRedaction() {
    classes()
        .that(are("write text", AdviceRulesTest::writesText))
        .and()
        .resideOutsideOfPackage("dev.engram.agent.record..")
        .and()
        .doNotHaveFullyQualifiedName(REDACTING)
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName(REDACTING)
        .check(MAIN);
  }

  private static boolean writesText(JavaClass type) {
    return type.getMethodCallsFromSelf().stream()
        .map(JavaMethodCall::getTarget)
        .anyMatch(
            method ->
                method.getOwner().getName().equals(ENCODER)
                    && method.getRawParameterTypes().stream()
                        .anyMatch(parameter -> parameter.isEquivalentTo(String.class)));
  }

  private void isHarmless(JavaAnnotation<?> annotation) {
    Optional<Object> suppress = annotation.get("suppress");
    assertThat(suppress.map(type -> ((JavaClass) type).getFullName()))
        .as("suppress of " + annotation)
        .contains(Throwable.class.getName());
    assertThat(annotation.get("inline")).as("inline of " + annotation).contains(false);
  }

  private static boolean isAdvice(JavaMethod method) {
    return !adviceAnnotations(method).isEmpty();
  }

  private static Set<JavaAnnotation<JavaMethod>> adviceAnnotations(JavaMethod method) {
    return method.getAnnotations().stream()
        .filter(
            it ->
                it.getRawType().isEquivalentTo(OnMethodEnter.class)
                    || it.getRawType().isEquivalentTo(OnMethodExit.class))
        .collect(Collectors.toSet());
  }

  private static DescribedPredicate<JavaClass> are(String what, Predicate<JavaClass> condition) {
    return DescribedPredicate.describe(what, condition);
  }
}
