namespace Strata.Learning.Onnx.Evaluation;

/// <summary>Operations of each element by itself.</summary>
internal static class ElementOperations
{
    public static IEnumerable<(string, Func<OnnxNode, OnnxTensor?[], OnnxTensor>)> All { get; } =
    [
        ("Add", Two((x, y) => x + y)), ("Sub", Two((x, y) => x - y)), ("Mul", Two((x, y) => x * y)), ("Div", Divide), ("Pow", Two(Math.Pow)),
        ("Max", Two(Math.Max)), ("Min", Two(Math.Min)), ("Mod", Two((x, y) => x - y * Math.Floor(x / y))),
        ("Equal", Test((x, y) => x == y)), ("Less", Test((x, y) => x < y)), ("LessOrEqual", Test((x, y) => x <= y)), ("Greater", Test((x, y) => x > y)), ("GreaterOrEqual", Test((x, y) => x >= y)),
        ("And", Test((x, y) => x != 0 && y != 0)), ("Or", Test((x, y) => x != 0 || y != 0)),
        ("Not", (_, inputs) => One(inputs[0]!, OnnxElement.Bool, x => x == 0 ? 1 : 0)), ("IsNaN", (_, inputs) => One(inputs[0]!, OnnxElement.Bool, x => double.IsNaN(x) ? 1 : 0)),
        ("IsInf", (_, inputs) => One(inputs[0]!, OnnxElement.Bool, x => double.IsInfinity(x) ? 1 : 0)),
        ("Neg", One(x => -x)), ("Abs", One(Math.Abs)), ("Sqrt", One(Math.Sqrt)), ("Exp", One(Math.Exp)), ("Log", One(Math.Log)), ("Tanh", One(Math.Tanh)), ("Sin", One(Math.Sin)), ("Cos", One(Math.Cos)),
        ("Floor", One(Math.Floor)), ("Identity", One(x => x)), ("Relu", One(x => Math.Max(x, 0))), ("Reciprocal", One(x => 1 / x)), ("Erf", One(Erf)),
        ("Sigmoid", One(x => 1 / (1 + Math.Exp(-x)))), ("Softplus", One(x => x > 30 ? x : Math.Log(1 + Math.Exp(x)))),
        ("LeakyRelu", (node, inputs) => One(inputs[0]!, inputs[0]!.Element, x => x < 0 ? x * node.Get("alpha", 0.01f) : x)),
        ("Elu", (node, inputs) => One(inputs[0]!, inputs[0]!.Element, x => x < 0 ? node.Get("alpha", 1f) * (Math.Exp(x) - 1) : x)),
        ("Clip", (_, inputs) => One(inputs[0]!, inputs[0]!.Element, x => Math.Min(Math.Max(x, inputs[1]!.Numbers[0]), inputs[2]!.Numbers[0]))),
        ("Cast", (node, inputs) => One(inputs[0]!, (OnnxElement)node.Get<long>("to"), x => x)),
        ("Where", Where),
    ];

    /// <summary>The error function, by Abramowitz and Stegun 7.1.5 (series) near 0 and a continued fraction further out.</summary>
    private static double Erf(double x)
    {
        double size = Math.Abs(x);
        if (size < 2.5)
        {
            double term = size, sum = size;
            for (int n = 1; Math.Abs(term) > 1e-17 * sum; n++)
            {
                term *= -size * size / n;
                sum += term / (2 * n + 1);
            }

            return Math.CopySign(2 / Math.Sqrt(Math.PI) * sum, x);
        }

        double fraction = 0;
        for (int n = 60; n > 0; n--)
        {
            fraction = n / 2.0 / (size + fraction);
        }

        return Math.CopySign(1 - Math.Exp(-size * size) / (Math.Sqrt(Math.PI) * (size + fraction)), x);
    }

    /// <summary>Of whole numbers, without the rest.</summary>
    private static OnnxTensor Divide(OnnxNode node, OnnxTensor?[] inputs) => inputs[0]!.Element is OnnxElement.Int64 or OnnxElement.Int32
        ? Two(inputs[0]!, inputs[1]!, inputs[0]!.Element, (x, y) => Math.Truncate(x / y))
        : Two(inputs[0]!, inputs[1]!, inputs[0]!.Element, (x, y) => x / y);

    private static Func<OnnxNode, OnnxTensor?[], OnnxTensor> One(Func<double, double> of) =>
        (_, inputs) => inputs[0]!.Element == OnnxElement.String ? inputs[0]! : One(inputs[0]!, inputs[0]!.Element, of);

    private static OnnxTensor One(OnnxTensor x, OnnxElement element, Func<double, double> of) => OnnxTensor.Of(element, x.Shape, x.Numbers.Select(of));

    private static Func<OnnxNode, OnnxTensor?[], OnnxTensor> Two(Func<double, double, double> of) => (_, inputs) => Two(inputs[0]!, inputs[1]!, inputs[0]!.Element, of);

    private static Func<OnnxNode, OnnxTensor?[], OnnxTensor> Test(Func<double, double, bool> of) => (_, inputs) => Two(inputs[0]!, inputs[1]!, OnnxElement.Bool, (x, y) => of(x, y) ? 1 : 0);

    private static OnnxTensor Two(OnnxTensor left, OnnxTensor right, OnnxElement element, Func<double, double, double> of)
    {
        if (left.Element != right.Element)
        {
            throw new InvalidOperationException($"A tensor of {left.Element.Word()} does not go with one of {right.Element.Word()}.");
        }

        int[] shape = Broadcast.Shape(left.Shape, right.Shape);
        return OnnxTensor.Of(element, shape, Spread(left, shape).Numbers.Zip(Spread(right, shape).Numbers, of));
    }

    private static OnnxTensor Where(OnnxNode node, OnnxTensor?[] inputs)
    {
        int[] shape = Broadcast.Shape(inputs[0]!.Shape, inputs[1]!.Shape, inputs[2]!.Shape);
        double[] holds = Spread(inputs[0]!, shape).Numbers;
        OnnxTensor then = Spread(inputs[1]!, shape), otherwise = Spread(inputs[2]!, shape);
        return then.Element == OnnxElement.String
            ? OnnxTensor.Of(shape, holds.Select((condition, i) => condition != 0 ? then.Texts[i] : otherwise.Texts[i]))
            : OnnxTensor.Of(then.Element, shape, holds.Select((condition, i) => condition != 0 ? then.Numbers[i] : otherwise.Numbers[i]));
    }

    private static OnnxTensor Spread(OnnxTensor tensor, int[] shape) => tensor.Shape.SequenceEqual(shape) ? tensor : tensor.Picked(shape, Broadcast.Places(tensor.Shape, shape));
}
