namespace Strata.Tensors.Kernels.Products;

/// <summary>A matrix in the order in which tiles walk it, for many products with the lanes of a block: c [rows][lanes] = a [rows, depth] b [depth][lanes].</summary>
internal readonly unsafe struct PackedLeft(float* at, int rows, int depth)
{
    public nint Size => Room(rows, depth);

    private int PanelRows => (rows + Panels - 1) / Panels;

    private int Panels => Math.Max(1, (rows + TileKernel.MostRows - 1) / TileKernel.MostRows);

    /// <summary>Numbers that a matrix takes, with what keeps the next one on a cache line.</summary>
    public static nint Room(int rows, int depth) => ((nint)rows * depth + 15) / 16 * 16;

    /// <summary>Puts columns in their place: a part of the depth.</summary>
    public void Pack(MatrixView columns, int depthFrom)
    {
        for (int row = 0; row < rows; row += PanelRows)
        {
            int high = Math.Min(PanelRows, rows - row);
            Packing.Left(columns.Part(row, 0, high, columns.Columns), high, at + (nint)row * depth + (nint)depthFrom * high);
        }
    }

    /// <param name="b">[depth][lanes].</param>
    /// <param name="c">[rows][lanes].</param>
    /// <param name="lanes">A multiple of the numbers of a register.</param>
    /// <param name="adds">Whether the products are added to what is there.</param>
    public void Multiply(float* b, float* c, int lanes, bool adds)
    {
        for (int lane = 0; lane < lanes; lane += TileKernel.MostColumns)
        {
            int vectors = Math.Min(TileKernel.MostColumns, lanes - lane) / TileKernel.VectorColumns;
            for (int row = 0; row < rows; row += PanelRows)
            {
                TileKernel.Run(Math.Min(PanelRows, rows - row), vectors, depth, at + (nint)row * depth, 0, b + lane, lanes, c + (nint)row * lanes + lane, lanes, adds);
            }
        }
    }
}
