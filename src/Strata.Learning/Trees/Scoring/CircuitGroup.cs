using System.Runtime.CompilerServices;
using Strata.Learning.Data;

namespace Strata.Learning.Trees.Scoring;

/// <summary>What a gate selects from.</summary>
internal enum GateKind : byte
{
    TwoLeaves,
    LeftLeaf,
    RightLeaf,
    NoLeaf,
}

/// <summary>One split: per row, <paramref name="Left"/> where the byte of <paramref name="Column"/> goes left, else <paramref name="Right"/>.</summary>
/// <param name="Kind">Which of the two are leaves.</param>
/// <param name="Bound">Bytes up to this go left; unused when there is a set.</param>
/// <param name="Column">Of bytes, by place.</param>
/// <param name="Set">Where the set of bytes that go left starts, or -1.</param>
/// <param name="Left">A leaf's number, or the place of an earlier gate's result.</param>
/// <param name="Right">As <paramref name="Left"/>.</param>
/// <param name="Result">Where the selected numbers go.</param>
internal readonly record struct Gate(GateKind Kind, byte Bound, ushort Column, int Set, ushort Left, ushort Right, ushort Result);

/// <summary>Consecutive trees whose features all fit bytes together.</summary>
internal sealed unsafe class CircuitGroup
{
    /// <summary>Trees whose leaves are found before their values are added, in one pass over the sums.</summary>
    private const int AtOnce = 4;

    private readonly TreeEnsemble trees;
    private readonly ByteColumn[] columns;
    private readonly int[] secondPlace;
    private readonly List<byte> sets = [];
    private readonly Circuit[] circuits;
    private int columnCount, resultCount;

    private CircuitGroup(TreeEnsemble trees, ByteColumn[] columns, int first, int count)
    {
        (this.trees, this.columns) = (trees, columns);
        columnCount = columns.Length;
        secondPlace = new int[columns.Length];
        circuits = new Circuit[count];
        for (int i = 0; i < count; i++)
        {
            circuits[i] = Compile(first + i);
        }

        // Sums of different outputs do not meet, so trees may be put side by side by output.
        circuits = [.. circuits.OrderBy(circuit => circuit.Output)];
        Sets = [.. sets];
    }

    private byte[] Sets { get; }

    /// <summary>Null when a feature's values do not fit a byte.</summary>
    public static CircuitGroup? Of(TreeEnsemble trees, int first, int count)
    {
        var thresholds = new SortedDictionary<int, HashSet<double>>();
        var sets = new SortedDictionary<int, List<int>>();
        for (int node = trees.TreeStart[first]; node < trees.TreeStart[first + count]; node++)
        {
            if (trees.IsLeaf(node))
            {
                continue;
            }

            if (trees.CategorySet[node] < 0)
            {
                Known(thresholds, trees.Feature[node]).Add(trees.Threshold[node]);
            }
            else
            {
                Known(sets, trees.Feature[node]).Add(trees.CategorySet[node]);
            }
        }

        ByteColumn?[] columns =
        [
            .. thresholds.Select(pair => ByteColumn.OfThresholds(pair.Key, pair.Value)),
            .. sets.Select(pair => ByteColumn.OfSets(pair.Key, trees.CategorySets, pair.Value)),
        ];
        return columns.Length < ushort.MaxValue / 2 && columns.All(column => column is not null) ? new CircuitGroup(trees, columns!, first, count) : null;

        static TSet Known<TSet>(SortedDictionary<int, TSet> of, int feature)
            where TSet : new() => of.TryGetValue(feature, out TSet? known) ? known : of[feature] = new TSet();
    }

    /// <summary>Bytes of room for blocks of so many rows.</summary>
    public int RoomBytes(int blockRows) => (columnCount + resultCount + AtOnce) * blockRows;

    /// <summary>Adds the trees' values to the sums.</summary>
    /// <param name="rows">The features.</param>
    /// <param name="from">First row.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="blockRows">Rows that the room is laid out for.</param>
    /// <param name="room">As <see cref="RoomBytes"/> says.</param>
    /// <param name="sums">[outputs, blockRows]</param>
    public void Add<T>(Frame rows, int from, int count, int blockRows, byte* room, double* sums)
        where T : unmanaged, IByteLanes<T>
    {
        byte* results = room + columnCount * blockRows, leaves = results + resultCount * blockRows;
        int step = 4 * T.Count, laneRows = (count + step - 1) / step * step;
        Encode(rows, from, count, blockRows, room);
        for (int first = 0, together; first < circuits.Length; first += together)
        {
            together = 1;
            while (together < AtOnce && first + together < circuits.Length && circuits[first + together].Output == circuits[first].Output)
            {
                together++;
            }

            for (int i = 0; i < together; i++)
            {
                Run<T>(circuits[first + i].Gates, room, results, leaves + i * blockRows, blockRows, laneRows);
            }

            AddValues(circuits.AsSpan(first, together), leaves, blockRows, count, sums);
        }
    }

    private void Encode(Frame rows, int from, int count, int blockRows, byte* room)
    {
        for (int i = 0; i < columns.Length; i++)
        {
            byte* first = room + i * blockRows;
            columns[i].Encode(rows.Columns[columns[i].Feature], from, count, first);
            if (secondPlace[i] > 0)
            {
                // One less: missing, 0, becomes the highest of all.
                byte* second = room + secondPlace[i] * blockRows;
                for (int row = 0; row < count; row++)
                {
                    second[row] = (byte)(first[row] - 1);
                }
            }
        }
    }

    /// <summary>Finds the leaf number of every row of one tree.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Run<T>(Gate[] gates, byte* columnBytes, byte* results, byte* leaves, int blockRows, int rows)
        where T : unmanaged, IByteLanes<T>
    {
        if (gates.Length == 0)
        {
            new Span<byte>(leaves, rows).Clear();
            return;
        }

        fixed (Gate* all = gates)
        fixed (byte* setBits = Sets)
        {
            Gate* last = all + gates.Length - 1;
            for (Gate* gate = all; gate <= last; gate++)
            {
                byte* values = columnBytes + gate->Column * (nint)blockRows;
                byte* to = gate == last ? leaves : results + gate->Result * (nint)blockRows;
                if (gate->Set >= 0)
                {
                    SelectBySet<T>(gate, values, setBits + gate->Set, results, to, blockRows, rows);
                    continue;
                }

                T bound = T.All(gate->Bound);
                byte* left = results + gate->Left * (nint)blockRows, right = results + gate->Right * (nint)blockRows;
                switch (gate->Kind)
                {
                    case GateKind.TwoLeaves:
                        T yes = T.All((byte)gate->Left), no = T.All((byte)gate->Right);
                        for (nint at = 0; at < rows; at += 4 * T.Count)
                        {
                            T.Store(T.IfAtMost(T.Load(values + at), bound, yes, no), to + at);
                            T.Store(T.IfAtMost(T.Load(values + at + T.Count), bound, yes, no), to + at + T.Count);
                            T.Store(T.IfAtMost(T.Load(values + at + 2 * T.Count), bound, yes, no), to + at + 2 * T.Count);
                            T.Store(T.IfAtMost(T.Load(values + at + 3 * T.Count), bound, yes, no), to + at + 3 * T.Count);
                        }

                        break;
                    case GateKind.LeftLeaf:
                        yes = T.All((byte)gate->Left);
                        for (nint at = 0; at < rows; at += 4 * T.Count)
                        {
                            T.Store(T.IfAtMost(T.Load(values + at), bound, yes, T.Load(right + at)), to + at);
                            T.Store(T.IfAtMost(T.Load(values + at + T.Count), bound, yes, T.Load(right + at + T.Count)), to + at + T.Count);
                            T.Store(T.IfAtMost(T.Load(values + at + 2 * T.Count), bound, yes, T.Load(right + at + 2 * T.Count)), to + at + 2 * T.Count);
                            T.Store(T.IfAtMost(T.Load(values + at + 3 * T.Count), bound, yes, T.Load(right + at + 3 * T.Count)), to + at + 3 * T.Count);
                        }

                        break;
                    case GateKind.RightLeaf:
                        no = T.All((byte)gate->Right);
                        for (nint at = 0; at < rows; at += 4 * T.Count)
                        {
                            T.Store(T.IfAtMost(T.Load(values + at), bound, T.Load(left + at), no), to + at);
                            T.Store(T.IfAtMost(T.Load(values + at + T.Count), bound, T.Load(left + at + T.Count), no), to + at + T.Count);
                            T.Store(T.IfAtMost(T.Load(values + at + 2 * T.Count), bound, T.Load(left + at + 2 * T.Count), no), to + at + 2 * T.Count);
                            T.Store(T.IfAtMost(T.Load(values + at + 3 * T.Count), bound, T.Load(left + at + 3 * T.Count), no), to + at + 3 * T.Count);
                        }

                        break;
                    default:
                        for (nint at = 0; at < rows; at += 4 * T.Count)
                        {
                            T.Store(T.IfAtMost(T.Load(values + at), bound, T.Load(left + at), T.Load(right + at)), to + at);
                            T.Store(T.IfAtMost(T.Load(values + at + T.Count), bound, T.Load(left + at + T.Count), T.Load(right + at + T.Count)), to + at + T.Count);
                            T.Store(T.IfAtMost(T.Load(values + at + 2 * T.Count), bound, T.Load(left + at + 2 * T.Count), T.Load(right + at + 2 * T.Count)), to + at + 2 * T.Count);
                            T.Store(T.IfAtMost(T.Load(values + at + 3 * T.Count), bound, T.Load(left + at + 3 * T.Count), T.Load(right + at + 3 * T.Count)), to + at + 3 * T.Count);
                        }

                        break;
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SelectBySet<T>(Gate* gate, byte* values, byte* set, byte* results, byte* to, int blockRows, int rows)
        where T : unmanaged, IByteLanes<T>
    {
        bool leftLeaf = gate->Kind is GateKind.TwoLeaves or GateKind.LeftLeaf, rightLeaf = gate->Kind is GateKind.TwoLeaves or GateKind.RightLeaf;
        byte* left = results + gate->Left * (nint)blockRows, right = results + gate->Right * (nint)blockRows;
        T yes = T.All((byte)gate->Left), no = T.All((byte)gate->Right);
        for (nint at = 0; at < rows; at += T.Count)
        {
            T.Store(T.IfInSet(T.Load(values + at), set, leftLeaf ? yes : T.Load(left + at), rightLeaf ? no : T.Load(right + at)), to + at);
        }
    }

    /// <summary>Adds each row's leaf values, tree after tree.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddValues(ReadOnlySpan<Circuit> together, byte* leaves, int blockRows, int count, double* sums)
    {
        double* own = sums + together[0].Output * (nint)blockRows;
        for (int k = 0; k < trees.ValueWidth; k++, own += blockRows)
        {
            if (together.Length == AtOnce)
            {
                fixed (double* a = together[0].Values[k], b = together[1].Values[k], c = together[2].Values[k], d = together[3].Values[k])
                {
                    byte* second = leaves + blockRows, third = second + blockRows, fourth = third + blockRows;
                    for (nint row = 0; row < count; row++)
                    {
                        own[row] = own[row] + a[leaves[row]] + b[second[row]] + c[third[row]] + d[fourth[row]];
                    }
                }

                continue;
            }

            for (int i = 0; i < together.Length; i++)
            {
                fixed (double* values = together[i].Values[k])
                {
                    byte* ofTree = leaves + i * (nint)blockRows;
                    for (nint row = 0; row < count; row++)
                    {
                        own[row] += values[ofTree[row]];
                    }
                }
            }
        }
    }

    private Circuit Compile(int tree)
    {
        var gates = new List<Gate>();
        var leafNodes = new List<int>();
        int start = trees.TreeStart[tree], end = trees.TreeStart[tree + 1];

        // How many results wait at once below a node, when the side that needs more is worked out first (Sethi and Ullman 1970).
        var needs = new int[end - start];
        for (int node = end - 1; node >= start; node--)
        {
            if (!trees.IsLeaf(node))
            {
                int left = needs[trees.Left[node] - start], right = needs[trees.Right[node] - start];
                needs[node - start] = left == right ? left + 1 : Math.Max(left, right);
            }
        }

        resultCount = Math.Max(resultCount, needs[0] + 1);
        _ = Place(start, 0);
        double[][] values = [.. Enumerable.Range(0, trees.ValueWidth).Select(k => leafNodes.Select(leaf => trees.Value[leaf * trees.ValueWidth + k]).ToArray())];
        return new Circuit([.. gates], values, trees.TreeOutput[tree]);

        // The leaf's number, or where the gate leaves its result: in the first free place.
        ushort Place(int node, int free)
        {
            if (trees.IsLeaf(node))
            {
                leafNodes.Add(node);
                return (ushort)(leafNodes.Count - 1);
            }

            int left = trees.Left[node], right = trees.Right[node];
            bool rightFirst = needs[right - start] > needs[left - start];
            ushort first = Place(rightFirst ? right : left, free);
            bool firstWaits = needs[(rightFirst ? right : left) - start] > 0;
            ushort second = Place(rightFirst ? left : right, firstWaits ? free + 1 : free);
            (ushort onLeft, ushort onRight) = rightFirst ? (second, first) : (first, second);
            GateKind kind = (trees.IsLeaf(left), trees.IsLeaf(right)) switch
            {
                (true, true) => GateKind.TwoLeaves,
                (true, false) => GateKind.LeftLeaf,
                (false, true) => GateKind.RightLeaf,
                _ => GateKind.NoLeaf,
            };
            gates.Add(GateOf(node, kind) with { Left = onLeft, Right = onRight, Result = (ushort)free });
            return (ushort)free;
        }
    }

    private Gate GateOf(int node, GateKind kind)
    {
        bool byLevels = trees.CategorySet[node] >= 0, missingLeft = trees.MissingLeft[node] != 0;
        int place = Array.FindIndex(columns, column => column.Feature == trees.Feature[node] && column.IsCategory == byLevels);
        if (byLevels)
        {
            sets.AddRange(columns[place].Set(trees.CategorySets, trees.CategorySet[node], missingLeft));
            return new Gate(kind, 0, (ushort)place, sets.Count - 32, 0, 0, 0);
        }

        byte bound = columns[place].Bound(trees.Threshold[node]);
        if (missingLeft)
        {
            return new Gate(kind, bound, (ushort)place, -1, 0, 0, 0);
        }

        secondPlace[place] = secondPlace[place] > 0 ? secondPlace[place] : columnCount++;
        return new Gate(kind, (byte)(bound - 1), (ushort)secondPlace[place], -1, 0, 0, 0);
    }

    /// <param name="Gates">Children before their parents, the root's last.</param>
    /// <param name="Values">Of the leaves by number [width][leaves].</param>
    /// <param name="Output">The first that the tree adds to.</param>
    private sealed record Circuit(Gate[] Gates, double[][] Values, int Output);
}
