using Strata.Learning.ModelFiles;
using Strata.Learning.Preparation;

namespace Strata.Learning.Ensembles;

/// <summary>A recipe that an ensemble combines with others, under a name of its own.</summary>
public sealed record Member(string Name, IRecipe Recipe);

/// <summary>A model that an ensemble combines with others.</summary>
public sealed record FittedMember(string Name, IModel Model)
{
    internal void Write(ModelWriter writer)
    {
        writer.Set("name", Name);
        ModelContent.Write(writer, Model);
    }

    /// <summary>Writes members one after the other.</summary>
    internal static void WriteAll(ModelWriter writer, IReadOnlyList<FittedMember> members)
    {
        writer.Set("count", members.Count);
        foreach ((int i, FittedMember member) in members.Index())
        {
            member.Write(writer.Section($"member_{i}"));
        }
    }

    /// <summary>Reads members that predict what the signature says.</summary>
    internal static IReadOnlyList<FittedMember> ReadAll(ModelReader reader, ModelSignature signature, Func<ModelReader, IModel> readModel)
    {
        int count = reader.Get<int>("count");
        var members = new List<FittedMember>();
        for (int i = 0; i < count; i++)
        {
            ModelReader section = reader.Section($"member_{i}");
            members.Add(new FittedMember(section.Get<string>("name"), readModel(section)));
        }

        return members.Count > 0 && members.All(member => Predicts(member.Model, signature))
            ? members
            : throw new ModelFileException($"The members of the ensemble in the model file do not all predict '{signature.Target}'.");
    }

    private static bool Predicts(IModel model, ModelSignature signature) =>
        (model.Signature.Task, model.Signature.Target) == (signature.Task, signature.Target) && model.Signature.Classes.SequenceEqual(signature.Classes);
}
