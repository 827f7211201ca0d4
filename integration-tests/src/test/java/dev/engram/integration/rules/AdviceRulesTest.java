package dev.engram.integration.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
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
  private static final Set<String> VOICE = Set.of("AgentLog", "Premain");
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
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("java.util.logging..")
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
  void recordEncoder_isReachedOnlyThroughTheRedactingRecordWriter() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.engram.agent.record..")
        .and(are("not the record writer", type -> !type.getSimpleName().equals("RecordWriter")))
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("dev.engram.agent.record.RecordEncoder")
        .check(MAIN);
  }

  @Test
  void everyWrittenText_isRedacted_becauseOnlyOneClassWritesIt() {
    classes()
        .that()
        .haveFullyQualifiedName("dev.engram.agent.core.capture.RecordWriter")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("dev.engram.agent.record.RecordEncoder")
        .check(MAIN);
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
