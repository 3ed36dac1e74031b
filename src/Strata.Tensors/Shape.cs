using System.Runtime.CompilerServices;
using System.Text;

namespace Strata.Tensors;

/// <summary>The lengths of a tensor's dimensions, outermost first, at most <see cref="MostDimensions"/>; none for a single number.</summary>
public readonly struct Shape : IEquatable<Shape>
{
    public const int MostDimensions = 6;

    private readonly Lengths lengths;

    /// <summary>One less than the numbers, so that no lengths at all mean a single number.</summary>
    private readonly int further;

    /// <exception cref="ArgumentException">Too many dimensions, a negative length, or more numbers than an array may have.</exception>
    public Shape(params ReadOnlySpan<int> lengths)
    {
        if (lengths.Length > MostDimensions)
        {
            throw new ArgumentException($"A tensor has at most {MostDimensions} dimensions, not {lengths.Length}.", nameof(lengths));
        }

        Dimensions = lengths.Length;
        long count = 1;
        for (int i = 0; i < lengths.Length; i++)
        {
            this.lengths[i] = lengths[i];
            count *= lengths[i] >= 0 ? lengths[i] : throw new ArgumentException($"Dimension {i} has length {lengths[i]}; lengths are at least 0.", nameof(lengths));
            if (count > int.MaxValue)
            {
                throw new ArgumentException($"A tensor of shape [{string.Join(", ", lengths.ToArray())}] has more than {int.MaxValue} numbers.", nameof(lengths));
            }
        }

        further = (int)count - 1;
    }

    public int Dimensions { get; }

    /// <summary>How many numbers.</summary>
    public int Count => further + 1;

    /// <summary>The length of a dimension; from the end with <c>^1</c>.</summary>
    public int this[Index dimension] => dimension.GetOffset(Dimensions) is >= 0 and int at && at < Dimensions ? lengths[at] : throw new ArgumentOutOfRangeException(nameof(dimension), $"Shape {this} has no dimension {dimension}.");

    /// <summary>All dimensions but the last, taken together: how many rows.</summary>
    public int Rows => Dimensions == 0 ? 1 : this[^1] == 0 ? 0 : Count / this[^1];

    /// <summary>The length of the last dimension; 1 for a single number.</summary>
    public int Width => Dimensions == 0 ? 1 : this[^1];

    public static bool operator ==(Shape left, Shape right) => left.Equals(right);

    public static bool operator !=(Shape left, Shape right) => !left.Equals(right);

    /// <summary>The same with another last dimension.</summary>
    public Shape WithWidth(int width)
    {
        Span<int> other = stackalloc int[Dimensions];
        for (int i = 0; i < Dimensions; i++)
        {
            other[i] = lengths[i];
        }

        other[^1] = width;
        return new Shape(other);
    }

    /// <summary>Whether the other's dimensions are this one's last ones, so that it can be repeated along the others.</summary>
    public bool EndsWith(Shape other)
    {
        for (int i = 1; i <= other.Dimensions; i++)
        {
            if (i > Dimensions || this[^i] != other[^i])
            {
                return false;
            }
        }

        return true;
    }

    public bool Equals(Shape other) => Dimensions == other.Dimensions && EndsWith(other);

    public override bool Equals(object? obj) => obj is Shape other && Equals(other);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        for (int i = 0; i < Dimensions; i++)
        {
            hash.Add(lengths[i]);
        }

        return hash.ToHashCode();
    }

    public override string ToString()
    {
        var text = new StringBuilder("[");
        for (int i = 0; i < Dimensions; i++)
        {
            text.Append(i == 0 ? string.Empty : ", ").Append(lengths[i]);
        }

        return text.Append(']').ToString();
    }

    [InlineArray(MostDimensions)]
    private struct Lengths
    {
        private int first;
    }
}
