using System.Text.Json.Nodes;
using Shouldly;
using Strata.Learning.Onnx;
using Xunit;

namespace Strata.Onnx.Tests;

/// <summary>Exported models give the same answers in ONNX Runtime, in the certificate's own evaluation, and here.</summary>
public sealed class OnnxRuntimeTests(ExportedModels exported) : IClassFixture<ExportedModels>
{
    public static TheoryData<string> Names => [.. SampleModels.All.Keys];

    public static TheoryData<string> Layers => [.. SampleLayers.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void ONNX_Runtime_answers_as_the_model_does(string name)
    {
        JsonObject answer = exported.AnswerTo(name);

        answer["error"]?.ToString().ShouldBeNull();
        answer["largest_difference"]!.GetValue<double>().ShouldBeLessThanOrEqualTo(ParityCertificate.Tolerance);
        answer["labels_that_differ"]!.GetValue<int>().ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_certificate_says_that_the_graph_agrees(string name)
    {
        ParityCertificate certificate = exported.CertificateOf(name);

        certificate.LargestDifference.ShouldBeLessThanOrEqualTo(ParityCertificate.Tolerance);
        certificate.Agrees.ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void A_layer_s_graph_makes_what_the_layer_makes_here_and_in_ONNX_Runtime(string name)
    {
        JsonObject answer = exported.AnswerTo(name);

        answer["error"]?.ToString().ShouldBeNull();
        answer["largest_difference"]!.GetValue<double>().ShouldBeLessThanOrEqualTo(ParityCertificate.Tolerance);
        exported.DifferenceOf(name).ShouldBeLessThanOrEqualTo(ParityCertificate.Tolerance);
    }
}
