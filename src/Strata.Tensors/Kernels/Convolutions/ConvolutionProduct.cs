using Strata.Tensors.Kernels.Products;

namespace Strata.Tensors.Kernels.Convolutions;

/// <summary>Convolutions of float32 images with channels innermost, and their gradients, shared over a team; the same bits for any number of threads.</summary>
/// <param name="team">Its owner keeps it alive.</param>
/// <param name="product">Products of matrices, for kernels of one tap.</param>
internal sealed unsafe class ConvolutionProduct(ThreadTeam team, MatrixProduct product) : IDisposable
{
    private readonly TapSweep sweep = new(team);
    private readonly WeightSweep weightSweep = new(team);

    /// <summary>y = x * w + bias; no bias when null.</summary>
    public void Forward(in ConvolutionGeometry g, float* x, float* weights, float* bias, float* y) => sweep.Run(TapPass.Forward(Flat(g), x, y), weights, bias, adds: false);

    /// <summary>dx = dy * w + bias, or dx += dy * w: also a transposed convolution.</summary>
    public void DataGradient(in ConvolutionGeometry g, float* dy, float* weights, float* bias, float* dx, bool adds)
    {
        ConvolutionGeometry flat = Flat(g);
        for (int row = 0; row < Math.Min(flat.Rows.Stride, flat.Height); row++)
        {
            for (int column = 0; column < Math.Min(flat.Columns.Stride, flat.Width); column++)
            {
                sweep.Run(TapPass.Backward(flat, dy, dx, row, column), weights, bias, adds);
            }
        }
    }

    /// <summary>dw += dy * x.</summary>
    public void WeightGradient(in ConvolutionGeometry g, float* x, float* dy, float* dw)
    {
        if (g.IsPointwise)
        {
            int places = g.Batch * g.Height * g.Width;
            product.Run(new MatrixView(dy, places, g.Outputs).Transposed, new MatrixView(x, places, g.Channels), new MatrixView(dw, g.Outputs, g.Channels), adds: true);
        }
        else if (g.Batch * g.OutHeight * g.OutWidth > 0)
        {
            weightSweep.Run(g, x, dy, dw);
        }
    }

    public void Dispose()
    {
        sweep.Dispose();
        weightSweep.Dispose();
    }

    /// <summary>Where each place stands for itself, all of them are one long line.</summary>
    private static ConvolutionGeometry Flat(in ConvolutionGeometry g) =>
        g.IsPointwise ? new ConvolutionGeometry(1, 1, g.Batch * g.Height * g.Width, g.Channels, g.Outputs, 1, 1, 1, default, default) : g;
}
