using System.Numerics;
using System.Runtime.Intrinsics;
using Strata.Tensors.Kernels;

namespace Strata.Tensors.Backends;

/// <summary>Activations and their slopes, sixteen numbers at a time; what has no vector form, and what is left at the end, goes one by one.</summary>
internal static unsafe class VectorActivations
{
    private static readonly int Width = Vector512<float>.Count;

    /// <summary>y = f(x).</summary>
    public static void Activate(Activation kind, float* x, float* y, int count)
    {
        int done = kind switch
        {
            Activation.Relu => Forward<Relu>(x, y, count),
            Activation.LeakyRelu => Forward<LeakyRelu>(x, y, count),
            Activation.Elu => Forward<Elu>(x, y, count),
            Activation.Gelu => Forward<Gelu>(x, y, count),
            Activation.Silu => Forward<Silu>(x, y, count),
            Activation.Tanh => Forward<HyperbolicTangent>(x, y, count),
            Activation.Sigmoid => Forward<Sigmoid>(x, y, count),
            _ => 0,
        };
        for (int i = done; i < count; i++)
        {
            y[i] = ScalarActivations.Of(kind, x[i]);
        }
    }

    /// <summary>dx += dy f'(x), where y = f(x).</summary>
    public static void Back(Activation kind, float* x, float* y, float* dy, float* dx, int count)
    {
        int done = kind switch
        {
            Activation.Relu => Back<Relu>(x, y, dy, dx, count),
            Activation.LeakyRelu => Back<LeakyRelu>(x, y, dy, dx, count),
            Activation.Elu => Back<Elu>(x, y, dy, dx, count),
            Activation.Gelu => Back<Gelu>(x, y, dy, dx, count),
            Activation.Silu => Back<Silu>(x, y, dy, dx, count),
            Activation.Tanh => Back<HyperbolicTangent>(x, y, dy, dx, count),
            Activation.Sigmoid => Back<Sigmoid>(x, y, dy, dx, count),
            _ => 0,
        };
        for (int i = done; i < count; i++)
        {
            dx[i] += dy[i] * ScalarActivations.Slope(kind, x[i], y[i]);
        }
    }

    private static int Forward<TFunction>(float* x, float* y, int count)
        where TFunction : struct, IFunction
    {
        int i = 0;
        for (; i + Width <= count; i += Width)
        {
            TFunction.Of(Vector512.Load(x + i)).Store(y + i);
        }

        return i;
    }

    private static int Back<TFunction>(float* x, float* y, float* dy, float* dx, int count)
        where TFunction : struct, IFunction
    {
        int i = 0;
        for (; i + Width <= count; i += Width)
        {
            Vector512.FusedMultiplyAdd(Vector512.Load(dy + i), TFunction.Slope(Vector512.Load(x + i), Vector512.Load(y + i)), Vector512.Load(dx + i)).Store(dx + i);
        }

        return i;
    }

    private interface IFunction
    {
        static abstract Vector512<float> Of(Vector512<float> x);

        static abstract Vector512<float> Slope(Vector512<float> x, Vector512<float> y);
    }

    private readonly struct Relu : IFunction
    {
        public static Vector512<float> Of(Vector512<float> x) => Vector512.Max(x, Vector512<float>.Zero);

        public static Vector512<float> Slope(Vector512<float> x, Vector512<float> y) => Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512<float>.Zero), Vector512<float>.One, Vector512<float>.Zero);
    }

    private readonly struct LeakyRelu : IFunction
    {
        public static Vector512<float> Of(Vector512<float> x) => x * Slope(x, x);

        public static Vector512<float> Slope(Vector512<float> x, Vector512<float> y) =>
            Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512<float>.Zero), Vector512<float>.One, Vector512.Create(0.01f));
    }

    private readonly struct Elu : IFunction
    {
        /// <summary>Near 0, where <c>exp(x) - 1</c> would lose its digits, by <c>2 tanh(x / 2) / (1 - tanh(x / 2))</c>.</summary>
        public static Vector512<float> Of(Vector512<float> x)
        {
            Vector512<float> half = VectorFunctions.Tanh(x * Vector512.Create(0.5f)), below = (half + half) / (Vector512<float>.One - half);
            return Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512<float>.Zero), x, below);
        }

        public static Vector512<float> Slope(Vector512<float> x, Vector512<float> y) =>
            Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512<float>.Zero), Vector512<float>.One, y + Vector512<float>.One);
    }

    private readonly struct Gelu : IFunction
    {
        public static Vector512<float> Of(Vector512<float> x) => x * VectorFunctions.NormalShare(x, out _);

        public static Vector512<float> Slope(Vector512<float> x, Vector512<float> y)
        {
            Vector512<float> share = VectorFunctions.NormalShare(x, out Vector512<float> bell);
            return Vector512.FusedMultiplyAdd(x * Vector512.Create(0.398942280f), bell, share);
        }
    }

    private readonly struct Silu : IFunction
    {
        public static Vector512<float> Of(Vector512<float> x) => x * VectorFunctions.Logistic(x);

        public static Vector512<float> Slope(Vector512<float> x, Vector512<float> y)
        {
            Vector512<float> share = VectorFunctions.Logistic(x);
            return share + y * (Vector512<float>.One - share);
        }
    }

    private readonly struct HyperbolicTangent : IFunction
    {
        public static Vector512<float> Of(Vector512<float> x) => VectorFunctions.Tanh(x);

        public static Vector512<float> Slope(Vector512<float> x, Vector512<float> y) => Vector512<float>.One - y * y;
    }

    private readonly struct Sigmoid : IFunction
    {
        public static Vector512<float> Of(Vector512<float> x) => VectorFunctions.Logistic(x);

        public static Vector512<float> Slope(Vector512<float> x, Vector512<float> y) => y * (Vector512<float>.One - y);
    }
}
