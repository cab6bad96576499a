using ArchUnitNET.Loader;
using CLSM.Directory.Api;

namespace CLSM.Directory.ArchitectureTests;

/// <summary>The sandbox is a tenant like any other: it registers what is special about it, and no other feature uses its types.</summary>
internal sealed class SandboxTests
{
    private static readonly string[] Users = ["CLSM.Directory.Api", "CLSM.Directory.Api.CommandLine"];

    [Test]
    public void Only_the_composition_and_the_command_line_use_the_types_of_the_sandbox()
    {
        var users = new ArchLoader().LoadAssembly(typeof(DirectoryApplication).Assembly).Build().Types
            .Where(type => !IsOfSandbox(type.Namespace?.FullName))
            .Where(type => type.Dependencies.Any(dependency => IsOfSandbox(dependency.Target.Namespace?.FullName)))
            .Where(type => !Users.Contains(type.Namespace?.FullName));
        Assert.That(users.Select(type => type.FullName), Is.Empty);
    }

    private static bool IsOfSandbox(string? name) => name?.Split('.').Contains("Sandbox") == true;
}
