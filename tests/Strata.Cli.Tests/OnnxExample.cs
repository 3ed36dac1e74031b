using Strata.Learning.Catalog;
using Strata.Learning.Data.Reading;
using Strata.Learning.Onnx;

namespace Strata.Cli.Tests;

/// <summary>The C# of the guide on ONNX, between the marks to the letter.</summary>
internal static class OnnxExample
{
    public static ParityCertificate Run(string folder)
    {
        string before = Environment.CurrentDirectory;
        try
        {
            Environment.CurrentDirectory = folder;
            return Certified();
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }
    }

    private static ParityCertificate Certified()
    {
        // guide begins
        OnnxFile file = OnnxExport.Of(ModelFile.Load("people.strata").Model);
        ParityCertificate certificate = file.Certify(TableFile.Read("people.csv").Frame);
        File.WriteAllBytes("people.onnx", file.Content);
        Console.WriteLine($"{certificate.LargestDifference} on {certificate.Rows} rows");
        // guide ends
        return certificate;
    }
}
