using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Learning.Automl;
using Strata.Learning.Bayes;
using Strata.Learning.Clusters;
using Strata.Learning.Data;
using Strata.Learning.Ensembles;
using Strata.Learning.Linear;
using Strata.Learning.Neighbors;
using Strata.Learning.Neural;
using Strata.Learning.Neural.Architectures;
using Strata.Learning.Preparation;
using Strata.Learning.Processes;
using Strata.Learning.RandomKernels;
using Strata.Learning.Trees;
using Strata.Learning.Trees.Presets;
using Strata.Learning.Validation;
using Strata.Learning.Validation.Calibration;
using Strata.Learning.Vectors;

namespace Strata.Learning.Catalog;

/// <summary>The one table of algorithms. The command line, REST, the web form and model files know an algorithm by its row here.</summary>
public static class Algorithms
{
    private static readonly LearningTask[] Every = [.. Enum.GetValues<LearningTask>().Where(task => task.HasTarget())];
    private const string Calibrate = "calibrate", Keep = "keep";
    private static readonly LearningTask[] Classes = [LearningTask.BinaryClassification, LearningTask.MulticlassClassification];

    public static IReadOnlyList<Algorithm> All { get; } =
    [
        new("Gradient boosting", "Many small trees, each lowering the error that those before it left. The first choice for tables; takes missing values and categories as they are.",
            needsCompleteNumbers: false, () => new GradientBoosting(), GradientBoostingModel.Read, Every),
        new("XGBoost settings", "A preset of Strata's gradient boosting with XGBoost's parameter names, defaults and level-wise trees, so that parameters found with XGBoost carry over.",
            needsCompleteNumbers: false, () => new XGBoost(), GradientBoostingModel.Read, Every),
        new("LightGBM settings", "A preset of Strata's gradient boosting with LightGBM's parameter names, defaults and leaf-wise trees, so that parameters found with LightGBM carry over.",
            needsCompleteNumbers: false, () => new LightGbm(), GradientBoostingModel.Read, Every),
        new("Random forest", "Many deep trees, each grown on rows drawn at random, that vote. Hardly needs tuning; takes missing values and categories as they are.",
            needsCompleteNumbers: false, () => new RandomForest(), RandomForestModel.Read, Every),
        new("Extra trees", "A random forest with all rows and thresholds drawn by chance: quicker to train, and smoother answers.",
            needsCompleteNumbers: false, () => new ExtraTrees(), ExtraTreesModel.Read, Every),
        new("Bagging", "Trees on rows drawn at random that each look at all columns. Good where only a few columns matter.",
            needsCompleteNumbers: false, () => new Bagging(), BaggingModel.Read, Every),
        new("AdaBoost", "Shallow trees one after the other, each minding what those before it got wrong. Good on clean tables; wrong labels mislead it.",
            needsCompleteNumbers: false, () => new AdaBoost(), AdaBoostModel.Read, Every),
        new("Decision tree", "One tree of yes-or-no questions that a person can read from top to bottom. Less accurate than many trees.",
            needsCompleteNumbers: false, () => new DecisionTree(), DecisionTreeModel.Read, Every),
        new("Isolation forest", "Finds the rows that are unlike the others, without anything to predict: how few random cuts set a row apart. Takes missing values and categories as they are.",
            needsCompleteNumbers: false, () => new IsolationForest(), IsolationForestModel.Read, LearningTask.OutlierDetection),
        new("Logistic regression", "A weighted sum of the columns turned into class probabilities. Fast, stable and easy to explain: a good yardstick for the others.",
            needsCompleteNumbers: true, () => new LogisticRegression(), LogisticRegressionModel.Read, Classes),
        new("Ridge regression", "A weighted sum of the columns that predicts a number, with the weights held small. Fast, stable and easy to explain.",
            needsCompleteNumbers: true, () => new Ridge(), RidgeModel.Read, LearningTask.Regression),
        Plane("Linear support vector machine", "The plane with the widest margin between classes. Fast on many rows and columns.", () => new LinearSvm()),
        Plane("Stochastic gradient classifier", "A weighted sum of the columns learned one row at a time. For very many rows.", () => new SgdClassifier()),
        Plane("Passive-aggressive classifier", "A weighted sum of the columns that moves only for rows it gets wrong. For very many rows.", () => new PassiveAggressive()),
        new("Support vector machine", "The widest margin between classes, curved by likeness of rows. Accurate on a few thousand rows of scaled numbers; slow on very many.",
            needsCompleteNumbers: true, () => new Svm(), SvmModel.Read, Classes),
        new("Support vector regression", "A smooth function with errors up to epsilon for free, curved by likeness of rows. For a few thousand rows of scaled numbers.",
            needsCompleteNumbers: true, () => new Svr(), SvrModel.Read, LearningTask.Regression),
        Line("Linear regression", "A weighted sum of the columns with the least squared error (ordinary least squares). The plainest yardstick for numbers.", () => new LinearRegression()),
        Line("Lasso", "A weighted sum of few columns: weights that do not pay are exactly zero. Shows which columns matter.", () => new Lasso()),
        Line("Elastic net", "Lasso and ridge together: few columns, and columns that go together share their weight.", () => new ElasticNet()),
        Line("Linear support vector regression", "A weighted sum of the columns that forgives errors up to epsilon and counts others by their size, not their square.", () => new LinearSvr()),
        Line("Stochastic gradient regressor", "A weighted sum of the columns learned one row at a time. For very many rows.", () => new SgdRegressor()),
        Line("Passive-aggressive regressor", "A weighted sum of the columns that moves only for rows it gets wrong. For very many rows.", () => new PassiveAggressiveRegressor()),
        Line("Quantile regression", "A weighted sum of the columns below which a chosen share of the targets lies: medians, and bounds for what may come.", () => new QuantileRegression()),
        Line("Huber regression", "A weighted sum of the columns that outliers in the target do not bend.", () => new HuberRegression()),
        Line("Poisson regression", "Counts: every column multiplies the expected count by a factor.", () => new PoissonRegression()),
        Line("Gamma regression", "Positive amounts such as costs or durations, whose spread grows with them: every column multiplies the expected amount.", () => new GammaRegression()),
        Line("Tweedie regression", "Amounts that are often zero, such as claims or rain: every column multiplies the expected amount.", () => new TweedieRegression()),
        new("Nearest neighbours", "Answers as the most similar training rows do. Needs no training; good where a few columns tell which rows are alike.",
            needsCompleteNumbers: true, () => new NearestNeighbors(), NearestNeighborsModel.Read, Every),
        Network<Mlp>("Multilayer perceptron", "A network of dense layers for tables: smooth answers from numbers and categories as they are. Good with many rows, and beside trees in an ensemble."),
        Network<ResnetTabular>("Residual network for tables", "Deeper than the perceptron: blocks of dense layers that each correct what comes in. For many rows."),
        Network<FtTransformer>("Transformer for tables", "Each cell is a token that looks at all others. Slower than the other networks, and often the best of them where columns act together."),
        Network<Lstm>("Long short-term memory", "Reads series step by step, in both directions, and decides at each step what to keep. For series in which the order matters; long ones are learned quicker in patches."),
        Network<Gru>("Gated recurrent units", "As long short-term memory with fewer gates: quicker, and mostly as good."),
        Network<Rnn>("Recurrent network", "The plain form, which forgets early steps: for short series, and to see what the gates of the others are worth."),
        Network<Transformer>("Transformer for series", "Every part of a series looks at all others. For many series in which things far apart act together."),
        Network<Fusion>("Fusion", "A network that reads series, images, points and the columns of a table each by an encoder of its own and joins what it made of them. Predicts where one of them is missing, and tells what each is worth."),
        new("MiniRocket", "Thousands of small kernels at many widths look over each series, and a ridge regression learns from how often they find something. The first choice for series: fast, and hardly ever far from the best.",
            needsCompleteNumbers: false, () => new MiniRocket(), MiniRocket.Read, Every),
        new("MultiRocket", "MiniRocket's kernels over series and over their differences, and four numbers of what each finds: how often, how strongly, where, and how long without a break. For series; slower than MiniRocket, on many a little better.",
            needsCompleteNumbers: false, () => new MultiRocket(), MultiRocket.Read, Every),
        new("ROCKET", "Ten thousand random kernels look over each series, and a ridge regression learns from what they find. For series; slower than MiniRocket, on some as much better.",
            needsCompleteNumbers: false, () => new Rocket(), Rocket.Read, Every),
        Network<Cnn1d>("Convolutional network for series", "Kernels of a few steps look for shapes along each series, and their mean over time is read. A quick and strong first network for series."),
        Network<Vgg1d>("Convolutional network in stages for series", "Stages of convolutions, each at half the steps, read part by part of the time by dense layers (AstroNet is built so). For series in which it matters when something happens, such as folded light curves."),
        Network<Resnet1d>("Residual network for series", "Blocks of convolutions that each add to what came in: deeper than the plain convolutional network, for series with many examples."),
        Network<InceptionTime>("InceptionTime", "Kernels of many lengths side by side find short and long shapes in series at once. Among the most accurate networks for series; take ensemble_members 5 for the published form."),
        Network<Tcn>("Temporal convolutional network", "Convolutions that see only earlier steps, further and further apart: for series whose end matters and whose causes lie far back."),
        Network<Cnn2d>("Convolutional network for images", "Stages of small kernels find strokes, then parts, then things. The first choice for images, maps and other grids."),
        Network<Resnet2d>("Residual network for images", "Blocks of convolutions that each add to what came in, three stages deep (ResNet-8, 20, 32 ..): for images with many examples."),
        Network<Pointnet>("PointNet", "Every point of a cloud goes through the same layers, and the largest feature of all points counts, whatever their order. For laser scans and other point clouds."),
        new("Gaussian naive Bayes", "Classes in which every column is normally distributed on its own. Learns in one pass; a quick yardstick for measurements.",
            needsCompleteNumbers: true, () => new GaussianNaiveBayes(), GaussianNaiveBayesModel.Read, Classes),
        BySums("Multinomial naive Bayes", "Classes that differ in how counts are shared among the columns, such as words of a text. Takes numbers of at least 0; others are brought to 0 to 1 first.", () => new MultinomialNaiveBayes(), DefaultPreparation.FromZeroToOne),
        BySums("Bernoulli naive Bayes", "Classes that differ in how often each column is above a threshold, such as whether a word occurs.", () => new BernoulliNaiveBayes()),
        BySums("Linear discriminant", "Classes around means of their own with one common covariance, parted by straight lines. Stable with few rows.", () => new LinearDiscriminant()),
        new("Quadratic discriminant", "Classes around means of their own, each with a covariance of its own, parted by curves. Needs many rows a class.",
            needsCompleteNumbers: true, () => new QuadraticDiscriminant(), QuadraticDiscriminantModel.Read, Classes),
        new("Gaussian process", "A smooth curve through up to 2,000 rows that knows how sure it is of every prediction. Good for few, costly measurements.",
            needsCompleteNumbers: true, () => new GaussianProcess(), GaussianProcessModel.Read, LearningTask.Regression),
        new("K-means", "Groups rows around as many centres as you ask for, without anything to predict. Round clusters of about one size.",
            needsCompleteNumbers: true, () => new KMeans(), KMeansModel.Read, LearningTask.Clustering),
        new("Gaussian mixture", "Groups rows into overlapping normal distributions, with the probability of each. Clusters of unequal size and stretch.",
            needsCompleteNumbers: true, () => new GaussianMixture(), GaussianMixtureModel.Read, LearningTask.Clustering),
        new("DBSCAN", "Groups rows that dense regions connect, of any shape and number, and leaves the rest as noise.",
            needsCompleteNumbers: true, () => new Dbscan(), DbscanModel.Read, LearningTask.Clustering),
        new("Baseline", "Ignores all columns: the shares of the classes, or the mean of the numbers. What any other algorithm has to beat.",
            needsCompleteNumbers: false, () => new Baseline(), BaselineModel.Read, Every),
        new("Voting", "Several algorithms learn from the same rows, and the mean of their answers is given. Often a little better than the best of them.",
            needsCompleteNumbers: false, () => new Voting { Maker = Make }, reader => VotingModel.Read(reader, Voting.AlgorithmName, ModelFile.ReadModel), Every),
        new("Stacking", "Several algorithms, and one that learns from their answers for rows they had not seen how much to trust each.",
            needsCompleteNumbers: false, () => new Stacking { Maker = Make }, reader => StackedModel.Read(reader, Stacking.AlgorithmName, ModelFile.ReadModel), Every),
        new("Blending", "Stacking with one part of the rows held back for the last step: quicker, for large tables.",
            needsCompleteNumbers: false, () => new Blending { Maker = Make }, reader => StackedModel.Read(reader, Blending.AlgorithmName, ModelFile.ReadModel), Every),
        new("Bagging of any algorithm", "An algorithm fitted again and again on rows drawn at random, and the mean of the answers: steadier than one fit.",
            needsCompleteNumbers: false, () => new Bagged { Maker = Make, Members = "decision_tree" }, reader => VotingModel.Read(reader, Bagged.AlgorithmName, ModelFile.ReadModel), Every),
        new("Blocks of columns", "Models of each block of columns (such as one kind of molecule each) and of several together, weighted by how well they predict what they had not seen. Predicts rows where a whole block is missing.",
            needsCompleteNumbers: false, () => new BlockEnsemble { Maker = Make }, reader => BlockModel.Read(reader, ModelFile.ReadModel), Every),
        new("AutoML", "The best it can find in the time you give: many algorithms and settings on folds, and those weighted together that predict best what they had not seen. For any table, also of series, images and points.",
            needsCompleteNumbers: false, () => new AutomlRecipe { Maker = Make, ReadModel = ModelFile.ReadModel }, reader => AutomlModel.Read(reader, ModelFile.ReadModel), Every) { DefaultSteps = [] },
    ];

    /// <summary>A row of a network.</summary>
    private static Algorithm Network<TRecipe>(string title, string summary)
        where TRecipe : NetworkRecipe, new() => new(title, summary, needsCompleteNumbers: false, () => new TRecipe(), NetworkModel.Read<TRecipe>, Every);

    /// <summary>A row of classes by Bayes' rule whose log densities are sums over the columns.</summary>
    private static Algorithm BySums(string title, string summary, Func<IRecipe> create, IReadOnlyList<IStep>? steps = null)
    {
        string name = create().Algorithm;
        return new(title, summary, needsCompleteNumbers: true, create, reader => LogLinearBayesModel.Read(reader, name), Classes) { DefaultSteps = steps ?? DefaultPreparation.CompleteNumbers };
    }

    /// <summary>
    /// A recipe with the preparation it needs, for an ensemble that names its members. With <c>calibrate</c> among the settings its probabilities are calibrated; with <c>keep</c> it sees only so many
    /// columns, those with most to do with the target on its own training rows.
    /// </summary>
    private static IRecipe Make(string name, IReadOnlyDictionary<string, JsonNode?> hyperparameters, LearningTask task)
    {
        Algorithm algorithm = Named(name);
        if (!algorithm.Tasks.Contains(task))
        {
            throw new DataException($"{algorithm.Title} cannot predict {(task.IsClassification() ? "classes" : "numbers")}.");
        }

        Pipeline pipeline = algorithm.Prepared(algorithm.Recipe(hyperparameters.Where(setting => setting.Key is not (Calibrate or Keep)).ToDictionary()));
        pipeline = hyperparameters.TryGetValue(Keep, out JsonNode? count) ? pipeline with { Steps = [.. pipeline.Steps, PreparationSteps.Of([BestColumns(count)])[0]] } : pipeline;
        return hyperparameters.TryGetValue(Calibrate, out JsonNode? how) ? new Finished(pipeline) { Calibration = CalibrationNamed(how?.ToString()) } : pipeline;
    }

    private static StepPlan BestColumns(JsonNode? count) => new("select_best") { Settings = new Dictionary<string, JsonNode?> { ["score"] = "anova_f", ["keep"] = count?.DeepClone() } };

    private static CalibrationMethod CalibrationNamed(string? name)
    {
        string[] names = [.. Enum.GetValues<CalibrationMethod>().Select(method => JsonNamingPolicy.SnakeCaseLower.ConvertName(method.ToString()))];
        return Array.IndexOf(names, name) is >= 0 and int at
            ? Enum.GetValues<CalibrationMethod>()[at]
            : throw new DataException($"Setting '{Calibrate}' of a member takes {string.Join(", ", names)}, not '{name}'.");
    }

    /// <summary>A row of a linear classifier by margins.</summary>
    private static Algorithm Plane(string title, string summary, Func<IRecipe> create)
    {
        string name = create().Algorithm;
        return new(title, summary, needsCompleteNumbers: true, create, reader => LinearMarginModel.Read(reader, name), Classes);
    }

    /// <summary>A row of a linear model of one number.</summary>
    private static Algorithm Line(string title, string summary, Func<IRecipe> create)
    {
        string name = create().Algorithm;
        return new(title, summary, needsCompleteNumbers: true, create, reader => LinearNumberModel.Read(reader, name), LearningTask.Regression);
    }

    /// <summary>Whether an algorithm learns to predict a column; true of names that are not known.</summary>
    public static bool NeedsTarget(string name) => All.FirstOrDefault(algorithm => algorithm.Name == name) is not { NeedsTarget: false };

    /// <exception cref="DataException">There is no such algorithm; the message lists them.</exception>
    public static Algorithm Named(string name) => All.FirstOrDefault(algorithm => algorithm.Name == name)
        ?? throw new DataException(NearNames.Nearest(name, All.Select(algorithm => algorithm.Name)) is string near
            ? $"There is no algorithm '{name}'. Did you mean '{near}'?"
            : $"There is no algorithm '{name}'. There are: {string.Join(", ", All.Select(algorithm => algorithm.Name))}.");
}
