using Strata.Learning.Ensembles;
using Strata.Learning.ModelFiles;
using Strata.Learning.Preparation;

namespace Strata.Learning.Automl;

/// <summary>A candidate's model, which answers by the mean of its folds' models, and what these said of rows they had not seen.</summary>
/// <param name="Candidate">Which.</param>
/// <param name="Model">One for all rows.</param>
/// <param name="Unseen">Predictions for the tested rows, each by models that had not seen it.</param>
/// <param name="Seconds">All its fits and predictions together.</param>
/// <param name="Microseconds">For predicting a row, of many.</param>
/// <param name="Bytes">Of the model as it is written, before packing.</param>
internal sealed record FittedCandidate(Candidate Candidate, IModel Model, Predictions Unseen, double Seconds, double Microseconds, long Bytes)
{
    public string Name => Candidate.Name;

    public long AnswerBytes => Unseen.Values.Length * (long)sizeof(double);

    /// <summary>The same candidate fitted on two drawings of folds: all models answer together, and each row's unseen answer is the mean of both.</summary>
    public static FittedCandidate Joined(FittedCandidate one, FittedCandidate other, int earlier)
    {
        VotingModel first = (VotingModel)one.Model, second = (VotingModel)other.Model;
        FittedMember[] members = [.. first.Members, .. second.Members.Select(member => member with { Name = $"{member.Name} of drawing {earlier + 1}" })];
        double share = 1.0 / (earlier + 1);
        return new FittedCandidate(
            one.Candidate,
            new VotingModel(Voting.AlgorithmName, first.Signature, members, [.. members.Select(_ => 1.0 / members.Length)], VoteKind.Soft),
            AutomlModel.Mean(first.Signature, [(one.Unseen, 1 - share), (other.Unseen, share)]),
            one.Seconds + other.Seconds,
            one.Microseconds + other.Microseconds,
            one.Bytes + other.Bytes);
    }

    /// <summary>Of a model as it is written.</summary>
    public static long BytesOf(IModel model)
    {
        var writer = new ModelWriter();
        ModelContent.Write(writer, model);
        return writer.Tensors.Values.Sum(tensor => (long)tensor.Bytes.Length) + writer.Values.ToJsonString(ModelFileJson.Options).Length;
    }
}
