namespace Strata.Learning.Neural.Architectures;

/// <summary>The networks whose encoders can be joined, each as it is by default.</summary>
internal static class EncoderRecipes
{
    public static ArrayNetworkRecipe Of(SeriesEncoderKind kind) => kind switch
    {
        SeriesEncoderKind.Cnn1d => new Cnn1d(),
        SeriesEncoderKind.Vgg1d => new Vgg1d(),
        SeriesEncoderKind.Resnet1d => new Resnet1d(),
        SeriesEncoderKind.InceptionTime => new InceptionTime(),
        SeriesEncoderKind.Tcn => new Tcn(),
        SeriesEncoderKind.Rnn => new Rnn(),
        SeriesEncoderKind.Lstm => new Lstm(),
        SeriesEncoderKind.Gru => new Gru(),
        SeriesEncoderKind.Transformer => new Transformer(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such encoder of series."),
    };

    public static ArrayNetworkRecipe Of(ImageEncoderKind kind) => kind switch
    {
        ImageEncoderKind.Cnn2d => new Cnn2d(),
        ImageEncoderKind.Resnet2d => new Resnet2d(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such encoder of images."),
    };

    public static ArrayNetworkRecipe Of(PointsEncoderKind kind) => kind switch
    {
        PointsEncoderKind.Pointnet => new Pointnet(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such encoder of points."),
    };

    public static TableNetworkRecipe Of(TableEncoderKind kind) => kind switch
    {
        TableEncoderKind.Mlp => new Mlp(),
        TableEncoderKind.ResnetTabular => new ResnetTabular(),
        TableEncoderKind.FtTransformer => new FtTransformer(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such encoder of tables."),
    };
}
