using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Strata.Tensors.Kernels.Recurrences;

/// <summary>
/// Sums r, z, the input's part of n and the remembered part of n; what is remembered is kept: n = tanh(a + r b), h = (1 - z) n + z h'. Gradients of the sums lie as a, r, z, b,
/// so that those that flow to the input, and those that flow to what is remembered, each lie side by side.
/// </summary>
internal readonly unsafe struct GruCell : ICell
{
    public static int Sums => 4;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(in CellStep step)
    {
        CellStep s = step;
        float* reset = s.Gates, update = reset + s.Count, candidate = update + s.Count, remembered = candidate + s.Count;
        for (nint q = 0; q < s.Count; q += Lanes.One)
        {
            Vector512<float> r = VectorFunctions.Logistic(Vector512.Load(reset + q)), z = VectorFunctions.Logistic(Vector512.Load(update + q));
            Vector512<float> n = VectorFunctions.Tanh(Vector512.FusedMultiplyAdd(r, Vector512.Load(remembered + q), Vector512.Load(candidate + q)));
            r.Store(reset + q);
            z.Store(update + q);
            n.Store(candidate + q);
            Vector512<float> before = Vector512.Load(s.Hidden + q), h = Vector512.FusedMultiplyAdd(z, before - n, n);
            if (s.Active is not null)
            {
                h = Vector512.ConditionalSelect(Vector512.Load(s.Active + (q & (s.Lanes - 1))), h, before);
            }

            h.Store(s.After + q);
            h.Store(s.Hidden + q);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Back(in CellStep step)
    {
        CellStep s = step;
        float* reset = s.Gates, update = reset + s.Count, candidate = update + s.Count, remembered = candidate + s.Count;
        float* ofCandidate = s.OfSums, ofReset = ofCandidate + s.Count, ofUpdate = ofReset + s.Count, ofRemembered = ofUpdate + s.Count;
        Vector512<float> one = Vector512<float>.One;
        for (nint q = 0; q < s.Count; q += Lanes.One)
        {
            Vector512<float> r = Vector512.Load(reset + q), z = Vector512.Load(update + q), n = Vector512.Load(candidate + q), b = Vector512.Load(remembered + q);
            Vector512<float> dh = Vector512.Load(s.OfHidden + q), ofResult = dh + Vector512.Load(s.OfResult + q);
            Vector512<float> da = ofResult * (one - z) * (one - n * n), db = da * r, dr = da * b * r * (one - r);
            Vector512<float> dz = ofResult * (Vector512.Load(s.Before + q) - n) * z * (one - z), rest = ofResult * z;
            if (s.Active is not null)
            {
                Vector512<float> active = Vector512.Load(s.Active + (q & (s.Lanes - 1)));
                da = Vector512.ConditionalSelect(active, da, Vector512<float>.Zero);
                db = Vector512.ConditionalSelect(active, db, Vector512<float>.Zero);
                dr = Vector512.ConditionalSelect(active, dr, Vector512<float>.Zero);
                dz = Vector512.ConditionalSelect(active, dz, Vector512<float>.Zero);
                rest = Vector512.ConditionalSelect(active, rest, dh);
            }

            da.Store(ofCandidate + q);
            dr.Store(ofReset + q);
            dz.Store(ofUpdate + q);
            db.Store(ofRemembered + q);
            rest.Store(s.OfHidden + q);
        }
    }
}
