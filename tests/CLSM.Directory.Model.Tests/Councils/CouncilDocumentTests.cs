using System.Reflection;
using System.Runtime.CompilerServices;
using CLSM.Directory.Model.Councils;

namespace CLSM.Directory.Model.Tests.Councils;

/// <summary>A document is a council with its parts.</summary>
internal sealed class CouncilDocumentTests
{
    private static readonly PropertyInfo[] Members = [.. typeof(Council).GetProperties().Where(property => property.CanWrite)];

    [Test]
    public void The_document_of_a_council_keeps_every_member_of_it()
    {
        var council = Whole();
        AssertSame(new CouncilDocument(council), council);
    }

    [Test]
    public void The_council_of_a_document_keeps_every_member_and_has_no_parts()
    {
        var document = new CouncilDocument(Whole()) { Events = [] };
        var council = document.WithoutParts();
        Assert.That(council, Is.TypeOf<Council>());
        AssertSame(council, document);
    }

    [Test]
    public void The_members_that_hold_parts_are_those_that_a_council_lacks() =>
        Assert.That(
            CouncilDocument.PartMembers,
            Is.EqualTo(ModelJsonContext.Instance.CouncilDocument.Properties.Select(property => property.Name)
                .Except(ModelJsonContext.Instance.Council.Properties.Select(property => property.Name))));

    private static void AssertSame(Council copy, Council original) => Assert.Multiple(() =>
    {
        foreach (var member in Members)
        {
            Assert.That(Equals(member.GetValue(copy), member.GetValue(original)), Is.True, member.Name);
        }
    });

    /// <summary>A council in which no member is absent, those included that are added later.</summary>
    private static Council Whole()
    {
        var council = new Council { Code = "test-0001", Kind = "clsm", Name = "x", Status = "active" };
        foreach (var member in Members)
        {
            member.SetValue(council, Sample(member.PropertyType));
        }

        Assert.That(Members.Select(member => member.GetValue(council)), Has.None.Null);
        return council;
    }

    private static object Sample(Type type)
    {
        var actual = Nullable.GetUnderlyingType(type) ?? type;
        return actual == typeof(string) ? "test-0001"
            : actual.IsGenericType ? Array.CreateInstance(actual.GetGenericArguments()[0], 0)
            : RuntimeHelpers.GetUninitializedObject(actual);
    }
}
