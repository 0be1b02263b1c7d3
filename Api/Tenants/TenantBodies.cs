using RechargeGrains.Connections;
using RechargeGrains.Customers;
using RechargeGrains.Tenants;

namespace RechargeGrains.Api.Tenants;

internal sealed class CreateTenant
{
    public string? TenantId { get; set; }

    public string? Name { get; set; }
}

internal sealed class CreateToken
{
    public string? Name { get; set; }

    /// <summary><c>administrator</c> or <c>member</c>.</summary>
    public string? Role { get; set; }
}

/// <summary>A token, shown this once.</summary>
internal sealed record TokenBody(string TokenId, string Token);

internal sealed class EnablementBody
{
    public bool? Recharge { get; set; }

    public IReadOnlyList<string>? CustomEvents { get; set; }

    public static EnablementBody Of(Enablement enablement) =>
        new() { Recharge = enablement.Recharge, CustomEvents = [.. enablement.CustomEvents.Select(EventKinds.NameOf)] };
}

/// <param name="TenantId">Never changes.</param>
/// <param name="Name">For people.</param>
/// <param name="Enablement">What is switched on.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Quotas">What holds.</param>
/// <param name="OwnQuotas">What staff have set for this tenant alone; the rest is as for everybody.</param>
internal sealed record TenantBody(
    string TenantId, string Name, EnablementBody Enablement, DateTimeOffset CreatedAt, QuotaBody Quotas, QuotaBody OwnQuotas)
{
    public static TenantBody Of(TenantView view) => new(
        view.TenantId, view.Name, EnablementBody.Of(view.Enablement), view.CreatedAt, QuotaBody.Of(view.Quotas), QuotaBody.Of(view.OwnQuotas));
}

internal sealed record TenantList(IReadOnlyList<TenantBody> Tenants);
