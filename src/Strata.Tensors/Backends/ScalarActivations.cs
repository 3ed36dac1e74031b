using System.Numerics;

namespace Strata.Tensors.Backends;

/// <summary>Activations and their slopes, one number at a time.</summary>
internal static class ScalarActivations
{
    private const double Leak = 0.01;

    public static T Of<T>(Activation kind, T x)
        where T : IFloatingPointIeee754<T> => kind switch
        {
            Activation.Relu => T.Max(x, T.Zero),
            Activation.LeakyRelu => x > T.Zero ? x : x * T.CreateTruncating(Leak),
            Activation.Elu => x > T.Zero ? x : ExponentialLessOne(x),
            Activation.Gelu => x * NormalShare(x),
            Activation.Silu => x * Logistic(x),
            Activation.Tanh => T.Tanh(x),
            Activation.Sigmoid => Logistic(x),
            Activation.Softplus => T.Max(x, T.Zero) + T.LogP1(T.Exp(-T.Abs(x))),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such activation."),
        };

    /// <summary>The slope at x, where y is the value there.</summary>
    public static T Slope<T>(Activation kind, T x, T y)
        where T : IFloatingPointIeee754<T> => kind switch
        {
            Activation.Relu => x > T.Zero ? T.One : T.Zero,
            Activation.LeakyRelu => x > T.Zero ? T.One : T.CreateTruncating(Leak),
            Activation.Elu => x > T.Zero ? T.One : y + T.One,
            Activation.Gelu => NormalShare(x) + x * T.Exp(-x * x / T.CreateTruncating(2)) / T.CreateTruncating(Math.Sqrt(2 * Math.PI)),
            Activation.Silu => Logistic(x) * (T.One + x * (T.One - Logistic(x))),
            Activation.Tanh => T.One - y * y,
            Activation.Sigmoid => y * (T.One - y),
            Activation.Softplus => Logistic(x),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such activation."),
        };

    public static T Logistic<T>(T x)
        where T : IFloatingPointIeee754<T> => T.One / (T.One + T.Exp(-x));

    /// <summary><c>exp(x) - 1</c> with all its digits near 0: with t = tanh(x / 2) it is <c>2 t / (1 - t)</c>.</summary>
    private static T ExponentialLessOne<T>(T x)
        where T : IFloatingPointIeee754<T>
    {
        T half = T.Tanh(x * T.CreateTruncating(0.5));
        return (half + half) / (T.One - half);
    }

    private static T NormalShare<T>(T x)
        where T : IFloatingPointIeee754<T> => T.CreateTruncating(NormalCurve.Share(double.CreateTruncating(x)));
}
