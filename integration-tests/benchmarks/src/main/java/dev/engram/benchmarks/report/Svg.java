package dev.engram.benchmarks.report;

import dev.engram.benchmarks.measure.Plot;
import dev.engram.benchmarks.measure.Quantity;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.data.category.DefaultCategoryDataset;
import org.jfree.svg.SVGGraphics2D;

/** Draws plots as bars of medians. Needs no display. */
final class Svg {
  /** Told apart by eyes that see few colours too. */
  private static final Color[] COLOURS = {
    new Color(0x0072B2),
    new Color(0xE69F00),
    new Color(0x009E73),
    new Color(0xCC79A7),
    new Color(0x56B4E9),
    new Color(0x5B5B5B)
  };

  private static final int WIDTH = 860;
  private static final int HEIGHT = 360;
  private static final int LABEL_LINES = 3;

  private Svg() {}

  static void write(Plot plot, Path file) throws IOException {
    SVGGraphics2D svg = new SVGGraphics2D(WIDTH, HEIGHT);
    // Of the plot alone, so that a run changes only what it measured differently.
    svg.setDefsKeyPrefix(plot.file());
    svg.setGeomDoubleConverter(Svg::tenth);
    chart(plot).draw(svg, new Rectangle2D.Double(0, 0, WIDTH, HEIGHT));
    Files.writeString(file, svg.getSVGElement());
  }

  /** A tenth of a pixel is more than anybody sees, and a third of the file. */
  private static String tenth(double coordinate) {
    return String.format(Locale.ROOT, "%.1f", coordinate);
  }

  private static JFreeChart chart(Plot plot) {
    CategoryAxis arms = new CategoryAxis(plot.table().armHeading());
    arms.setMaximumCategoryLabelLines(LABEL_LINES);
    CategoryPlot bars = new CategoryPlot(medians(plot), arms, axis(plot), renderer(plot));
    bars.setBackgroundPaint(Color.WHITE);
    bars.setRangeGridlinePaint(Color.LIGHT_GRAY);
    bars.setRangeGridlineStroke(new BasicStroke(0.5f));
    bars.setOutlineVisible(false);
    JFreeChart chart = new JFreeChart(plot.title(), bars);
    chart.setBackgroundPaint(Color.WHITE);
    return chart;
  }

  private static ValueAxis axis(Plot plot) {
    String unit = plot.quantities().get(0).unit();
    if (!plot.logarithmic()) {
      return new NumberAxis(unit);
    }
    LogAxis axis = new LogAxis(unit);
    axis.setNumberFormatOverride(
        new DecimalFormat("#,##0.###", DecimalFormatSymbols.getInstance(Locale.ROOT)));
    return axis;
  }

  private static BarRenderer renderer(Plot plot) {
    BarRenderer renderer = new BarRenderer();
    renderer.setBarPainter(new StandardBarPainter());
    renderer.setShadowVisible(false);
    renderer.setItemMargin(0.03);
    renderer.setIncludeBaseInRange(!plot.logarithmic());
    for (int i = 0; i < plot.quantities().size(); i++) {
      renderer.setSeriesPaint(i, COLOURS[i % COLOURS.length]);
    }
    return renderer;
  }

  /** Null draws no bar: nothing was measured, or a zero, which a logarithm has not. */
  private static DefaultCategoryDataset medians(Plot plot) {
    DefaultCategoryDataset medians = new DefaultCategoryDataset();
    for (Quantity quantity : plot.quantities()) {
      for (String arm : plot.table().arms()) {
        double median = plot.table().rounds(arm, quantity).median();
        medians.addValue(median > 0 ? median : null, quantity.name(), arm);
      }
    }
    return medians;
  }
}
