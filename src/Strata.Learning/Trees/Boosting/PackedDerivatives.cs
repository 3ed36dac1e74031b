using System.Numerics;
using System.Runtime.InteropServices;
using Strata.Learning.Losses;
using Strata.Learning.Trees.Growth;
using Strata.Tensors.Kernels;

namespace Strata.Learning.Trees.Boosting;

/// <summary>The derivatives of all rows and outputs at their current scores, packed for the grower.</summary>
internal sealed unsafe class PackedDerivatives : IDisposable
{
    private readonly LabelledRows rows;
    private readonly ILoss loss;
    private readonly DerivativeWeights weights;
    private readonly ThreadTeam team;
    private readonly AlignedBuffer<long> words;
    private readonly float[]?[] scratch;
    private readonly float[] largest;

    public PackedDerivatives(LabelledRows rows, ILoss loss, DerivativeWeights weights, ThreadTeam team)
    {
        (this.rows, this.loss, this.weights, this.team) = (rows, loss, weights, team);
        words = new AlignedBuffer<long>((long)rows.OutputCount * rows.PaddedRows, hugePages: true);
        scratch = new float[team.Size][];
        largest = new float[rows.BlockCount];
        Packing = GradientPacking.For(loss, weights, loss.LargestGradient * weights.Largest);
    }

    public GradientPacking Packing { get; private set; }

    public long* Words(int output) => words.Pointer + (long)output * rows.PaddedRows;

    /// <summary>Computes all derivatives anew. Where the loss sets no bound to gradients, the scale follows the largest one.</summary>
    public void Update()
    {
        if (!double.IsFinite(loss.LargestGradient))
        {
            var measure = new Blocks(this, measureOnly: true);
            team.Run(ref measure, rows.BlockCount);
            Packing = GradientPacking.For(loss, weights, largest.Max());
        }

        var pack = new Blocks(this, measureOnly: false);
        team.Run(ref pack, rows.BlockCount);
    }

    public void Dispose() => words.Dispose();

    private readonly struct Blocks(PackedDerivatives owner, bool measureOnly) : ITeamWork
    {
        public void Run(int item, int member)
        {
            LabelledRows rows = owner.rows;
            int outputs = rows.OutputCount, size = outputs * LabelledRows.BlockRows;
            Span<float> memory = owner.scratch[member] ??= new float[3 * size];
            Span<float> gradients = memory[..size], hessians = memory.Slice(size, size), copy = memory[(2 * size)..];
            LossBlock block = rows.BlockOf(item, owner.weights.Factors, copy);
            owner.loss.Derivatives(block, gradients, hessians);
            if (measureOnly)
            {
                owner.largest[item] = LargestSize(gradients[..block.RowCount]);
                return;
            }

            var (first, count) = LabelledRows.Block(item, rows.PaddedRows);
            for (int output = 0; output < outputs; output++)
            {
                int at = output * LabelledRows.BlockRows;
                var words = new Span<long>(owner.Words(output) + first, count);
                owner.Packing.Pack(gradients.Slice(at, count), hessians.Slice(at, count), words);
                if (owner.weights.Copies is int[] copies)
                {
                    Multiply(words, copies.AsSpan(first, count));
                }
            }
        }

        private static float LargestSize(ReadOnlySpan<float> values)
        {
            Vector<float> largest = Vector<float>.Zero;
            foreach (Vector<float> value in MemoryMarshal.Cast<float, Vector<float>>(values))
            {
                largest = Vector.Max(largest, Vector.Abs(value));
            }

            float most = 0;
            for (int i = 0; i < Vector<float>.Count; i++)
            {
                most = Math.Max(most, largest[i]);
            }

            return most;
        }

        private static void Multiply(Span<long> words, ReadOnlySpan<int> copies)
        {
            for (int i = 0; i < words.Length; i++)
            {
                words[i] *= copies[i];
            }
        }
    }
}
