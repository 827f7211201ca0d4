package dev.engram.integration.harness;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession.CloseableSession;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.eclipse.aether.supplier.RepositorySystemSupplier;
import org.eclipse.aether.supplier.SessionBuilderSupplier;
import org.eclipse.aether.util.artifact.JavaScopes;
import org.eclipse.aether.util.filter.DependencyFilterUtils;
import org.jspecify.annotations.Nullable;

/**
 * Class paths of libraries in versions that do not fit into one build, from the repositories and
 * the local repository of the Maven that runs the tests. Thread-safe.
 */
public final class MavenArtifacts {
  private static final RepositorySystem SYSTEM = new RepositorySystemSupplier().get();
  private static final Map<List<String>, List<Path>> RESOLVED = new ConcurrentHashMap<>();

  private MavenArtifacts() {}

  /**
   * The jars of these and all they need at run time.
   *
   * @param coordinates {@code group:artifact:version}
   */
  public static List<Path> resolve(List<String> coordinates) {
    return RESOLVED.computeIfAbsent(coordinates, MavenArtifacts::download);
  }

  private static List<Path> download(List<String> coordinates) {
    try (CloseableSession session = session()) {
      CollectRequest wanted =
          new CollectRequest()
              .setDependencies(coordinates.stream().map(MavenArtifacts::dependency).toList())
              .addRepository(repository());
      return SYSTEM
          .resolveDependencies(
              session,
              new DependencyRequest(
                  wanted,
                  DependencyFilterUtils.andFilter(
                      DependencyFilterUtils.classpathFilter(JavaScopes.RUNTIME),
                      (node, parents) -> !isNative(node.getDependency()))))
          .getArtifactResults()
          .stream()
          .map(result -> result.getArtifact().getPath())
          .toList();
    } catch (DependencyResolutionException missing) {
      throw new IllegalStateException(
          coordinates + " cannot be had: " + missing.getMessage(), missing);
    }
  }

  /** For one platform, and not needed on any: a repository may do without. */
  private static boolean isNative(@Nullable Dependency dependency) {
    return dependency != null
        && dependency.getArtifact().getGroupId().equals("io.netty")
        && !dependency.getArtifact().getClassifier().isEmpty();
  }

  private static Dependency dependency(String coordinates) {
    return new Dependency(new DefaultArtifact(coordinates), JavaScopes.RUNTIME);
  }

  private static CloseableSession session() {
    return new SessionBuilderSupplier(SYSTEM)
        .get()
        .withLocalRepositoryBaseDirectories(Path.of(property("engram.maven.local")))
        .setSystemProperties(System.getProperties())
        .build();
  }

  private static RemoteRepository repository() {
    return new RemoteRepository.Builder("central", "default", property("engram.maven.remote"))
        .build();
  }

  private static String property(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      throw new IllegalStateException(name + " is not set: the build sets it");
    }
    return value;
  }
}
