using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Strata.Tensors.Kernels.Recurrences;

/// <summary>Sums and gates i, f, g, o; the state c is kept: c = f c' + i g, h = o tanh(c).</summary>
internal readonly unsafe struct LstmCell : ICell
{
    public static int Sums => 4;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(in CellStep step)
    {
        CellStep s = step;
        float* input = s.Gates, forget = input + s.Count, candidate = forget + s.Count, output = candidate + s.Count;
        for (nint q = 0; q < s.Count; q += Lanes.One)
        {
            Vector512<float> i = VectorFunctions.Logistic(Vector512.Load(input + q)), f = VectorFunctions.Logistic(Vector512.Load(forget + q));
            Vector512<float> g = VectorFunctions.Tanh(Vector512.Load(candidate + q)), o = VectorFunctions.Logistic(Vector512.Load(output + q));
            i.Store(input + q);
            f.Store(forget + q);
            g.Store(candidate + q);
            o.Store(output + q);
            Vector512<float> before = Vector512.Load(s.Before + q), c = Vector512.FusedMultiplyAdd(f, before, i * g), h = o * VectorFunctions.Tanh(c);
            if (s.Active is not null)
            {
                Vector512<float> active = Vector512.Load(s.Active + (q & (s.Lanes - 1)));
                c = Vector512.ConditionalSelect(active, c, before);
                h = Vector512.ConditionalSelect(active, h, Vector512.Load(s.Hidden + q));
            }

            c.Store(s.After + q);
            h.Store(s.Hidden + q);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Back(in CellStep step)
    {
        CellStep s = step;
        float* input = s.Gates, forget = input + s.Count, candidate = forget + s.Count, output = candidate + s.Count;
        float* ofInput = s.OfSums, ofForget = ofInput + s.Count, ofCandidate = ofForget + s.Count, ofOutput = ofCandidate + s.Count;
        Vector512<float> one = Vector512<float>.One;
        for (nint q = 0; q < s.Count; q += Lanes.One)
        {
            Vector512<float> i = Vector512.Load(input + q), f = Vector512.Load(forget + q), g = Vector512.Load(candidate + q), o = Vector512.Load(output + q);
            Vector512<float> dh = Vector512.Load(s.OfHidden + q), dc = Vector512.Load(s.OfState + q), t = VectorFunctions.Tanh(Vector512.Load(s.After + q));
            Vector512<float> ofResult = dh + Vector512.Load(s.OfResult + q), ofCell = Vector512.FusedMultiplyAdd(ofResult * o, one - t * t, dc);
            Vector512<float> di = ofCell * g * i * (one - i), df = ofCell * Vector512.Load(s.Before + q) * f * (one - f);
            Vector512<float> dg = ofCell * i * (one - g * g), doutput = ofResult * t * o * (one - o), rest = Vector512<float>.Zero;
            ofCell *= f;
            if (s.Active is not null)
            {
                Vector512<float> active = Vector512.Load(s.Active + (q & (s.Lanes - 1)));
                di = Vector512.ConditionalSelect(active, di, Vector512<float>.Zero);
                df = Vector512.ConditionalSelect(active, df, Vector512<float>.Zero);
                dg = Vector512.ConditionalSelect(active, dg, Vector512<float>.Zero);
                doutput = Vector512.ConditionalSelect(active, doutput, Vector512<float>.Zero);
                ofCell = Vector512.ConditionalSelect(active, ofCell, dc);
                rest = Vector512.ConditionalSelect(active, rest, dh);
            }

            di.Store(ofInput + q);
            df.Store(ofForget + q);
            dg.Store(ofCandidate + q);
            doutput.Store(ofOutput + q);
            ofCell.Store(s.OfState + q);
            rest.Store(s.OfHidden + q);
        }
    }
}
