package dev.engram.integration.soak;

import dev.engram.integration.harness.Artifacts;
import dev.engram.integration.soak.Footprint.Quantity;
import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.JFreeChart;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.jfree.svg.SVGGraphics2D;

/** Writes what a soak has measured into the documents. */
public final class SoakReport {
  private static final List<Color> COLOURS =
      List.of(new Color(0x0072B2), new Color(0xE69F00), new Color(0x009E73), new Color(0xCC79A7));
  private static final int WIDTH = 860;
  private static final int HEIGHT = 260;

  private SoakReport() {}

  /**
   * @param requests how many all services answered
   * @param footprints by the name of the process, which says the JDK
   */
  public static void write(Duration length, int requests, Map<String, Footprint> footprints)
      throws IOException {
    Path reports = Artifacts.root().resolve("docs/reports");
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "# A soak of %d minutes%n%n"
                + "`SoakIT` with `-Psoak`: on each JDK of the table, side by side, the sample shop"
                + " with the agent, and a collector, each with at most 256 MiB of heap.%nAll shops"
                + " answered %,d requests. Each process was looked at every ten seconds, each time"
                + " after a collection of its garbage.%nGrowth is that of the second half, by the"
                + " median of the slopes between any two looks (Theil-Sen); it may be the bound at"
                + " most.%n%n",
            length.toMinutes(),
            requests));
    text.append("| process | quantity | level | grew by | bound |\n|---|---|---|---|---|\n");
    footprints.forEach((process, footprint) -> rows(text, process, footprint));
    for (Quantity quantity : Quantity.values()) {
      String file = "soak-" + quantity.name().toLowerCase(Locale.ROOT) + ".svg";
      Files.writeString(reports.resolve(file), svg(quantity, footprints));
      text.append(String.format("%n![%s](%s)%n", quantity.title(), file));
    }
    Files.writeString(reports.resolve("soak.md"), text.toString());
  }

  private static void rows(StringBuilder text, String process, Footprint footprint) {
    for (Quantity quantity : Quantity.values()) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %s, %s | %.1f | %.1f | %.1f |%n",
              process,
              quantity.title(),
              quantity.unit(),
              footprint.level(quantity),
              footprint.growth(quantity),
              footprint.bound(quantity)));
    }
  }

  private static String svg(Quantity quantity, Map<String, Footprint> footprints) {
    XYSeriesCollection lines = new XYSeriesCollection();
    footprints.forEach((process, footprint) -> lines.addSeries(line(process, footprint, quantity)));
    JFreeChart chart =
        ChartFactory.createXYLineChart(quantity.title(), "minutes", quantity.unit(), lines);
    chart.setBackgroundPaint(Color.WHITE);
    chart.getXYPlot().setBackgroundPaint(Color.WHITE);
    chart.getXYPlot().setRangeGridlinePaint(Color.LIGHT_GRAY);
    chart.getXYPlot().getRangeAxis().setLowerBound(0);
    for (int i = 0; i < COLOURS.size(); i++) {
      chart.getXYPlot().getRenderer().setSeriesPaint(i, COLOURS.get(i));
    }
    SVGGraphics2D svg = new SVGGraphics2D(WIDTH, HEIGHT);
    svg.setDefsKeyPrefix("soak-" + quantity.name());
    svg.setGeomDoubleConverter(it -> String.format(Locale.ROOT, "%.1f", it));
    chart.draw(svg, new Rectangle2D.Double(0, 0, WIDTH, HEIGHT));
    return svg.getSVGElement();
  }

  private static XYSeries line(String process, Footprint footprint, Quantity quantity) {
    XYSeries line = new XYSeries(process);
    for (int i = 0; i < footprint.minutes().size(); i++) {
      line.add(footprint.minutes().get(i), footprint.values(quantity).get(i));
    }
    return line;
  }
}
