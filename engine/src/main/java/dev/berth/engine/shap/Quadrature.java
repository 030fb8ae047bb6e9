package dev.berth.engine.shap;

/**
 * Gauss and Legendre's points and weights on the interval from 0 to 1: with n of them the weighted
 * sum of a polynomial's values is its integral, exactly up to degree {@code 2n - 1}. The points are
 * the roots of the nth Legendre polynomial, found by Newton's method (Abramowitz and Stegun,
 * 25.4.29 and 25.4.30).
 */
final class Quadrature {
  private static final int NEWTON_STEPS = 10;

  final double[] points;
  final double[] weights;

  private Quadrature(double[] points, double[] weights) {
    this.points = points;
    this.weights = weights;
  }

  static Quadrature of(int size) {
    double[] points = new double[size];
    double[] weights = new double[size];
    for (int i = 0; i < size; i++) {
      double x = Math.cos(Math.PI * (i + 0.75) / (size + 0.5));
      double slope = 1;
      for (int step = 0; step < NEWTON_STEPS; step++) {
        double before = 1;
        double value = x;
        for (int n = 2; n <= size; n++) {
          double next = ((2 * n - 1) * x * value - (n - 1) * before) / n;
          before = value;
          value = next;
        }
        slope = size * (x * value - before) / (x * x - 1);
        x -= value / slope;
      }
      points[i] = (1 + x) / 2;
      weights[i] = 1 / ((1 - x * x) * slope * slope);
    }
    return new Quadrature(points, weights);
  }
}
