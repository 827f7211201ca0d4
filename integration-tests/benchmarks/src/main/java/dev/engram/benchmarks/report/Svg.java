package dev.engram.benchmarks.report;

import dev.engram.benchmarks.measure.Plot;
import dev.engram.benchmarks.measure.Quantity;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.style.CategoryStyler;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Draws plots. Needs no display. */
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

  private static final int WIDTH = 820;
  private static final int HEIGHT = 360;

  private Svg() {}

  static void write(Plot plot, Path file) throws IOException {
    VectorGraphicsEncoder.saveVectorGraphic(chart(plot), file.toString(), VectorGraphicsFormat.SVG);
  }

  private static CategoryChart chart(Plot plot) {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(plot.title())
            .xAxisTitle(plot.table().armHeading())
            .yAxisTitle(plot.quantities().get(0).unit())
            .build();
    style(chart.getStyler(), plot);
    List<String> arms = plot.table().arms();
    for (Quantity quantity : plot.quantities()) {
      chart.addSeries(quantity.name(), arms, heights(plot, arms, quantity));
    }
    return chart;
  }

  private static void style(CategoryStyler styler, Plot plot) {
    styler.setSeriesColors(COLOURS);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    styler.setLegendPosition(LegendPosition.OutsideE);
    styler.setYAxisLogarithmic(plot.logarithmic());
    styler.setAvailableSpaceFill(0.8);
    styler.setToolTipsEnabled(false);
  }

  /** A logarithm has no zero: nothing measured there, or nothing to see. */
  private static List<Double> heights(Plot plot, List<String> arms, Quantity quantity) {
    return arms.stream()
        .map(arm -> plot.table().rounds(arm, quantity).median())
        .map(median -> Double.isNaN(median) || median <= 0 ? Double.MIN_NORMAL : median)
        .toList();
  }
}
