using System.CommandLine;
using CLSM.Directory.Api.CommandLine;

// The service itself says how long it takes to end what it has begun (ShutdownTimeoutSeconds); two seconds, as usual here, would cut requests.
return await DirectoryCommand.Create().Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(10) });
