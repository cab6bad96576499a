using CLSM.Directory.Api;

namespace CLSM.Directory.ArchitectureTests;

/// <summary>Folders that use each other: those of today are listed, none may be added, and one that is gone leaves the list.</summary>
internal sealed class RatchetTests
{
    [Test]
    public void No_folder_of_the_service_comes_to_use_one_that_uses_it() =>
        HoldTo("allowed-pairs.api.txt", FolderDependencies.Of(typeof(DirectoryApplication).Assembly, "CLSM.Directory.Api"));

    private static void HoldTo(string list, FolderDependencies dependencies)
    {
        var found = dependencies.MutualPairs().ToList();
        var allowed = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, list));
        var added = found.Except(allowed).ToList();
        var gone = allowed.Except(found).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(added, Is.Empty, $"New pairs of folders; cut one direction:\n{string.Join('\n', added)}");
            Assert.That(gone, Is.Empty, $"Cut pairs; take them off {list}:\n{string.Join('\n', gone)}");
        }
    }
}
