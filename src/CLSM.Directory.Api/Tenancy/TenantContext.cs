namespace CLSM.Directory.Api.Tenancy;

/// <summary>The tenant of the present unit of work. It is entered once and cannot be changed.</summary>
internal sealed class TenantContext(TestCouncil test)
{
    private TenantInfo? tenant;

    public TenantInfo Current => tenant ?? throw new InvalidOperationException("No council has been entered.");

    public bool IsEntered => tenant is not null;

    /// <summary>Whether the tenant is the council for trying things out, whose data is made up.</summary>
    public bool IsTest => Current.Id == test.Id;

    public void Enter(TenantInfo entered)
    {
        if (tenant is not null && tenant.Id != entered.Id)
        {
            throw new InvalidOperationException("A unit of work cannot touch two councils.");
        }

        tenant = entered;
    }
}
