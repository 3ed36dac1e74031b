using System.Numerics;
using Strata.Tensors.Backends;

namespace Strata.Tensors.Gradients.Rules;

/// <summary>
/// The mean over 2 n rows of -log p, p being the share of the row's partner among all other rows in the softmax of cosine similarities over the temperature (NT-Xent, Chen et al.
/// 2020); row i and row i + n are partners. With u = z / |z|, S = U U^T / temperature, G = (P - partner) / 2 n without its diagonal: dU = (G + G^T) U / temperature, dz = (du - u (u du)) / |z|.
/// </summary>
internal sealed unsafe class ContrastiveRule<T> : Rule<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static ContrastiveRule<T> Instance { get; } = new();

    /// <summary>What is kept: the rows at length 1 [2 n, width], their lengths [2 n], the probabilities [2 n, 2 n].</summary>
    private readonly record struct Memory(nint Units, nint Lengths, nint Probabilities);

    public override void Forward(Tape<T> tape, ref Node<T> node)
    {
        ref Node<T> z = ref tape.Input(node, 0);
        int rows = z.Shape.Rows, width = z.Shape.Width;
        T* units = tape.Take<T>(z.Shape.Count), lengths = tape.Take<T>(rows), p = tape.Take<T>((long)rows * rows);
        for (int row = 0; row < rows; row++)
        {
            T* from = z.Value + (nint)row * width, to = units + (nint)row * width;
            lengths[row] = T.Max(T.Sqrt(VectorLoops.Dot(from, from, width)), T.CreateTruncating(1e-8));
            for (int j = 0; j < width; j++)
            {
                to[j] = from[j] / lengths[row];
            }
        }

        var unit = new Matrix<T>(units, rows, width);
        tape.Backend.Multiply(unit, unit.Transposed, new Matrix<T>(p, rows, rows), adds: false);
        T temperature = T.CreateTruncating(node.Settings.First), loss = T.Zero;
        for (int row = 0; row < rows; row++)
        {
            T* similar = p + (nint)row * rows;
            for (int other = 0; other < rows; other++)
            {
                similar[other] = other == row ? T.NegativeInfinity : similar[other] / temperature;
            }

            T ofPartner = similar[Partner(row, rows)];
            loss += RowSoftmax.Fill(similar, similar, rows) - ofPartner;
        }

        *node.Value = loss / T.CreateTruncating(rows);
        var memory = tape.Take<Memory>(1);
        *memory = new Memory((nint)units, (nint)lengths, (nint)p);
        node.Kept = memory;
    }

    public override void Backward(Tape<T> tape, ref Node<T> node)
    {
        ref Node<T> z = ref tape.Input(node, 0);
        int rows = z.Shape.Rows, width = z.Shape.Width;
        Memory memory = *(Memory*)node.Kept;
        T* units = (T*)memory.Units, lengths = (T*)memory.Lengths, p = (T*)memory.Probabilities, both = tape.Take<T>((long)rows * rows), slopes = tape.Take<T>(z.Shape.Count);
        T factor = *node.Gradient / (T.CreateTruncating(rows) * T.CreateTruncating(node.Settings.First));
        for (int row = 0; row < rows; row++)
        {
            for (int other = 0; other < rows; other++)
            {
                T sum = p[(nint)row * rows + other] + p[(nint)other * rows + row];
                both[(nint)row * rows + other] = factor * (other == Partner(row, rows) ? sum - T.One - T.One : sum);
            }
        }

        tape.Backend.Multiply(new Matrix<T>(both, rows, rows), new Matrix<T>(units, rows, width), new Matrix<T>(slopes, rows, width), adds: false);
        T* gradient = tape.GradientOfInput(node, 0);
        for (int row = 0; row < rows; row++)
        {
            nint at = (nint)row * width;
            T along = VectorLoops.Dot(slopes + at, units + at, width);
            for (int j = 0; j < width; j++)
            {
                gradient[at + j] += (slopes[at + j] - units[at + j] * along) / lengths[row];
            }
        }
    }

    private static int Partner(int row, int rows) => row < rows / 2 ? row + rows / 2 : row - rows / 2;
}
