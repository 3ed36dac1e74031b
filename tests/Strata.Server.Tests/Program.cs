using Strata.Platform.Jobs;
using Strata.Server;
using Xunit.Runner.InProc.SystemConsole;

// The test program is its own worker: jobs of the tests run in real processes, started as the house starts them.
return args is ["work", string folder]
    ? await Worker.RunAsync(folder, HouseJobKinds.All, TimeProvider.System)
    : await ConsoleRunner.Run(args);
