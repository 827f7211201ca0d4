package dev.engram.agent.instrumentation.methods;

import static net.bytebuddy.matcher.ElementMatchers.declaresMethod;
import static net.bytebuddy.matcher.ElementMatchers.isAnnotatedWith;
import static net.bytebuddy.matcher.ElementMatchers.isEquals;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;
import static net.bytebuddy.matcher.ElementMatchers.not;
import static net.bytebuddy.matcher.ElementMatchers.takesNoArguments;

import dev.engram.agent.core.instrument.MethodAdvice;
import dev.engram.agent.core.instrument.TypeInstrumentation;
import dev.engram.agent.core.instrument.TypeMatch;
import java.util.List;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/**
 * Methods whose arguments are kept when they throw: of packages that somebody named, those of the
 * classes that a framework makes and calls, and those that it calls by themselves. Nearly all that
 * such an application does on behalf of a request passes them, and its inner loops do not.
 */
final class ComponentMethods {
  private static final String ADVICE = "dev.engram.agent.instrumentation.methods.ArgumentsAdvice";

  private static final String WEB = "org.springframework.web.bind.annotation.";
  private static final String STEREOTYPE = "org.springframework.stereotype.";

  /** All methods of such a class. */
  private static final ElementMatcher.Junction<TypeDescription> COMPONENTS =
      isAnnotatedWith(
          namedOneOf(
              WEB + "RestController",
              WEB + "ControllerAdvice",
              WEB + "RestControllerAdvice",
              STEREOTYPE + "Controller",
              STEREOTYPE + "Service",
              STEREOTYPE + "Component",
              STEREOTYPE + "Repository",
              "jakarta.ws.rs.Path",
              "javax.ws.rs.Path",
              "jakarta.ejb.Stateless",
              "javax.ejb.Stateless",
              "jakarta.ejb.MessageDriven",
              "javax.ejb.MessageDriven",
              "jakarta.inject.Singleton",
              "javax.inject.Singleton",
              "jakarta.enterprise.context.ApplicationScoped",
              "javax.enterprise.context.ApplicationScoped",
              "jakarta.enterprise.context.RequestScoped",
              "javax.enterprise.context.RequestScoped"));

  /** Such a method, whatever its class is. */
  private static final ElementMatcher.Junction<MethodDescription> HANDLERS =
      isAnnotatedWith(
          namedOneOf(
              WEB + "RequestMapping",
              WEB + "GetMapping",
              WEB + "PostMapping",
              WEB + "PutMapping",
              WEB + "PatchMapping",
              WEB + "DeleteMapping",
              "org.springframework.messaging.handler.annotation.MessageMapping",
              "org.springframework.context.event.EventListener",
              "org.springframework.transaction.event.TransactionalEventListener",
              "org.springframework.scheduling.annotation.Async",
              "org.springframework.scheduling.annotation.Scheduled",
              "org.springframework.kafka.annotation.KafkaListener",
              "org.springframework.kafka.annotation.KafkaHandler",
              "org.springframework.jms.annotation.JmsListener",
              "org.springframework.amqp.rabbit.annotation.RabbitListener",
              "org.springframework.amqp.rabbit.annotation.RabbitHandler",
              "io.awspring.cloud.sqs.annotation.SqsListener",
              "jakarta.ws.rs.GET",
              "jakarta.ws.rs.POST",
              "jakarta.ws.rs.PUT",
              "jakarta.ws.rs.PATCH",
              "jakarta.ws.rs.DELETE",
              "javax.ws.rs.GET",
              "javax.ws.rs.POST",
              "javax.ws.rs.PUT",
              "javax.ws.rs.PATCH",
              "javax.ws.rs.DELETE"));

  private static final ElementMatcher.Junction<MethodDescription> WITH_ARGUMENTS =
      MethodsInstrumentation.concrete().and(not(takesNoArguments())).and(not(isEquals()));

  private ComponentMethods() {}

  /**
   * @param packages such as {@code com.acme}; without any, nothing is looked at
   */
  static List<TypeInstrumentation> below(List<String> packages) {
    if (packages.isEmpty()) {
      return List.of();
    }
    List<String> prefixes =
        packages.stream().map(name -> name.endsWith(".") ? name : name + ".").toList();
    ElementMatcher.Junction<MethodDescription> handlers = WITH_ARGUMENTS.and(HANDLERS);
    return List.of(
        TypeInstrumentation.of(
            TypeMatch.below(prefixes, COMPONENTS), new MethodAdvice(WITH_ARGUMENTS, ADVICE)),
        TypeInstrumentation.of(
            TypeMatch.below(prefixes, not(COMPONENTS).and(declaresMethod(handlers))),
            new MethodAdvice(handlers, ADVICE)));
  }
}
