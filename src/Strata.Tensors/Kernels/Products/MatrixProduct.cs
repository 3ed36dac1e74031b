namespace Strata.Tensors.Kernels.Products;

/// <summary>
/// Products of float32 matrices, by blocks that fit the caches and tiles that fit the registers (Goto and van de Geijn 2008), shared over a team. Every element is summed by
/// one thread in the same order whatever the number of threads, so that the bits do not depend on it.
/// </summary>
public sealed unsafe class MatrixProduct : IDisposable
{
    /// <summary>Depth of a block; panels of it stay in the caches while they are used again.</summary>
    private const int BlockDepth = 512;

    private const int BlockColumns = 1024;

    /// <summary>Products below this many multiplications are not worth a second thread.</summary>
    private const long SharedFrom = 200_000;

    /// <summary>Up to so many rows the right matrix is read where it lies: packing it would cost more than it saves. With long rows its numbers fall to few sets of the cache, and it pays sooner.</summary>
    private const int FewRows = 70, VeryFewRows = 28, LongRow = 1024;

    /// <summary>Up to so many columns the left matrix is read where it lies, for the same reason.</summary>
    private const int FewColumns = 128;

    private readonly ThreadTeam team;
    private readonly Scratch?[] scratch;

    /// <param name="team">Shares the work; its owner keeps it alive.</param>
    public MatrixProduct(ThreadTeam team)
    {
        ArgumentNullException.ThrowIfNull(team);
        this.team = team;
        scratch = new Scratch?[team.Size];
    }

    /// <summary>Sets <paramref name="c"/> to a b, or adds that to it.</summary>
    /// <param name="a">[m, k], any steps.</param>
    /// <param name="b">[k, n], any steps.</param>
    /// <param name="c">[m, n], its columns side by side; must not overlap the others.</param>
    /// <param name="adds">Whether the product is added to what is there.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public void Run(MatrixView a, MatrixView b, MatrixView c, bool adds = false)
    {
        if (a.Columns != b.Rows || a.Rows != c.Rows || b.Columns != c.Columns || (c.ColumnStep != 1 && c.Columns > 1))
        {
            throw new ArgumentException($"The product of [{a.Rows}, {a.Columns}] and [{b.Rows}, {b.Columns}] does not go into [{c.Rows}, {c.Columns}] with column step {c.ColumnStep}.", nameof(c));
        }

        if (c.Rows == 0 || c.Columns == 0)
        {
            return;
        }

        if (a.Columns == 0)
        {
            Clear(c, adds);
            return;
        }

        var parts = new Parts(this, a, b, c, adds, Shares((long)c.Rows * c.Columns * a.Columns));
        team.Run(ref parts, parts.Count);
    }

    public void Dispose()
    {
        foreach (Scratch? one in scratch)
        {
            one?.Dispose();
        }
    }

    private static void Clear(MatrixView c, bool adds)
    {
        for (int row = 0; row < c.Rows && !adds; row++)
        {
            new Span<float>(c.Pointer + row * c.RowStep, c.Columns).Clear();
        }
    }

    /// <summary>Rows of a block: about 330 in whole tiles; the left block stays in the second cache.</summary>
    private static int BlockRows => 336 / TileKernel.MostRows * TileKernel.MostRows;

    private int Shares(long multiplications) => multiplications < SharedFrom ? 1 : team.Size;

    /// <summary>The result, divided among the members along the longer side.</summary>
    private readonly struct Parts : ITeamWork
    {
        private readonly MatrixProduct owner;
        private readonly MatrixView a, b, c;
        private readonly bool adds, byColumns, packsLeft, packsRight;

        public Parts(MatrixProduct owner, MatrixView a, MatrixView b, MatrixView c, bool adds, int shares)
        {
            (this.owner, this.a, this.b, this.c, this.adds) = (owner, a, b, c, adds);

            // By the shape of the whole, not of the parts: the way of adding up must not depend on how it is divided.
            packsRight = b.ColumnStep != 1 || c.Rows > (b.RowStep > LongRow ? VeryFewRows : FewRows);
            packsLeft = a.ColumnStep != 1 || a.RowStep == 0 || c.Columns > FewColumns;
            byColumns = c.Rows < BlockRows ? c.Columns >= 2 * TileKernel.MostColumns : c.Columns >= c.Rows;
            Count = Math.Min(shares, Units);
        }

        public int Count { get; }

        /// <summary>Whole tiles along the side that is divided.</summary>
        private int Units => byColumns ? (c.Columns + TileKernel.MostColumns - 1) / TileKernel.MostColumns : (c.Rows + TileKernel.MostRows - 1) / TileKernel.MostRows;

        public void Run(int item, int member)
        {
            int size = byColumns ? TileKernel.MostColumns : TileKernel.MostRows, length = byColumns ? c.Columns : c.Rows;
            int from = (int)((long)Units * item / Count) * size, to = Math.Min(length, (int)((long)Units * (item + 1) / Count) * size);
            MatrixView left = byColumns ? a : a.Part(from, 0, to - from, a.Columns), right = byColumns ? b.Part(0, from, b.Rows, to - from) : b;
            MatrixView result = byColumns ? c.Part(0, from, c.Rows, to - from) : c.Part(from, 0, to - from, c.Columns);

            if (c.Rows == 1 && b.ColumnStep == 1)
            {
                VectorProduct.Row(left.Pointer, left.ColumnStep, right, result.Pointer, adds);
            }
            else if (c.Columns == 1 && b.RowStep == 1 && a.ColumnStep == 1)
            {
                VectorProduct.Column(left, right.Pointer, result.Pointer, result.RowStep, adds);
            }
            else
            {
                Blocked(left, packsLeft, right, packsRight, result, adds, owner.scratch[member] ??= new Scratch());
            }
        }
    }

    private static void Blocked(MatrixView a, bool packsLeft, MatrixView b, bool packsRight, MatrixView c, bool adds, Scratch own)
    {
        int depth = Even(a.Columns, BlockDepth, 4), rows = Even(a.Rows, BlockRows, TileKernel.MostRows);
        for (int column = 0; column < c.Columns; column += BlockColumns)
        {
            int columns = Math.Min(BlockColumns, c.Columns - column);
            for (int k = 0; k < a.Columns; k += depth)
            {
                int deep = Math.Min(depth, a.Columns - k);
                MatrixView right = b.Part(k, column, deep, columns);
                if (packsRight)
                {
                    Packing.Right(right, own.Right);
                }

                for (int row = 0; row < c.Rows; row += rows)
                {
                    int high = Math.Min(rows, c.Rows - row), panels = (high + TileKernel.MostRows - 1) / TileKernel.MostRows, panelRows = (high + panels - 1) / panels;
                    MatrixView left = a.Part(row, k, high, deep);
                    if (packsLeft)
                    {
                        Packing.Left(left, panelRows, own.Left);
                    }

                    Tiles(own, panelRows, left, packsLeft, right, packsRight, c.Part(row, column, high, columns), adds || k > 0);
                }
            }
        }
    }

    private static void Tiles(Scratch own, int panelRows, MatrixView left, bool leftIsPacked, MatrixView right, bool rightIsPacked, MatrixView c, bool adds)
    {
        int depth = left.Columns;
        nint aStep = leftIsPacked ? 0 : left.RowStep, bStep = rightIsPacked ? TileKernel.MostColumns : right.RowStep;
        for (int column = 0; column < c.Columns; column += TileKernel.MostColumns)
        {
            int columns = Math.Min(TileKernel.MostColumns, c.Columns - column), vectors = columns > TileKernel.VectorColumns ? 2 : 1;
            float* b = rightIsPacked ? own.Right + (nint)column * depth : right.Pointer + column;
            bool isWhole = columns == vectors * TileKernel.VectorColumns;
            int last = isWhole || rightIsPacked ? 0 : RowsAtTheEnd(right.RowStep, vectors * TileKernel.VectorColumns - columns, depth);
            if (last > 0)
            {
                Packing.Right(right.Part(depth - last, column, last, columns), own.Edge);
            }

            for (int row = 0; row < c.Rows; row += panelRows)
            {
                int rows = Math.Min(panelRows, c.Rows - row);
                float* a = leftIsPacked ? own.Left + (nint)row * depth : left.Pointer + row * left.RowStep, at = c.Pointer + row * c.RowStep + column;
                if (isWhole)
                {
                    TileKernel.Run(rows, vectors, depth, a, aStep, b, bStep, at, c.RowStep, adds);
                    continue;
                }

                TileKernel.Run(rows, vectors, depth - last, a, aStep, b, bStep, own.Tile, TileKernel.MostColumns, adds: false);
                if (last > 0)
                {
                    TileKernel.Run(rows, vectors, last, a + (nint)(depth - last) * (leftIsPacked ? rows : 1), aStep, own.Edge, TileKernel.MostColumns, own.Tile, TileKernel.MostColumns, adds: true);
                }

                CopyTile(own.Tile, rows, columns, at, c.RowStep, adds);
            }
        }
    }

    /// <summary>How many of the last rows a vector that reaches so far past the last column must not be loaded from: it would leave the matrix. In other rows it meets the next row, and what comes of that is dropped.</summary>
    private static int RowsAtTheEnd(nint rowStep, int past, int depth) => rowStep <= 0 ? depth : (int)Math.Min(depth, (past + rowStep - 1) / rowStep);

    private static void CopyTile(float* tile, int rows, int columns, float* to, nint step, bool adds)
    {
        for (int row = 0; row < rows; row++, tile += TileKernel.MostColumns, to += step)
        {
            for (int column = 0; column < columns; column++)
            {
                to[column] = adds ? to[column] + tile[column] : tile[column];
            }
        }
    }

    /// <summary>Parts of about equal length, none above the most, all but the last a multiple of the unit.</summary>
    private static int Even(int length, int most, int unit)
    {
        int parts = (length + most - 1) / most, even = (length + parts - 1) / parts;
        return (even + unit - 1) / unit * unit;
    }

    /// <summary>One member's packed blocks.</summary>
    private sealed class Scratch : IDisposable
    {
        private readonly AlignedBuffer<float> left = new((BlockRows + TileKernel.MostRows) * (BlockDepth + 4L)), right = new((BlockDepth + 4L) * (BlockColumns + TileKernel.MostColumns), hugePages: true);
        private readonly AlignedBuffer<float> edge = new((BlockDepth + 4L) * TileKernel.MostColumns), tile = new(TileKernel.MostRows * TileKernel.MostColumns);

        public float* Left => left.Pointer;

        public float* Right => right.Pointer;

        /// <summary>The last rows of the last columns of a right matrix that is not packed.</summary>
        public float* Edge => edge.Pointer;

        /// <summary>A tile that reaches past the last column.</summary>
        public float* Tile => tile.Pointer;

        public void Dispose()
        {
            left.Dispose();
            right.Dispose();
            edge.Dispose();
            tile.Dispose();
        }
    }
}
