namespace CLSM.Directory.Api.Database.Entities;

/// <summary>An organisation that a statement refers to; kept by the database.</summary>
internal sealed class OrganisationReferenceRow
{
    public Guid CouncilId { get; init; }

    public Guid OrganisationId { get; init; }

    public string ReferrerType { get; init; } = "";

    public Guid ReferrerId { get; init; }
}
