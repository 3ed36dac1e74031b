using System.Globalization;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;

namespace Strata.Learning.Ensembles;

/// <summary>Members that each know some blocks of columns and answer together, those alone whose blocks a row has.</summary>
public sealed class BlockModel : IScoreSum
{
    private readonly IReadOnlyList<ColumnBlock> blocks;
    private readonly int[] sets;
    private readonly double[][] weights;
    private readonly IReadOnlyList<string> notes;

    internal BlockModel(ModelSignature signature, IReadOnlyList<ColumnBlock> blocks, IReadOnlyList<FittedMember> members, int[] sets, double[][] weights, IReadOnlyList<string> notes)
    {
        (this.blocks, Members, this.sets, this.weights, this.notes) = (blocks, members, sets, weights, notes);
        Signature = signature with { Features = WithBlocks(signature.Features, blocks) };
    }

    public string Algorithm => BlockEnsemble.AlgorithmName;

    /// <summary>Where there are several blocks, each of them may be missing from the rows that are predicted.</summary>
    public ModelSignature Signature { get; }

    public IReadOnlyList<FittedMember> Members { get; }

    /// <summary>The names of the blocks.</summary>
    public IReadOnlyList<string> Blocks => [.. blocks.Select(block => block.Name)];

    public IReadOnlyList<string> Notes =>
    [
        .. notes,
        .. Members.Count == 1 ? [] : new[] { $"Weights of the members: {string.Join(", ", Members.Zip(weights[^1], (member, weight) => string.Create(CultureInfo.InvariantCulture, $"{member.Name} {weight:0.000}")))}." },
        .. Members.SelectMany(member => member.Model.Notes.Select(note => $"{member.Name}: {note}")).Distinct(),
    ];

    /// <summary>With one block a fixed sum; with several, which members answer depends on the row.</summary>
    public IReadOnlyList<Summand>? Summands => blocks.Count == 1 ? VoteFor(1).Summands : null;

    public Predictions Predict(Frame rows, int threads = 1)
    {
        Frame conformed = Signature.Features.Conform(rows);
        int[] present = ColumnBlock.PresentIn(conformed, blocks);
        int[] patterns = [.. present.Distinct()];
        return patterns.Length switch
        {
            0 => VoteFor(weights.Length).Predict(conformed, threads),
            1 => VoteFor(patterns[0]).Predict(conformed, threads),
            _ => Together(present, patterns.Select(pattern =>
            {
                int[] alike = [.. Enumerable.Range(0, present.Length).Where(row => present[row] == pattern)];
                return (alike, VoteFor(pattern).Predict(conformed.Take(alike), threads));
            })),
        };
    }

    /// <summary>What each member counts for rows that have only some blocks.</summary>
    /// <param name="present">The names of the blocks that are there.</param>
    /// <returns>One a member; they sum to 1.</returns>
    public IReadOnlyList<double> WeightsWith(params IReadOnlyList<string> present)
    {
        ArgumentNullException.ThrowIfNull(present);
        int pattern = blocks.Index().Where(block => present.Contains(block.Item.Name)).Sum(block => 1 << block.Index);
        return pattern > 0 ? weights[pattern - 1] : throw new DataException($"None of the blocks {NearNames.List(Blocks, 8)} is there.");
    }

    public void Write(ModelWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Signature.Write(writer);
        var blockOf = blocks.Index().SelectMany(block => block.Item.Columns.Select(column => (column, block.Index))).ToDictionary(pair => pair.column, pair => pair.Index, StringComparer.Ordinal);
        writer.Set("blocks", Blocks);
        writer.Tensor("block_of_column", [.. Signature.Features.Names.Select(name => blockOf[name])]);
        writer.Tensor("sets", sets);
        writer.Tensor("weights", [.. weights.SelectMany(pattern => pattern)], weights.Length, Members.Count);
        writer.Set("notes", notes);
        FittedMember.WriteAll(writer.Section("members"), Members);
    }

    /// <param name="reader">At what <see cref="Write"/> wrote.</param>
    /// <param name="readModel">Reads a member.</param>
    public static BlockModel Read(ModelReader reader, Func<ModelReader, IModel> readModel)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var signature = ModelSignature.Read(reader);
        string[] names = reader.Get<string[]>("blocks");
        int[] blockOf = reader.Tensor<int>("block_of_column", signature.Features.Columns.Count);
        IReadOnlyList<FittedMember> members = FittedMember.ReadAll(reader.Section("members"), signature, readModel);
        int[] sets = reader.Tensor<int>("sets", members.Count);
        int patterns = names.Length is >= 1 and <= 16 ? (1 << names.Length) - 1 : throw new ModelFileException($"The model file has {names.Length} blocks of columns; expected 1 to 16.");
        double[][] weights = [.. reader.Tensor<double>("weights", patterns, members.Count).Chunk(members.Count)];
        bool isSound = names.Distinct(StringComparer.Ordinal).Count() == names.Length && Enumerable.Range(0, names.Length).All(block => blockOf.Contains(block)) && blockOf.All(block => block >= 0 && block < names.Length)
            && sets.All(set => set > 0 && set <= patterns) && weights.All(pattern => pattern.All(weight => weight >= 0) && Math.Abs(pattern.Sum() - 1) < 1e-6) && signature.Task.HasTarget();
        string[] columns = [.. signature.Features.Names];
        return isSound
            ? new BlockModel(signature, [.. names.Select((name, block) => new ColumnBlock(name, [.. columns.Where((_, column) => blockOf[column] == block)]))], members, sets, weights, reader.Get<string[]>("notes"))
            : throw new ModelFileException("The blocks of columns in the model file do not fit its columns, or the weights of its members do not sum to 1.");
    }

    private static Schema WithBlocks(Schema features, IReadOnlyList<ColumnBlock> blocks)
    {
        if (blocks.Count == 1)
        {
            return features;
        }

        var blockOf = blocks.SelectMany(block => block.Columns.Select(column => (column, block.Name))).ToDictionary(pair => pair.column, pair => pair.Name, StringComparer.Ordinal);
        return new Schema([.. features.Columns.Select(column => column with { Block = blockOf[column.Name] })]);
    }

    /// <summary>The members that answer for rows with these blocks.</summary>
    private VotingModel VoteFor(int pattern)
    {
        int[] able = [.. Enumerable.Range(0, Members.Count).Where(member => weights[pattern - 1][member] > 0)];
        return new VotingModel(Algorithm, Signature, [.. able.Select(member => Members[member])], [.. able.Select(member => weights[pattern - 1][member])], VoteKind.Soft);
    }

    /// <summary>Predictions of rows that were answered apart, in the order of the rows.</summary>
    private Predictions Together(int[] present, IEnumerable<(int[] Rows, Predictions Answer)> parts)
    {
        int classes = Signature.Classes.Count, width = Math.Max(1, classes);
        double[] values = new double[present.Length * width], raw = new double[present.Length * Signature.OutputCount];
        foreach ((int[] rows, Predictions answer) in parts)
        {
            for (int i = 0; i < rows.Length; i++)
            {
                answer.Values.AsSpan(i * width, width).CopyTo(values.AsSpan(rows[i] * width));
                answer.RawScores.AsSpan(i * Signature.OutputCount, Signature.OutputCount).CopyTo(raw.AsSpan(rows[i] * Signature.OutputCount));
            }
        }

        return classes > 0 ? Predictions.OfProbabilities(Signature.Classes, raw, values) : Predictions.OfNumbers(values);
    }
}
