namespace Strata.Learning.Neural.Architectures;

/// <summary>The networks whose encoders can be joined, each as it is by default but for its width and depth.</summary>
internal static class EncoderRecipes
{
    /// <param name="kind">Which.</param>
    /// <param name="width">Channels, or numbers that it remembers, of a layer; null for its own.</param>
    /// <param name="depth">Layers, blocks or modules; null for its own.</param>
    public static ArrayNetworkRecipe Of(SeriesEncoderKind kind, int? width = null, int? depth = null) => kind switch
    {
        SeriesEncoderKind.Cnn1d when new Cnn1d() is var own => own with { Filters = width ?? own.Filters, Layers = depth ?? own.Layers },
        SeriesEncoderKind.Vgg1d when new Vgg1d() is var own => own with { Filters = width ?? own.Filters, Stages = depth ?? own.Stages },
        SeriesEncoderKind.Resnet1d when new Resnet1d() is var own => own with { Filters = width ?? own.Filters, Blocks = depth ?? own.Blocks },
        SeriesEncoderKind.InceptionTime when new InceptionTime() is var own => own with { Filters = width ?? own.Filters, Modules = depth ?? own.Modules },
        SeriesEncoderKind.Tcn when new Tcn() is var own => own with { Filters = width ?? own.Filters, Blocks = depth ?? own.Blocks },
        SeriesEncoderKind.Rnn => Sized(new Rnn(), width, depth),
        SeriesEncoderKind.Lstm => Sized(new Lstm(), width, depth),
        SeriesEncoderKind.Gru => Sized(new Gru(), width, depth),
        SeriesEncoderKind.Transformer when new Transformer() is var own => own with { HeadWidth = OfEach(width, own.Heads) ?? own.HeadWidth, Layers = depth ?? own.Layers },
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such encoder of series."),
    };

    /// <inheritdoc cref="Of(SeriesEncoderKind, int?, int?)"/>
    public static ArrayNetworkRecipe Of(ImageEncoderKind kind, int? width = null, int? depth = null) => kind switch
    {
        ImageEncoderKind.Cnn2d when new Cnn2d() is var own => own with { Filters = width ?? own.Filters, Stages = depth ?? own.Stages },
        ImageEncoderKind.Resnet2d when new Resnet2d() is var own => own with { Filters = width ?? own.Filters, Blocks = depth ?? own.Blocks },
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such encoder of images."),
    };

    /// <param name="kind">Which.</param>
    /// <param name="width">Features of a cloud; null for its own.</param>
    public static ArrayNetworkRecipe Of(PointsEncoderKind kind, int? width = null) => kind switch
    {
        PointsEncoderKind.Pointnet when new Pointnet() is var own => own with { Features = width ?? own.Features },
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such encoder of points."),
    };

    /// <inheritdoc cref="Of(SeriesEncoderKind, int?, int?)"/>
    public static TableNetworkRecipe Of(TableEncoderKind kind, int? width = null, int? depth = null) => kind switch
    {
        TableEncoderKind.Mlp when new Mlp() is var own => own with { Width = width ?? own.Width, Layers = depth ?? own.Layers },
        TableEncoderKind.ResnetTabular when new ResnetTabular() is var own => own with { Width = width ?? own.Width, Blocks = depth ?? own.Blocks },
        TableEncoderKind.FtTransformer when new FtTransformer() is var own => own with { HeadWidth = OfEach(width, own.Heads) ?? own.HeadWidth, Layers = depth ?? own.Layers },
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such encoder of tables."),
    };

    private static RecurrentNetworkRecipe Sized(RecurrentNetworkRecipe own, int? width, int? depth) => own with { Hidden = width ?? own.Hidden, Layers = depth ?? own.Layers };

    /// <summary>The width of each head, which together have about the width that is asked for.</summary>
    private static int? OfEach(int? width, int heads) => width is int all ? Math.Max(1, all / heads) : null;
}
