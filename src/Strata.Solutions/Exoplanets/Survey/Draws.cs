using Strata.Tensors;

namespace Strata.Solutions.Exoplanets.Survey;

/// <summary>The distributions that the simulator draws from.</summary>
internal static class Draws
{
    public static double Uniform(this RandomSource random, double low, double high) => low + (high - low) * random.NextDouble();

    public static double LogUniform(this RandomSource random, double low, double high) => low * Math.Pow(high / low, random.NextDouble());

    public static double Normal(this RandomSource random, double mean, double deviation) => mean + deviation * random.NextGaussian();

    /// <param name="random">The generator.</param>
    /// <param name="median">The median.</param>
    /// <param name="decades">The standard deviation of log10.</param>
    public static double LogNormal(this RandomSource random, double median, double decades) => median * Math.Pow(10, decades * random.NextGaussian());

    public static double Weibull(this RandomSource random, double scale, double shape) => scale * Math.Pow(-Math.Log(1 - random.NextDouble()), 1 / shape);

    /// <summary>The length of a two-dimensional normal vector.</summary>
    public static double Rayleigh(this RandomSource random, double scale) => scale * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));

    public static bool Chance(this RandomSource random, double probability) => random.NextDouble() < probability;

    public static double Logistic(double x) => 1 / (1 + Math.Exp(-x));
}
