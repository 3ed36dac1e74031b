using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Strata.Tensors.Kernels.Products;

/// <summary>Copies blocks of matrices into the order in which <see cref="TileKernel"/> walks them.</summary>
internal static unsafe class Packing
{
    /// <summary>Left blocks become panels of so many rows, one after the other, each with the depth outside and its rows inside.</summary>
    /// <param name="block">The block [rows, depth].</param>
    /// <param name="panelRows">Rows of each panel; the last may have fewer.</param>
    /// <param name="to">Room for the block's numbers.</param>
    public static void Left(MatrixView block, int panelRows, float* to)
    {
        for (int row = 0; row < block.Rows; row += panelRows)
        {
            int rows = Math.Min(panelRows, block.Rows - row);
            float* from = block.Pointer + row * block.RowStep;
            if (block.RowStep == 1)
            {
                CopyRows(from, block.ColumnStep, rows, block.Columns, to);
            }
            else
            {
                Transpose(from, block.RowStep, block.ColumnStep, rows, block.Columns, to, rows);
            }

            to += (nint)rows * block.Columns;
        }
    }

    /// <summary>Right blocks become panels of a tile's columns, one after the other, each with the depth outside; places past the last column are 0.</summary>
    /// <param name="block">The block [depth, columns].</param>
    /// <param name="to">Room for the block with its columns rounded up to whole tiles.</param>
    public static void Right(MatrixView block, float* to)
    {
        for (int column = 0; column < block.Columns; column += TileKernel.MostColumns)
        {
            int columns = Math.Min(TileKernel.MostColumns, block.Columns - column);
            float* from = block.Pointer + column * block.ColumnStep;
            if (columns < TileKernel.MostColumns)
            {
                new Span<float>(to, block.Rows * TileKernel.MostColumns).Clear();
            }

            if (block.ColumnStep == 1)
            {
                CopyPanel(from, block.RowStep, block.Rows, columns, to);
            }
            else
            {
                Transpose(from, block.ColumnStep, block.RowStep, columns, block.Rows, to, TileKernel.MostColumns);
            }

            to += (nint)block.Rows * TileKernel.MostColumns;
        }
    }

    /// <summary>Rows that lie side by side already.</summary>
    private static void CopyRows(float* from, nint depthStep, int rows, int depth, float* to)
    {
        for (int k = 0; k < depth; k++, from += depthStep, to += rows)
        {
            for (int i = 0; i < rows; i++)
            {
                to[i] = from[i];
            }
        }
    }

    /// <summary>Lines along the depth, side by side: those of a left block are its rows, those of a right one its columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transpose(float* from, nint lineStep, nint depthStep, int lines, int depth, float* to, int pitch)
    {
        int line = 0;
        for (; depthStep == 1 && line + 4 <= lines; line += 4)
        {
            float* p0 = from + line * lineStep, p1 = p0 + lineStep, p2 = p1 + lineStep, p3 = p2 + lineStep, at = to + line;
            int k = 0;
            for (; k + 4 <= depth; k += 4, at += 4 * pitch)
            {
                Square(Vector128.Load(p0 + k), Vector128.Load(p1 + k), Vector128.Load(p2 + k), Vector128.Load(p3 + k), at, pitch);
            }

            for (; k < depth; k++, at += pitch)
            {
                (at[0], at[1], at[2], at[3]) = (p0[k], p1[k], p2[k], p3[k]);
            }
        }

        for (; line < lines; line++)
        {
            float* p = from + line * lineStep, at = to + line;
            for (int k = 0; k < depth; k++, at += pitch)
            {
                *at = p[k * depthStep];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyPanel(float* from, nint depthStep, int depth, int columns, float* to)
    {
        if (columns == TileKernel.MostColumns)
        {
            for (int k = 0; k < depth; k++, from += depthStep, to += TileKernel.MostColumns)
            {
                for (int j = 0; j < TileKernel.MostColumns; j += Vector256<float>.Count)
                {
                    Vector256.Load(from + j).Store(to + j);
                }
            }

            return;
        }

        for (int k = 0; k < depth; k++, from += depthStep, to += TileKernel.MostColumns)
        {
            for (int j = 0; j < columns; j++)
            {
                to[j] = from[j];
            }
        }
    }

    /// <summary>Four rows of four numbers, written as four columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Square(Vector128<float> r0, Vector128<float> r1, Vector128<float> r2, Vector128<float> r3, float* to, nint step)
    {
        Square(r0, r1, r2, r3, out Vector128<float> c0, out Vector128<float> c1, out Vector128<float> c2, out Vector128<float> c3);
        c0.Store(to);
        c1.Store(to + step);
        c2.Store(to + 2 * step);
        c3.Store(to + 3 * step);
    }

    /// <summary>Four rows of four numbers as four columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Square(
        Vector128<float> r0, Vector128<float> r1, Vector128<float> r2, Vector128<float> r3, out Vector128<float> c0, out Vector128<float> c1, out Vector128<float> c2, out Vector128<float> c3)
    {
        if (Sse.IsSupported)
        {
            Vector128<float> t0 = Sse.UnpackLow(r0, r1), t1 = Sse.UnpackLow(r2, r3), t2 = Sse.UnpackHigh(r0, r1), t3 = Sse.UnpackHigh(r2, r3);
            (c0, c1, c2, c3) = (Sse.MoveLowToHigh(t0, t1), Sse.MoveHighToLow(t1, t0), Sse.MoveLowToHigh(t2, t3), Sse.MoveHighToLow(t3, t2));
            return;
        }

        c0 = Vector128.Create(r0[0], r1[0], r2[0], r3[0]);
        c1 = Vector128.Create(r0[1], r1[1], r2[1], r3[1]);
        c2 = Vector128.Create(r0[2], r1[2], r2[2], r3[2]);
        c3 = Vector128.Create(r0[3], r1[3], r2[3], r3[3]);
    }
}
