using Strata.Samples.Income;

if (args.Length != 2)
{
    Console.Error.WriteLine("Usage: dotnet run --project samples/Income -- people.csv FOLDER");
    return 2;
}

Walkthrough.Run(args[0], args[1], Console.Out);
return 0;
