using Shouldly;
using Strata.Tensors.Backends;
using Strata.Tensors.Gradients;

namespace Strata.Tensors.Tests.Gradients;

/// <summary>
/// Holds a rule's gradient against central differences in double precision: any function of some inputs, its results weighted at random so that no error can hide in a sum.
/// </summary>
internal static class GradientContract
{
    private const double Step = 1e-5;

    /// <param name="shapes">Of the inputs.</param>
    /// <param name="function">From inputs to any result.</param>
    /// <param name="away">How far inputs stay from 0, for functions with a kink there.</param>
    public static void ShouldHold(Shape[] shapes, Func<Variable<double>[], Variable<double>> function, double away = 0)
    {
        var random = new RandomSource(11);
        double[][] inputs = [.. shapes.Select(shape => Enumerable.Range(0, shape.Count).Select(_ => Away(random.NextGaussian(), away)).ToArray())];
        using var backend = new ReferenceBackend<double>();
        using var tape = new Tape<double>(backend);
        double[][] found = Gradients(tape, shapes, inputs, function);
        for (int input = 0; input < shapes.Length; input++)
        {
            found[input].Length.ShouldBe(shapes[input].Count, $"input {input} got no gradient");
            for (int i = 0; i < shapes[input].Count; i++)
            {
                double value = inputs[input][i];
                inputs[input][i] = value + Step;
                double above = Value(tape, shapes, inputs, function);
                inputs[input][i] = value - Step;
                double below = Value(tape, shapes, inputs, function), expected = (above - below) / (2 * Step);
                inputs[input][i] = value;
                found[input][i].ShouldBe(expected, 1e-7 * Math.Max(1, Math.Abs(expected)), $"input {input}, element {i}");
            }
        }
    }

    private static double[][] Gradients(Tape<double> tape, Shape[] shapes, double[][] inputs, Func<Variable<double>[], Variable<double>> function)
    {
        tape.Reset();
        Variable<double>[] variables = [.. shapes.Select((shape, i) => tape.Constant(inputs[i], shape, needsGradient: true))];
        tape.Backward(Weighed(tape, function(variables)));
        return [.. variables.Select(variable => variable.Gradient.ToArray())];
    }

    private static double Value(Tape<double> tape, Shape[] shapes, double[][] inputs, Func<Variable<double>[], Variable<double>> function)
    {
        tape.Reset();
        return Weighed(tape, function([.. shapes.Select((shape, i) => tape.Constant(inputs[i], shape, needsGradient: true))])).Values[0];
    }

    private static Variable<double> Weighed(Tape<double> tape, Variable<double> result)
    {
        var random = new RandomSource(5);
        return tape.Sum(result * tape.Constant([.. Enumerable.Range(0, result.Shape.Count).Select(_ => random.NextGaussian())], result.Shape));
    }

    private static double Away(double value, double from) => value >= 0 ? value + from : value - from;
}
