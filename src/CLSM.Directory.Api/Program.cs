using CLSM.Directory.Api.CommandLine;

return await DirectoryCommand.Create().Parse(args).InvokeAsync();
