using Strata.Tensors.Gradients.Rules;

namespace Strata.Tensors.Gradients;

public sealed unsafe partial class Tape<T>
{
    /// <summary>
    /// The weighted mean of the cross entropy of the scores' softmax with the rows' classes. A row counts by its weight times its class's weight, and the sum of these divides:
    /// PyTorch's <c>cross_entropy</c> with <c>weight</c> and <c>label_smoothing</c>.
    /// </summary>
    /// <param name="scores">[.., classes].</param>
    /// <param name="codes">The class of each row.</param>
    /// <param name="weights">A weight a row, not all zero; empty for one each.</param>
    /// <param name="smoothing">The share of each target that is spread over all classes.</param>
    /// <param name="classWeights">A weight a class; empty for one each.</param>
    public Variable<T> CrossEntropy(Variable<T> scores, ReadOnlySpan<int> codes, ReadOnlySpan<T> weights = default, double smoothing = 0, ReadOnlySpan<T> classWeights = default)
    {
        int classes = scores.Shape.Width;
        RequireClassWeights(scores, classWeights);
        RequireCodes(scores, codes);
        T* counts = Take<T>(scores.Shape.Count), shares = Shares(weights, codes, classWeights);
        T own = T.CreateTruncating(1 - smoothing), each = T.CreateTruncating(smoothing / classes);
        for (int row = 0; row < codes.Length; row++)
        {
            for (int k = 0; k < classes; k++)
            {
                T target = k == codes[row] ? own + each : each;
                counts[(nint)row * classes + k] = shares[row] * target * (classWeights.IsEmpty ? T.One : classWeights[k]);
            }
        }

        return CrossEntropy(scores, counts);
    }

    /// <summary>The weighted mean of the cross entropy of the scores' softmax with targets that are shares of classes, as mixed rows have them.</summary>
    /// <param name="scores">[.., classes].</param>
    /// <param name="targets">As the scores; each row sums to 1.</param>
    /// <param name="weights">A weight a row, not all zero; empty for one each.</param>
    /// <param name="classWeights">A weight a class, by which its share counts; empty for one each.</param>
    public Variable<T> SharedCrossEntropy(Variable<T> scores, ReadOnlySpan<T> targets, ReadOnlySpan<T> weights = default, ReadOnlySpan<T> classWeights = default)
    {
        int classes = scores.Shape.Width;
        Require(targets.Length == scores.Shape.Count, $"There are {targets.Length} targets for {scores.Shape.Count} scores.");
        RequireClassWeights(scores, classWeights);
        T* counts = Take<T>(targets.Length), shares = Shares(weights, scores.Shape.Rows);
        for (int i = 0; i < targets.Length; i++)
        {
            counts[i] = shares[i / classes] * targets[i] * (classWeights.IsEmpty ? T.One : classWeights[i % classes]);
        }

        return CrossEntropy(scores, counts);
    }

    /// <summary>Cross entropy of the rows' classes in which rows that are already told well count less: each times <c>(1 - p)^focus</c> (Lin et al. 2017).</summary>
    /// <param name="scores">[.., classes].</param>
    /// <param name="codes">The class of each row.</param>
    /// <param name="focus">0 is cross entropy; the paper takes 2.</param>
    /// <param name="weights">A weight a row, not all zero; empty for one each.</param>
    /// <param name="classWeights">A weight a class; empty for one each.</param>
    public Variable<T> Focal(Variable<T> scores, ReadOnlySpan<int> codes, double focus = 2, ReadOnlySpan<T> weights = default, ReadOnlySpan<T> classWeights = default)
    {
        RequireClassWeights(scores, classWeights);
        RequireCodes(scores, codes);
        Require(focus >= 0, $"A focal loss's focus is at least 0, not {focus}.");
        int* own = Take<int>(codes.Length);
        codes.CopyTo(new Span<int>(own, codes.Length));
        T* shares = Shares(weights, codes, classWeights);
        for (int row = 0; row < codes.Length && !classWeights.IsEmpty; row++)
        {
            shares[row] *= classWeights[codes[row]];
        }

        var memory = Take<FocalRule<T>.Memory>(1);
        *memory = new FocalRule<T>.Memory((nint)own, (nint)shares, (nint)Take<T>(scores.Shape.Count));
        return Record(FocalRule<T>.Instance, default, [scores], new Settings { First = focus }, memory);
    }

    /// <summary>The weighted mean of a loss of each score and its target. With weights of 0 and 1 it is the loss of masked numbers only.</summary>
    /// <param name="scores">Any shape.</param>
    /// <param name="targets">One a score.</param>
    /// <param name="loss">Which.</param>
    /// <param name="setting">The width of Huber's and the smooth absolute error, the quantile, the weight of class 1, the focus.</param>
    /// <param name="weights">A weight a score, not all zero; empty for one each.</param>
    public Variable<T> Loss(Variable<T> scores, ReadOnlySpan<T> targets, PointLoss loss, double setting = 0, ReadOnlySpan<T> weights = default)
    {
        Require(targets.Length == scores.Shape.Count, $"There are {targets.Length} targets for {scores.Shape.Count} scores.");
        var memory = Take<PointLossRule<T>.Memory>(1);
        *memory = new PointLossRule<T>.Memory((nint)Kept(targets), (nint)Shares(weights, targets.Length));
        return Record(PointLossRule<T>.Instance, default, [scores], PointLossRule<T>.Of(loss, setting), memory);
    }

    /// <summary>
    /// The weighted mean of the negative log likelihood (without its constant) of targets under normal distributions whose mean and variance the scores say (Nix and Weigend 1994).
    /// </summary>
    /// <param name="scores">[.., 2]: the mean, and the variance's raw score.</param>
    /// <param name="targets">One a row.</param>
    /// <param name="form">How the raw score says the variance.</param>
    /// <param name="beta">Rows count by their variance to this power, which the way back takes as a constant: 0 is the likelihood, 0.5 keeps noisy rows from being neglected (Seitzer et al. 2022).</param>
    /// <param name="weights">A weight a row, not all zero; empty for one each.</param>
    public Variable<T> GaussianLikelihood(Variable<T> scores, ReadOnlySpan<T> targets, VarianceForm form = VarianceForm.Softplus, double beta = 0, ReadOnlySpan<T> weights = default)
    {
        Require(scores.Shape.Width == 2, $"A mean and a variance are two scores a row, not {scores.Shape}.");
        Require(targets.Length == scores.Shape.Rows, $"There are {targets.Length} targets for {scores.Shape.Rows} rows of scores.");
        var memory = Take<GaussianLikelihoodRule<T>.Memory>(1);
        *memory = new GaussianLikelihoodRule<T>.Memory((nint)Kept(targets), (nint)Shares(weights, targets.Length));
        return Record(GaussianLikelihoodRule<T>.Instance, default, [scores], GaussianLikelihoodRule<T>.Of(form, beta), memory);
    }

    /// <summary>How well each row finds its partner among all others by cosine similarity (NT-Xent, Chen et al. 2020).</summary>
    /// <param name="embeddings">[2 n, width]; row i and row i + n are two views of one thing.</param>
    /// <param name="temperature">Above 0; small ones look at the nearest only.</param>
    public Variable<T> Contrastive(Variable<T> embeddings, double temperature = 0.5)
    {
        Require(embeddings.Shape.Rows % 2 == 0 && embeddings.Shape.Rows > 0, $"Embeddings {embeddings.Shape} are not two views of each thing.");
        Require(temperature > 0, $"A temperature is above 0, not {temperature}.");
        return Record(ContrastiveRule<T>.Instance, default, [embeddings], new Settings { First = temperature });
    }

    /// <summary>Draws alike rows together and pushes others apart up to a margin (Hadsell et al. 2006).</summary>
    /// <param name="first">[.., width].</param>
    /// <param name="second">As the first.</param>
    /// <param name="alike">1 for each pair that is alike, 0 for others.</param>
    /// <param name="margin">How far apart others should be.</param>
    public Variable<T> PairMargin(Variable<T> first, Variable<T> second, ReadOnlySpan<T> alike, double margin = 1)
    {
        Require(first.Shape == second.Shape, $"{first.Shape} and {second.Shape} are not pairs.");
        Require(alike.Length == first.Shape.Rows, $"{alike.Length} pairs are said to be alike or not, but there are {first.Shape.Rows}.");
        return Record(PairMarginRule<T>.Instance, default, [first, second], new Settings { First = margin }, Kept(alike));
    }

    /// <summary>Draws anchors nearer to their like than to others by a margin (Schroff et al. 2015).</summary>
    /// <param name="anchor">[.., width].</param>
    /// <param name="like">As the anchors.</param>
    /// <param name="other">As the anchors.</param>
    /// <param name="margin">By how much nearer.</param>
    public Variable<T> Triplet(Variable<T> anchor, Variable<T> like, Variable<T> other, double margin = 1)
    {
        Require(anchor.Shape == like.Shape && anchor.Shape == other.Shape, $"{anchor.Shape}, {like.Shape} and {other.Shape} are not triplets.");
        return Record(TripletRule<T>.Instance, default, [anchor, like, other], new Settings { First = margin });
    }

    private static void RequireClassWeights(Variable<T> scores, ReadOnlySpan<T> classWeights) =>
        Require(classWeights.IsEmpty || classWeights.Length == scores.Shape.Width, $"There are {classWeights.Length} class weights for {scores.Shape.Width} classes.");

    private static void RequireCodes(Variable<T> scores, ReadOnlySpan<int> codes)
    {
        Require(codes.Length == scores.Shape.Rows, $"There are {codes.Length} classes for {scores.Shape.Rows} rows of scores.");
        foreach (int code in codes)
        {
            Require(code >= 0 && code < scores.Shape.Width, $"Class {code} is none of {scores.Shape.Width}.");
        }
    }

    private Variable<T> CrossEntropy(Variable<T> scores, T* counts)
    {
        var memory = Take<CrossEntropyRule<T>.Memory>(1);
        *memory = new CrossEntropyRule<T>.Memory((nint)counts, (nint)Take<T>(scores.Shape.Count));
        return Record(CrossEntropyRule<T>.Instance, default, [scores], kept: memory);
    }

    private T* Kept(ReadOnlySpan<T> values)
    {
        T* kept = Take<T>(values.Length);
        values.CopyTo(new Span<T>(kept, values.Length));
        return kept;
    }

    /// <summary>The rows' weights divided by the sum of what they are once the weights of their classes are in.</summary>
    private T* Shares(ReadOnlySpan<T> weights, ReadOnlySpan<int> codes, ReadOnlySpan<T> classWeights)
    {
        T* shares = Shares(weights, codes.Length);
        T sum = T.Zero;
        for (int row = 0; row < codes.Length && !classWeights.IsEmpty; row++)
        {
            sum += shares[row] * classWeights[codes[row]];
        }

        for (int row = 0; row < codes.Length && !classWeights.IsEmpty; row++)
        {
            shares[row] /= sum;
        }

        return shares;
    }

    /// <summary>The weights divided by their sum.</summary>
    private T* Shares(ReadOnlySpan<T> weights, int count)
    {
        Require(weights.IsEmpty || weights.Length == count, $"There are {weights.Length} weights for {count} rows.");
        T* shares = Take<T>(count);
        T sum = T.Zero;
        foreach (T weight in weights)
        {
            sum += weight;
        }

        for (int i = 0; i < count; i++)
        {
            shares[i] = weights.IsEmpty ? T.One / T.CreateTruncating(count) : weights[i] / sum;
        }

        return shares;
    }
}
