namespace Strata.Learning.Neural.Architectures;

/// <summary>What reads columns of series where modalities are joined.</summary>
public enum SeriesEncoderKind
{
    Cnn1d,
    Vgg1d,
    Resnet1d,
    InceptionTime,
    Tcn,
    Rnn,
    Lstm,
    Gru,
    Transformer,
}

/// <summary>What reads columns of images where modalities are joined.</summary>
public enum ImageEncoderKind
{
    Cnn2d,
    Resnet2d,
}

/// <summary>What reads columns of points where modalities are joined.</summary>
public enum PointsEncoderKind
{
    Pointnet,
}

/// <summary>What reads all other columns where modalities are joined.</summary>
public enum TableEncoderKind
{
    Mlp,
    ResnetTabular,
    FtTransformer,
}
