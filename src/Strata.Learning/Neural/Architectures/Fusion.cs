using Strata.Learning.Data;
using Strata.Learning.Neural.Augmentation;
using Strata.Learning.Neural.Inputs;
using Strata.Learning.Neural.Layers;
using Strata.Learning.Neural.Tables;
using Strata.Tensors;
using Strata.Tensors.Backends;

namespace Strata.Learning.Neural.Architectures;

/// <summary>
/// A network that joins several modalities, each read by an encoder of its own: columns of series, images and points, and all other columns as a table. In training some are left out by
/// chance, so that it predicts where one is missing.
/// </summary>
public sealed record Fusion : NetworkRecipe
{
    internal const string AlgorithmName = "fusion";

    public override string Algorithm => AlgorithmName;

    [Hyperparameter("What reads columns of series.")]
    public SeriesEncoderKind SeriesEncoder { get; init; } = SeriesEncoderKind.Cnn1d;

    [Hyperparameter("What reads columns of images.")]
    public ImageEncoderKind ImageEncoder { get; init; } = ImageEncoderKind.Cnn2d;

    [Hyperparameter("What reads columns of points.")]
    public PointsEncoderKind PointsEncoder { get; init; } = PointsEncoderKind.Pointnet;

    [Hyperparameter("What reads all other columns.")]
    public TableEncoderKind TableEncoder { get; init; } = TableEncoderKind.Mlp;

    [Hyperparameter("Channels, or numbers that are remembered, in a layer of the encoder of series; empty for its usual width.", Min = 1, Max = 2048)]
    public int? SeriesWidth { get; init; }

    [Hyperparameter("Layers, blocks, modules or stages of the encoder of series; empty for its usual depth.", Min = 1, Max = 8, Advanced = true)]
    public int? SeriesDepth { get; init; }

    [Hyperparameter("Channels of the first stage of the encoder of images; empty for its usual width.", Min = 1, Max = 1024)]
    public int? ImageWidth { get; init; }

    [Hyperparameter("Stages of the encoder of images, or blocks of each stage; empty for its usual depth.", Min = 1, Max = 8, Advanced = true)]
    public int? ImageDepth { get; init; }

    [Hyperparameter("Features that the encoder of points makes of a cloud; empty for its usual number.", Min = 4, Max = 8192)]
    public int? PointsWidth { get; init; }

    [Hyperparameter("Numbers of a layer of the encoder of all other columns; empty for its usual width.", Min = 1, Max = 4096)]
    public int? TableWidth { get; init; }

    [Hyperparameter("Layers or blocks of the encoder of all other columns; empty for its usual depth.", Min = 1, Max = 64, Advanced = true)]
    public int? TableDepth { get; init; }

    [Hyperparameter("How what was made of the modalities is joined.")]
    public FusionMethod Method { get; init; } = FusionMethod.Concatenate;

    [Hyperparameter("Numbers of the hidden layer behind the modalities, and of each of them where they are gated or attend to one another.", Min = 1, Max = 16_384, SearchMin = 32, SearchMax = 256, LogScale = true)]
    public int Width { get; init; } = 128;

    [Hyperparameter("Of cross_attention: its heads; where they do not divide the width, the next smaller number that does.", Min = 1, Max = 64, Advanced = true)]
    public int Heads { get; init; } = 4;

    [Hyperparameter("Share of hidden numbers left out by chance in each step.", Min = 0, Max = 0.95, SearchMin = 0, SearchMax = 0.5)]
    public double Dropout { get; init; } = 0.1;

    [Hyperparameter("In training the chance of each modality of a row to be treated as missing, never all of a row.", Min = 0, Max = 0.95, SearchMin = 0, SearchMax = 0.5)]
    public double ModalityDropout { get; init; } = 0.1;

    [Hyperparameter("How the numbers of series and images are brought into range: by each channel of the training rows, by each row of its own, or not at all. Points are moved to their centre and scaled to the unit sphere.")]
    public Scaling Scaling { get; init; } = Scaling.Channel;

    [Hyperparameter("Height and width in pixels that all images are brought to; empty takes images of one size as they are.", Min = 1, Max = 4096)]
    public int? ImageSize { get; init; }

    [Hyperparameter("Points that are taken of each cloud: drawn by chance from more, some twice from fewer.", Min = 1, Max = 65_536)]
    public int Points { get; init; } = 1024;

    [Hyperparameter("How the arrays of training rows are varied by chance: " + AugmentationPlan.Words + ".", Advanced = true)]
    public IReadOnlyList<string> Augment { get; init; } = [];

    internal override AugmentationPlan Augmentation => AugmentationPlan.Of(Augment);

    internal override InputPlan Inputs => new() { Series = Scaling, Images = Scaling, Points = Scaling.Row, ImageSize = ImageSize, PointCount = Points };

    internal override Network Build(InputEncoding encoding, int outputs, RandomSource? random)
    {
        Encoder[] encoders = [.. encoding.Arrays.Select((array, i) => RecipeOf(array.Type).Encoder($"encoders.{i}", array.InputChannels, random))];
        TableEncoder? table = encoding.Table is null ? null : EncoderRecipes.Of(TableEncoder, TableWidth, TableDepth).Encoder("table.", encoding.Table, random);
        int[] widths = [.. encoders.Select(encoder => encoder.Width), .. table is null ? [] : new[] { table.Width }];
        return new Network(table, encoders, new Sequential([.. Joined(widths, random), new Dense("head", Width, outputs, random)])) { ModalityDropout = ModalityDropout };
    }

    private ArrayNetworkRecipe RecipeOf(ColumnType type) => type switch
    {
        ColumnType.Series => EncoderRecipes.Of(SeriesEncoder, SeriesWidth, SeriesDepth),
        ColumnType.Image => EncoderRecipes.Of(ImageEncoder, ImageWidth, ImageDepth),
        _ => EncoderRecipes.Of(PointsEncoder, PointsWidth),
    };

    /// <summary>From the parts side by side to a hidden layer.</summary>
    private Layer[] Joined(int[] widths, RandomSource? random) => Method switch
    {
        FusionMethod.Gated => [new GatedParts("gated", widths, Width, random), new Dropped(Dropout)],
        FusionMethod.CrossAttention => [new AttendedParts("attended", widths, Width, HeadsThatFit, random), .. Hidden(widths.Length * Width, random)],
        _ => Hidden(widths.Sum(), random),
    };

    private Layer[] Hidden(int width, RandomSource? random) => [new Dense("joined", width, Width, random), new Activated(Activation.Relu), new Dropped(Dropout)];

    private int HeadsThatFit => Enumerable.Range(1, Math.Min(Heads, Width)).Last(heads => Width % heads == 0);
}
