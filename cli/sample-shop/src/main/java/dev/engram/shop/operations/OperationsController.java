package dev.engram.shop.operations;

import dev.engram.shop.operations.ReportRepository.Report;
import java.util.Map;
import java.util.concurrent.Callable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What the people who run the shop ask for. */
@RestController
class OperationsController {
  private final ReportRepository reports;

  OperationsController(ReportRepository reports) {
    this.reports = reports;
  }

  @GetMapping("/health")
  Map<String, String> health() {
    return Map.of("status", "up");
  }

  @GetMapping("/slow")
  Map<String, String> slow() {
    reports.stockTake();
    return Map.of("stock", "counted");
  }

  /** Runs on another thread than the one that took the request. */
  @GetMapping("/report")
  Callable<Report> report() {
    return reports::report;
  }

  @GetMapping("/legacy")
  Map<String, String> legacy() {
    throw new LegacySystemDownException();
  }

  @ExceptionHandler
  @ResponseStatus(HttpStatus.SERVICE_UNAVAILABLE)
  Map<String, String> unavailable(LegacySystemDownException down) {
    return Map.of("error", String.valueOf(down.getMessage()));
  }
}
