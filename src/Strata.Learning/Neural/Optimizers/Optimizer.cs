using Strata.Tensors.Gradients;
using Strata.Tensors.Kernels;

namespace Strata.Learning.Neural.Optimizers;

/// <summary>
/// Moves parameters against their gradients, remembering what it needs of earlier steps. The numbers are cut into fixed pieces that a team may share: the same bits for any
/// number of threads, in one pass over memory.
/// </summary>
internal abstract class Optimizer
{
    private const int PieceNumbers = 16_384;

    private readonly Part[] parts;
    private readonly Piece[] pieces;
    private readonly double[] squares;

    /// <param name="groups">What is learned.</param>
    /// <param name="memories">How many numbers are remembered for each number that is learned, at most 2.</param>
    private protected Optimizer(IReadOnlyList<ParameterGroup> groups, int memories)
    {
        parts = [.. groups.SelectMany(group => group.Parameters.Select(parameter =>
            new Part(parameter, group, [.. Enumerable.Range(0, memories).Select(_ => new float[parameter.Shape.Count])])))];
        pieces = [.. parts.SelectMany(part => Enumerable.Range(0, (part.Parameter.Shape.Count + PieceNumbers - 1) / PieceNumbers).Select(piece =>
            new Piece(part, piece * PieceNumbers, Math.Min(PieceNumbers, part.Parameter.Shape.Count - piece * PieceNumbers))))];
        squares = new double[pieces.Length];
    }

    /// <summary>Who shares the work; its owner keeps it alive. Null for the caller alone.</summary>
    public ThreadTeam? Team { get; init; }

    /// <summary>How many steps were made.</summary>
    public int Steps { get; private set; }

    /// <summary>All that is remembered, in a fixed order, for checkpoints: written back in place before <see cref="Resume"/>.</summary>
    public IEnumerable<float[]> Memory => parts.SelectMany(part => part.Memory);

    /// <summary>Goes on after so many steps.</summary>
    public void Resume(int steps)
    {
        Steps = 0;
        while (Steps < steps)
        {
            Steps++;
            Begin();
        }
    }

    /// <summary>Moves all parameters that are not frozen, and sets the gradients to zero.</summary>
    /// <param name="rate">The learning rate; each group has its own factor to it.</param>
    /// <param name="limits">How long gradients may be.</param>
    public void Step(double rate, GradientLimits limits = default)
    {
        Steps++;
        Begin();
        float factor = limits.Norm > 0 ? limits.Factor(GradientLength()) : 1;
        var work = new Stepping(this, rate, factor, limits.Value > 0 ? (float)limits.Value : float.PositiveInfinity);
        Run(ref work);
    }

    /// <summary>The length of all gradients taken together.</summary>
    public double GradientLength()
    {
        var work = new Measuring(this);
        Run(ref work);
        double sum = 0;
        foreach (double square in squares)
        {
            sum += square;
        }

        return Math.Sqrt(sum);
    }

    /// <summary>What depends on the number of steps alone.</summary>
    private protected virtual void Begin()
    {
    }

    /// <summary>Moves a piece of a parameter.</summary>
    private protected abstract void Move(Slice slice, double rate, double weightDecay);

    private void Run<TWork>(ref TWork work)
        where TWork : struct, ITeamWork
    {
        if (Team is not null)
        {
            Team.Run(ref work, pieces.Length);
            return;
        }

        for (int i = 0; i < pieces.Length; i++)
        {
            work.Run(i, 0);
        }
    }

    private sealed record Part(Parameter<float> Parameter, ParameterGroup Group, float[][] Memory);

    private readonly record struct Piece(Part Part, int From, int Count);

    private readonly struct Measuring(Optimizer optimizer) : ITeamWork
    {
        public void Run(int item, int member)
        {
            (Part part, int from, int count) = optimizer.pieces[item];
            optimizer.squares[item] = Slice.SumOfSquares(part.Parameter.Gradient.Slice(from, count));
        }
    }

    private readonly struct Stepping(Optimizer optimizer, double rate, float factor, float most) : ITeamWork
    {
        public void Run(int item, int member)
        {
            (Part part, int from, int count) = optimizer.pieces[item];
            Span<float> gradient = part.Parameter.Gradient.Slice(from, count);
            if (!part.Parameter.IsFrozen)
            {
                float[][] memory = part.Memory;
                var slice = new Slice(part.Parameter.Values.Slice(from, count), gradient, memory[0].AsSpan(from, count), memory.Length > 1 ? memory[1].AsSpan(from, count) : [], factor, most);
                optimizer.Move(slice, rate * part.Group.RateFactor, part.Group.WeightDecay);
            }

            gradient.Clear();
        }
    }
}
