namespace Strata.Learning.Onnx.Evaluation;

/// <summary>Recurrent layers, step by step: RNN with tanh, GRU and LSTM, in one direction or both.</summary>
internal static class RecurrentOperations
{
    public static IEnumerable<(string, Func<OnnxNode, OnnxTensor?[], OnnxTensor[]>)> All { get; } =
    [
        ("RNN", (node, inputs) => Run(node, inputs, 1, Plain)),
        ("GRU", (node, inputs) => Run(node, inputs, 3, Gated)),
        ("LSTM", (node, inputs) => Run(node, inputs, 4, LongShort)),
    ];

    /// <summary>One step: what comes in and what is remembered, each times its weights with its bias, by gate; then the memory, and the cell of an LSTM.</summary>
    private delegate void Step(double[][] input, double[][] memory, double[] hidden, double[] cell);

    private static OnnxTensor[] Run(OnnxNode node, OnnxTensor?[] inputs, int gates, Step step)
    {
        OnnxTensor x = inputs[0]!, w = inputs[1]!, r = inputs[2]!, biases = inputs[3]!;
        if (node.Operation == "GRU" && node.Get("linear_before_reset", 0L) != 1)
        {
            throw new NotSupportedException("Only GRU with linear_before_reset is known.");
        }

        int steps = x.Shape[0], rows = x.Shape[1], width = x.Shape[2], directions = w.Shape[0], hidden = (int)node.Get<long>("hidden_size");
        var y = new double[steps * directions * rows * hidden];
        Parallel.For(0, directions * rows, job =>
        {
            (int direction, int row) = (job / rows, job % rows);
            int length = inputs.Length > 4 && inputs[4] is OnnxTensor ends ? (int)ends.Numbers[row] : steps;
            double[] memory = new double[hidden], cell = new double[hidden];
            for (int t = 0; t < length; t++)
            {
                int at = direction == 0 ? t : length - 1 - t;
                double[][] own = Products(w, x.Numbers.AsSpan((at * rows + row) * width, width), biases, direction, gates, hidden, first: true);
                double[][] before = Products(r, memory, biases, direction, gates, hidden, first: false);
                step(own, before, memory, cell);
                memory.CopyTo(y, ((at * directions + direction) * rows + row) * hidden);
            }
        });
        return [OnnxTensor.Of(OnnxElement.Float, [steps, directions, rows, hidden], y)];
    }

    private static double[][] Products(OnnxTensor weights, ReadOnlySpan<double> of, OnnxTensor biases, int direction, int gates, int hidden, bool first)
    {
        var products = new double[gates][];
        for (int gate = 0; gate < gates; gate++)
        {
            products[gate] = new double[hidden];
            for (int unit = 0; unit < hidden; unit++)
            {
                int line = gate * hidden + unit, start = (direction * gates * hidden + line) * of.Length;
                double sum = biases.Numbers[(direction * 2 + (first ? 0 : 1)) * gates * hidden + line];
                for (int k = 0; k < of.Length; k++)
                {
                    sum += weights.Numbers[start + k] * of[k];
                }

                products[gate][unit] = sum;
            }
        }

        return products;
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static void Plain(double[][] input, double[][] memory, double[] hidden, double[] cell)
    {
        for (int i = 0; i < hidden.Length; i++)
        {
            hidden[i] = Math.Tanh(input[0][i] + memory[0][i]);
        }
    }

    /// <summary>Gates: update, reset, candidate.</summary>
    private static void Gated(double[][] input, double[][] memory, double[] hidden, double[] cell)
    {
        for (int i = 0; i < hidden.Length; i++)
        {
            double update = Sigmoid(input[0][i] + memory[0][i]), reset = Sigmoid(input[1][i] + memory[1][i]);
            hidden[i] = (1 - update) * Math.Tanh(input[2][i] + reset * memory[2][i]) + update * hidden[i];
        }
    }

    /// <summary>Gates: input, output, forget, candidate.</summary>
    private static void LongShort(double[][] input, double[][] memory, double[] hidden, double[] cell)
    {
        for (int i = 0; i < hidden.Length; i++)
        {
            cell[i] = Sigmoid(input[2][i] + memory[2][i]) * cell[i] + Sigmoid(input[0][i] + memory[0][i]) * Math.Tanh(input[3][i] + memory[3][i]);
            hidden[i] = Sigmoid(input[1][i] + memory[1][i]) * Math.Tanh(cell[i]);
        }
    }
}
