using Strata.Cli;

return await new StrataProgram(Terminal.OfProcess()).RunAsync(args);
