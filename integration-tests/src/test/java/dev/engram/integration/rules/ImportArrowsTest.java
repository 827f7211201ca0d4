package dev.engram.integration.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Arrows run one way; each test is one arrow that must not be, or the only ones that may. */
class ImportArrowsTest {
  private static final String RECORD = "dev.engram.agent.record..";
  private static final String CORE = "dev.engram.agent.core..";
  private static final String INSTRUMENTATION = "dev.engram.agent.instrumentation..";
  private static final String COLLECTOR = "dev.engram.collector..";
  private static final String STORE = "dev.engram.collector.store";
  private static final String SQLITE = "dev.engram.collector.store.sqlite..";
  private static final String POSTGRESQL = "dev.engram.collector.store.postgresql..";
  private static final String INTAKE = "dev.engram.collector.intake..";
  private static final String ANALYSIS = "dev.engram.collector.analysis..";
  private static final String QUERY = "dev.engram.collector.query..";
  private static final String SERVER = "dev.engram.collector.server..";
  private static final String CLI = "dev.engram.cli..";

  private static final JavaClasses MAIN = Tree.mainClasses();

  @Test
  void everyModule_isSeen() {
    assertThat(MAIN.stream().map(JavaClass::getPackageName).collect(Collectors.toSet()))
        .contains(
            "dev.engram.agent.record",
            "dev.engram.agent.core.capture",
            "dev.engram.collector.store",
            "dev.engram.collector.intake",
            "dev.engram.collector.analysis",
            "dev.engram.collector.query",
            "dev.engram.collector.server",
            "dev.engram.cli");
  }

  @Test
  void record_dependsOnJavaAndAgronaAlone() {
    check(onlyOn(RECORD, RECORD, "org.agrona.."));
  }

  @Test
  void api_dependsOnJavaAlone() {
    check(onlyOn("dev.engram.agent.api..", "dev.engram.agent.api.."));
  }

  @Test
  void store_dependsOnJavaAlone() {
    check(onlyOn(STORE, STORE));
  }

  @Test
  void analysis_dependsOnTheStoreAndStatisticsAlone() {
    check(
        onlyOn(
            ANALYSIS,
            ANALYSIS,
            STORE,
            "org.apache.commons.statistics..",
            "org.apache.commons.rng.."));
  }

  @Test
  void query_dependsOnAnalysisAndStoreAlone() {
    check(onlyOn(QUERY, QUERY, ANALYSIS, STORE));
  }

  @Test
  void core_knowsNoInstrumentation() {
    check(notOn(CORE, INSTRUMENTATION));
  }

  @Test
  void instrumentations_knowNothingOfEachOther() {
    check(
        slices()
            .matching("dev.engram.agent.instrumentation.(*)..")
            .should()
            .notDependOnEachOther());
  }

  @Test
  void agent_knowsNoCollector() {
    check(notOn("dev.engram.agent..", COLLECTOR, CLI));
  }

  @Test
  void collector_knowsOfTheAgentOnlyTheRecord() {
    check(
        notOn(
            COLLECTOR, CORE, INSTRUMENTATION, "dev.engram.agent.api..", "dev.engram.agent.dist.."));
  }

  @Test
  void intake_knowsRecordAndStore_butNoEngine() {
    check(notOn(INTAKE, SQLITE, POSTGRESQL, ANALYSIS, QUERY, SERVER, CLI));
  }

  @Test
  void analysis_readsNoClock() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(ANALYSIS)
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Instant.class, "now"));
  }

  @Test
  void sqlite_isChosenByTheServersWiringAlone() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(SQLITE, SERVER)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(SQLITE, "org.sqlite.."));
  }

  @Test
  void postgresql_isChosenByTheServersWiringAlone() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(POSTGRESQL, SERVER)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(POSTGRESQL, "org.postgresql.."));
  }

  @Test
  void collector_knowsNoCommandLine() {
    check(notOn(COLLECTOR, CLI));
  }

  @Test
  void shop_knowsOnlyTheApi() {
    check(notOn("dev.engram.shop..", RECORD, CORE, INSTRUMENTATION, COLLECTOR, CLI));
  }

  private static void check(ArchRule rule) {
    rule.check(MAIN);
  }

  private static ArchRule notOn(String from, String... to) {
    return noClasses()
        .that()
        .resideInAPackage(from)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(to);
  }

  private static ArchRule onlyOn(String from, String... to) {
    List<String> allowed = new ArrayList<>(List.of(to));
    allowed.addAll(List.of("java..", "org.jspecify.."));
    return classes()
        .that()
        .resideInAPackage(from)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed.toArray(String[]::new));
  }
}
