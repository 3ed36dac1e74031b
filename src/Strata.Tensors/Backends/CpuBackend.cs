using Strata.Tensors.Kernels;
using Strata.Tensors.Kernels.Convolutions;
using Strata.Tensors.Kernels.Poolings;
using Strata.Tensors.Kernels.Products;

namespace Strata.Tensors.Backends;

/// <summary>Float32 on the processor's vector units, shared over a team of threads; the same bits for any number of them.</summary>
public sealed unsafe partial class CpuBackend : Backend<float>
{
    /// <summary>Numbers per piece of an activation.</summary>
    private const int PieceNumbers = 16_384;

    private readonly ThreadTeam team;
    private readonly MatrixProduct product;
    private readonly ConvolutionProduct convolution;
    private readonly Pooling pooling;
    private readonly RowSums rowSums;
    private readonly ColumnNorms columnNorms;

    /// <param name="team">Its owner keeps it alive.</param>
    public CpuBackend(ThreadTeam team)
    {
        this.team = team;
        product = new MatrixProduct(team);
        convolution = new ConvolutionProduct(team, product);
        pooling = new Pooling(team);
        rowSums = new RowSums(team);
        columnNorms = new ColumnNorms(team);
    }

    public override void Multiply(Matrix<float> a, Matrix<float> b, Matrix<float> c, bool adds) => product.Run(View(a), View(b), View(c), adds);

    public override void Activate(Activation kind, float* x, float* y, int count)
    {
        var work = new Forward(kind, (nint)x, (nint)y, count);
        team.Run(ref work, (count + PieceNumbers - 1) / PieceNumbers);
    }

    public override void ActivateBack(Activation kind, float* x, float* y, float* dy, float* dx, int count)
    {
        var work = new Back(kind, (nint)x, (nint)y, (nint)dy, (nint)dx, count);
        team.Run(ref work, (count + PieceNumbers - 1) / PieceNumbers);
    }

    public override void Dispose()
    {
        product.Dispose();
        convolution.Dispose();
        rowSums.Dispose();
        columnNorms.Dispose();
        base.Dispose();
    }

    private static MatrixView View(Matrix<float> matrix) => new((nint)matrix.First, matrix.Rows, matrix.Columns, matrix.RowStep, matrix.ColumnStep);

    private readonly struct Forward(Activation kind, nint x, nint y, int count) : ITeamWork
    {
        public void Run(int item, int member)
        {
            int from = item * PieceNumbers;
            VectorActivations.Activate(kind, (float*)x + from, (float*)y + from, Math.Min(PieceNumbers, count - from));
        }
    }

    private readonly struct Back(Activation kind, nint x, nint y, nint dy, nint dx, int count) : ITeamWork
    {
        public void Run(int item, int member)
        {
            int from = item * PieceNumbers;
            VectorActivations.Back(kind, (float*)x + from, (float*)y + from, (float*)dy + from, (float*)dx + from, Math.Min(PieceNumbers, count - from));
        }
    }
}
