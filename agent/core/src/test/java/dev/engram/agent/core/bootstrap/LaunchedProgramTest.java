package dev.engram.agent.core.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.core.program.LaunchedProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LaunchedProgramTest {
  @ParameterizedTest
  @CsvSource({
    "/opt/checkout-1.4.2.jar --port 8080, checkout",
    "target/order-service-2.0.0-SNAPSHOT.jar, order-service",
    "shop_v3.1.jar, shop",
    "web-2.jar, web-2",
    "com.acme.Checkout x y, Checkout",
    "acme.shop/com.acme.Shop, Shop",
    "com.acme.Tool lib.jar, Tool",
  })
  void serviceName_unconfigured_comesFromTheProgram(String command, String expected) {
    assertThat(ServiceName.of("", program(command, "classes"), "classes")).isEqualTo(expected);
  }

  @Test
  void serviceName_ofJarInFolderWithSpaces_isTheJars() {
    LaunchedProgram program =
        program("/opt/my apps/check out-1.0.0.jar run", "/opt/my apps/check out-1.0.0.jar:/a.jar");
    assertThat(ServiceName.of("", program, "")).isEqualTo("check-out");
  }

  @Test
  void serviceName_configured_isMadeSafe() {
    LaunchedProgram program = program("com.acme.Main", "classes");
    assertThat(ServiceName.of("../we@ird/näme", program, "")).isEqualTo("we-ird-n-me");
    assertThat(ServiceName.of("..", program, "")).isEqualTo("service");
  }

  @Test
  void serviceName_ofSpringBootsLauncher_isTheApplications(@TempDir Path folder)
      throws IOException {
    String launcher = "org.springframework.boot.loader.launch.JarLauncher";
    Path manifest = folder.resolve("META-INF/MANIFEST.MF");
    Files.createDirectories(manifest.getParent());
    Path itself = folder.resolve(launcher.replace('.', '/') + ".class");
    Files.createDirectories(itself.getParent());
    Files.createFile(itself);
    LaunchedProgram program = program(launcher + " --port=0", folder.toString());

    assertThat(ServiceName.of("", program, folder.toString())).isEqualTo("JarLauncher");
    Files.writeString(manifest, "Start-Class: com.acme.ShopApplication\n");
    assertThat(ServiceName.of("", program, folder.toString())).isEqualTo("ShopApplication");
    Files.writeString(manifest, "Implementation-Title: shop\nStart-Class: com.acme.Shop\n");
    assertThat(ServiceName.of("", program, folder.toString())).isEqualTo("shop");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdk.compiler/com.sun.tools.javac.Main -version",
        "jdk.jartool/sun.tools.jar.Main --version",
        "java.base/sun.security.tools.keytool.Main",
        "sun.tools.jps.Jps",
        "org.codehaus.plexus.classworlds.launcher.Launcher verify",
        "org.gradle.launcher.daemon.bootstrap.GradleDaemon 8.9",
        "worker.org.gradle.process.internal.daemon.Some",
        "xsbt.boot.Boot",
        "org.apache.maven.cli.MavenCli verify",
        "gradle/wrapper/gradle-wrapper.jar build",
        "cli/target/engram.jar collect",
        ""
      })
  void tools_areRecognised(String command) {
    assertThat(JvmTools.isTool(program(command, "classes"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "com.acme.Checkout",
        "acme.shop/com.acme.Shop",
        "checkout.jar",
        "org.apache.catalina.startup.Bootstrap start",
        "jdk.compiler/com.sun.tools.javac.launcher.Main Service.java",
        "org.jetbrains.kotlin.runner.Main -cp shop.jar com.acme.ShopKt",
        "worker.org.gradle.process.internal.worker.GradleWorkerMain 'Gradle Test Executor 1'",
        "sbt.ForkMain 127.0.0.1 4711",
        "org.apache.maven.surefire.booter.ForkedBooter /target/surefire x",
        "target/surefire/surefirebooter-20260101.jar target/surefire x"
      })
  void services_areNoTools(String command) {
    assertThat(JvmTools.isTool(program(command, "classes"))).isFalse();
  }

  @Test
  void embeddedJvm_isNoTool() {
    assertThat(JvmTools.isTool(LaunchedProgram.of(new Properties()))).isFalse();
  }

  private static LaunchedProgram program(String command, String classPath) {
    Properties properties = new Properties();
    properties.setProperty("sun.java.command", command);
    properties.setProperty("sun.java.launcher", "SUN_STANDARD");
    properties.setProperty("java.class.path", classPath);
    return LaunchedProgram.of(properties);
  }
}
