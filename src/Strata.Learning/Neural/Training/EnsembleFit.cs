using Strata.Tensors;

namespace Strata.Learning.Neural.Training;

/// <summary>Trains the members of a deep ensemble one after the other, each from a seed of its own (Lakshminarayanan et al. 2017).</summary>
internal sealed class EnsembleFit(NetworkRecipe recipe, TrainingTable table, FitContext context)
{
    public NetworkModel Run()
    {
        MemberCheckpoints? checkpoints = context.Checkpoints is null ? null : new MemberCheckpoints(recipe, table, context);
        List<NetworkModel> members = checkpoints?.Load() ?? [];
        for (int member = members.Count; member < recipe.EnsembleMembers; member++)
        {
            using var fit = new NetworkFit(recipe, table, context with
            {
                Seed = member == 0 ? context.Seed : RandomSource.For(context.Seed, $"member {member}").NextBits(),
                Progress = context.Progress is null ? null : new MemberProgress(context.Progress, member, recipe),
                Checkpoints = checkpoints,
            });
            members.Add(fit.Run());
            checkpoints?.Enter(members[^1]);
        }

        return NetworkModel.Together(members);
    }

    private sealed class MemberProgress(IProgress<FitProgress> all, int member, NetworkRecipe recipe) : IProgress<FitProgress>
    {
        public void Report(FitProgress value)
        {
            int epoch = member * recipe.Epochs + value.Step;
            all.Report(value with { Step = epoch, StepCount = recipe.EnsembleMembers * recipe.Epochs, Iteration = epoch });
        }
    }
}
