using System.Numerics;

namespace Strata.Learning.Preparation;

/// <summary>The power of a series at each frequency, by a fast Fourier transform of any length (Bluestein 1970 where it is no power of two).</summary>
internal static class PowerSpectrum
{
    /// <summary>The power at frequencies 1/n, 2/n ... up to half a cycle a step, of the values less <paramref name="mean"/>; missing ones count as the mean.</summary>
    public static double[] Of(ReadOnlySpan<double> values, double mean)
    {
        var signal = new Complex[values.Length];
        for (int i = 0; i < signal.Length; i++)
        {
            signal[i] = double.IsNaN(values[i]) ? 0 : values[i] - mean;
        }

        Complex[] spectrum = Transformed(signal);
        var power = new double[values.Length / 2];
        for (int k = 0; k < power.Length; k++)
        {
            Complex at = spectrum[k + 1];
            power[k] = at.Real * at.Real + at.Imaginary * at.Imaginary;
        }

        return power;
    }

    private static Complex[] Transformed(Complex[] signal)
    {
        int n = signal.Length;
        if (BitOperations.IsPow2(n))
        {
            Radix2(signal, inverse: false);
            return signal;
        }

        int m = (int)BitOperations.RoundUpToPowerOf2((uint)(2 * n));
        Complex[] a = new Complex[m], b = new Complex[m], chirp = new Complex[n];
        for (int i = 0; i < n; i++)
        {
            chirp[i] = Complex.FromPolarCoordinates(1, -Math.PI * ((long)i * i % (2L * n)) / n);
            a[i] = signal[i] * chirp[i];
            b[i] = Complex.Conjugate(chirp[i]);
            b[(m - i) % m] = b[i];
        }

        Radix2(a, inverse: false);
        Radix2(b, inverse: false);
        for (int i = 0; i < m; i++)
        {
            a[i] *= b[i];
        }

        Radix2(a, inverse: true);
        return [.. Enumerable.Range(0, n).Select(i => a[i] / m * chirp[i])];
    }

    /// <summary>In place; the length is a power of two (Cooley and Tukey 1965). The inverse is not divided by the length.</summary>
    private static void Radix2(Complex[] values, bool inverse)
    {
        int n = values.Length;
        for (int i = 1, j = 0; i < n; i++)
        {
            int bit = n >> 1;
            for (; (j & bit) != 0; bit >>= 1)
            {
                j ^= bit;
            }

            j ^= bit;
            if (i < j)
            {
                (values[i], values[j]) = (values[j], values[i]);
            }
        }

        for (int length = 2; length <= n; length <<= 1)
        {
            Complex turn = Complex.FromPolarCoordinates(1, (inverse ? 2 : -2) * Math.PI / length);
            for (int start = 0; start < n; start += length)
            {
                Complex factor = Complex.One;
                for (int k = 0; k < length / 2; k++)
                {
                    Complex even = values[start + k], odd = values[start + k + length / 2] * factor;
                    (values[start + k], values[start + k + length / 2]) = (even + odd, even - odd);
                    factor *= turn;
                }
            }
        }
    }
}
